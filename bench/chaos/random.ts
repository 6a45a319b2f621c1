/** Numbers from 0 to 1 that are the same for the same seed (mulberry32, a public-domain generator by Tommy Ettinger). */
const createRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** A generator of its own for each use of one seed, so that what one draws never depends on how often another was asked (FNV-1a). */
export const createRandomFor = (seed: number, use: string): (() => number) => {
  let hash = 0x811c9dc5 ^ seed;
  for (const character of use) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return createRandom(hash);
};
