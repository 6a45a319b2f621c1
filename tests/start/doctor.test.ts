import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { databaseSentence } from '#db/database-sentence.ts';
import { migrationsList } from '#db/migrations/index.ts';
import { openDatabase } from '#src/database.ts';
import { lookAtApi } from '#src/doctor/look-at-api.ts';
import { lookAtClock } from '#src/doctor/look-at-clock.ts';
import { lookAtDatabase } from '#src/doctor/look-at-database.ts';
import { root } from '#tests/house/source-files.ts';
import { type App, startApp } from '#tests/support/app.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { type OpenAiStandIn, startOpenAi } from '#tests/support/openai.ts';
import { type SlackStandIn, startSlack } from '#tests/support/slack.ts';
import { startProcess } from '#tests/support/start-process.ts';
import { botScopes } from '#tests/support/tickets.ts';

let database: TestDatabase;
let slack: SlackStandIn;
let openai: OpenAiStandIn;
beforeAll(async () => {
  [database, slack, openai] = await Promise.all([createTestDatabase(), startSlack(), startOpenAi()]);
});
afterAll(() => Promise.all([database.drop(), slack.stop(), openai.stop()]));

type Finding = { state: string; about: string; says: string; mend?: string };
const examine = async (
  env: Record<string, string>,
  script = ['src/doctor.ts'],
): Promise<{ code: number | string; find(about: string): Finding[]; out: string }> => {
  const running = startProcess(script[0] ?? '', [...script.slice(1), '--json'], { DATABASE_URL: database.url, ...env });
  const code = await running.ended;
  const findings = JSON.parse(running.out() || '[]') as Finding[];
  return { code, find: (about) => findings.filter((finding) => finding.about === about), out: running.out() + running.err() };
};

test('on a sound installation the doctor finds nothing broken', async () => {
  const { code, find } = await examine({});
  expect(code).toBe(0);
  for (const about of ['Settings', 'Database', 'Migrations', 'Queue', 'Engine', 'Clock'])
    expect(find(about).map(({ state }) => state)).not.toContain('bad');
});

test('each missing Slack scope is named with what it is for and how to get it', async () => {
  slack.fail('auth.test', {
    kind: 'reply',
    headers: { 'content-type': 'application/json', 'x-oauth-scopes': 'chat:write,commands' },
    body: JSON.stringify({ ok: true, team: 'Shop', team_id: 'T1', user: 'aiops' }),
  });
  const { code, find } = await examine({
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
  });
  slack.heal();
  const { oauth_config: asked } = parse(await readFile(join(root, 'bot/manifest.yml'), 'utf8')) as {
    oauth_config: { scopes: { bot: string[] } };
  };
  const missing = asked.scopes.bot.filter((scope) => !['chat:write', 'commands'].includes(scope));
  expect(code).toBe(1);
  expect(missing).toContain('files:read');
  expect(find('Scopes').map(({ says }) => says)).toEqual(
    missing.map((scope) => expect.stringMatching(new RegExp(`^${scope} is missing \\(.{10,}\\)$`))),
  );
  for (const { mend } of find('Scopes')) expect(mend).toContain('bot/manifest.yml');
  expect(find('Slack')[0]).toMatchObject({ state: 'ok', says: expect.stringContaining('Shop as @aiops') });
});

test('whether the bot is in the channel for alerts is looked at, and whether they can be posted at all', async () => {
  const env = {
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    ALERTS_CHANNEL: 'C0123456789',
  };
  slack.fail('conversations.info', {
    kind: 'reply',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ok: true, channel: { id: 'C0123456789', name: 'alerts', is_member: false } }),
  });
  const { code, find } = await examine(env);
  slack.heal();
  expect(code).toBe(1);
  expect(find('Alerts')).toMatchObject([
    { state: 'bad', says: expect.stringContaining('the bot is not in #alerts'), mend: expect.stringContaining('/invite') },
  ]);
});

test('a refused Slack token, an engine that is not there and a database that cannot be reached are sentences that say what to do', async () => {
  slack.fail('auth.test', { kind: 'error', error: 'invalid_auth' });
  const { code, find, out } = await examine({
    DATABASE_URL: 'postgres://nobody:secret-word@127.0.0.1:1/none',
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: 'xoxb-wrong',
    SLACK_SIGNING_SECRET: slack.signingSecret,
    OPENAI_API_KEY: 'sk-another-secret',
    OPENAI_BASE_URL: 'http://127.0.0.1:1/v1',
  });
  slack.heal();
  expect(code).toBe(1);
  for (const about of ['Database', 'Slack', 'Engine']) expect(find(about)[0]).toMatchObject({ state: 'bad', mend: expect.any(String) });
  expect(out).not.toMatch(/secret|\n\s+at /);
});

