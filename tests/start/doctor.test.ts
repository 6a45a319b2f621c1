import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { type OpenAiStandIn, startOpenAi } from '#tests/support/openai.ts';
import { type SlackStandIn, startSlack } from '#tests/support/slack.ts';
import { startProcess } from '#tests/support/start-process.ts';

let database: TestDatabase;
let slack: SlackStandIn;
let openai: OpenAiStandIn;
beforeAll(async () => {
  [database, slack, openai] = await Promise.all([createTestDatabase(), startSlack(), startOpenAi()]);
});
afterAll(() => Promise.all([database.drop(), slack.stop(), openai.stop()]));

type Finding = { state: string; about: string; says: string; mend?: string };
const examine = async (env: Record<string, string>): Promise<{ code: number | string; find(about: string): Finding[]; out: string }> => {
  const running = startProcess('src/doctor.ts', ['--json'], { DATABASE_URL: database.url, ...env });
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
  const words = find('Scopes').map(({ says }) => says);
  expect(code).toBe(1);
  expect(words).toContainEqual(expect.stringMatching(/^files:read is missing \(.+\)$/));
  expect(words.join()).not.toContain('chat:write is missing');
  expect(find('Slack')[0]).toMatchObject({ state: 'ok', says: expect.stringContaining('Shop as @aiops') });
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

test('work that waits with nobody to do it is found', async () => {
  await database.orm.em.fork().getConnection().execute(`select graphile_worker.add_job('digest-log', '{}')`);
  const { code, find } = await examine({});
  expect(code).toBe(1);
  expect(find('Queue')[0]).toMatchObject({
    state: 'bad',
    says: expect.stringContaining('1 waiting'),
    mend: expect.stringContaining('worker'),
  });
});

test('settings that cannot be read are all told at once', async () => {
  const { code, find } = await examine({ PORT: 'x', LOG_LEVEL: 'loud' });
  expect(code).toBe(1);
  expect(find('Settings')[0]?.says).toMatch(/PORT[\s\S]*LOG_LEVEL|LOG_LEVEL[\s\S]*PORT/);
});
