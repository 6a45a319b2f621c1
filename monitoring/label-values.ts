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
