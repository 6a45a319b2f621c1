/**
 * Ends what a benchmark started, once: when it is asked to, or when the benchmark is told to stop (SIGINT, SIGTERM), which then ends with code 130.
 */
export const whenStopped = (end: () => Promise<void>): (() => Promise<void>) => {
  let ending: Promise<void> | undefined;
  const stop = (): void => {
    // What breaks now breaks because of us.
    process.on('uncaughtException', () => {});
    void endOnce().finally(() => process.exit(130));
  };
  const endOnce = (): Promise<void> => {
    ending ??= end().finally(() => process.off('SIGINT', stop).off('SIGTERM', stop));
    return ending;
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return endOnce;
};
