import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Every metric of a process, in its own registry; `docs/metrics.md` tells what each is for. What a label can say is bounded by whoever records. */
export type Metrics = ReturnType<typeof createMetrics>;

// Our own answers take milliseconds (p50 2 to 8), an upload of a gigabyte minutes.
const answerSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];
const slackCallSeconds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
// A short log takes 2 ms, 100 MB two seconds, a training a minute.
const workSeconds = [0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 300];
const waitSeconds = [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1800, 7200];
// Measured: p50 7 to 15 ms, p99 24 to 44; busy 27 to 62 and 137 to 259. Slack gives up after 3 s.
const ackSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3, 5];
// 2, 30 and 60 s are promised (monitoring/prometheus/rules/slo.rules.yml).
const requestSeconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 900];
// Buckets of the next two: OpenTelemetry's GenAI conventions, https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics
const engineSeconds = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
const tokenCounts = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];
const patternCounts = [1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000];

/** OpenTelemetry's attributes in Prometheus' spelling, and which of our tasks it was. */
const engineLabels = ['gen_ai_operation_name', 'gen_ai_provider_name', 'gen_ai_request_model', 'task'] as const;

/** Declares all metrics; nothing is global, so two processes' worth can live in one test. */
export const createMetrics = () => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];

  const counter = <Label extends string = never>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Counter<Label>({ name, help, labelNames, registers });
  const gauge = <Label extends string = never>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge<Label>({ name, help, labelNames, registers });
  // A gauge without labels is born as 0; one that only some processes can see is to be missing from the pages of the others.
  const absentGauge = (name: string, help: string) => {
    const made = gauge(name, help);
    made.remove();
    return made;
  };
  const histogram = <Label extends string = never>(name: string, help: string, buckets: number[], labelNames: readonly Label[] = []) =>
    new Histogram<Label>({ name, help, labelNames, buckets, registers });

  const scrapes: (() => Promise<void>)[] = [];

  return {
    graphqlRequests: counter('aiops_graphql_requests_total', 'GraphQL operations by outcome.', ['operation', 'outcome']),
    graphqlDuration: histogram('aiops_graphql_request_duration_seconds', 'Time to execute a GraphQL operation.', answerSeconds, [
      'operation',
    ]),

    httpRequests: counter('aiops_http_requests_total', 'HTTP responses by route and status.', ['route', 'status']),
    httpDuration: histogram('aiops_http_request_duration_seconds', 'Time from request to end of response.', answerSeconds, ['route']),

    jobsStarted: counter('aiops_jobs_started_total', 'Tries of jobs begun.', ['task']),
    jobsFinished: counter(
      'aiops_jobs_finished_total',
      'Tries of jobs ended: succeeded, retried (another try is planned), refused (the person can mend it) or failed (given up).',
      ['task', 'outcome'],
    ),
    jobDuration: histogram('aiops_job_duration_seconds', 'Time a try of a job took.', workSeconds, ['task']),
    jobWait: histogram('aiops_job_wait_seconds', 'Time a job was due before it began.', waitSeconds, ['task']),
    requests: histogram(
      'aiops_request_seconds',
      'Time from a request to a beat: first (the patterns are stored), result (the answer is stored), shown (Slack shows something).',
      requestSeconds,
      ['kind', 'beat'],
    ),
    answers: counter('aiops_answers_total', "Answers stored, by who gave them; 'nobody' is an abstention.", ['kind', 'by']),

    queueJobs: gauge(
      'aiops_queue_jobs',
      'Jobs in the queue: ready, scheduled for later, behind another of their channel, running, or dead. Absent while the database does not answer.',
      ['task', 'state'],
    ),
    queueOldestJob: absentGauge(
      'aiops_queue_oldest_job_seconds',
      'How long the oldest ready job has been due. Absent while the database does not answer.',
    ),
    outboxMessages: absentGauge('aiops_outbox_messages', 'Answers on their way to Slack. Absent while the database does not answer.'),
    outboxOldest: absentGauge(
      'aiops_outbox_oldest_seconds',
      'How long ago the oldest question was asked whose answer waits to be shown for the first time.',
    ),

    engineDuration: histogram('gen_ai_client_operation_duration_seconds', 'Time of one engine call.', engineSeconds, [
      ...engineLabels,
      'error_type',
    ]),
    engineTokens: histogram('gen_ai_client_token_usage', 'Tokens of one engine call, input or output.', tokenCounts, [
      ...engineLabels,
      'gen_ai_token_type',
    ]),
    engineCost: counter(
      'aiops_engine_cost_usd_total',
      'Price of engine calls in USD, where the price table knows the model.',
      engineLabels,
    ),
    engineOverBudget: counter(
      'aiops_engine_over_budget_total',
      'Calls that were not made because the workspace had used up its budget of the day.',
      ['task'],
    ),
    engineMasked: counter('aiops_engine_masked_total', 'Secrets and personal data masked before a text left, by kind.', ['kind']),
    claims: counter('aiops_claims_total', 'Statements of an engine that code checked: kept, or dropped because the log does not say so.', [
      'verdict',
    ]),
    ratings: counter('aiops_summary_ratings_total', 'What people said of summaries, by the engine that wrote them.', ['by', 'verdict']),
    triageDecisions: counter(
      'aiops_triage_decisions_total',
      'What people decided about a ticket: accepted what was foretold, corrected it, or decided where we had abstained.',
      ['field', 'verdict'],
    ),

    databaseBytes: absentGauge('aiops_database_bytes', 'Size of the database, indexes and queue included.'),
    ready: gauge('aiops_ready', 'Whether this process has what it needs for its work: what /readyz says, need by need.', ['need']),
    slackConfigured: gauge('aiops_slack_configured', 'Whether this process has a token of Slack: then a bot is missed when there is none.'),
    slackCalls: counter(
      'aiops_slack_calls_total',
      "Calls to Slack. Methods with a dot are Web API methods; post, find, update, remove, whisper and fetch are deliveries' steps.",
      ['method', 'outcome'],
    ),
    slackCallDuration: histogram('aiops_slack_call_duration_seconds', 'Time of one call to Slack.', slackCallSeconds, ['method']),
    slackRateLimited: counter('aiops_slack_rate_limited_total', 'Times Slack told us to slow down.', ['method']),
    slackRateLimitedSeconds: counter('aiops_slack_rate_limited_seconds_total', 'Seconds Slack told us to wait.', ['method']),
    slackAck: histogram('aiops_slack_ack_seconds', 'Time from a request of Slack to our acknowledgement.', ackSeconds, ['kind']),
    slackRetriesReceived: counter('aiops_slack_retries_received_total', 'Requests that Slack sent again, by the reason it gave.', [
      'reason',
    ]),

    digestLines: counter('aiops_digest_lines_total', 'Lines of log digested.'),
    digestBytes: counter('aiops_digest_bytes_total', 'Bytes of log digested.'),
    digestDuration: histogram('aiops_digest_duration_seconds', 'Time to digest one log.', workSeconds),
    digestPatterns: histogram('aiops_digest_patterns', 'Patterns mined from one log.', patternCounts),

    registry,
    contentType: registry.contentType,
    /** Runs before every scrape. What it throws is swallowed: a scrape shows what it can. */
    onScrape(refresh: () => Promise<void>): void {
      scrapes.push(refresh);
    },
    /** The page that Prometheus reads. */
    async print(): Promise<string> {
      await Promise.allSettled(scrapes.map((refresh) => refresh()));
      return registry.metrics();
    },
  };
};
