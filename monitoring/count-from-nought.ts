import type { Engine } from '#src/core/ports.ts';
import type { JobOutcome } from '#src/jobs/define-job.ts';
import type { Metrics } from './metrics.ts';

/*
 * A rate sees what a series grew by, and nothing of what it was born with: the first failures of a process, often all of one outage, would be seen
 * by no alert. So what alerts count is there with 0 from the start, where its labels are few and known.
 */

/** What the jobs kit, the verifier and deliveries count; for a worker. */
export const countJobsFromNought = (metrics: Metrics, jobs: readonly string[]): void => {
  for (const task of jobs) {
    metrics.jobsStarted.inc({ task }, 0);
    for (const outcome of jobOutcomes) metrics.jobsFinished.inc({ task, outcome }, 0);
  }
  for (const kind of requestKinds) for (const beat of ['result', 'shown']) metrics.requests.zero({ kind, beat });
  metrics.requests.zero({ kind: 'log', beat: 'first' });
  metrics.answers.inc({ kind: 'tkt', by: 'nobody' }, 0);
  for (const verdict of ['kept', 'dropped']) metrics.claims.inc({ verdict }, 0);
  for (const method of chatMethods) for (const outcome of chatOutcomes) metrics.slackCalls.inc({ method, outcome }, 0);
};

/** Calls of an engine by task and failure. One in this process has no other side that could fail. */
export const countEngineFromNought = (metrics: Metrics, { name, model, local, embeddingModel }: Engine): void => {
  const errors = local ? [] : engineErrors;
  const born = (operation: string, asked: string, task: string): void => {
    const labels = { gen_ai_operation_name: operation, gen_ai_provider_name: name, gen_ai_request_model: asked, task };
    metrics.engineDuration.zero(labels);
    for (const error of errors) metrics.engineDuration.zero({ ...labels, error_type: error });
    if (!local) metrics.engineOverBudget.inc({ task }, 0);
  };
  for (const task of engineTasks) born(local ? 'offline' : 'chat', model, task);
  if (embeddingModel) born('embeddings', embeddingModel, 'embed');
};

/** What Slack sends, and how; for a bot. */
export const countSlackFromNought = (metrics: Metrics): void => {
  for (const kind of slackKinds) metrics.slackAck.zero({ kind });
  for (const reason of retryReasons) metrics.slackRetriesReceived.inc({ reason }, 0);
};

/** What people decide and say of answers; for an API. */
export const countPeopleFromNought = (metrics: Metrics): void => {
  for (const by of ['builtin', 'openai']) for (const verdict of ['helpful', 'not_helpful']) metrics.ratings.inc({ by, verdict }, 0);
  for (const verdict of ['accepted', 'corrected']) {
    for (const field of ['category', 'priority']) metrics.triageDecisions.inc({ field, verdict }, 0);
  }
  metrics.triageDecisions.inc({ field: 'category', verdict: 'abstained' }, 0);
};

export const slackKinds = ['command', 'shortcut', 'event', 'view', 'action', 'options'];
/** In x-slack-retry-reason: https://docs.slack.dev/apis/events-api */
export const retryReasons = ['http_timeout', 'too_many_redirects', 'connection_failed', 'ssl_error', 'http_error', 'unknown_error'];
/** The engine's tasks; a test holds them against the modules'. */
export const engineTasks = ['log-summary', 'log-question', 'triage-ticket', 'compose-changelog'];

const jobOutcomes: readonly JobOutcome[] = ['succeeded', 'retried', 'refused', 'failed'];
const requestKinds = ['log', 'qst', 'tkt', 'clg'];
const chatMethods = ['post', 'find', 'update', 'remove', 'whisper', 'fetch'];
const chatOutcomes = ['succeeded', 'denied', 'token_refused', 'rate_limited', 'unavailable', 'failed'];
const engineErrors = ['unavailable', 'rate_limited', 'denied', 'refused', 'bad_answer', 'failed'];
