import type { Digest, Pattern } from '#src/logs/digest/types.ts';

/**
 * Whether most of a log states no levels and speaks a language whose words of failure are hardly known here: then silence says nothing. Told
 * by letters that English has not, and by the small words of other languages.
 */
export const speaksForeign = ({ patterns, levels, records }: Digest): boolean => {
  if (levels.unknown * 2 < records) return false;
  const silent = patterns.filter(({ level }) => level === 'unknown');
  const foreign = silent.filter(isForeign).reduce((sum, { count }) => sum + count, 0);
  return foreign * 2 >= silent.reduce((sum, { count }) => sum + count, 0) && foreign > 0;
};

const isForeign = ({ template, samples: [sample] }: Pattern): boolean => {
  // The 'com' and 'de' of hosts and addresses are of no language.
  const words = (sample?.text ?? template).replace(/\S*[\w-][./][\w-]\S*/g, ' ').match(/\p{L}+/gu) ?? [];
  const small = (known: ReadonlySet<string>): number => words.filter((word) => known.has(word.toLowerCase())).length;
  const letters = words.join('');
  const other = letters.match(/[^A-Za-z]/g)?.length ?? 0;
  return (other * 3 >= letters.length && other > 0) || (small(smallWords) > small(english) && small(smallWords) + Math.min(other, 2) >= 2);
};

const english = new Set('the a an of to in on at for with from by is was are were has have been not no and or as it'.split(' '));

/** German, French, Spanish, Portuguese, Italian, Dutch, Scandinavian, Polish, Czech, Hungarian, Romanian, Turkish, Finnish, Indonesian. */
const smallWords = new Set(
  (
    'der die das den dem des ein eine einen einem und oder nicht mit von zu zum zur auf ist wird wurde werden ' +
    'le la les du une et pas pour dans avec sur est sont été vers par el los las y del con para por se está una que ' +
    'os as um uma não com ao à do da dos em il lo gli che non di per è sono alla della het een van niet naar voor bij wordt op ' +
    'och att inte med av på för er ikke og til nie na z w się do jest zostało v nebo s že az és nem egy si nu pe cu ve bir için ile ' +
    'ja ei on dan yang tidak ke dari untuk telah'
  )
    .split(' ')
    .filter((word) => !english.has(word)),
);
