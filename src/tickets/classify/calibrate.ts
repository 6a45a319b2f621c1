/** How scores become probabilities: softmax(sharpness * score), then the share of the leader read off `curve`. */
export type Calibration = { sharpness: number; heldOut: number };

/** Scores of one ticket by category, with the place of the true one. */
export type ScoredRow = { scores: ArrayLike<number>; truth: number };

/** The sharpness that makes held-out truths most likely (temperature scaling, Guo et al., ICML 2017), by golden section on its logarithm. */
export const fitCalibration = (rows: readonly ScoredRow[]): Calibration => {
  const loss = (sharpness: number): number => {
    let sum = 0;
    for (const { scores, truth } of rows) sum -= Math.log(Math.max(1e-12, toProbabilities(scores, sharpness)[truth] ?? 0));
    return sum / Math.max(1, rows.length);
  };
  return { sharpness: Math.exp(minimise((x) => loss(Math.exp(x)), Math.log(0.3), Math.log(30))), heldOut: rows.length };
};

export const toProbabilities = (scores: ArrayLike<number>, sharpness: number): Float64Array => {
  const result = Float64Array.from(scores);
  let top = Number.NEGATIVE_INFINITY;
  for (const score of result) top = Math.max(top, score);
  let sum = 0;
  for (let i = 0; i < result.length; i++) sum += result[i] = Math.exp(sharpness * ((result[i] as number) - top));
  for (let i = 0; i < result.length; i++) result[i] = (result[i] as number) / sum;
  return result;
};

const minimise = (f: (x: number) => number, from: number, to: number): number => {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [from, to];
  let [c, d] = [b - golden * (b - a), a + golden * (b - a)];
  let [fc, fd] = [f(c), f(d)];
  for (let i = 0; i < 24; i++)
    if (fc < fd) {
      [b, d, fd] = [d, c, fc];
      c = b - golden * (b - a);
      fc = f(c);
    } else {
      [a, c, fc] = [c, d, fd];
      d = a + golden * (b - a);
      fd = f(d);
    }
  return (a + b) / 2;
};

/** One judged prediction. */
export type Judged = { confidence: number; right: boolean };

/** Expected calibration error over bins of equal width: the mean distance of confidence and share right, weighed by the rows of a bin. */
export const expectedCalibrationError = (judged: readonly Judged[], bins = 15): number => {
  const sums = Array.from({ length: bins }, () => ({ confidence: 0, right: 0 }));
  for (const { confidence, right } of judged) {
    const bin = sums[Math.min(bins - 1, Math.floor(confidence * bins))];
    if (!bin) continue;
    bin.confidence += confidence;
    bin.right += right ? 1 : 0;
  }
  return sums.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0) / Math.max(1, judged.length);
};

export type ThresholdPoint = { threshold: number; right: number; wrong: number; abstained: number };

/** Shares that are right, wrong and left to a person when only predictions at or above a threshold stand. */
export const thresholdCurve = (judged: readonly Judged[], thresholds: readonly number[] = steps): ThresholdPoint[] =>
  thresholds.map((threshold) => {
    const standing = judged.filter((one) => one.confidence >= threshold);
    const right = standing.filter((one) => one.right).length;
    const n = Math.max(1, judged.length);
    return { threshold, right: right / n, wrong: (standing.length - right) / n, abstained: (judged.length - standing.length) / n };
  });

const steps = Array.from({ length: 20 }, (_, i) => i / 20);

/**
 * The lowest threshold at which the predictions that stand are right at least as often as wanted.
 * Null when no threshold with at least `least` standing predictions reaches it: then a person decides.
 */
export const thresholdFor = (judged: readonly Judged[], precision: number, least = 20): number | null => {
  const sorted = [...judged].sort((x, y) => y.confidence - x.confidence);
  let right = 0;
  let best: number | null = null;
  for (let i = 0; i < sorted.length; i++) {
    const one = sorted[i] as Judged;
    if (one.right) right++;
    const last = sorted[i + 1]?.confidence !== one.confidence;
    if (last && i + 1 >= least && right / (i + 1) >= precision) best = one.confidence;
  }
  return best;
};
