/** What the promise gives, or a rejection with the signal's reason as soon as that aborts. The work itself goes on: close what it opens elsewhere. */
export const orAborted = async <Value>(working: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> => {
  if (!signal) return working;
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([working, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
};
