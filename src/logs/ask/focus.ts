import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import type { Asked } from './parse-question.ts';
import type { Found, Hit, Search } from './search-lines.ts';

/** Ids of what was found by searching: shaped like a pattern's, so that the same rules of evidence hold, and never one of the digest's. */
const FIRST_ID = 90_001;

/** What marks the lines a question names by number. */
export const NAMED = 'named in the question';

export const isFoundId = (id: string): boolean => /^P9\d{4}$/.test(id);

/** The digest as this question sees it: what was found first, then the patterns it speaks of, then the rest by rank. */
export type Focus = {
  digest: Digest;
  /** In the order of `digest.patterns`. */
  found: { id: string; found: Found }[];
  /** Patterns of the digest that the question names or whose words it uses, best first. */
  spokenOf: Pattern[];
};

export const focusOn = (digest: Digest, asked: Asked, search: Search, shown: Hit[]): Focus => {
  const groups = [...(search.best ? [search.best] : []), ...search.each.filter(({ terms }) => terms.join() !== search.best?.terms.join())];
  const found = groups.map((group, index) => ({ id: `P${FIRST_ID + index}`, found: group }));
  const spokenOf = speaksOf(digest.patterns, asked);
  const asPatterns = found.map(({ id, found: group }) => toPattern(id, group));
  const named = shown.length > 0 ? [shownPattern(`P${FIRST_ID + found.length}`, shown)] : [];
  return {
    digest: { ...digest, patterns: [...asPatterns, ...named, ...spokenOf, ...digest.patterns.filter((one) => !spokenOf.includes(one))] },
    found,
    spokenOf,
  };
};

const MAX_SPOKEN_OF = 5;

const speaksOf = (patterns: Pattern[], { terms, patterns: named }: Asked): Pattern[] => {
  const weigh = (pattern: Pattern): number => {
    if (named.includes(pattern.id)) return 100;
    const text = `${pattern.template}\n${pattern.samples.map((sample) => sample.text).join('\n')}`.toLowerCase();
    return terms.reduce((sum, term) => sum + (text.includes(term.text) ? term.weight : 0), 0);
  };
  const enough = Math.max(1, Math.ceil(terms.reduce((sum, { weight }) => sum + weight, 0) / 2));
  return patterns
    .map((pattern) => ({ pattern, weight: weigh(pattern) }))
    .filter(({ weight }) => weight >= enough)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MAX_SPOKEN_OF)
    .map(({ pattern }) => pattern);
};

const toPattern = (id: string, { terms, lines, first, last, hits }: Found): Pattern => ({
  ...bare(id),
  template: `lines that contain ${terms.join(', ')}`,
  count: lines,
  lines,
  first: { line: first.line, time: null },
  last: { line: last.line, time: null },
  samples: hits.map(toSample),
  reasons: ['found for the question'],
});

const shownPattern = (id: string, lines: Hit[]): Pattern => ({
  ...bare(id),
  template: 'lines the question names',
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
