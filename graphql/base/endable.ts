/**
 * A stream that ends at once when its reader leaves, also while it waits for news: a generator on its own would hear of it only
 * with the next value. `start` gets the signal.
 */
export const endable = <Value>(start: (signal: AbortSignal) => AsyncIterable<Value>, outer: AbortSignal): AsyncIterableIterator<Value> => {
  const left = new AbortController();
  const values = start(AbortSignal.any([left.signal, outer]))[Symbol.asyncIterator]();
  return {
    next: () => values.next(),
    async return() {
      left.abort();
      await values.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};
