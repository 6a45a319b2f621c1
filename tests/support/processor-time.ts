/** Milliseconds of processor this thread spends on it: on a busy machine a clock would tell of the others. For what must not grow with the square. */
export const processorMs = async (work: () => unknown): Promise<number> => {
  const before = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
};
