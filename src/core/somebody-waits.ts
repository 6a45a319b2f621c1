import { AsyncLocalStorage } from 'node:async_hooks';

const waiting = new AsyncLocalStorage<true>();

/** Runs what somebody waits for: a request. What it asks of a database that hangs fails within seconds; a job's questions take the time they take. */
export const whileSomebodyWaits = <Result>(work: () => Result): Result => waiting.run(true, work);

export const somebodyWaits = (): boolean => waiting.getStore() ?? false;
