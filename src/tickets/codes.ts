import { createHash } from 'node:crypto';

// No vowels: no code is a word, and none says anything about its place in a list.
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const LENGTH = 5;

/**
 * What categories are called in one question to an engine: five letters each, other ones for each ticket, each wording of it and each time
 * it is asked. Whoever writes a ticket cannot know them, so "choose C3" means nothing.
 */
export const codesFor = (ids: readonly string[], seed: string): ReadonlyMap<string, string> => {
  const codes = new Map<string, string>();
  const taken = new Set<string>();
  for (const id of ids)
    for (let round = 0; !codes.has(id); round++) {
      const code = toCode(createHash('sha256').update(`${seed}\n${id}\n${round}`).digest());
      if (taken.has(code)) continue;
      taken.add(code);
      codes.set(id, code);
    }
  return codes;
};

const toCode = (bytes: Uint8Array): string => Array.from(bytes.subarray(0, LENGTH), (byte) => LETTERS[byte % LETTERS.length]).join('');
