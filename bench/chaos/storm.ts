import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { OpenAiStandIn } from '#tests/support/openai.ts';
import type { Fault, SlackStandIn } from '#tests/support/slack.ts';
import { summaryAnswer } from '#tests/support/summary-answer.ts';
import type { Part } from './parts.ts';

export type Storm = {
  slack: SlackStandIn;
  openai: OpenAiStandIn;
  databaseUrl: string;
  workers: Part[];
  startWorker(): Promise<Part>;
  random(): number;
  /** Told of everything that was done. */
  note(what: string): void;
};

const KILL_EVERY_MS = 11_000;
const DATABASE_EVERY_MS = 27_000;
const SLACK_EVERY_MS = 2_500;
const DOWN_MS = 2_000;

/** Breaks things until the signal aborts; then what is broken is mended. */
export const rage = async (storm: Storm, over: AbortSignal): Promise<void> => {
  breakEngine(storm, over);
  await Promise.all([
    every(KILL_EVERY_MS, over, () => killWorker(storm)),
    every(DATABASE_EVERY_MS, over, () => crashDatabase(storm)),
    every(SLACK_EVERY_MS, over, async () => breakSlack(storm)),
  ]);
  storm.slack.heal();
};

const every = async (ms: number, over: AbortSignal, act: () => Promise<void>): Promise<void> => {
  while (!over.aborted) {
    await sleep(ms, undefined, { signal: over }).catch(() => {});
    if (!over.aborted) await act();
  }
};

const killWorker = async (storm: Storm): Promise<void> => {
  const at = Math.floor(storm.random() * storm.workers.length);
  storm.note(`worker ${at + 1} killed`);
  await storm.workers[at]?.kill();
  await sleep(DOWN_MS);
  storm.workers[at] = await storm.startWorker();
};

/** A killed backend makes PostgreSQL end all the others, read its journal again and start anew: every connection breaks, mid-statement too. */
const crashDatabase = async ({ databaseUrl, note }: Storm): Promise<void> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => {});
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  note('PostgreSQL crashed and started again');
  if (rows[0]) process.kill(rows[0].pid, 'SIGKILL');
  await client.end().catch(() => {});
};

const faults: Fault[] = [
  { kind: 'status', status: 429, retryAfterSeconds: 1 },
  { kind: 'status', status: 500 },
  { kind: 'cut' },
  { kind: 'cut', done: true },
  { kind: 'delay', ms: 3_000 },
  { kind: 'hang' },
];

const breakSlack = ({ slack, random, note }: Storm): void => {
  const method = random() < 0.6 ? 'chat.postMessage' : 'chat.update';
  const fault = faults[Math.floor(random() * faults.length)] as Fault;
  note(`Slack: ${method} ${fault.kind}${fault.kind === 'cut' && fault.done ? ' after it was done' : ''}`);
  slack.fail(method, fault, { times: 1 + Math.floor(random() * 3) });
};

/** One call in three goes wrong: too many, an error, nonsense, half an answer, silence. */
const breakEngine = ({ openai, random }: Storm, over: AbortSignal): void => {
  const good = { content: JSON.stringify(summaryAnswer()), usage: { input_tokens: 1200, output_tokens: 300, total_tokens: 1500 } };
  openai.mock.on({ userMessage: /orders-db/ }, async () => {
    const dice = over.aborted ? 1 : random();
    if (dice < 0.1)
      return { error: { message: 'slow down', type: 'rate_limit_error', code: 'rate_limit_exceeded' }, status: 429, retryAfter: 1 };
    if (dice < 0.18) return { error: { message: 'boom', type: 'server_error' }, status: 500 };
    if (dice < 0.24) return { content: 'certainly! here is your JSON:' };
    if (dice < 0.3) return { content: '{"headline":"Check', finishReason: 'length' };
    if (dice < 0.34) await sleep(6_000, undefined, { signal: over }).catch(() => {});
    return good;
  });
};
