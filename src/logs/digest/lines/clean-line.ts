const escapeByte = 27;

/**
 * Copies a line without NUL bytes and terminal codes, the way a terminal would leave it: a lone \r starts the line anew,
 * so a progress bar ends as its last state. Returns the length written; `target` must hold end - start bytes.
 */
export const cleanLine = (source: Uint8Array, start: number, end: number, target: Uint8Array): number => {
  let length = 0;
  let i = start;
  while (i < end) {
    const c = source[i] as number;
    if (c === escapeByte) i = skipEscape(source, i, end);
    else {
      if (c === 13) {
        if (i + 1 < end) length = 0;
      } else if (c !== 0) target[length++] = c;
      i++;
    }
  }
  return length;
};

/** ECMA-48: CSI up to its final byte, OSC up to BEL or ST, otherwise one character. */
const skipEscape = (b: Uint8Array, at: number, end: number): number => {
  let i = at + 1;
  if (b[i] === 0x5b) {
    i++;
    while (i < end && (b[i] as number) >= 0x20 && (b[i] as number) < 0x40) i++;
    return Math.min(end, i + 1);
  }
  if (b[i] === 0x5d) {
    while (i < end && b[i] !== 7 && b[i] !== escapeByte) i++;
    return Math.min(end, b[i] === escapeByte ? i + 2 : i + 1);
  }
  return Math.min(end, i + 1);
};
