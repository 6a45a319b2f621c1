import { rememberFor } from '#src/core/remember-for.ts';
import { rememberTexts } from '#src/core/remember-texts.ts';
import type { Pattern } from '#src/logs/digest/types.ts';
import { failureKinds } from '#src/logs/failures/failure-kinds.ts';
import { problemKindOf } from '#src/logs/failures/problem-kind.ts';
import { statusesOf } from '#src/logs/failures/request-status.ts';
import { once, textsOf } from './check-source.ts';
import { failureStems, hasSynonym, negations, stemOf, stems, warningStems } from './vocabulary.ts';

/** What a cited text lets one say: its own words, what is known of its way to fail, and words that mean the same. */
export type Known = {
  has(stem: string): boolean;
  /** Stands in the log itself, in any form. */
  says(stem: string): boolean;
  /** The log calls it bad: by level or by its words. */
  bad: boolean;
  /** Stands in the log, and not after a word that turns it round: 'available', but not of 'not available'. */
  undenied(stem: string): boolean;
};

/** Several claims cite the same pattern, and most speak its own words. */
export const knownOf = rememberFor(
  (pattern: Pattern): Known =>
    toKnown(
      () => stemsOf(pattern.template),
      once(() => textsOf(pattern).join('\n')),
      () => problemKindOf(pattern),
      pattern.level,
      () => meaningOf(pattern),
      () => statusesOf(pattern).length > 0 && statusesOf(pattern).every(({ status }) => status < 400),
    ),
);

/** What the statuses of answers say in words. Where some failed it is not said that they succeeded. */
const meaningOf = (pattern: Pattern): readonly string[] => {
  // What ends a process with 137 is a signal nobody can catch.
  if (/\bexit(?:ed)?\b/i.test(pattern.template) && endedBySignal.test(textsOf(pattern).join('\n'))) return [...killed];
  const statuses = statusesOf(pattern).map(({ status }) => status);
  const failures = statuses.filter((status) => status >= 400);
  if (statuses.length > 0 && failures.length === 0) return [...succeeded];
  return failures.flatMap((status) => [...failed, ...(status < 500 ? refused : []), ...(status === 429 ? limited : [])]);
};
const succeeded = stems(
  'succeed succeeded success successful successfully served completed accepted answered ok okay fine normal normally work works',
);
const endedBySignal = /\bexit(?:ed)?\b.{0,20}\b137\b/i;
const killed = stems('killed kill memory limit terminated');
const failed = stems('failed fail failure failures failing error errors');
const refused = stems('rejected refused denied');
const limited = stems('rate limited limiting throttled throttling many');

export const knownOfPassage = rememberTexts(
  (text): Known =>
    toKnown(
      () => stemsOf(text),
      () => text,
      () => null,
      'unknown',
    ),
);

type KindWords = { words: string; headline: string; cause: string } | null;

const toKnown = (
  near: () => readonly string[],
  whole: () => string,
  kind: () => KindWords,
  level: string,
  meant: () => readonly string[] = () => [],
  answersWell: () => boolean = () => false,
): Known => {
  const own = once(() => new Set(near()));
  const all = once(() => new Set(toStems(whole())));
  const told = once(() => new Set([...kindWords(kind()), ...meant()]));
  const others = once(() => {
    const text = whole();
    return new Set(failureKinds.filter(({ test }) => test.test(text)).flatMap(kindWords));
  });
  const says = (stem: string): boolean => own().has(stem) || all().has(stem);
  const severe = level === 'error' || level === 'fatal';
  const bad = once(
    () => severe || level === 'warn' || kind() !== null || badWords.test(whole()) || (!answersWell() && badStatus.test(whole())),
  );
  const has = (stem: string): boolean =>
    says(stem) ||
    told().has(stem) ||
    (bad() && failureStems.has(stem)) ||
    (level === 'warn' && warningStems.has(stem)) ||
    hasSynonym(stem, says) ||
    others().has(stem);
  return {
    has,
    says: (stem) => says(stem) || told().has(stem) || hasSynonym(stem, says) || others().has(stem),
    get bad() {
      return bad();
    },
    undenied: (stem) => {
      const words = whole()
        .toLowerCase()
        .split(/[^\p{L}']+/u);
      return words.some(
        (word, at) => stemOf(word) === stem && !words.slice(Math.max(0, at - 3), at).some((before) => negations.has(before)),
      );
    },
  };
};

const badWords =
  /err|fail|exception|denied|refus|timed? ?out|unable|cannot|can't|could not|panic|fatal|invalid|lost|reset|abort|kill|full|corrupt|missing|expired|not found|no such|reject|too many|no space|unreach|broken|crash|segfault|unavailable|forbidden|unauthorized|warn|deprecat/i;
// Of an access log the status says so, and not a number in a path.
const badStatus = /\b[45]\d\d\b/;

const kindWords = (kind: KindWords): readonly string[] => (kind ? stemsOf(`${kind.words} ${kind.headline} ${kind.cause}`) : []);

/** Words of two letters and more, as stems; 'IllegalStateException' is three. */
const toStems = (text: string): readonly string[] =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length >= 2)
    .map(stemOf);

export const stemsOf = rememberTexts(toStems);
