/**
 * Milliseconds since it was started, of the clock that went further: the steady one stands still while a machine sleeps, the other may be set
 * back. For deciding that too much time has passed to go on.
 */
export const startStopwatch = (): (() => number) => {
  const [steady, wall] = [performance.now(), Date.now()];
  return () => Math.max(performance.now() - steady, Date.now() - wall);
};
