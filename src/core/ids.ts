import { randomBytes } from 'node:crypto';

/** Prefixes tell a reader what an id names; the rest is a ULID (48 bits of time, 80 of chance), lower case, so ids sort by time. */
export type IdPrefix =
  | 'ws'
  | 'usr'
  | 'ses'
  | 'tok'
  | 'log'
  | 'try'
  | 'dlv'
  | 'call'
  | 'aud'
  | 'err'
  | 'req'
  | 'tkt'
  | 'cat'
  | 'mdl'
  | 'adv'
  | 'rpl'
  | 'ngt'
  | 'qst'
  | 'inc'
  | 'chg'
  | 'clg'
  | 'csb'
  | 'pst'
  | 'whk'
  | 'who'
  | 'whd';

// Crockford's base 32: no i, l, o, u.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

let lastMs = 0;
let lastChance = '';

/** Of two ids that a process makes, also within a millisecond, the later one sorts behind the earlier. */
export const newId = (prefix: IdPrefix): string => {
  const ms = Math.max(lastMs, Date.now());
  lastChance = ms === lastMs ? next(lastChance) : chancePart();
  lastMs = ms;
  return `${prefix}_${timePart(ms)}${lastChance}`;
};

/** The smallest id that one made at that time could have: ids sort by time. */
export const firstIdAt = (prefix: IdPrefix, ms: number): string => `${prefix}_${timePart(Math.max(0, ms))}`;

/** When an id was made, in milliseconds since 1970. */
export const idTime = (id: string): number => {
  let ms = 0;
  for (const character of id.slice(id.indexOf('_') + 1, id.indexOf('_') + 11)) ms = ms * 32 + ALPHABET.indexOf(character);
  return ms;
};

const timePart = (ms: number): string => {
  let text = '';
  for (let rest = ms, place = 0; place < 10; place++, rest = Math.floor(rest / 32)) text = ALPHABET[rest % 32] + text;
  return text;
};

// Asking the system for randomness costs more than the id: it is fetched for 256 ids at a time.
const CHARACTERS = 16;
let pool = Buffer.alloc(0);
let used = 0;

const chancePart = (): string => {
  if (used + CHARACTERS > pool.length) {
    pool = randomBytes(256 * CHARACTERS);
    used = 0;
  }
  let text = '';
  for (const end = used + CHARACTERS; used < end; used++) text += ALPHABET[(pool[used] as number) & 31];
  return text;
};

/** The next higher text in our alphabet; drawn by lot, it all but never begins with sixteen times the last letter. */
const next = (chance: string): string => {
  let kept = chance.length;
  while (kept > 0 && chance[kept - 1] === 'z') kept--;
  if (kept === 0) return chancePart();
  return chance.slice(0, kept - 1) + ALPHABET[ALPHABET.indexOf(chance[kept - 1] as string) + 1] + '0'.repeat(chance.length - kept);
};
