import { hashSeed, isDigit, isHex, isLetter, isUpper, hashPrime as prime } from '#src/logs/digest/lines/bytes.ts';

const seed = hashSeed | 0;

/** A word without its numbers and hexadecimal stretches: 'req-9bc36dd9-91c5' and 'req-0a12bc00-1234' have one form, 'exec-7' another. */
export const formOf = (b: Uint8Array, start: number, end: number): number => {
  let h = seed;
  let i = start;
  while (i < end) {
    let k = i;
    while (k < end && isHex(b[k])) k++;
    if (k - i >= 4 && !isLetter(b[k]) && (i === start || !isLetter(b[i - 1]))) {
      h = Math.imul(h ^ 256, prime);
      i = k;
      continue;
    }
    if (isDigit(b[i])) {
      const from = i;
      while (i < end && isDigit(b[i])) i++;
      h = Math.imul(h ^ (257 + Math.min(5, i - from)), prime);
      continue;
    }
    h = Math.imul(h ^ (b[i++] as number), prime);
  }
  return h;
};

/** How a word begins and ends, and the marks in it by which readers of heads part words. */
export const edgesOf = (b: Uint8Array, start: number, end: number): number => {
  const first = b[start] as number;
  let h = Math.imul(seed ^ (isUpper(first) ? 65 : isDigit(first) ? 48 : isLetter(first) ? 97 : first), prime);
  let capitals = true;
  let dot = -1;
  let slash = false;
  for (let i = start; i < end; i++) {
    const c = b[i] as number;
    if (!isUpper(c)) capitals = false;
    if (c === 46) dot = i;
    else if (c === 47 && !slash) {
      slash = true;
      if (i - start < 12) h = hashLetters(b, start, i, h);
      h = Math.imul(h ^ (isUpper(b[i + 1]) ? 2 : 1), prime);
    }
    if (marks[c] === 1) h = Math.imul(h ^ c, prime);
  }
  if (dot >= 0) h = hashLetters(b, dot + 1, end, h);
  return Math.imul(h ^ (capitals ? 1 : 0), prime);
};

const marks = new Uint8Array(256);
for (const c of Buffer.from('_$:|[](){},=')) marks[c] = 1;

const hashLetters = (b: Uint8Array, from: number, to: number, seed: number): number => {
  let h = seed;
  for (let i = from; i < to; i++) {
    if (!isLetter(b[i])) return seed;
    h = Math.imul(h ^ (b[i] as number), prime);
  }
  return h;
};
