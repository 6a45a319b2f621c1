import { extractFeatures, type Features } from './features.ts';
import { type Example, type Model, score, withForest } from './model.ts';
import { growVocabulary, type SparseVector, toVector } from './vocabulary.ts';

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
  const lessons = examples.map(({ category }, i): Lesson => {
    const own = features[i] as Features;
    return {
      vector: toVector(own, vocabulary),
      opinion: withForest({ ...model, vocabulary }, new Float64Array(classes), own),
      truth: categories.indexOf(category),
    };
  });
  for (let pass = 0; pass < 5; pass++) for (const lesson of lessons) learn({ weights, bias }, lesson, classes);
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

/** What is to be learned, and what the forest, which does not change, says of it. */
type Lesson = { vector: SparseVector; opinion: Float64Array; truth: number };

const learn = (part: Pick<Model, 'weights' | 'bias'>, { vector, opinion, truth }: Lesson, classes: number): void => {
  const square = vector.value.reduce((sum, v) => sum + v * v, 0);
  if (square === 0) return;
  for (let step = 0; step < classes * 3; step++) {
    const scores = score(part, vector, classes).map((own, c) => own + (opinion[c] as number));
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