test.each([
  ['refuses the key', 'sk-of-last-year', 1, { state: 'bad', says: /refuses the key \(401\)/, mend: /set OPENAI_API_KEY/ }],
  [
    'takes the key and has no list of models',
    'sk-test',
    0,
    { state: 'warn', says: /does not say whether it has gpt-5-mini/, mend: /OPENAI_MODEL/ },
  ],
])('of an engine that %s it is told, with what to do and without the key', async (_, key, ends, { state, says, mend }) => {
  const { code, find, out } = await examine({ OPENAI_API_KEY: key, OPENAI_BASE_URL: openai.baseUrl });
  expect(find('Engine')).toMatchObject([{ state, says: expect.stringMatching(says), mend: expect.stringMatching(mend) }]);
  expect(code).toBe(ends);
  expect(out).not.toContain(key);
});

test('work that waits with nobody to do it is found, and so is, with its id, what was given up', async () => {
  const connection = database.orm.em.fork().getConnection();
  await connection.execute(`select graphile_worker.add_job('digest-log', '{}')`);
  const [dead] = await connection.execute<{ id: string }[]>(
    `select id from graphile_worker.add_job('collect-log', '{}', job_key => 'collect log_1', max_attempts => 1)`,
  );
  await connection.execute(`update graphile_worker._private_jobs set attempts = max_attempts where id = ${dead?.id}`);
  const { code, find } = await examine({});
  expect(code).toBe(1);
  expect(find('Queue')[0]).toMatchObject({
    state: 'bad',
    says: expect.stringContaining('1 waiting'),
    mend: expect.stringContaining('worker'),
  });
  expect(find('Queue')[1]).toMatchObject({
    says: `1 job was given up after crashes: ${dead?.id} (collect-log, collect log_1)`,
    mend: expect.stringContaining(`array[${dead?.id}]`),
  });
});

test('settings that cannot be read are all told at once', async () => {
  const { code, find } = await examine({ PORT: 'x', LOG_LEVEL: 'loud' });
  expect(code).toBe(1);
  expect(find('Settings')[0]?.says).toMatch(/PORT[\s\S]*LOG_LEVEL|LOG_LEVEL[\s\S]*PORT/);
});

test('a clock that is minutes away from Slack’s is broken, and one that is seconds away worth knowing', async () => {
  const inSlack = (skewMs: number) => new Date(Date.now() + skewMs).toUTCString();
  slack.fail('auth.test', {
    kind: 'reply',
    headers: { 'content-type': 'application/json', date: inSlack(10 * 60_000) },
    body: JSON.stringify({ ok: true, team: 'Shop', team_id: 'T1', user: 'aiops' }),
  });
  const { code, find } = await examine({
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
  });
  slack.heal();
  expect(find('Clock').find(({ says }) => says.includes('Slack’s'))).toMatchObject({
    state: 'bad',
    says: expect.stringContaining('behind Slack’s'),
    mend: expect.stringContaining('NTP'),
  });
  expect(code).toBe(1);
  const findings = await lookAtClock(database.orm, { 'Slack’s': inSlack(-30_000), 'the engine’s': inSlack(0) });
  expect(findings.map(({ state }) => state)).toEqual(['ok', 'warn', 'ok']);
});

test('a migration that has not run is named, with what to run', async () => {
  const other = await createTestDatabase();
  const newest = migrationsList.at(-1)?.name;
  await other.orm.em.fork().getConnection().execute(`delete from migration where name = '${newest}'`);
  const { code, find } = await examine({ DATABASE_URL: other.url });
  await other.drop();
  expect(code).toBe(1);
  expect(find('Migrations')[0]).toMatchObject({
    state: 'bad',
    says: `1 to run: ${newest}`,
    mend: expect.stringContaining('npm run migrate'),
  });
});

test('where nothing was ever started nothing is made, and nothing is broken', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aiops-doctor-'));
  const { code, find } = await examine({ DATABASE_URL: '', DATA_DIR: join(folder, 'data') }, ['src/main.ts', 'doctor']);
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, { recursive: true });
  expect(find('Database')[0]).toMatchObject({ state: 'ok', says: expect.stringContaining('none yet') });
  expect(code).toBe(0);
});

