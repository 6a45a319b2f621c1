import type { Random } from './random.ts';
import type { SparseVector } from './vocabulary.ts';

/**
 * L2-regularised squared-hinge support vector machine, one against the rest, by dual coordinate descent
 * (Hsieh et al., ICML 2008, as in LIBLINEAR -s 1). The last place of the answer is the bias.
 */
export const solveBinary = (
  rows: readonly SparseVector[],
  isPositive: (row: number) => boolean,
  {
    size,
    cost,
    positiveWeight,
    weightOf = () => 1,
    random,
    passes = 12,
    tolerance = 0.05,
  }: {
    size: number;
    cost: number;
    positiveWeight: number;
    weightOf?: (row: number) => number;
    random: Random;
    passes?: number;
    tolerance?: number;
  },
): Float64Array => {
  const n = rows.length;
  const w = new Float64Array(size + 1);
  const alpha = new Float64Array(n);
  const y = new Int8Array(n);
  const diagonal = new Float64Array(n);
  const q = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    y[i] = isPositive(i) ? 1 : -1;
    diagonal[i] = 1 / (2 * cost * weightOf(i) * (y[i] === 1 ? positiveWeight : 1));
    let square = 1;
    const { value } = rows[i] as SparseVector;
    for (let j = 0; j < value.length; j++) square += (value[j] as number) ** 2;
    q[i] = square + (diagonal[i] as number);
  }
  const order = Int32Array.from({ length: n }, (_, i) => i);
  let active = n;
  for (let pass = 0; pass < passes; pass++) {
    let worst = 0;
    for (let k = active - 1; k > 0; k--) {
      const other = random.below(k + 1);
      const keep = order[k] as number;
      order[k] = order[other] as number;
      order[other] = keep;
    }
    for (let k = 0; k < active; k++) {
      const i = order[k] as number;
      const { at, value } = rows[i] as SparseVector;
      let dot = w[size] as number;
      for (let j = 0; j < at.length; j++) dot += (w[at[j] as number] as number) * (value[j] as number);
      const sign = y[i] as number;
      const a = alpha[i] as number;
      const gradient = sign * dot - 1 + (diagonal[i] as number) * a;
      const projected = a === 0 ? Math.min(gradient, 0) : gradient;
      // A row that is right by a wide margin and takes no part is set aside for this run of passes.
      if (a === 0 && gradient > 0.3 && pass > 0) {
        active--;
        order[k] = order[active] as number;
        order[active] = i;
        k--;
        continue;
      }
      if (Math.abs(projected) < 1e-8) continue;
      worst = Math.max(worst, Math.abs(projected));
      const next = Math.max(0, a - gradient / (q[i] as number));
      const step = (next - a) * sign;
      alpha[i] = next;
      for (let j = 0; j < at.length; j++) w[at[j] as number] = (w[at[j] as number] as number) + step * (value[j] as number);
      w[size] = (w[size] as number) + step;
    }
    if (worst < tolerance) {
      if (active === n) break;
      active = n;
    }
  }
  return w;
};
