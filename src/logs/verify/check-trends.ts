import type { Pattern } from '#src/logs/digest/types.ts';
import type { Supported } from './check-evidence.ts';
import type { Token } from './claim-tokens.ts';
import { aboutWhom, isContent, sayingsOf } from './said-by.ts';

const rising = /^(?:rose|rising|rises|grew|growing|grows|grown|increased|increasing|increases|climbed|climbing|longer)$/;
const falling = /^(?:fell|falling|falls|decreased|decreasing|decreases|shrank|shrinking|sank|sinking|shorter)$/;

/** 'Rose' and 'fell' are held against the numbers of the first and the last record at hand, where there are such numbers. */
export const checkTrends = (sentence: readonly Token[], support: Supported): boolean =>
  sentence.every(({ kind, lower, stem }, at) => {
    if (kind !== 'word' || (!rising.test(lower) && !falling.test(lower)) || sentence[at - 1]?.lower === 'no') return true;
    const about = aboutWhom(sentence.filter(isContent), sayingsOf(support));
    if (about.some(({ says }) => says(stem))) return true;
    const trends = about.flatMap(({ pattern }) => (pattern ? trendsOf(pattern) : []));
    return trends.length === 0 || trends.some((trend) => (rising.test(lower) ? trend > 0 : trend < 0));
  });

/** Of each number in its place, from the first sample to the last. */
const trendsOf = ({ samples }: Pattern): number[] => {
  const inOrder = samples.toSorted((one, other) => one.lines.from - other.lines.from);
  const [first, last] = [inOrder.at(0), inOrder.at(-1)].map((sample) => numbersOf(sample?.text ?? ''));
  if (!first || !last || samples.length < 2 || first.length !== last.length) return [];
  return first.map((one, at) => (last[at] ?? 0) - one);
};

const numbersOf = (text: string): number[] =>
  (
    text
      .split('\n', 1)[0]
      ?.replace(/\d{4}-\d\d-\d\d\S*|\d{1,2}:\d\d:\d\d\S*/g, ' ')
      .match(/(?<![\p{L}\d_-])\d+(?:\.\d+)?/gu) ?? []
  ).map(Number);
