import type { ThresholdPoint } from '#src/tickets/classify/index.ts';

// Of fewer, a threshold that looks better may be chance.
const LEAST_DECIDED = 40;
const LEAST_TOLD = 20;
// Below it, it would be told where nothing speaks for it.
const LEAST_THRESHOLD = 0.2;
// A change that people would notice.
const WORTH_IT = 0.05;

/**
 * The threshold at which most is told right with the wanted precision; null when the one in use does as well, or too few are decided. `decided`: how
 * many the curve is about; `precision`: the share of what is told that is to be right.
 */
export const betterThreshold = (
  curve: readonly ThresholdPoint[],
  { decided, threshold, precision }: { decided: number; threshold: number; precision: number },
): Pick<ThresholdPoint, 'threshold' | 'right' | 'wrong'> | null => {
  if (decided < LEAST_DECIDED) return null;
  const good = curve.filter(
    (point) =>
      point.threshold >= LEAST_THRESHOLD &&
      (point.right + point.wrong) * decided >= LEAST_TOLD &&
      point.right / Math.max(1e-9, point.right + point.wrong) >= precision,
  );
  const best = good.reduce<ThresholdPoint | null>((most, point) => (most === null || point.right > most.right ? point : most), null);
  const now = nearest(curve, threshold);
  if (!best || !now) return null;
  const precise = good.includes(now);
  const isBetter = precise ? best.right - now.right >= WORTH_IT : true;
  return isBetter && Math.abs(best.threshold - threshold) > 1e-9
    ? { threshold: best.threshold, right: best.right, wrong: best.wrong }
    : null;
};

/** The point of the curve at, or right below, a threshold. */
export const nearest = (curve: readonly ThresholdPoint[], threshold: number): ThresholdPoint | undefined =>
  curve.filter((point) => point.threshold <= threshold + 1e-9).at(-1);
