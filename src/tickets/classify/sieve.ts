import type { TicketText } from './features.ts';
import { nearInTime } from './near-in-time.ts';
import { commonest, headWords, titleOf, toView, type Views } from './ticket-views.ts';

/**
 * The candidates that begin most like the query, best first: a sieve before `rankLookAlikes`, for a tenth of its time. Words are numbers made of
 * their first letters, so none is taken out of its text, looked up or reduced to its stem.
 */
export const sieveLookAlikes = (query: TicketText, candidates: readonly { id: string; text: TicketText }[], most: number): string[] => {
  const heads = candidates.map(({ id, text }) => ({ id, head: toHead(text), at: text.at }));
  const headsWith = new Map<number, number>();
  for (const { head } of heads) for (const key of head.ids) headsWith.set(key, (headsWith.get(key) ?? 0) + 1);
  const rarities = Array.from({ length: heads.length + 1 }, (_, count) => Math.log(1 + (heads.length + 1) / Math.max(1, count)));
  const weightOf = (count: number, key: number): number => count * (rarities[headsWith.get(key) ?? 1] as number);
  const asked = toHead(query);
  const weights = new Map(Array.from(asked.ids, (key, i) => [key, weightOf(asked.counts[i] as number, key)]));
  // The query's own length is the same for all.
  const alike = ({ ids, counts }: Views): number => {
    let [dot, square] = [0, 0];
    for (let i = 0; i < ids.length; i++) {
      const weight = weightOf(counts[i] as number, ids[i] as number);
      square += weight ** 2;
      dot += weight * (weights.get(ids[i] as number) ?? 0);
    }
    return square === 0 ? 0 : dot / Math.sqrt(square);
  };
  return heads
    .map(({ id, head, at }) => ({ id, score: alike(head) * nearInTime(query.at, at) }))
    .sort((x, y) => y.score - x.score || (x.id < y.id ? -1 : 1))
    .slice(0, most)
    .map(({ id }) => id);
};

/** The title twice and the first words of the body: what is said before details. */
const toHead = (text: TicketText): Views => {
  const title = toKeys(titleOf(text), Number.POSITIVE_INFINITY);
  return toView([...title, ...title, ...toKeys(text.body, headWords)]);
};

// What follows them is an ending, mostly: crash, crashes and crashing are one.
const TELLING_LETTERS = 6;
const LEAST_LETTERS = 2;

const toKeys = (text: string, most: number, leftOut: ReadonlySet<number> = commonKeys): number[] => {
  const keys: number[] = [];
  let key = FNV_BASIS;
  let letters = 0;
  for (let i = 0; i <= text.length && keys.length < most; i++) {
    const letter = i < text.length ? lowered(text.charCodeAt(i)) : 0;
    if (letter > 0) {
      if (letters++ < TELLING_LETTERS) key = Math.imul(key ^ letter, FNV_PRIME);
    } else if (letters > 0) {
      const done = (key ^ (key >>> 15)) & 0x3fffffff;
      if (letters >= LEAST_LETTERS && !leftOut.has(done)) keys.push(done);
      key = FNV_BASIS;
      letters = 0;
    }
  }
  return keys;
};

const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Zero for what is neither a letter nor a digit; letters of other alphabets are taken as they are. */
const lowered = (code: number): number => {
  if (code >= 97 && code <= 122) return code;
  if (code >= 65 && code <= 90) return code + 32;
  return (code >= 48 && code <= 57) || code > 191 ? code : 0;
};

const commonKeys: ReadonlySet<number> = new Set(toKeys([...commonest].join(' '), Number.POSITIVE_INFINITY, new Set()));
