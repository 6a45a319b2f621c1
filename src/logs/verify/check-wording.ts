import { problemKindOf } from '#src/logs/failures/problem-kind.ts';
import type { Supported } from './check-evidence.ts';
import { checkNumbers, namesValues, unitOf } from './check-numbers.ts';
import { checkSense } from './check-sense.ts';
import { sourceOf, textsOf } from './check-source.ts';
import { type Known, knownOf, knownOfPassage, stemsOf } from './known-words.ts';
import { readWording, type Word, type Wording } from './read-wording.ts';
import {
  acronyms,
  badStems,
  countNouns,
  deeds,
  glue,
  goodWords,
  negations,
  partStems,
  plainAdjectives,
  products,
  stemOf,
  thingStems,
} from './vocabulary.ts';

/**
 * Does what is cited carry these words? A claim holds when
 *   each quoted phrase stands there word for word,
 *   each number, time and quantity is one of the cited patterns' own (check-numbers.ts),
 *   each name, product and deed stands there,
 *   it does not turn the sense of what stands there (check-sense.ts),
 *   it does not say good of what the log calls bad, or the other way round,
 *   and three in five of its words of substance stand there, or mean the same as one that does.
 * A real line under a wrong sentence is no evidence.
 */
export const checkWording = (text: string, support: Supported): boolean => {
  const own = withoutKnowledge(text, support);
  if (own.trim() === '') return true;
  const wording = readWording(own);
  return (
    wording.phrases.every((phrase) => sourceOf(support).hasPhrase(phrase)) &&
    checkNumbers(wording, support) &&
    checkWords(wording, support, own !== text) &&
    checkPairs(wording, support) &&
    checkSense(text, support)
  );
};

/**
 * What engineers know of the kind of failure that is cited is no claim about this log, and names neither its numbers nor its things: it holds
 * as it was written, and only so.
 */
const withoutKnowledge = (text: string, { patterns }: Supported): string => {
  const lower = text.toLowerCase();
  for (const pattern of patterns) {
    const kind = problemKindOf(pattern);
    const known = kind && `${kind.headline}: ${kind.cause}`;
    const at = known ? lower.indexOf(known.toLowerCase()) : -1;
    if (known && at >= 0) return text.slice(0, at) + text.slice(at + known.length);
  }
  return text;
};

/** Words that say something of their own together, or name what ran short: said only where the records say it. */
const ofTheirOwn: readonly [said: RegExp, stands: RegExp][] = [
  [/\broll(?:ed|s|ing)?[ -]?backs?\b|\brevert(?:ed|s)?\b|\bbacked out\b/i, /roll(?:ed|ing)?[ _-]?back|revert|backed out/i],
  [/\bdisks?\b|\bvolumes?\b|\bfile ?systems?\b/i, /disk|volume|file ?system|enospc|no space left|mount|\/dev\/|storage|partition|inode/i],
  [
    /\btim(?:ed|es?|ing)[ -]?outs?\b/i,
    /tim(?:ed|es?|ing)[ _-]?out|deadline|too long|expired|overdue|\b[45]04\b|no (?:answer|response|reply)/i,
  ],
  [/\bcpus?\b|\bprocessors?\b/i, /cpu|processor|load|cores?\b/i],
  [/\bmemory\b|\bheap\b|\bram\b/i, /mem|heap|\boom|alloc|\bram\b|\b137\b|garbage|\bgc\b/i],
];

const checkPairs = ({ words }: Wording, support: Supported): boolean => {
  const plain = words.map(({ lower }) => lower).join(' ');
  return ofTheirOwn.every(([said, stands]) => !said.test(plain) || textsOfSupport(support).some((text) => stands.test(text)));
};

const textsOfSupport = ({ patterns, passages = [] }: Supported): readonly string[] => [
  ...patterns.flatMap((pattern) => {
    const kind = problemKindOf(pattern);
    return [...textsOf(pattern), ...(kind ? [`${kind.headline} ${kind.cause} ${kind.words}`] : [])];
  }),
  ...passages,
];

const SHARE = 0.6;

