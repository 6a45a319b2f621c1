import { isAppError } from '#src/core/errors.ts';
import type { Chat, Engine, Receipt } from '#src/core/ports.ts';
import type { JobObserver } from '#src/jobs/define-job.ts';
import type { Digest } from '#src/logs/digest/types.ts';
import { retryReasons, slackKinds } from './count-from-nought.ts';
import { firstSeries, firstValues, knownValues, type LabelValues } from './label-values.ts';
import type { Metrics } from './metrics.ts';
import { startTimer } from './start-timer.ts';

export { countEngineFromNought, countJobsFromNought, countPeopleFromNought, countSlackFromNought } from './count-from-nought.ts';
export { graphPlugin } from './graph-plugin.ts';
export { observeRatings } from './observe-ratings.ts';
export { observeTickets } from './observe-tickets.ts';
export { type OutboxCount, type QueueCount, queueCollector } from './queue-collector.ts';
export { readinessCollector } from './readiness-collector.ts';
export { sizeCollector } from './size-collector.ts';
export type { JobObserver };

// Of one metric in one process. A histogram has a dozen and more lines for each.
const MOST_SERIES = 200;

/** The same engine; its calls are measured. */
export const observeEngine = (engine: Engine, metrics: Metrics): Engine => {
  const kind = firstValues(100);
  const bounded = firstSeries<EngineLabels & { error_type?: string }>(MOST_SERIES);
  const measured = async <Answer extends { receipt: Receipt }>(labels: EngineLabels, asking: Promise<Answer>): Promise<Answer> => {
    const end = startTimer();
    try {
      const answer = await asking;
      metrics.engineDuration.observe(bounded(labels), end());
      recordReceipt(metrics, bounded(labels), answer.receipt, kind);
      return answer;
    } catch (error) {
      // No call was made.
      if (isAppError(error) && error.code === 'ENGINE_BUDGET') metrics.engineOverBudget.inc({ task: bounded(labels).task });
      else metrics.engineDuration.observe(bounded({ ...labels, error_type: outcomeOf(error) }), end());
      // An answer that could not be used was paid for all the same.
      if (isAppError(error) && error.receipt) recordReceipt(metrics, bounded(labels), error.receipt, kind);
      throw error;
    }
  };
  const labelsOf = (operation: string, model: string, taskName: string): EngineLabels => ({
    gen_ai_operation_name: operation,
    gen_ai_provider_name: engine.name,
    gen_ai_request_model: model,
    task: taskName,
  });
  const { embed, embeddingModel } = engine;
  return {
    name: engine.name,
    model: engine.model,
    local: engine.local,
    run: (engineTask, input, options) =>
      measured(labelsOf(engine.local ? 'offline' : 'chat', engine.model, engineTask.name), engine.run(engineTask, input, options)),
    ...(embed && embeddingModel
      ? { embeddingModel, embed: (texts, options) => measured(labelsOf('embeddings', embeddingModel, 'embed'), embed(texts, options)) }
      : {}),
  };
};

type EngineLabels = Record<'gen_ai_operation_name' | 'gen_ai_provider_name' | 'gen_ai_request_model' | 'task', string>;

const recordReceipt = (metrics: Metrics, labels: EngineLabels, receipt: Receipt, kind: LabelValues): void => {
  if (receipt.tokensIn > 0) metrics.engineTokens.observe({ ...labels, gen_ai_token_type: 'input' }, receipt.tokensIn);
  if (receipt.tokensOut > 0) metrics.engineTokens.observe({ ...labels, gen_ai_token_type: 'output' }, receipt.tokensOut);
  if (receipt.costUsd) metrics.engineCost.inc(labels, receipt.costUsd);
  for (const [name, count] of Object.entries(receipt.maskedCounts)) metrics.engineMasked.inc({ kind: kind(name) }, count);
};

/** The same verifier; statements it kept and dropped are counted. */
export const observeVerifier =
  <Given extends unknown[], Checked extends { unsupportedDropped: number }>(
    verify: (...given: Given) => Checked,
    metrics: Metrics,
  ): ((...given: Given) => Checked) =>
  (...given) => {
    const checked = verify(...given);
    const kept = Object.values(checked).reduce<number>((sum, value) => sum + (Array.isArray(value) ? value.length : 0), 0);
    metrics.claims.inc({ verdict: 'kept' }, kept);
    metrics.claims.inc({ verdict: 'dropped' }, checked.unsupportedDropped);
    return checked;
  };

