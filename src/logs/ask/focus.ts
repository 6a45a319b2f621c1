import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import { problemsOf } from '#src/logs/failures/problems.ts';
import { knownOf } from '#src/logs/verify/known-words.ts';
import { stemOf } from '#src/logs/verify/vocabulary.ts';
import { formatClock } from '#src/logs/wording/formats.ts';
import type { Asked, ClockRange } from './parse-question.ts';
import type { Found, Hit, Search } from './search-lines.ts';
import { isKnownNoun } from './value-claims.ts';

/** Ids of what was found by searching: shaped like a pattern's, so that the same rules of evidence hold, and never one of the digest's. */
const FIRST_ID = 90_001;

/** What marks the lines a question names by number. */
export const NAMED = 'named in the question';

export const isFoundId = (id: string): boolean => /^P9\d{4}$/.test(id);

/** Lines of a time that was asked for: all of them, and those of each kind that was there, most first. */
type Moment = { id: string; found: Found; kinds: { id: string; pattern: Pattern; found: Found }[] };

/** The digest as this question sees it: what was found first, then the patterns it speaks of, then the rest by rank. */
export type Focus = {
  digest: Digest;
  /** In the order of `digest.patterns`. */
  found: { id: string; found: Found }[];
  /** Null when no time was asked for, or no line is of it. */
  moment: Moment | null;
  /** Patterns of the digest that the question names or whose words it uses, best first. */
  spokenOf: Pattern[];
};

export const focusOn = (digest: Digest, asked: Asked, search: Search, shown: Hit[]): Focus => {
  const groups = [...(search.best ? [search.best] : []), ...search.each.filter(({ terms }) => terms.join() !== search.best?.terms.join())];
  let next = FIRST_ID;
  const newId = (): string => `P${next++}`;
  const found = groups.map((group) => ({ id: newId(), found: group }));
  const spokenOf = speaksOf(digest, asked);
  const asPatterns = found.map(({ id, found: group }) => toPattern(id, group, `lines that contain ${group.terms.join(', ')}`));
  const named = shown.length > 0 ? [shownPattern(newId(), shown)] : [];
  const moment = momentOf(digest, asked, search, newId);
  const ofMoment = moment && asked.clock ? patternsOf(moment, asked.clock) : [];
  return {
    digest: {
      ...digest,
      patterns: [...asPatterns, ...named, ...ofMoment, ...spokenOf, ...digest.patterns.filter((one) => !spokenOf.includes(one))],
    },
    found,
    moment,
    spokenOf,
  };
};

const MAX_SPOKEN_OF = 5;

/** By the question's words, or words that mean the same; of a question about trouble, trouble first. */
const speaksOf = (digest: Digest, asked: Asked): Pattern[] => {
  const { patterns: named, trouble } = asked;
  // 'Which users …': what the values belong to says nothing about where to look for them.
  const terms = asked.terms.filter(({ text }) => !(isKnownNoun(digest, asked.noun) && stemOf(text) === stemOf(asked.noun ?? '')));
  const problems = new Set(problemsOf(digest).map(({ pattern }) => pattern));
  const weigh = (pattern: Pattern): number => {
    if (named.includes(pattern.id)) return 100;
    const text = `${pattern.template}\n${pattern.samples.map((sample) => sample.text).join('\n')}`.toLowerCase();
    const known = knownOf(pattern);
    const said = terms.reduce((sum, { text: term, weight }) => {
      if (text.includes(term) || (term === 'timeout' && timedOut.test(text))) return sum + weight;
      return sum + (weight === 1 && known.has(stemOf(term)) ? 0.6 : 0);
    }, 0);
    return said > 0 && trouble && problems.has(pattern) ? said + 1 : said;
  };
  // What is counted is what all the words are about, where there is such a thing.
  const most = terms.reduce((sum, { weight }) => sum + weight, 0);
  const enough = Math.max(0.6, most / 2);
  return digest.patterns
    .map((pattern) => ({ pattern, weight: weigh(pattern) }))
    .filter(
      ({ weight }, _, all) => weight >= enough && (asked.wants !== 'count' || weight >= most || !all.some((one) => one.weight >= most)),
    )
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MAX_SPOKEN_OF)
    .map(({ pattern }) => pattern);
};

/** As programs write it: 'ETIMEDOUT', 'timed out', 'time-out'. */
const timedOut = /time[ds]?[ _-]?out/;

const MAX_KINDS = 5;

const momentOf = (digest: Digest, { clock }: Asked, { within }: Search, newId: () => string): Moment | null => {
  if (!clock || !within?.all) return null;
  const problems = problemsOf(digest).map(({ pattern }) => pattern);
  const kinds = [...within.byPattern].flatMap(([id, found]) => {
    const pattern = digest.patterns.find((one) => one.id === id);
    return pattern ? [{ pattern, found }] : [];
  });
  // What went wrong first, then what there was most of.
  const order = ({ pattern, found }: (typeof kinds)[number]): number => (problems.includes(pattern) ? 1e12 : 0) + found.lines;
  const chosen = kinds.toSorted((a, b) => order(b) - order(a)).slice(0, MAX_KINDS);
  return { id: newId(), found: within.all, kinds: chosen.map((kind) => ({ id: newId(), ...kind })) };
};

/** Which clock times they are of stands in their template, so that a sentence may say them. */
const patternsOf = (moment: Moment, clock: ClockRange): Pattern[] => {
  const when = `between ${formatClock(clock.from)} and ${formatClock(clock.to)}`;
  return [
    toPattern(moment.id, moment.found, `lines ${when}`),
    ...moment.kinds.map(({ id, pattern, found }) => ({
      ...toPattern(id, found, `${pattern.template}\nlines ${when}`),
      level: pattern.level,
      levels: pattern.levels,
    })),
  ];
};

export const toPattern = (id: string, { lines, first, last, hits }: Found, template: string): Pattern => ({
  ...bare(id),
  template,
  count: lines,
  lines,
  first: { line: first.line, time: null },
  last: { line: last.line, time: null },
  samples: hits.map(toSample),
  reasons: ['found for the question'],
});

const shownPattern = (id: string, lines: Hit[]): Pattern => ({
  ...bare(id),
  template: `lines ${lines[0]?.line} to ${lines.at(-1)?.line}`,
  count: lines.length,
  lines: lines.length,
  first: { line: lines[0]?.line ?? 1, time: null },
  last: { line: lines.at(-1)?.line ?? 1, time: null },
  samples: lines.slice(0, 20).map(toSample),
  reasons: [NAMED],
});

const toSample = ({ line, text }: Hit): Pattern['samples'][number] => ({ lines: { from: line, to: line }, text });

const bare = (id: string): Omit<Pattern, 'template' | 'count' | 'lines' | 'first' | 'last' | 'samples' | 'reasons'> => ({
  id,
  level: 'unknown',
  levelInferred: true,
  levels: {},
  variables: [],
  histogram: null,
  score: 0,
});