const checkWords = ({ words, phrases }: Wording, support: Supported, knows: boolean): boolean => {
  const known = join(support);
  const source = sourceOf(support);
  let told = knows;
  let heard = 0;
  let unheard = 0;
  for (const [at, word] of words.entries()) {
    // Of what is missing there is no pattern: its fact says all.
    told ||= word.fact !== null && (word.fact.owner !== 'log' || word.fact.name.startsWith('missing'));
    if (word.fact || (!word.plain && (/^[\d.,:/-]+$/.test(word.text) || support.patterns.some(({ id }) => id === word.text)))) continue;
    if (isName(word)) {
      if (!isStated(word, source, known)) return false;
      heard++;
      continue;
    }
    const { lower, stem } = word;
    if (
      glue.has(lower) ||
      negations.has(lower) ||
      countNouns.has(lower) ||
      lower.length < 3 ||
      namesValues(stem, support) ||
      (unitOf(lower) !== undefined && isCounted(words, at))
    ) {
      // 'Could not log in' of records of logins.
      if (/^(?:log|logged|logging)$/.test(lower) && words[at + 1]?.lower === 'in' && known.has(stemOf('login'))) heard++;
      continue;
    }
    if (products.has(lower) && !source.has(lower) && !source.has(otherNames.get(lower) ?? lower)) return false;
    const holds =
      (word.plain ? known.has(stem) : stemsOf(word.text).every(known.has)) ||
      known.has(stemOf(`un${lower}`)) ||
      (lower.startsWith('un') && known.has(stemOf(lower.slice(2))));
    if ((deeds.has(stem) && !known.says(stem)) || (partStems.has(stem) && !/ion$/.test(lower) && !holds)) return false;
    if (namesThing(words, at) && (!holds || isPartOfName(lower, support))) return false;
    // That it went well is held against what is cited by itself.
    if (holds || (goodWords.has(lower) && !known.bad)) heard++;
    else if (!plainAdjectives.has(lower)) unheard++;
  }
  const total = heard + unheard;
  if (total > 0 && heard < SHARE * total) return false;
  // '{P3.count} times between {P3.first} and {P3.last}' says nothing that could be wrong.
  if (heard === 0 && phrases.length === 0 && !support.aboutLog && !told) return false;
  return agrees(words, known);
};

/** After a number: '3 hosts', '{P1.distinct.0} different addresses'. */
const isCounted = (words: readonly Word[], at: number): boolean =>
  [1, 2].some((back) => {
    const before = words[at - back];
    return before !== undefined && (before.fact !== null || /\d/.test(before.text));
  });

/** Everything a claim cites, together. */
const join = ({ patterns, passages = [] }: Supported): Known => {
  const all = [...patterns.map(knownOf), ...passages.map(knownOfPassage)];
  const [only] = all;
  if (only && all.length === 1) return only;
  return {
    has: (stem) => all.some((known) => known.has(stem)),
    says: (stem) => all.some((known) => known.says(stem)),
    undenied: (stem) => all.some((known) => known.undenied(stem)),
    get bad() {
      return all.some(({ bad }) => bad);
    },
  };
};

/** Whatever is written as names are: inside a sentence with a capital, with capitals or signs within, as a path or an address. */
const isName = ({ text, lower, opens, plain }: Word): boolean => {
  if (plain || acronyms.has(text) || acronyms.has(text.replace(/s$/, ''))) return false;
  if (/\d|@|[\p{L}\p{N}][._/\\]\p{L}|::|\p{Ll}\p{Lu}/u.test(text)) return true;
  if (/^\p{Lu}/u.test(text)) return !opens || (/^\p{Lu}{2,}$/u.test(text) && !glue.has(lower));
  return /\p{L}-\p{L}/u.test(text) && !isPlainCompound(lower);
};

/** 'read-only', 'out-of-memory', 'long-running': words joined, not a name. */
const isPlainCompound = (lower: string): boolean =>
  lower.split('-').every((part) => part.length < 3 || glue.has(part) || plainAdjectives.has(part) || plainParts.has(part));

