import type { Metrics } from '#monitoring/metrics.ts';
import { countEngineFromNought, countJobsFromNought, jobObserver, observeChat, observeEngine } from '#monitoring/observe.ts';
import { type Tracing, traceChat, traceEngine, traceJobs } from '#monitoring/tracing.ts';
import { weeklyCrontab } from '#src/changelog/weekly/jobs.ts';
import type { Config } from '#src/config.ts';
import type { Chat, Conversations, Engine, Log } from '#src/core/ports.ts';
import { deliveryCrontab } from '#src/delivery/sweep-deliveries.ts';
import { createBuiltinEngine } from '#src/engine/builtin.ts';
import { createEngine } from '#src/engine/create-engine.ts';
import { spendingOf } from '#src/engine/spending.ts';
import { withFallback } from '#src/engine/with-fallback.ts';
import { startWorker } from '#src/jobs/worker.ts';
import { logCrontab } from '#src/logs/jobs.ts';
import { ticketCrontab } from '#src/tickets/jobs.ts';
import { createJobs } from './create-jobs.ts';
import type { Back } from './open-back.ts';
import { createSlackDrivers, type SlackObserver } from './slack-drivers.ts';

export type WorkParts = {
  log: Log;
  metrics: Metrics;
  tracing: Tracing | null;
  slackObserver: SlackObserver;
  retryScale: number;
  quietMs?: number | undefined;
};

export type Work = { engine: Engine; isReady(): boolean; stop(): Promise<void> };

/** The worker: engines, the way to Slack, and the jobs of every module. */
export const startWork = async (config: Config, back: Back, parts: WorkParts): Promise<Work> => {
  await using opening = new AsyncDisposableStack();
  const { orm, url, whenBack } = back.database;
  const { log, metrics, tracing, retryScale } = parts;
  const engines = await createEngines(config, back, parts);
  const slack = await createSlack(config, parts);
  const jobs = createJobs(config, back, { ...parts, ...engines, slack }, opening);
  countJobsFromNought(
    metrics,
    jobs.map(({ name }) => name),
  );
  countEngineFromNought(metrics, engines.asked);
  const deps = {
    orm,
    url,
    log,
    observer: jobObserver(metrics),
    crontab: [...logCrontab, ...ticketCrontab, ...weeklyCrontab, ...(slack ? deliveryCrontab : [])],
    concurrency: config.WORKER_CONCURRENCY,
    pool: config.DB_POOL,
    process: back.process,
    lostAfterMs: config.WORKER_LOST_SECONDS * 1000,
    retryScale,
  };
  const worker = await whenBack(() => startWorker(tracing ? traceJobs(jobs, tracing) : jobs, deps));
  // Jobs end before what they use is closed.
  opening.defer(() => worker.stop());
  const closing = opening.move();
  return { engine: engines.engine, isReady: worker.isReady, stop: () => closing.disposeAsync() };
};

export type Engines = {
  /** Of the settings. */
  asked: Engine;
  /** The same, with the built-in one behind it for when the budget is spent. */
  engine: Engine;
  /** The same, with another model. */
  engineOf(model: string): Promise<Engine>;
};

const createEngines = async (config: Config, { database, clock }: Back, { metrics, tracing }: WorkParts): Promise<Engines> => {
  const watched = (engine: Engine): Engine => {
    const observed = observeEngine(engine, metrics);
    return tracing ? traceEngine(observed, tracing) : observed;
  };
  const budget = spendingOf(config, { orm: database.orm, clock });
  const engineOf = async (model: string): Promise<Engine> => watched(await createEngine(config, budget, model));
  const asked = await engineOf(config.OPENAI_MODEL);
  return { asked, engine: asked.local ? asked : withFallback(asked, watched(createBuiltinEngine())), engineOf };
};

/** Null without a token. */
const createSlack = async (
  config: Config,
  { log, metrics, tracing, slackObserver }: WorkParts,
): Promise<{ chat: Chat; conversations: Conversations } | null> => {
  if (!config.SLACK_BOT_TOKEN) return null;
  const { chat, conversations } = await createSlackDrivers(config, config.SLACK_BOT_TOKEN, log, slackObserver);
  const observed = observeChat(chat, metrics);
  return { chat: tracing ? traceChat(observed, tracing) : observed, conversations };
};
