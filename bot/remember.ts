export type Memory<Value> = {
  /** What is known of `key`; asked for with `load` when it is not, once for all who ask meanwhile. A failure is not remembered. */
  get(key: string, load: () => Promise<Value>): Promise<Value>;
};

/** Keeps what was looked up for a while, and of the latest `max` keys only. */
export const rememberFor = <Value>(ttlMs: number, { max = 1_000, now = Date.now } = {}): Memory<Value> => {
  const known = new Map<string, { value: Promise<Value>; until: number }>();
  return {
    get(key, load) {
      const found = known.get(key);
      if (found && found.until > now()) return found.value;
      const value = load();
      known.delete(key);
      known.set(key, { value, until: now() + ttlMs });
      value.catch(() => known.delete(key));
      for (const oldest of known.keys()) {
        if (known.size <= max) break;
        known.delete(oldest);
      }
      return value;
    },
  };
};