const plainParts = new Set(
  'read only write ahead time out memory mail mails up date long running back off end fail over re run roll in flight non zero pre post multi sub self high low hard soft start stop retry first second last open close set shut down real client server side user level wide'.split(
    ' ',
  ),
);

const isStated = ({ text, lower }: Word, source: ReturnType<typeof sourceOf>, known: Known): boolean => {
  if (common.test(text) || source.has(text)) return true;
  // 'Connections' inside a sentence is as good as 'connections'.
  if (/^\p{Lu}\p{Ll}+$/u.test(text) && !products.has(lower)) return known.says(stemOf(lower));
  const other = otherNames.get(lower);
  if (other !== undefined && source.has(other)) return true;
  // 'orders-db' may be told from 'orders db', and 'HikariPool' from 'HikariPool-1'.
  return !/\d/.test(text) && !products.has(lower) && lower.split(/[-_.]/).every((part) => part.length >= 3 && source.has(part));
};

const otherNames = new Map(
  [
    ['postgresql', 'postgres'],
    ['kubernetes', 'k8s'],
    ['mongodb', 'mongo'],
    ['javascript', 'js'],
  ].flatMap(([one = '', other = '']) => [[one, other] as const, [other, one] as const]),
);

// Names that carry a digit and state no fact.
const common =
  /^(?:ipv[46]|utf-?8|oauth2?|k8s|x509|http\/[12](?:\.[01])?|h2|p\d{2}|[45]xx|sha-?\d+|md5|base64|tls(?:v?1(?:\.[0-3])?)?|e\.g|i\.e|24\/7|and\/or|i\/o|read\/write|tcp\/ip|ssl\/tls)$/i;

/** 'The billing service': what says which one a thing is must be known. */
const namesThing = (words: readonly Word[], at: number): boolean => {
  const [word, next] = [words[at], words[at + 1]];
  return (
    word !== undefined &&
    next !== undefined &&
    !word.closes &&
    !next.fact &&
    thingStems.has(next.stem) &&
    !/ion$/.test(next.lower) &&
    !plainAdjectives.has(word.lower)
  );
};

/** 'The customers table' of 'where customer_id = 7': part of another thing's name. */
const isPartOfName = (lower: string, { patterns, passages = [] }: Supported): boolean => {
  if (!/^[a-z]+$/.test(lower)) return false;
  const whole = new RegExp(`(^|[^a-z0-9])${lower.replace(/s$/, '')}s?(?=([^a-z0-9]|$))`, 'g');
  const places = [...patterns.flatMap(textsOf), ...passages].flatMap((text) => [...text.toLowerCase().matchAll(whole)]);
  return places.length > 0 && places.every(([, before, after]) => before === '_' || after === '_');
};

/** What is said to be well must be well in the log, and what is said to be bad must be bad there. */
const agrees = (words: readonly Word[], known: Known): boolean =>
  words.every((word, at) => {
    const { stem } = word;
    // 'POST /checkout was throttled' of requests that were answered 201.
    if (badStems.has(stem) && !known.bad && !known.has(stem) && !word.fact) return isDenied(words, at);
    if (!plainFailures.has(stem) && !goodWords.has(word.lower)) return true;
    const denied = isDenied(words, at);
    // Good words of a bad record ('available' of 'not available') do not make it good.
    if (goodWords.has(word.lower) && !denied && known.bad) return known.undenied(stem);
    return plainFailures.has(stem) ? denied !== known.bad : true;
  });

const plainFailures: ReadonlySet<string> = new Set(
  ['fail', 'failed', 'failure', 'crashed', 'refused', 'rejected', 'timed', 'timeout', 'broke', 'broken'].map(stemOf),
);

const REACH = 3;

/** 'no request timed out', 'did not fail', 'none of them failed'. */
const isDenied = (words: readonly Word[], at: number): boolean => {
  for (let back = 1; back <= REACH; back++) {
    const before = words[at - back];
    if (!before || before.closes) return false;
    if (negations.has(before.lower)) return true;
  }
  return false;
};
