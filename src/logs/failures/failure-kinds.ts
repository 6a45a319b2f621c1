import { callFailures } from './call-failures.ts';
import { platformFailures } from './platform-failures.ts';
import { programFailures } from './program-failures.ts';

/** What engineers know about a way of failing, whatever wrote the log. Wording carries no numbers: those come from the digest. */
export type FailureKind = {
  id: string;
  test: RegExp;
  /** Starts a headline: '<headline>: 412 times between …'. */
  headline: string;
  cause: string;
  steps: [string, ...string[]];
  /** 3: usually the root; 2: often; 1: often only what others suffer; 0: never a cause by itself. */
  root: 0 | 1 | 2 | 3;
  /** Says little by itself: told with its message, and two messages of it are two stories. */
  vague?: true;
  /** While it lasts nothing else can go well: it leads wherever it stands, and whatever level the program gave it. */
  hard?: true;
  /** A problem also where the program calls it information. */
  loud?: true;
  /** Other words for it, so that a claim about memory may cite a line that says OOM. */
  words: string;
};

/** Roots first: of a trace that says both, "disk full" explains "write failed" and not the other way round. */
export const failureKinds: readonly FailureKind[] = [...platformFailures, ...programFailures, ...callFailures];
