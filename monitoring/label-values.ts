/** Keeps one label from growing without bound: a fixed list, or the first so many values; everything else is 'other'. */
export type LabelValues = (value: string) => string;

export const OTHER = 'other';

export const knownValues = (known: Iterable<string>): LabelValues => {
  const set = new Set(known);
  return (value) => (set.has(value) ? value : OTHER);
};

/** For names that come from code and settings (methods, models): few by nature, and few even if that is wrong. */
export const firstValues = (max: number): LabelValues => {
  const seen = new Set<string>();
  return (value) => {
    if (seen.has(value)) return value;
    if (seen.size >= max || value.length > 100) return OTHER;
    seen.add(value);
    return value;
  };
};

/**
 * For labels that are few each and many together: the first so many combinations, then 'other' throughout. What a metric costs is its
 * combinations, so this is what bounds it.
 */
export const firstSeries = <Labels extends Record<string, string>>(max: number): ((labels: Labels) => Labels) => {
  const seen = new Set<string>();
  return (labels) => {
    const series = JSON.stringify(Object.values(labels));
    if (seen.has(series)) return labels;
    if (seen.size >= max || series.length > 400) return Object.fromEntries(Object.keys(labels).map((name) => [name, OTHER])) as Labels;
    seen.add(series);
    return labels;
  };
};
