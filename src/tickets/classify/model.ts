import { blended } from './blend.ts';
import { type Calibration, type Judged, leanToNoOpinion, toConfidences, type Words } from './calibrate.ts';
import { extractFeatures, type Features, type TicketText } from './features.ts';
import { type Forest, voteOf } from './forest.ts';
import { placesOfWords, type SparseVector, toPresence, toVector, type Vocabulary } from './vocabulary.ts';

export type Example = { text: TicketText; category: string };

/**
 * A category as its owner describes it; what it is called, what belongs there and `phrases` of such tickets stand in for examples while there
 * are few. `called`: where its name is an id, which is no word of anything.
 */
export type Category = { name: string; called?: string; description?: string; phrases?: readonly string[] };

export type Model = {
  categories: readonly string[];
  /** Examples seen by category, in the order of `categories`. */
  counts: readonly number[];
  vocabulary: Vocabulary;
  /** One row of `categories.length` numbers for each place of the vocabulary. */
  weights: Float32Array;
  bias: Float32Array;
  /** Categories for all that fits none of the others, by their names; unknown of a model stored before that was looked at. */
  rest?: readonly string[];
  /** A second opinion, and how much it counts beside the scores of the weights. Without trees it says nothing. */
  forest: Forest;
  blend: number;
  calibration: Calibration;
  /** Predictions on examples held out while training: what thresholds are chosen on. `row`: the place among them, right after training. */
  heldOut: readonly (Judged & { row?: number })[];
};

/** Confidence is a calibrated probability; `ranked` is every allowed category, best first. */
export type Prediction = { category: string; confidence: number; ranked: { category: string; confidence: number }[] };

/** Only a category in `allowed` can be named: a retired one is not, whatever it was trained on. Null when none is allowed. */
export const predict = (model: Model, text: TicketText, allowed: Iterable<string> = model.categories): Prediction | null => {
  const open = new Set(allowed);
  const places = model.categories.flatMap((name, i) => (open.has(name) ? [i] : []));
  if (places.length === 0) return null;
  const features = extractFeatures(text);
  const scores = scoreFeatures(model, features);
  const told = toConfidences(
    places.map((i) => scores[i] as number),
    model.calibration,
  );
  const leader = places[told.indexOf(Math.max(...told))] as number;
  const shares = leanToNoOpinion(
    told,
    wordsFor(model, features, leader, places),
    model.calibration,
    places.map((i) => model.rest?.includes(model.categories[i] as string) ?? false),
  );
  const ranked = places
    .map((i, k) => ({ category: model.categories[i] as string, confidence: shares[k] as number }))
    .sort((x, y) => y.confidence - x.confidence);
  const [best] = ranked;
  return best ? { ...best, ranked } : null;
};

const wordsFor = ({ vocabulary, weights, categories }: Model, features: Features, leader: number, open: readonly number[]): Words => {
  const { known, unknown } = placesOfWords(features, vocabulary);
  const says = (place: number, category: number): number => Math.max(0, weights[place * categories.length + category] as number);
  const speaking = known.filter((place) => says(place, leader) > 0).length;
  const forLeader = known.reduce((sum, place) => sum + says(place, leader), 0);
  const forAny = known.reduce((sum, place) => sum + open.reduce((most, category) => Math.max(most, says(place, category)), 0), 0);
  return { known: known.length, speaking, unknown, agreement: forAny > 0 ? forLeader / forAny : 0 };
};

/** Raw scores in the order of `model.categories`. */
export const scoreTicket = (model: Model, text: TicketText): Float64Array => scoreFeatures(model, extractFeatures(text));

const scoreFeatures = (model: Model, features: Features): Float64Array =>
  withForest(model, score(model, toVector(features, model.vocabulary), model.categories.length), features);

/** Scores of the weights with the forest's opinion of the same ticket. */
export const withForest = ({ forest, blend, vocabulary }: Model, scores: Float64Array, features: Features): Float64Array =>
  forest.trees.length === 0 ? scores : blended(scores, voteOf(forest, toPresence(features, vocabulary), scores.length), blend);

/** Scores of the weights alone. */
export const score = ({ weights, bias }: Pick<Model, 'weights' | 'bias'>, { at, value }: SparseVector, classes: number): Float64Array => {
  const scores = Float64Array.from(bias);
  for (let j = 0; j < at.length; j++) {
    const row = (at[j] as number) * classes;
    const v = value[j] as number;
    for (let c = 0; c < classes; c++) scores[c] = (scores[c] as number) + v * (weights[row + c] as number);
  }
  return scores;
};
