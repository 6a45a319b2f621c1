/** Does work once for all who want the same within a moment. A failure is not kept. */
export const keepAMoment = <Value>(milliseconds: number): ((key: string, work: () => Promise<Value>) => Promise<Value>) => {
  const kept = new Map<string, { value: Promise<Value>; until: number }>();
  return (key, work) => {
    const now = performance.now();
    const found = kept.get(key);
    if (found && found.until > now) return found.value;
    // Oldest first: what is over is let go as others come.
    for (const [old, { until }] of kept) {
      if (until > now) break;
      kept.delete(old);
    }
    kept.delete(key);
    const entry = { value: work(), until: Number.POSITIVE_INFINITY };
    kept.set(key, entry);
    entry.value.then(
      () => {
        entry.until = performance.now() + milliseconds;
        if (kept.get(key) !== entry) return;
        kept.delete(key);
        kept.set(key, entry);
      },
      () => kept.get(key) === entry && kept.delete(key),
    );
    return entry.value;
  };
};
