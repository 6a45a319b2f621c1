import type { Ending } from '#tests/support/own-postgres.ts';
import type { Fault } from '#tests/support/slack.ts';
import { createRandomFor } from './random.ts';

/** What goes wrong when, in milliseconds from the first request. */
export type Blow = { at: number } & (
  | { kind: 'kill worker'; worker: number }
  | { kind: 'restart PostgreSQL'; ending: Ending; downMs: number }
  | { kind: 'break Slack'; method: string; fault: Fault; times: number }
);

const KILL_EVERY_MS = 11_000;
const RESTART_EVERY_MS = 19_000;
const [SHORTEST_MS, LONGEST_MS] = [500, 6_000];
const SLACK_EVERY_MS = 2_500;

// Slower than it takes to notice a dead worker, and silent until a call is given up.
const faults: Fault[] = [
  { kind: 'status', status: 429, retryAfterSeconds: 1 },
  { kind: 'status', status: 500 },
  { kind: 'cut' },
  { kind: 'cut', done: true },
  { kind: 'delay', ms: 3_000 },
  { kind: 'delay', ms: 9_000 },
  { kind: 'hang' },
];

/** All of it is drawn before the storm begins, so the same seed breaks the same things at the same times, whatever the machine does meanwhile. */
export const planStorm = (seed: number, stormMs: number, workers: number): Blow[] => {
  const [kills, restarts, slack] = [createRandomFor(seed, 'kills'), createRandomFor(seed, 'restarts'), createRandomFor(seed, 'Slack')];
  const blows: Blow[] = [];
  for (let at = KILL_EVERY_MS; at < stormMs; at += KILL_EVERY_MS)
    blows.push({ at, kind: 'kill worker', worker: Math.floor(kills() * workers) });
  // Of both kinds in turn; which comes first is chance.
  let ending: Ending = restarts() < 0.5 ? 'fast' : 'immediate';
  for (let at = RESTART_EVERY_MS; at < stormMs; at += RESTART_EVERY_MS) {
    blows.push({ at, kind: 'restart PostgreSQL', ending, downMs: Math.round(SHORTEST_MS + restarts() * (LONGEST_MS - SHORTEST_MS)) });
    ending = ending === 'fast' ? 'immediate' : 'fast';
  }
  for (let at = SLACK_EVERY_MS; at < stormMs; at += SLACK_EVERY_MS)
    blows.push({
      at,
      kind: 'break Slack',
      method: slack() < 0.6 ? 'chat.postMessage' : 'chat.update',
      fault: faults[Math.floor(slack() * faults.length)] as Fault,
      times: 1 + Math.floor(slack() * 3),
    });
  return blows.sort((a, b) => a.at - b.at);
};

export type EngineFault = 'rate limit' | 'error' | 'nonsense' | 'cut off' | 'hang' | null;

/** One call in three goes wrong. Which, hangs on the request and on the try, not on who asks first. */
export const engineFault = (seed: number, request: string, attempt: number): EngineFault => {
  const dice = createRandomFor(seed, `engine ${request} ${attempt}`)();
  if (dice < 0.1) return 'rate limit';
  if (dice < 0.18) return 'error';
  if (dice < 0.24) return 'nonsense';
  if (dice < 0.3) return 'cut off';
  return dice < 0.34 ? 'hang' : null;
};

export const describe = (blow: Blow): string => {
  const at = `${(blow.at / 1000).toFixed(1).padStart(5)} s`;
  if (blow.kind === 'kill worker') return `${at}  worker ${blow.worker + 1} is killed`;
  if (blow.kind === 'restart PostgreSQL')
    return `${at}  PostgreSQL ${blow.ending === 'fast' ? 'is stopped' : 'crashes'}, and starts again ${(blow.downMs / 1000).toFixed(1)} s later`;
  const { fault } = blow;
  const what =
    fault.kind === 'status'
      ? `answers ${fault.status}`
      : fault.kind === 'cut'
        ? `breaks off${fault.done ? ' after it was done' : ''}`
        : fault.kind === 'delay'
          ? `takes ${fault.ms / 1000} s`
          : 'hangs';
  return `${at}  Slack: ${blow.method} ${what}, ${blow.times} times`;
};
