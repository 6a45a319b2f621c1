/** Starts a clock; the returned function reads it, in seconds. */
export const startTimer = (): (() => number) => {
  const started = performance.now();
  return () => (performance.now() - started) / 1000;
};
