import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildDashboards } from '#monitoring/grafana/dashboards.ts';
import { type App, until } from '#tests/support/app.ts';
import { type Parts, startParts } from '#tests/support/parts.ts';
import { expectProgram, type Prometheus, startPrometheus } from '#tests/support/prometheus.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { matches, readRecorded, readSeries, selectorsOf } from '#tests/support/series.ts';
import { submitText } from '#tests/support/submit.ts';
import { cite, summaryAnswer } from '#tests/support/summary-answer.ts';
import { setCategory, setPriority, triaged } from '#tests/support/tickets.ts';

/** Every expression of every panel, with the name it is known by. */
const expressions = Object.values(buildDashboards()).flatMap(({ title, panels = [] }) =>
  panels.flatMap((panel) =>
    ((panel as { targets?: { expr: string }[] }).targets ?? []).map(({ expr }) => ({ panel: `${title}: ${panel.title}`, expr })),
  ),
);

let parts: Parts | undefined;
let prometheus: Prometheus | null = null;
beforeAll(async () => {
  parts = await startParts();
  const program = await expectProgram('prometheus');
  if (program) prometheus = await startPrometheus(program, parts.parts);
}, 60_000);
afterAll(async () => {
  await prometheus?.[Symbol.asyncDispose]();
  await parts?.[Symbol.asyncDispose]();
});

test('every expression of every panel has something to show', { timeout: 120_000 }, async () => {
  expect(expressions.length).toBeGreaterThan(50);
  const empty = prometheus ? await emptyInPrometheus(prometheus) : await emptyOnPages();
  expect(empty).toEqual([]);
});

test('all three jobs were in it: logs, tickets and changelogs', async () => {
  const worker = running().parts.find(({ role }) => role === 'worker');
  const answered = (page: string, kind: string): boolean =>
    page
      .split('\n')
      .some(
        (line) =>
          line.startsWith('aiops_request_seconds_count') &&
          line.includes(`kind="${kind}"`) &&
          / [1-9]\d*$/.test(line) &&
          line.includes('result'),
      );
  await until(
    async () => (await fetch(`${worker?.url}/metrics`)).text(),
    (page) => ['log', 'tkt', 'clg'].every((kind) => answered(page, kind)),
  );
});

test('every rule can be evaluated', async () => {
  expect(await (prometheus?.ruleProblems() ?? [])).toEqual([]);
});

// A rate needs two looks at a number that grows between them: the load goes on until all panels have one.
const emptyInPrometheus = async ({ query }: Prometheus): Promise<string[]> => {
  let empty = expressions;
  for (const deadline = Date.now() + 90_000; empty.length > 0 && Date.now() < deadline; ) {
    await load();
    await sleep(1_500);
    const shows = await Promise.all(empty.map(async ({ expr }) => (await query(forPrometheus(expr))).some(Number.isFinite)));
    empty = empty.filter((_, index) => !shows[index]);
  }
  return empty.map(({ panel, expr }) => `${panel}: ${expr}`);
};

const running = (): Parts => {
  if (!parts) throw new Error('The parts did not start.');
  return parts;
};

// What Grafana fills in.
const forPrometheus = (expr: string): string => expr.replaceAll('$__rate_interval', '1m');

/** Without a Prometheus: whatever an expression reads must be a series that one of the processes shows, or a rule that reads such. */
const emptyOnPages = async (): Promise<string[]> => {
  await load();
  await load();
  const recorded = await readRecorded();
  let missing: string[] = [];
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await load()) {
    const pages = await Promise.all(
      running().parts.map(async ({ url, role }) => ({ role, text: await (await fetch(`${url}/metrics`)).text() })),
    );
    const series = pages.flatMap(({ role, text }) => readSeries(text, { job: 'aiops', role }));
    series.push(...running().parts.map(({ role }) => ({ name: 'up', labels: { job: 'aiops', role } })));
    missing = expressions.flatMap(({ panel, expr }) =>
      selectorsOf(expr, recorded)
        .filter((selector) => !series.some((one) => matches(one, selector)))
        .map(({ name, matchers }) => `${panel}: ${name} ${JSON.stringify(matchers)}`),
    );
    if (missing.length === 0) break;
  }
  return missing;
};

