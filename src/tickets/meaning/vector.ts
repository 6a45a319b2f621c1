export type StoredVector = { vector: Buffer; signature: string };

const BITS = 256;

/** A vector as it is stored: a byte for each number, and a signature of 256 bits as PostgreSQL writes them. */
export const toStored = (vector: Float32Array): StoredVector => ({ vector: toBytes(vector), signature: signatureOf(vector) });

// Of eight bits a cosine keeps two places, which is more than two tickets tell apart.
const toBytes = (vector: Float32Array): Buffer => {
  const most = vector.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0) || 1;
  return Buffer.from(Int8Array.from(vector, (x) => Math.round((127 * x) / most)).buffer);
};

/** How alike two vectors point, -1 to 1; 0 for vectors of different sizes. */
export const cosineOf = (one: Uint8Array, other: Uint8Array): number => {
  if (one.length !== other.length) return 0;
  const [a, b] = [toSigned(one), toSigned(other)];
  let [dot, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  return dot === 0 ? 0 : dot / Math.sqrt(aa * bb);
};

const toSigned = ({ buffer, byteOffset, length }: Uint8Array): Int8Array => new Int8Array(buffer, byteOffset, length);

/** On which side of fixed planes it lies: the share of bits two signatures differ in is the angle between them, as a share of half a turn. */
const signatureOf = (vector: Float32Array): string => {
  let bits = '';
  for (let plane = 0; plane < BITS; plane++) {
    let sum = 0;
    for (let i = 0; i < vector.length; i++) sum += sideOf(plane, i) ? (vector[i] as number) : -(vector[i] as number);
    bits += sum >= 0 ? '1' : '0';
  }
  return bits;
};

/** The planes are the same for ever: a hash of place and plane, nothing that is drawn. */
const sideOf = (plane: number, place: number): boolean => {
  let h = Math.imul(plane + 1, 0x9e3779b1) ^ Math.imul(place + 1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) & 1) === 1;
};
