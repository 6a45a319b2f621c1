import type { HumanEntry, Release } from './repositories.ts';

/** A line of a changelog as it is scored: where it stands, what it covers (`shas`), and what it shows behind its words (`cites`), `refs` of it being numbers. */
export type Line = {
  section: string | null;
  text: string;
  shas: readonly string[];
  refs: readonly string[];
  cites: readonly string[];
  breaking: boolean;
};

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
  /** ROUGE-L of the line as it is published, of its words, and of its words against an entry that still has its references. */
  rouge: number;
  rougeOfWords: number;
  rougeOfWordsAgainstAll: number;
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
    rouge: sum(pairs.map(({ line, entry }) => rougeL(toPublished(line), entry.text))),
    rougeOfWords: sum(pairs.map(({ line, entry }) => rougeL(withoutReferences(line.text), withoutReferences(entry.text)))),
    rougeOfWordsAgainstAll: sum(pairs.map(({ line, entry }) => rougeL(line.text, entry.text))),
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

/** What stands in the changelog that people read: the mark of a breaking change, the words, the references. */
export const toPublished = ({ text, cites, breaking }: Pick<Line, 'text' | 'cites' | 'breaking'>): string =>
  `${breaking ? 'Breaking: ' : ''}${text}${cites.length === 0 ? '' : ` (${cites.join(', ')})`}`;

const withoutReferences = (text: string): string =>
  text
    .replaceAll(/\(?\[?[\w./-]*#\d+\]?(?:\[\]|\([^)]*\))?\)?/g, ' ')
    .replaceAll(/https?:\/\/\S+/g, ' ')
    .replaceAll(/@user\b/g, ' ');

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];

/** ROUGE-L F1: the longest common subsequence of words, lower case, punctuation off (Lin 2004). */
const rougeL = (one: string, other: string): number => {
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
