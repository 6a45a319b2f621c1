import { Piscina } from 'piscina';

/** Does a task in a worker thread of its own, which ends with it. `file` exports the function that does it as its default. */
export const inThread = async <Result>(file: URL, task: unknown): Promise<Result> => {
  const pool = new Piscina({ filename: file.href, maxThreads: 1 });
  try {
    return (await pool.run(task)) as Result;
  } finally {
    await pool.destroy();
  }
};
