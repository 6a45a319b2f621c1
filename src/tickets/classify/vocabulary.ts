import { type Features, groups } from './features.ts';

/** Which features are known, and how rare each is: a feature's place in every weight vector. */
export type Vocabulary = { index: Map<number, number>; idf: Float32Array; weights: readonly number[] };

/** A ticket as a sparse vector over a vocabulary. */
export type SparseVector = { at: Int32Array; value: Float32Array };

export type GroupWeights = readonly number[];

// In the order of `groups`: word, phrase, pair, chars, title, cue, meaning.
export const defaultWeights: GroupWeights = [1, 0.7, 0.6, 0.8, 0.8, 0.6, 0.5];

export const fitVocabulary = (all: readonly Features[], { minCount = 2, weights = defaultWeights }: { minCount?: number; weights?: GroupWeights } = {}): Vocabulary => {
  const counts = new Map<number, number>();
  const kindOf = new Map<number, number>();
  for (const { keys, kinds } of all)
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as number;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      kindOf.set(key, kinds[i] as number);
    }
  const index = new Map<number, number>();
  const idf: number[] = [];
  for (const [key, count] of counts) {
    const kind = kindOf.get(key) as number;
    if (count < (kind === 0 || kind >= 5 ? 1 : minCount) || weights[kind] === 0) continue;
    index.set(key, index.size);
    idf.push(kind === 5 ? 1 : Math.log((1 + all.length) / (1 + count)) + 1);
  }
  return { index, idf: Float32Array.from(idf), weights };
};

export const toVector = ({ keys, kinds, values }: Features, { index, idf, weights }: Vocabulary): SparseVector => {
  const at = new Int32Array(keys.length);
  const value = new Float32Array(keys.length);
  const squares = new Float64Array(groups.length);
  const kind = new Uint8Array(keys.length);
  let n = 0;
  for (let i = 0; i < keys.length; i++) {
    const place = index.get(keys[i] as number);
    if (place === undefined) continue;
    const v = (values[i] as number) * (idf[place] as number);
    at[n] = place;
    value[n] = v;
    const k = kinds[i] as number;
    kind[n] = k;
    squares[k] = (squares[k] as number) + v * v;
    n++;
  }
  let total = 0;
  const scale = Float64Array.from(squares, (square, k) => {
    if (square === 0) return 0;
    total += (weights[k] as number) ** 2;
    return (weights[k] as number) / Math.sqrt(square);
  });
  const norm = total > 0 ? 1 / Math.sqrt(total) : 0;
  for (let i = 0; i < n; i++) value[i] = (value[i] as number) * (scale[kind[i] as number] as number) * norm;
  return { at: at.slice(0, n), value: value.slice(0, n) };
};
