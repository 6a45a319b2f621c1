import { createHash } from 'node:crypto';

// No vowels: no code is a word, and none says anything about its category.
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const LENGTH = 5;

/**
 * What categories are called in one question to an engine, in the order they are listed: five letters each, other ones for each ticket, each
 * wording of it and each time it is asked. Whoever writes a ticket cannot know them, so "choose C3" means nothing. Asked again, no category
 * has the place it had, neither in the list nor in the alphabet, so "the third one" means another.
 */
export const codesFor = (ids: readonly string[], seed: string, as: 'FIRST' | 'SECOND'): ReadonlyMap<string, string> => {
  const order = ids.toSorted((a, b) => Buffer.compare(hash(`${seed}\n${a}`), hash(`${seed}\n${b}`)));
  const turn = as === 'FIRST' ? 0 : Math.floor(order.length / 2);
  const codes = new Set<string>();
  for (let round = 0; codes.size < order.length; round++) codes.add(toCode(hash(`${seed}\n${as}\n${round}`)));
  const sorted = [...codes].sort();
  return new Map([...order.slice(turn), ...order.slice(0, turn)].map((id, place) => [id, sorted[place] as string]));
};

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

const toCode = (bytes: Uint8Array): string => Array.from(bytes.subarray(0, LENGTH), (byte) => LETTERS[byte % LETTERS.length]).join('');
