/**
 * A log repeated to a size with its variables changed: digits become other digits and the letters of hexadecimal ids other such letters, so
 * that nothing a digest remembers of one round helps it to skip the next. Dates, and hours of the day, stay what they are; lengths too.
 */
export function* repeatLog({ log, bytes, seed }: { log: Uint8Array; bytes: number; seed: number }): Generator<Uint8Array> {
  const variables = findVariables(log);
  const round = Uint8Array.from(log);
  let state = seed | 1;
  let written = 0;
  while (written < bytes) {
    const pieces: Uint8Array[] = [];
    // Small logs go out several rounds at a time: a chunk is what a file or a socket would hand over.
    for (let size = 0; size < chunkBytes && written < bytes; size += log.length) {
      if (written > 0)
        for (const place of variables) {
          state = Math.imul(state ^ (state << 13), 1);
          state ^= state >>> 17;
          state ^= state << 5;
          const { low, span } = ranges[place % ranges.length] as Range;
          round[Math.floor(place / ranges.length)] = low + ((state >>> 8) % span);
        }
      written += log.length;
      for (let at = 0; at < round.length; at += chunkBytes) pieces.push(round.slice(at, at + chunkBytes));
      if (log.at(-1) !== 10) pieces.push(newline);
    }
    if (log.length < chunkBytes) yield Buffer.concat(pieces);
    else yield* pieces;
  }
}

const chunkBytes = 1_000_000;
const newline = Uint8Array.of(10);

/** A byte that may change becomes one of `span` bytes from `low` on: a digit, the first digit of minutes and seconds, a letter of a hexadecimal id. */
type Range = { low: number; span: number };
const ranges: Range[] = [
  { low: 48, span: 10 },
  { low: 48, span: 6 },
  { low: 97, span: 6 },
];
const [digit, six, letter] = [0, 1, 2] as const;

const clock = /(?<=\b\d{1,2}:)[0-5]\d:[0-5]\d/g;
const dated =
  /\b(?:19|20)\d\d[-/.:](?:\d\d|\w{3})[-/.]\d\d|\b\d{1,2}[-/.](?:\d\d|[A-Z][a-z]{2})[-/.](?:19|20)?\d\d\b|\b\d\d-\d\d(?= \d\d:)|\b\d\d:(?=[0-5]\d:)|\b\d{6}(?= \d{6}\b)|\b(?:19|20)\d{6}(?=\W)|\b[A-Z][a-z]{2}\s+\d{1,2}(?= \d)|\b(?:19|20)\d\d\b|(?<=\b\d{6} )\d{6}\b/g;
const value = /\b[1-9]\d+|(?<=[_=: #])\d\b|\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{6,}\b/g;

/** Where a byte may change and to what, as one number each, or those of a log of 20 MB would take more memory than its digest. */
const findVariables = (log: Uint8Array): Uint32Array => {
  const text = Buffer.from(log).toString('latin1');
  const kept = new Uint8Array(text.length);
  const places = new Uint32Array(text.length);
  let count = 0;
  const add = (at: number, range: number) => {
    places[count++] = at * ranges.length + range;
  };
  for (const { index, 0: date } of text.matchAll(dated)) kept.fill(1, index, index + date.length);
  for (const { index, 0: time } of text.matchAll(clock)) {
    kept.fill(1, index, index + time.length);
    for (const k of [0, 3]) {
      add(index + k, six);
      add(index + k + 1, digit);
    }
  }
  for (const { index, 0: found } of text.matchAll(value)) {
    const epoch = /^1\d{9}(?:\d{3}){0,3}$/.test(found);
    for (let k = /^\d{2,}$/.test(found) ? (epoch ? 4 : 1) : 0; k < found.length; k++) {
      const at = index + k;
      if (kept[at] === 0) add(at, (log[at] as number) >= 97 ? letter : digit);
    }
  }
  return places.subarray(0, count);
};
