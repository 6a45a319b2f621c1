/** Of so many logs a kind of record was in, the rates are kept. */
export const MOST_RATES = 30;
/** Fewer logs say nothing about what is usual. */
const RATES_TO_KNOW = 3;
/** From here on the one log in ten that was wildest is set aside. */
const RATES_FOR_TENTH = 10;

/** Records an hour, of a kind of record in the logs it is in. */
export type UsualRate = {
  /** The middle of what was seen: one wild log moves it little. */
  middle: number;
  /** So little it was in a quarter of the logs. */
  low: number;
  /** So much it was now and then without anybody calling it strange; the middle while there are few logs. */
  high: number;
};

/** Of rates in any order; null where there are too few. */
export const usualRateOf = (rates: readonly number[]): UsualRate | null => {
  if (rates.length < RATES_TO_KNOW) return null;
  const sorted = rates.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? 0;
  const half = sorted.length / 2;
  const middle = sorted.length % 2 === 1 ? at(0.5) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
  return { middle, low: at(0.25), high: sorted.length >= RATES_FOR_TENTH ? Math.max(middle, at(0.9)) : middle };
};
