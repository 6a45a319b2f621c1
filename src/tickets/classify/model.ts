import { type Calibration, fitCalibration, type Judged, leanToNoOpinion, type ScoredRow, toConfidences } from './calibrate.ts';
import { extractFeatures, type Features, type TicketText } from './features.ts';
import { createRandom } from './random.ts';
import { solveBinary } from './solver.ts';
import { fitVocabulary, growVocabulary, knownWords, type SparseVector, toVector, type Vocabulary } from './vocabulary.ts';

export type Example = { text: TicketText; category: string };

/** A category as its owner describes it; what it is called and what belongs there stand in for examples while there are few. */
export type Category = { name: string; description?: string };

export type Model = {
  categories: readonly string[];
  /** Examples seen by category, in the order of `categories`. */
  counts: readonly number[];
  vocabulary: Vocabulary;
  /** One row of `categories.length` numbers for each place of the vocabulary. */
  weights: Float32Array;
  bias: Float32Array;
  calibration: Calibration;
  /** Predictions on examples held out while training: what thresholds are chosen on. */
  heldOut: readonly Judged[];
};

export type TrainOptions = { categories?: readonly Category[]; seed?: number; cost?: number };

/** Confidence is a calibrated probability; `ranked` is every allowed category, best first. */
export type Prediction = { category: string; confidence: number; ranked: { category: string; confidence: number }[] };

export const trainModel = (examples: readonly Example[], { categories = [], seed = 1, cost = 1 }: TrainOptions = {}): Model => {
  const names = [...new Set([...categories.map((one) => one.name), ...examples.map((one) => one.category)])];
  const place = new Map(names.map((name, i) => [name, i]));
  const told = categories.map((one) => ({ features: extractFeatures(describe(one)), category: place.get(one.name) as number }));
  const seen = examples.map((one) => ({ features: extractFeatures(one.text), category: place.get(one.category) as number }));
  const settings = { classes: names.length, seed, cost };
  const held = holdOut(seen, told, settings);
  const counts = new Array<number>(names.length).fill(0);
  for (const { category } of seen) counts[category] = (counts[category] as number) + 1;
  const calibration = fitCalibration(held, names.length);
  return {
    categories: names,
    counts,
    ...fitWeights([...seen, ...told], settings),
    calibration,
    heldOut: held.map((row) => judge(row, calibration)),
  };
};

// Two thousand held-out predictions fix one number well enough; more would only take time. A small set is cut finer, so that
// the models that are judged are nearly the one that is kept.
const enoughHeldOut = 2000;
const foldsOf = (n: number): number => (n <= 1500 ? 10 : 5);

/** What a category is called and described as, read like a message: 'card_not_working' is three words. */
const describe = ({ name, description }: Category): TicketText => ({
  title: '',
  body: `${name.replace(/[_/-]+/g, ' ')}\n${description ?? ''}`,
});

type Row = { features: Features; category: number };
type Settings = { classes: number; seed: number; cost: number };

const fitWeights = (rows: readonly Row[], { classes, seed, cost }: Settings): Pick<Model, 'vocabulary' | 'weights' | 'bias'> => {
  const vocabulary = fitVocabulary(rows.map((row) => row.features));
  const vectors = rows.map((row) => toVector(row.features, vocabulary));
  const size = vocabulary.idf.length;
  const weights = new Float32Array(size * classes);
  const bias = new Float32Array(classes);
  for (let c = 0; c < classes; c++) {
    const positives = rows.reduce((sum, row) => sum + (row.category === c ? 1 : 0), 0);
    if (positives === 0) {
      bias[c] = -2;
      continue;
    }
    const positiveWeight = (Math.max(1, rows.length - positives) / positives) ** 0.3;
    const w = solveBinary(vectors, (i) => (rows[i] as Row).category === c, {
      size,
      cost,
      positiveWeight,
      random: createRandom(seed * 1009 + c),
    });
    for (let f = 0; f < size; f++) weights[f * classes + c] = w[f] as number;
    bias[c] = w[size] as number;
  }
  return { vocabulary, weights, bias };
};

/** Scores of examples by models that did not see them. */
const holdOut = (seen: readonly Row[], told: readonly Row[], settings: Settings): ScoredRow[] => {
  const fold = toFolds(seen, settings);
  const held: ScoredRow[] = [];
  const folds = foldsOf(seen.length);
  for (let k = 0; k < folds && held.length < Math.min(enoughHeldOut, seen.length); k++) {
    const rest = seen.filter((_, i) => fold[i] !== k);
    if (rest.length === 0) break;
    const part = fitWeights([...rest, ...told], settings);
    for (let i = 0; i < seen.length; i++)
      if (fold[i] === k) {
        const row = seen[i] as Row;
        held.push({ scores: score(part, toVector(row.features, part.vocabulary), settings.classes), truth: row.category });
      }
  }
  return held;
};