/** The same chat; its calls are measured under the port's own words (post, find, update, remove, whisper, fetch). */
export const observeChat = (chat: Chat, metrics: Metrics): Chat => {
  const measured =
    <Given extends unknown[], Answer>(method: string, call: (...given: Given) => Promise<Answer>) =>
    async (...given: Given): Promise<Answer> => {
      const end = startTimer();
      try {
        const answer = await call(...given);
        recordCall(metrics, method, 'succeeded', end());
        return answer;
      } catch (error) {
        recordCall(metrics, method, outcomeOf(error), end());
        throw error;
      }
    };
  return {
    name: chat.name,
    post: measured('post', (message: Parameters<Chat['post']>[0]) => chat.post(message)),
    find: measured('find', (sought: Parameters<Chat['find']>[0]) => chat.find(sought)),
    update: measured('update', (message: Parameters<Chat['update']>[0]) => chat.update(message)),
    remove: measured('remove', (message: Parameters<Chat['remove']>[0]) => chat.remove(message)),
    whisper: measured('whisper', (to: Parameters<Chat['whisper']>[0], sentence: string) => chat.whisper(to, sentence)),
    fetch: measured('fetch', (origin: Parameters<Chat['fetch']>[0]) => chat.fetch(origin)),
  };
};

const recordCall = (metrics: Metrics, method: string, outcome: string, seconds: number): void => {
  metrics.slackCalls.inc({ method, outcome });
  metrics.slackCallDuration.observe({ method }, seconds);
};

/** Listens to the bot: acknowledgements, Web API calls, rate limits, redeliveries. */
export const botObserver = (metrics: Metrics) => {
  const kind = knownValues(slackKinds);
  const method = firstValues(100);
  const bounded = firstSeries<{ method: string; outcome: string }>(MOST_SERIES);
  const reason = knownValues(retryReasons);
  return {
    acked: (what: string, seconds: number): void => metrics.slackAck.observe({ kind: kind(what) }, seconds),
    call(name: string, result: string, seconds: number): void {
      metrics.slackCalls.inc(bounded({ method: name, outcome: result }));
      metrics.slackCallDuration.observe({ method: method(name) }, seconds);
    },
    rateLimited(name: string, seconds: number): void {
      metrics.slackRateLimited.inc({ method: method(name) });
      metrics.slackRateLimitedSeconds.inc({ method: method(name) }, seconds);
    },
    retryReceived: (why: string): void => metrics.slackRetriesReceived.inc({ reason: reason(why) }),
  };
};

/** Listens to the jobs kit. */
export const jobObserver = (metrics: Metrics): Required<JobObserver> => {
  const label = firstValues(100);
  const kind = firstValues(20);
  const answerer = firstSeries<{ kind: string; by: string }>(MOST_SERIES);
  return {
    started(name, waitSeconds) {
      metrics.jobsStarted.inc({ task: label(name) });
      metrics.jobWait.observe({ task: label(name) }, Math.max(0, waitSeconds));
    },
    finished(name, outcome, seconds) {
      metrics.jobsFinished.inc({ task: label(name), outcome });
      metrics.jobDuration.observe({ task: label(name) }, seconds);
    },
    beat(prefix, beat, seconds, by) {
      metrics.requests.observe({ kind: kind(prefix), beat }, seconds);
      if (beat === 'result') metrics.answers.inc(answerer({ kind: prefix, by: by ?? 'unknown' }));
    },
  };
};

/** Listens to the HTTP server; `route` is the route's path, never what a client sent. */
export const httpObserver = (metrics: Metrics): ((route: string, status: number, seconds: number) => void) => {
  const label = firstValues(50);
  const bounded = firstSeries<{ route: string; status: string }>(MOST_SERIES);
  return (route, status, seconds) => {
    metrics.httpRequests.inc(bounded({ route, status: String(status) }));
    metrics.httpDuration.observe({ route: label(route) }, seconds);
  };
};

/** Digests a log given in chunks; whatever else it takes is its own. */
export type DigestRunner<Options = { now: number; signal?: AbortSignal; onProgress?(progress: { lines: number }): void }> = (
  chunks: AsyncIterable<Uint8Array>,
  options: Options,
) => Promise<Digest>;

/** The same runner; what it digests is measured. */
export const observeDigest =
  <Options>(run: DigestRunner<Options>, metrics: Metrics): DigestRunner<Options> =>
  async (chunks, options) => {
    const end = startTimer();
    const digest = await run(chunks, options);
    metrics.digestDuration.observe(end());
    metrics.digestLines.inc(digest.ledger.lines);
    metrics.digestBytes.inc(digest.bytes);
    metrics.digestPatterns.observe(digest.patterns.length + digest.other.patterns);
    return digest;
  };

// ENGINE_RATE_LIMITED and CHAT_RATE_LIMITED are both 'rate_limited'; what we did not expect is 'failed'.
const outcomeOf = (error: unknown): string => (isAppError(error) ? error.code.replace(/^(ENGINE|CHAT)_/, '').toLowerCase() : 'failed');
