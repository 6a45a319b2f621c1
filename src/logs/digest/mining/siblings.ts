import { mix } from '#src/logs/digest/lines/bytes.ts';
import { word } from './kinds.ts';
import { anyHash, type MinedPattern } from './pattern.ts';

/** Different words in one place from which on they may be values of a variable. */
const fewest = 4;
/** From so many on they are, however often each was seen. */
export const openEnded = 12;
const longest = 40;

export type Siblings = { place: number; group: MinedPattern[] };

/**
 * Groups of patterns that differ in a single word whose place turned out to be a variable: at least four words were seen there, and so many
 * of them only once that more would come (Good and Turing); or very many. 'Started', 'Paused', 'Resumed' and 'Stopped' that come again and
 * again are four things that happen, not values of one. Before the
 * end only the latter is known.
 */
export const findSiblings = (patterns: readonly MinedPattern[], isFixed: (text: string) => boolean, isEnd: boolean): Siblings[] => {
  const groups = new Map<number, Siblings>();
  for (const pattern of patterns) {
    if (pattern.tokens > longest) continue;
    const whole = sumOf(pattern);
    for (let k = 0; k < pattern.tokens; k++) {
      if (pattern.kind[k] !== word || isFixed(pattern.text[k] as string)) continue;
      const key = mix((whole - shareOf(pattern.hash[k] as number, k)) | 0) + k * 4_294_967_296;
      const known = groups.get(key);
      if (known) known.group.push(pattern);
      else groups.set(key, { place: k, group: [pattern] });
    }
  }
  return [...groups.values()].filter((siblings) => isVariable(siblings, isEnd)).sort((x, y) => y.group.length - x.group.length);
};

const isVariable = ({ place, group }: Siblings, isEnd: boolean): boolean => {
  const rare = group.filter(({ count }) => count === 1).length * 2 >= group.length;
  // What a message begins with is what it is about.
  const enough = place === 0 ? openEnded * 2 : rare && isEnd ? fewest : openEnded;
  return group.length >= enough && (rare || place > 0) && saysMore(group[0] as MinedPattern, place);
};

/** A word besides the one that differs. */
const saysMore = ({ kind, text }: MinedPattern, place: number): boolean =>
  text.some((word, k) => k !== place && kind[k] === 0 && /[a-z]/i.test(word));

const shareOf = (hash: number, place: number): number => mix(hash ^ Math.imul(place + 1, 0x9e3779b1));

/** Of all tokens and their places; one can be taken out of it again. */
const sumOf = ({ hash, tokens, severe }: MinedPattern): number => {
  let sum = tokens * 2 + (severe ? 1 : 0);
  for (let k = 0; k < tokens; k++) sum = (sum + shareOf(hash[k] === anyHash ? anyHash : (hash[k] as number), k)) | 0;
  return sum;
};
