// What reading costs when nothing is made of it: what the digest's speed is held against.

/** A loop over the bytes. */
export const countNewlines = (bytes: Uint8Array): number => {
  let count = 0;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 10) count++;
  return count;
};

/** Decodes, splits lines, splits tokens. */
export const splitTokens = (bytes: Uint8Array): number => {
  let count = 0;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  for (const line of text.split('\n')) count += line.split(' ').length;
  return count;
};