let round = 0;
/** What a day holds, in a second: questions in Slack and by the API, good answers and bad ones, limits, redeliveries, decisions. */
const load = async (): Promise<void> => {
  round++;
  const { slack, openai, send } = running();
  if (round === 1) teachEngine(openai.mock);
  const channel = slack.createChannel({ name: `load-${round}` });
  slack.fail('chat.postMessage', { kind: 'status', status: 429, retryAfterSeconds: 1 }, { times: 1 });
  await send.slash({ channel, text: sampleLog() });
  const mention = await slack.post({ channel, text: `<@${slack.botUserId}> ${sampleLog()}` });
  const event = { type: 'app_mention', channel, user: slack.ana, text: mention['text'], ts: mention.ts };
  await send.event(event, { eventId: `Ev${round}` });
  await send.event(event, { eventId: `Ev${round}`, retryNum: 1 });
  await Promise.all([compose(), ...['good', 'declined', 'no key', 'busy'].map((title) => submit(`${title} ${round}`))]);
  // Once is enough: on a busy machine a decision may come too late for its own wait.
  await Promise.allSettled([decide(), rate(), submit('')]);
};

const submit = (title: string): Promise<unknown> =>
  running().gql('mutation ($input: SubmitLogInput!) { submitLog(input: $input) { log { id } userErrors { message } } }', {
    input: { title: title || undefined, text: `${sampleLog()}2026-11-20T12:02:00Z ERROR mail to ana@example.com failed\n` },
  });

const teachEngine = (mock: Parts['openai']['mock']): void => {
  let calls = 0;
  const good = {
    content: JSON.stringify(
      summaryAnswer({ impact: [{ text: 'The moon is made of cheese', confidence: null, evidence: [cite('nowhere in the log')] }] }),
    ),
    usage: { input_tokens: 1200, output_tokens: 300, total_tokens: 1500, prompt_tokens: 1200, completion_tokens: 300 },
  };
  mock.on({ userMessage: /declined \d/ }, { error: { message: 'no', type: 'invalid_request_error', code: 'content_filter' }, status: 400 });
  mock.on({ userMessage: /no key \d/ }, { error: { message: 'who are you', type: 'authentication_error' }, status: 401 });
  mock.on({ userMessage: /busy \d/ }, () =>
    ++calls % 2 === 1 ? { error: { message: 'slow down', type: 'rate_limit_error' }, status: 429, retryAfter: 1 } : good,
  );
  mock.on({ userMessage: /<entries>/ }, { content: JSON.stringify({ headline: 'Orders can be split', entries: [] }) });
  mock.on({ userMessage: /orders-db/ }, good);
};

/** People say whether a summary helped. */
const rate = async (): Promise<void> => {
  const app = { gql: running().gql } as App;
  const id = await submitText(app, sampleLog());
  const rated = (helpful: boolean) =>
    app.gql('mutation ($input: RateLogInput!) { rateLog(input: $input) { userErrors { code } } }', { input: { logId: id, helpful } });
  await until(
    () => app.gql<{ logSummary: { status: string } }>('query ($id: ID!) { logSummary(logId: $id) { status } }', { id }),
    ({ logSummary }) => logSummary.status === 'SUCCEEDED',
  );
  await rated(true);
  await rated(false);
};

/** A change, and a changelog of it. */
const compose = async (): Promise<void> => {
  const { gql } = running();
  await gql('mutation ($input: AddChangeInput!) { addChange(input: $input) { change { id } userErrors { message } } }', {
    input: { title: `feat: orders can be split ${round}`, idempotencyKey: `change-${round}` },
  });
  await gql('mutation ($input: GenerateChangelogInput!) { generateChangelog(input: $input) { changelog { id } userErrors { message } } }', {
    input: { from: new Date(Date.now() - 60_000).toISOString(), idempotencyKey: `changelog-${round}` },
  });
};

/** People accept, correct, and help where nothing was foretold. */
const decide = async (): Promise<void> => {
  const app = { gql: running().gql } as App;
  const [clear, other, vague] = await Promise.all([
    triaged(app, {
      title: `Cannot sign in ${round}`,
      text: 'I forgot my password and cannot log in to my account, please reset my password',
    }),
    triaged(app, { title: `Cannot sign in again ${round}`, text: 'My account is locked, I cannot log in, please reset my password' }),
    triaged(app, { title: `Hm ${round}`, text: 'lorem ipsum' }),
  ]);
  const [one, two] = await running()
    .gql<{ categories: { id: string }[] }>('{ categories { id } }')
    .then(({ categories }) => categories);
  const foretold = clear.prediction?.category?.id ?? one?.id;
  await setCategory(app, { id: clear.id, categoryId: foretold });
  await setCategory(app, { id: other.id, categoryId: other.prediction?.category?.id === one?.id ? two?.id : one?.id });
  await setCategory(app, { id: vague.id, categoryId: one?.id });
  await setPriority(app, { id: clear.id, priority: clear.priority });
  await setPriority(app, { id: other.id, priority: other.priority === 'P1' ? 'P2' : 'P1' });
};
