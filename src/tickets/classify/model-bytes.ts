import { readForest, writeForest } from './forest-bytes.ts';
import type { Model } from './model.ts';

// The first had no forest.
const format = 2;

type Header = Omit<Model, 'vocabulary' | 'weights' | 'bias' | 'forest'> & {
  format: number;
  /** Categories the forest met. */
  met: readonly number[];
  groupWeights: readonly number[];
  scoped: boolean;
  size: number;
  scale: number[];
  bias: number[];
};

/**
 * A model as bytes for the database. A weight is a byte on its category's scale, small ones closer together than large
 * ones; weights that round to nothing take one bit, so 77 categories over 50,000 features are about 3 MB instead of 15.
 */
export const toBytes = (model: Model): Uint8Array => {
  const { vocabulary, weights, bias, forest, ...rest } = model;
  const classes = model.categories.length;
  const size = vocabulary.idf.length;
  const scale = new Array<number>(classes).fill(0);
  for (let i = 0; i < weights.length; i++) scale[i % classes] = Math.max(scale[i % classes] as number, Math.abs(weights[i] as number));
  const header: Header = {
    ...rest,
    heldOut: rest.heldOut.map(({ confidence, right }) => ({ confidence: Number(confidence.toFixed(4)), right })),
    format,
    met: forest.met,
    groupWeights: vocabulary.groupWeights,
    scoped: vocabulary.scoped,
    size,
    scale,
    bias: [...bias],
  };
  const head = new TextEncoder().encode(JSON.stringify(header));
  const maskBytes = Math.ceil(classes / 8);
  const out = new Uint8Array(4 + head.length + size * (8 + maskBytes) + weights.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, head.length);
  out.set(head, 4);
  let at = 4 + head.length;
  for (const [key, place] of vocabulary.index) {
    view.setInt32(at, key);
    view.setFloat32(at + 4, vocabulary.idf[place] as number);
    const mask = at + 8;
    at = mask + maskBytes;
    for (let c = 0; c < classes; c++) {
      const level = toLevel(weights[place * classes + c] as number, scale[c] as number);
      if (level === 0) continue;
      out[mask + (c >> 3)] = (out[mask + (c >> 3)] as number) | (1 << (c & 7));
      view.setInt8(at++, level);
    }
  }
  return Buffer.concat([out.subarray(0, at), writeForest(forest.trees)]);
};

/** Throws a RangeError on bytes of another format or cut short. */
export const fromBytes = (bytes: Uint8Array): Model => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(0);
  if (length + 4 > bytes.length) throw new RangeError('These bytes are not a stored model.');
  const {
    format: stored,
    met = [],
    groupWeights,
    scoped,
    size,
    scale,
    bias,
    ...rest
  } = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Header;
  if (stored !== format && stored !== 1) throw new RangeError(`A model of format ${stored} cannot be read; train it again.`);
  const classes = rest.categories.length;
  const weights = new Float32Array(size * classes);
  const index = new Map<number, number>();
  const idf = new Float32Array(size);
  const maskBytes = Math.ceil(classes / 8);
  let at = 4 + length;
  for (let place = 0; place < size; place++) {
    index.set(view.getInt32(at), place);
    idf[place] = view.getFloat32(at + 4);
    const mask = at + 8;
    at = mask + maskBytes;
    for (let c = 0; c < classes; c++)
      if ((bytes[mask + (c >> 3)] as number) & (1 << (c & 7)))
        weights[place * classes + c] = fromLevel(view.getInt8(at++), scale[c] as number);
  }
  return {
    ...rest,
    vocabulary: { index, idf, groupWeights, scoped },
    weights,
    bias: Float32Array.from(bias),
    forest: { trees: readForest(bytes.subarray(at)), met },
    blend: rest.blend ?? 0,
  };
};

// A square root spreads the levels: most weights are small, and their sum decides as much as the few large ones.
const toLevel = (weight: number, scale: number): number =>
  scale === 0 ? 0 : Math.sign(weight) * Math.round(127 * Math.sqrt(Math.abs(weight) / scale));

const fromLevel = (level: number, scale: number): number => Math.sign(level) * (level / 127) ** 2 * scale;
