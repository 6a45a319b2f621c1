import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, startApp, until } from '#tests/support/app.ts';
import { createGate } from '#tests/support/gate.ts';
import { type OpenAiStandIn, startOpenAi } from '#tests/support/openai.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { type SlackStandIn, startSlack } from '#tests/support/slack.ts';
import { openAiSettings, slackSettings } from '#tests/support/slack-app.ts';
import { type Running, startProcess } from '#tests/support/start-process.ts';
import { summaryAnswer } from '#tests/support/summary-answer.ts';

const opened = new AsyncDisposableStack();
let app: App;
let slack: SlackStandIn;
let openai: OpenAiStandIn;
let dataDir: string;
let client: pg.Client;
beforeAll(async () => {
  slack = opened.use(await startSlack());
  openai = opened.use(await startOpenAi());
  app = opened.use(await startApp({ ...slackSettings(slack), ...openAiSettings(openai) }, { wanted: ['api', 'bot'] }));
  dataDir = await mkdtemp(join(tmpdir(), 'aiops-workers-'));
  opened.defer(() => rm(dataDir, { recursive: true, force: true }));
  client = new pg.Client({ connectionString: app.database.url });
  await client.connect();
  opened.defer(() => client.end());
});
afterAll(() => opened.disposeAsync());

// The last of them stands when the next test begins.
let standing: Running | undefined;
const startWorker = async (): Promise<Running> => {
  const before = await known();
  const running = startProcess('src/main.ts', ['worker'], {
    DATABASE_URL: app.database.url,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    NODE_ENV: 'test',
    WORKER_LOST_SECONDS: '3',
    SLACK_TIMEOUT_SECONDS: '3',
    ...slackSettings(slack),
    ...openAiSettings(openai),
  });
  opened.defer(async () => {
    running.child.kill('SIGKILL');
    await running.ended;
  });
  // Not how many live: a moment after it has come it tells that others are dead.
  await until(known, (ids) => ids.some((id) => !before.includes(id)) || running.child.exitCode !== null, 'the worker');
  return running;
};
const known = async (): Promise<string[]> => (await client.query<{ id: string }>('select id from worker')).rows.map(({ id }) => id);
const living = async (): Promise<unknown[]> => (await client.query('select id from worker where lost_at is null')).rows;
const deliveriesIn = (channel: string): string[] =>
  slack
    .messages(channel)
    .map(({ metadata }) => String((metadata as { event_payload?: { delivery_id?: string } })?.event_payload?.delivery_id));
const answered = (channel: string) =>
  until(
    () => JSON.stringify(slack.messages(channel)),
    (text) => text.includes('Checkout could not'),
    'the answer',
  );
const ask = async (channel: string): Promise<void> => {
  await slack.sendTo(`${app.url}/slack/events`).slash({ channel, text: sampleLog() });
};

test('law 10: a worker killed in the middle of a job: another does it, and the answer is there once', async () => {
  const gate = createGate();
  let calls = 0;
  openai.mock.on({ userMessage: /orders-db/ }, async () => {
    if (++calls === 1) await gate.opened;
    return { content: JSON.stringify(summaryAnswer()) };
  });
  const channel = slack.createChannel({ name: 'killed' });
  const first = await startWorker();
  await ask(channel);
  await until(
    () => calls,
    (count) => count === 1,
    'the call',
  );
  standing = await startWorker();
  first.child.kill('SIGKILL');
  await answered(channel);
  gate.open();
  expect(new Set(deliveriesIn(channel)).size).toBe(2);
  expect(slack.messages(channel)).toHaveLength(2);
});

test('law 3: a worker that hangs just before it posts is noticed, another posts, and it posts nothing when it wakes up', async () => {
  const [hung, channel] = [standing as Running, slack.createChannel({ name: 'hung' })];
  const locker = new pg.Client({ connectionString: app.database.url });
  await locker.connect();
  await using stack = new AsyncDisposableStack();
  stack.defer(() => locker.end());
  const claiming = () =>
    client.query(`select pid from pg_stat_activity where wait_event_type = 'Lock' and query like 'update delivery set posting_since%'`);
  await ask(channel);
  // Somebody holds the delivery, so the worker stands before its claim.
  await until(
    () => client.query(`select 1 from delivery where reply_to->>'channel' = $1`, [channel]),
    ({ rowCount }) => rowCount === 1,
  );
  await locker.query('begin');
  await locker.query(`select 1 from delivery where reply_to->>'channel' = $1 for update`, [channel]);
  const [{ pid }] = (await until(claiming, ({ rowCount }) => rowCount === 1, 'the claim')).rows as [{ pid: number }];
  hung.child.kill('SIGSTOP');
  // It hangs in a transaction of another job, too: what gives its jobs back must not wait for that.
  const [{ process, id }] = (await client.query('select process, id from worker where lost_at is null')).rows as [
    { process: string; id: string },
  ];
  const midway = new pg.Client({ connectionString: app.database.url, application_name: `ai-ops-assistant queue ${process}` });
  midway.on('error', () => {});
  stack.defer(() => midway.end().catch(() => {}));
  await midway.connect();
  await midway.query('begin');
  await midway.query('select 1 from graphile_worker._private_jobs where locked_by = $1 for update', [id]);
  standing = await startWorker();
  // The connection of the one that hangs is cut; the other stands before its own claim.
  await until(claiming, ({ rows }) => rows.length === 1 && rows[0].pid !== pid, 'the other’s claim');
  await locker.query('rollback');
  await answered(channel);
  hung.child.kill('SIGCONT');
  // It begins anew, under another name.
  await until(living, (workers) => workers.length === 2, 'it to begin anew');
  expect(deliveriesIn(channel)).toHaveLength(2);
  expect(new Set(deliveriesIn(channel)).size).toBe(2);
  hung.child.kill('SIGKILL');
  await hung.ended;
});

test('law 3: a worker killed while Slack takes its time with a post: the other waits until that is decided, and finds it', async () => {
  const [first, channel] = [standing as Running, slack.createChannel({ name: 'slow' })];
  slack.fail('chat.postMessage', { kind: 'delay', ms: 2_800 }, { times: 1 });
  const before = slack.calls('chat.postMessage').length;
  await ask(channel);
  await until(
    () => slack.calls('chat.postMessage').length,
    (count) => count > before,
    'the post',
  );
  first.child.kill('SIGKILL');
  await startWorker();
  await answered(channel);
  expect(deliveriesIn(channel)).toHaveLength(2);
  expect(new Set(deliveriesIn(channel)).size).toBe(2);
});
