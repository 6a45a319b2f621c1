import type { HumanEntry, Release } from './repositories.ts';

/** A line of a changelog as it is scored: what it cites and where it stands. */
export type Line = { section: string | null; text: string; shas: readonly string[]; refs: readonly string[]; breaking: boolean };

export type Score = {
  coverage: number;
  precision: number;
  f1: number;
  /** Right of all pairs of a line and the entry it matches. */
  pairs: number;
  rightSection: number;
  scoredSection: number;
  rightOfOurs: number;
  scoredOfOurs: number;
  rouge: number;
  rougeOfWords: number;
  fabricated: number;
};

/** The metric of the data's README: a line matches an entry if it cites a commit or number of it, or a commit its merge brought. */
export const scoreLines = (lines: readonly Line[], release: Release): Score => {
  const linked = release.entries.filter(({ commits }) => commits.length > 0);
  const pairs = lines.flatMap((line) => linked.filter((entry) => isMatch(line, entry, release)).map((entry) => ({ line, entry })));
  const coverage = new Set(pairs.map(({ entry }) => entry)).size / Math.max(1, linked.length);
  const precision = new Set(pairs.map(({ line }) => line)).size / Math.max(1, lines.length);
  const scored = pairs.filter(({ entry }) => entry.section !== null);
  const ours = scored.filter(({ entry }) => keepAChangelog.has(entry.section ?? ''));
  const right = (some: typeof pairs) => some.filter(({ line, entry }) => line.section === entry.section).length;
  const inRange = {
    shas: new Set(release.changes.map(({ sha }) => sha)),
    refs: new Set(release.changes.flatMap(({ refs }) => refs)),
  };
  return {
    coverage,
    precision,
    f1: coverage + precision === 0 ? 0 : (2 * coverage * precision) / (coverage + precision),
    pairs: pairs.length,
    rightSection: right(scored),
    scoredSection: scored.length,
    rightOfOurs: right(ours),
    scoredOfOurs: ours.length,
    rouge: sum(pairs.map(({ line, entry }) => rougeL(line.text, entry.text))),
    rougeOfWords: sum(pairs.map(({ line, entry }) => rougeL(line.text, withoutReferences(entry.text)))),
    fabricated: lines.filter(
      ({ shas, refs }) =>
        shas.length + refs.length === 0 || shas.some((sha) => !inRange.shas.has(sha)) || refs.some((ref) => !inRange.refs.has(ref)),
    ).length,
  };
};

const keepAChangelog = new Set(['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security']);

export const isMatch = (line: Pick<Line, 'shas' | 'refs'>, entry: HumanEntry, { merged }: Pick<Release, 'merged'>): boolean =>
  line.refs.some((ref) => entry.refs.includes(ref)) ||
  line.shas.some((sha) => entry.commits.includes(sha) || entry.commits.some((commit) => merged.get(commit)?.includes(sha)));

const withoutReferences = (text: string): string =>
  text
    .replaceAll(/\(?\[?[\w./-]*#\d+\]?(?:\[\]|\([^)]*\))?\)?/g, ' ')
    .replaceAll(/https?:\/\/\S+/g, ' ')
    .replaceAll(/@user\b/g, ' ');

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];

/** ROUGE-L F1: the longest common subsequence of words, lower case, punctuation off (Lin 2004). */
export const rougeL = (one: string, other: string): number => {
  const [x, y] = [wordsOf(one), wordsOf(other)];
  let row = new Array<number>(y.length + 1).fill(0);
  for (const word of x) {
    const next = [0];
    for (let j = 1; j <= y.length; j++) next.push(word === y[j - 1] ? (row[j - 1] ?? 0) + 1 : Math.max(row[j] ?? 0, next[j - 1] ?? 0));
    row = next;
  }
  const common = row[y.length] ?? 0;
  return common === 0 ? 0 : (2 * common) / (x.length + y.length);
};

const sum = (numbers: readonly number[]): number => numbers.reduce((all, x) => all + x, 0);