const toFolds = (rows: readonly Row[], { classes, seed }: Settings): Uint8Array => {
  const random = createRandom(seed);
  const byCategory = Array.from({ length: classes }, (): number[] => []);
  for (const [i, row] of rows.entries()) byCategory[row.category]?.push(i);
  const fold = new Uint8Array(rows.length);
  let next = 0;
  for (const members of byCategory)
    while (members.length > 0) {
      const [one] = members.splice(random.below(members.length), 1);
      fold[one as number] = next++ % foldsOf(rows.length);
    }
  return fold;
};

const score = ({ weights, bias }: Pick<Model, 'weights' | 'bias'>, { at, value }: SparseVector, classes: number): Float64Array => {
  const scores = Float64Array.from(bias);
  for (let j = 0; j < at.length; j++) {
    const row = (at[j] as number) * classes;
    const v = value[j] as number;
    for (let c = 0; c < classes; c++) scores[c] = (scores[c] as number) + v * (weights[row + c] as number);
  }
  return scores;
};

const judge = ({ scores, truth }: ScoredRow, calibration: Calibration): Judged => {
  const shares = toConfidences(scores, calibration);
  const top = shares.indexOf(Math.max(...shares));
  return { confidence: shares[top] as number, right: top === truth };
};

/** Raw scores in the order of `model.categories`. */
export const scoreTicket = (model: Model, text: TicketText): Float64Array =>
  score(model, toVector(extractFeatures(text), model.vocabulary), model.categories.length);

/** Only a category in `allowed` can be named: a retired one is not, whatever it was trained on. Null when none is allowed. */
export const predict = (model: Model, text: TicketText, allowed: Iterable<string> = model.categories): Prediction | null => {
  const open = new Set(allowed);
  const places = model.categories.flatMap((name, i) => (open.has(name) ? [i] : []));
  if (places.length === 0) return null;
  const features = extractFeatures(text);
  const scores = score(model, toVector(features, model.vocabulary), model.categories.length);
  const told = toConfidences(
    places.map((i) => scores[i] as number),
    model.calibration,
  );
  const shares = leanToNoOpinion(told, knownWords(features, model.vocabulary), model.calibration);
  const ranked = places
    .map((i, k) => ({ category: model.categories[i] as string, confidence: shares[k] as number }))
    .sort((x, y) => y.confidence - x.confidence);
  const [best] = ranked;
  return best ? { ...best, ranked } : null;
};

/**
 * The model after more examples, by the smallest change that puts each first (passive-aggressive, Crammer et al., JMLR 2006):
 * a correction counts in the very next prediction, and look-alikes move by how much alike they are. The given model stays as it was.
 */
export const updateModel = (model: Model, examples: readonly Example[]): Model => {
  const categories = [...new Set([...model.categories, ...examples.map((one) => one.category)])];
  const classes = categories.length;
  const features = examples.map((one) => extractFeatures(one.text));
  const counts = categories.map((_, c) => model.counts[c] ?? 0);
  const vocabulary = growVocabulary(
    model.vocabulary,
    features,
    counts.reduce((sum, n) => sum + n, 1),
  );
  const weights = widen(model, vocabulary.idf.length, classes);
  const bias = Float32Array.from(categories, (_, c) => model.bias[c] ?? -1);
  const vectors = features.map((one) => toVector(one, vocabulary));
  for (let pass = 0; pass < 5; pass++)
    for (const [i, { category }] of examples.entries())
      learn({ weights, bias }, vectors[i] as SparseVector, categories.indexOf(category), classes);
  for (const { category } of examples) counts[categories.indexOf(category)] = (counts[categories.indexOf(category)] as number) + 1;
  return { ...model, categories, counts, vocabulary, weights, bias };
};

const widen = (model: Model, size: number, classes: number): Float32Array => {
  const weights = new Float32Array(size * classes);
  const before = model.categories.length;
  if (before === classes) weights.set(model.weights);
  else
    for (let f = 0; f * before < model.weights.length; f++) weights.set(model.weights.subarray(f * before, (f + 1) * before), f * classes);
  return weights;
};

const learn = (part: Pick<Model, 'weights' | 'bias'>, vector: SparseVector, truth: number, classes: number): void => {
  const square = vector.value.reduce((sum, v) => sum + v * v, 0);
  if (square === 0) return;
  for (let step = 0; step < classes * 3; step++) {
    const scores = score(part, vector, classes);
    let rival = -1;
    for (let c = 0; c < classes; c++) if (c !== truth && (rival < 0 || (scores[c] as number) > (scores[rival] as number))) rival = c;
    if (rival < 0) return;
    const short = 1 - ((scores[truth] as number) - (scores[rival] as number));
    if (short <= 1e-3) return;
    const change = short / (2 * square);
    for (let j = 0; j < vector.at.length; j++) {
      const row = (vector.at[j] as number) * classes;
      const v = change * (vector.value[j] as number);
      part.weights[row + truth] = (part.weights[row + truth] as number) + v;
      part.weights[row + rival] = (part.weights[row + rival] as number) - v;
    }
  }
};
