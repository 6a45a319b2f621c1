import { afterEach, expect, test } from 'vitest';
import { parseConfig } from '#src/config.ts';
import { startRuntime } from '#src/runtime.ts';
import { type App, startApp, until } from '#tests/support/app.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { startSlack } from '#tests/support/slack.ts';
import { slackSettings } from '#tests/support/slack-app.ts';
import { createStranger } from '#tests/support/stranger.ts';
import { countRows, submit } from '#tests/support/submit.ts';

let opened = new AsyncDisposableStack();
afterEach(async () => {
  await opened.disposeAsync();
  opened = new AsyncDisposableStack();
});

const put = (app: App, token = app.token) =>
  fetch(`${app.url}/logs/a.log`, { method: 'PUT', headers: { authorization: `Bearer ${token}` }, body: sampleLog() });

test('a full queue answers whoever filled it "busy, try again in N s", keeps nothing, and lets everybody else in', async () => {
  const app = opened.use(await startApp({ QUEUE_LIMIT: '12' }, { wanted: ['api'] }));
  const stranger = await createStranger(app);
  const kept = await timesUntilRefused(async () => (await submit(app, { text: sampleLog() })).userErrors.length === 0);
  expect(twoThirdsOf(12)).toContain(kept);
  expect(await submit(app, { text: sampleLog() })).toMatchObject({
    log: null,
    userErrors: [{ code: 'BUSY', message: expect.stringMatching(/^I am busy: .* Nothing was kept; please try again in \d+ s\.$/) }],
  });
  const refused = await put(app);
  expect([refused.status, Number(refused.headers.get('retry-after'))]).toEqual([503, expect.any(Number)]);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(5);
  expect(await refused.json()).toMatchObject({ error: { code: 'BUSY' } });
  const { createTicket } = await app.gql<{ createTicket: { userErrors: unknown } }>(
    'mutation { createTicket(input: { text: "The printer is on fire" }) { userErrors { code retryAfterSeconds } } }',
  );
  expect(createTicket.userErrors).toEqual([{ code: 'BUSY', retryAfterSeconds: expect.any(Number) }]);
  expect(await countRows(app, 'log')).toBe(kept);
  expect((await put(app, stranger)).status).toBe(202);
  // Work done makes room.
  opened.use(await startRuntime(parseConfig(settingsOf(app)), ['worker'], { retryScale: 0.01 }));
  await until(
    async () => (await put(app)).status,
    (status) => status === 202,
    'room',
  );
});

test('one workspace’s backlog does not hold up another’s log', async () => {
  const app = opened.use(await startApp({}, { wanted: ['api'] }));
  const stranger = await createStranger(app);
  for (let n = 0; n < 40; n++) await submit(app, { text: sampleLog() });
  const { log } = await submit(app, { text: sampleLog() }, stranger);
  const order: string[] = await app.database.orm.em
    .fork()
    .getConnection()
    .execute<{ id: string }[]>(`select payload->>'logId' as id from graphile_worker._private_jobs order by priority, run_at`)
    .then((rows) => rows.map(({ id }) => id));
  expect(order.indexOf(log?.id ?? '')).toBeLessThan(4);
});

test('a channel with as many answers on their way as it may have is told so, to the asker alone; another channel is not', async () => {
  const slack = opened.use(await startSlack());
  const app = opened.use(await startApp({ ...slackSettings(slack), CHANNEL_QUEUE_LIMIT: '2' }, { wanted: ['api', 'bot'] }));
  const send = slack.sendTo(`${app.url}/slack/events`);
  const [noisy, quiet] = [slack.createChannel({ name: 'noisy' }), slack.createChannel({ name: 'quiet' })];
  for (let n = 0; n < 2; n++) expect((await send.slash({ channel: noisy, text: sampleLog() })).body).toContain('Got it');
  const { json } = await send.slash({ channel: noisy, text: sampleLog() });
  expect(json).toMatchObject({
    response_type: 'ephemeral',
    text: expect.stringMatching(/2 answers are on their way .* try again in \d+ s/),
  });
  expect((await send.slash({ channel: quiet, text: sampleLog() })).body).toContain('Got it');
  expect(await countRows(app, 'log')).toBe(3);
});

test('a script that fills the queue, and a noisy channel, keep neither a quiet channel of their workspace out nor its answer back', async () => {
  const slack = opened.use(await startSlack());
  const app = opened.use(
    await startApp({ ...slackSettings(slack), QUEUE_LIMIT: '90', CHANNEL_QUEUE_LIMIT: '20' }, { wanted: ['api', 'bot'] }),
  );
  const send = slack.sendTo(`${app.url}/slack/events`);
  const [noisy, quiet] = [slack.createChannel({ name: 'noisy' }), slack.createChannel({ name: 'quiet' })];
  const ask = async (channel: string): Promise<boolean> => (await send.slash({ channel, text: sampleLog() })).body.includes('Got it');
  const ofScript = await timesUntilRefused(async () => (await put(app)).status === 202);
  expect(twoThirdsOf(90)).toContain(ofScript);
  const ofNoisy = await timesUntilRefused(() => ask(noisy));
  expect(ofNoisy).toBeGreaterThanOrEqual(5);
  expect(await ask(quiet)).toBe(true);
  opened.use(await startRuntime(parseConfig({ ...settingsOf(app), ...slackSettings(slack), WORKER_CONCURRENCY: '1' }), ['worker']));
  const logs = ofScript + ofNoisy + 1;
  const ended = await until(
    () => execute<{ channel: string | null }>(app, ENDED),
    (rows) => rows.length === logs,
  );
  // Of the three, each had its turn: who asked once was through before the others were at their fifth.
  expect(ended.findIndex(({ channel }) => channel === quiet)).toBeLessThan(10);
  expect(ended.filter(({ channel }, at) => channel === noisy && at < 4 * ofNoisy).length).toBeGreaterThanOrEqual(ofNoisy - 1);
});

const ENDED = `select delivery.reply_to->>'channel' as channel from log left join delivery on delivery.subject_id = log.id
  where log.finished_at is not null order by log.finished_at`;

const execute = <Row>(app: App, text: string): Promise<Row[]> => app.database.orm.em.fork().getConnection().execute<Row[]>(text);

// What is let in at the very moment of a count may be missing from it.
const twoThirdsOf = (limit: number): number[] => [0, 1, 2].map((more) => (2 * limit) / 3 + more);

const timesUntilRefused = async (letIn: () => Promise<boolean>): Promise<number> => {
  for (let count = 0; ; count++) if (!(await letIn())) return count;
};

const settingsOf = (app: App): Record<string, string> => ({
  DATABASE_URL: app.database.url,
  DATA_DIR: '/nonexistent',
  JWT_SECRET: 'x'.repeat(40),
  PORT: '0',
  LOG_LEVEL: 'silent',
  NODE_ENV: 'test',
});