describe('of a bot by itself', () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp({}, { wanted: ['api'] });
  });
  afterAll(() => app[Symbol.asyncDispose]());
  const told = async (API_URL: string, API_TOKEN: string) => (await lookAtApi({ API_URL, API_TOKEN }))[0];

  test('the API is asked whether it takes the token, and whether the token may do what a bot does', async () => {
    const tokenWith = async (scopes: string[]) =>
      (
        await app.gql<{ createToken: { secret: string } }>(
          'mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret } }',
          {
            input: { name: 'bot', kind: 'SERVICE', scopes },
          },
        )
      ).createToken.secret;
    expect(await told(app.url, await tokenWith(botScopes))).toMatchObject({ state: 'ok' });
    const token = await tokenWith(botScopes.filter((scope) => scope !== 'ACT_FOR_SLACK'));
    const lacking = await examine({ DATABASE_URL: '', API_URL: app.url, API_TOKEN: token });
    expect(lacking.find('API')).toMatchObject([{ state: 'bad', says: expect.stringContaining('lacks ACT_FOR_SLACK') }]);
    expect(lacking.code).toBe(1);
    expect(await told(app.url, 'aiops_svc_wrong')).toMatchObject({ state: 'bad', says: expect.stringContaining('refuses the token') });
    expect(await told('http://127.0.0.1:1', 'aiops_svc_x')).toMatchObject({
      state: 'bad',
      says: expect.stringContaining('does not answer'),
    });
    expect(lacking.find('Database')).toEqual([]);
  });
});

test('a bucket that does not answer is told with its name', async () => {
  const { code, find } = await examine({
    S3_BUCKET: 'logs',
    S3_ENDPOINT: 'http://127.0.0.1:1',
    S3_ACCESS_KEY_ID: 'a',
    S3_SECRET_ACCESS_KEY: 'very-secret',
  });
  expect(code).toBe(1);
  expect(find('Store')).toMatchObject([{ state: 'bad', says: expect.stringContaining('bucket logs at 127.0.0.1:1') }]);
});

test('in an empty database the doctor makes nothing', async () => {
  const empty = await createEmptyDatabase();
  const findings = await lookAtDatabase(empty.orm, 'yours');
  const tables = await empty.orm.em.fork().getConnection().execute(`select 1 from pg_class where relnamespace = 'public'::regnamespace`);
  await empty.drop();
  expect([findings[1]?.state, tables]).toEqual(['bad', []]);
});

describe('a database that lets nobody in, or not far enough, is told with what to do about it', () => {
  const role = `stranger_${randomBytes(4).toString('hex')}`;
  let server: TestDatabase;
  beforeAll(async () => {
    server = await createEmptyDatabase();
    await server.orm.em.fork().getConnection().execute(`create role ${role} login password 'a-word'`);
  });
  afterAll(async () => {
    await server.orm.em.fork().getConnection().execute(`drop role ${role}`);
    await server.drop();
  });

  test.each<[string, (url: URL) => void, RegExp]>([
    [
      'a role that may make nothing',
      (url) => Object.assign(url, { username: role, password: 'a-word' }),
      /alter database "test_\w+" owner to "stranger_/,
    ],
    [
      'no such database',
      (url) => Object.assign(url, { pathname: '/nowhere' }),
      /There is no database "nowhere".+create database "nowhere" owner/,
    ],
    ['nothing that listens', (url) => Object.assign(url, { port: '1' }), /Nothing listens at 127\.0\.0\.1:1\./],
    ['no such host', (url) => Object.assign(url, { hostname: 'nowhere.invalid' }), /The host of nowhere\.invalid:\d+ has no address/],
  ])('%s', async (_, change, says) => {
    const url = new URL(server.url);
    change(url);
    await using stack = new AsyncDisposableStack();
    const opening = openDatabase({ DATABASE_URL: url.href, DATA_DIR: '.data', DB_POOL: 2 }, stack);
    await expect(opening).rejects.toMatchObject({ code: 'CONFIG', message: expect.stringMatching(says) });
    await expect(opening).rejects.not.toThrow(/a-word/);
  });

  test.each<[string, RegExp]>([
    ['28P01', /refuses the password of "ana".+alter role "ana" password/],
    ['28000', /does not let "ana" in.+login.+pg_hba/],
    ['3F000', /create schema public authorization "ana"/],
    ['55000', /takes no connections.+allow_connections true/],
    ['53300', /no connection left.+DB_POOL/],
    ['57P03', /starting up/],
    ['ETIMEDOUT', /gave no answer in time/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /NODE_EXTRA_CA_CERTS/],
  ])('PostgreSQL’s or the driver’s %s', (code, says) => {
    const told = databaseSentence(Object.assign(new Error('no'), { code }), 'postgres://ana:a-word@db.example:6543/aiops');
    expect(told?.message).toMatch(says);
    expect(told?.message).toContain('db.example:6543');
    expect(told?.message).not.toContain('a-word');
  });
});
