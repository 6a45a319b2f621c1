import { type AdviceTask, advise, type Findings } from './advise.ts';

/** Runs in a worker thread: comparing thousands of tickets takes seconds, in which nothing else could be answered. */
export default (task: AdviceTask): Findings => advise(task);
