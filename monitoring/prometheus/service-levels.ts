/** What is promised: of `all` requests at least 1 - `budget` are `good`. Both are counters, as sums over a window. */
type ServiceLevel = { slo: string; promise: string; budget: number; good(window: string): string; all(window: string): string };

const WINDOWS = ['5m', '30m', '1h', '6h', '3d'];
// A promise is not judged by a handful of requests: as many as the alert's own window holds are counted, so that a small company is heard, too.
const GATES = ['1h', '6h'];
// Nor is it broken by one slow answer: of a thousand acknowledgements one may be late, and few companies send as many in an hour.
const MISSES = ['1h', '6h', '3d'];

// A counter that nothing has counted yet is absent, and an absent addend would make the sum absent: in an outage of everything, nothing would burn.
const counted = (series: string, window: string): string => `(sum(increase(${series}[${window}])) or vector(0))`;

// `le` with and without ".0": Prometheus 3 writes it with.
const within = (bucket: string, labels: string, seconds: number): string =>
  `${bucket}{${[labels, `le=~"${seconds}(\\\\.0)?"`].filter((part) => part !== '').join(', ')}}`;

const givenUp = (tasks: string): string => `aiops_jobs_finished_total{outcome="failed", task=~"${tasks}"}`;

/** A request that was given up broke its promise, though it has no time to be measured by. */
const levels: readonly ServiceLevel[] = [
  {
    slo: 'first_beat',
    promise: '99 % of logs have their patterns within 2 s; what could not be read counts as too late',
    budget: 0.01,
    good: (window) => counted(within('aiops_request_seconds_bucket', 'kind="log", beat="first"', 2), window),
    all: (window) =>
      `${counted('aiops_request_seconds_count{kind="log", beat="first"}', window)} + ${counted(givenUp('(collect|digest)-log'), window)}`,
  },
  {
    slo: 'result',
    promise: '95 % of requests have their answer within 60 s; what was given up counts as too late',
    budget: 0.05,
    good: (window) => counted(within('aiops_request_seconds_bucket', 'beat="result"', 60), window),
    all: (window) =>
      `${counted('aiops_request_seconds_count{beat="result"}', window)} + ${counted(givenUp('(collect|digest|summarize|answer|triage|compose)-.+'), window)}`,
  },
  {
    slo: 'ack',
    promise: '99.9 % of Slack’s requests are acknowledged within 1 s',
    budget: 0.001,
    good: (window) => counted(within('aiops_slack_ack_seconds_bucket', '', 1), window),
    all: (window) => counted('aiops_slack_ack_seconds_count', window),
  },
];

const record = (name: string, slo: string, expr: string): string =>
  `      - record: ${name}\n        expr: >-\n          ${expr}\n        labels: { slo: ${slo} }`;

/** The recording rules, as rules/slo.rules.yml: how many asked, how many and which share of them were not served as promised. Where nobody asked there is no share. */
export const printServiceLevels = (): string =>
  [
    '# Made by: node monitoring/prometheus/write-rules.ts',
    '#',
    ...levels.map(({ slo, promise }) => `# ${`${slo}:`.padEnd(12)}${promise}.`),
    'groups:',
    '  - name: service-levels',
    '    rules:',
    ...levels.map(({ slo, budget }) => record('slo:error_budget:ratio', slo, `vector(${budget})`)),
    ...GATES.flatMap((gate) => levels.map(({ slo, all }) => record(`slo:requests:increase${gate}`, slo, all(gate)))),
    ...MISSES.flatMap((window) =>
      levels.map(({ slo, good, all }) => record(`slo:misses:increase${window}`, slo, `${all(window)} - ${good(window)}`)),
    ),
    ...WINDOWS.flatMap((window) =>
      levels.map(({ slo, good, all }) => record(`slo:error_ratio:rate${window}`, slo, `1 - ${good(window)} / ((${all(window)}) > 0)`)),
    ),
    '',
  ].join('\n');
