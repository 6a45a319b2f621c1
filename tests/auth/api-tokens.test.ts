import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiToken } from '#db/entities/api-token.ts';
import { User } from '#db/entities/user.ts';
import { Workspace } from '#db/entities/workspace.ts';
import { unscoped } from '#db/orm.ts';
import {
  AUDIT,
  CREATE_TOKEN,
  CREATE_USER,
  createTestApi,
  ME,
  PASSWORD,
  REVOKE_TOKEN,
  SUBMIT_LOG,
  type TestApi,
} from '#tests/graphql/test-api.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
let api: TestApi;
let workspaceId: string;
let admin: Awaited<ReturnType<TestApi['person']>>;
let member: typeof admin;
beforeAll(async () => {
  database = await createTestDatabase();
  api = createTestApi(database.orm);
  workspaceId = await api.workspace();
  admin = await api.person('ADMIN', workspaceId);
  member = await api.person('MEMBER', workspaceId);
});
afterAll(() => database.drop());

const create = async (token: string, input: object) => {
  const { data } = await api.ask(CREATE_TOKEN, { token, variables: { input: { name: 'ci', ...input } } });
  return data.createToken;
};
const tokenRow = (id: string) => database.orm.em.fork().findOneOrFail(ApiToken, { id }, unscoped);
const BOT = { kind: 'SERVICE', scopes: ['LOGS_READ', 'LOGS_WRITE', 'ACT_FOR_SLACK'] };

test('a personal token works for its owner and is kept as a hash', async () => {
  const { token, secret } = await create(member.token, { scopes: ['LOGS_READ'] });
  expect(secret).toMatch(/^aiops_pat_[\w-]{43}$/);
  expect(secret.startsWith(token.preview)).toBe(true);
  const { data } = await api.ask(ME, { token: secret });
  expect(data.me).toMatchObject({ user: { id: member.id }, token: { id: token.id }, role: 'MEMBER', scopes: ['LOGS_READ'] });
  const [row] = await database.orm.em.fork().execute<Record<string, unknown>[]>('select * from api_token where id = ?', [token.id], 'all');
  expect(JSON.stringify(row)).not.toContain(secret);
});

test('nobody grants a scope they lack', async () => {
  const viewer = await api.person('VIEWER', workspaceId);
  expect((await create(viewer.token, { scopes: ['LOGS_WRITE'] })).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
  expect((await create(member.token, { scopes: ['ADMIN'] })).userErrors).toMatchObject([{ code: 'FORBIDDEN', field: 'scopes' }]);
  expect((await create(member.token, { scopes: ['ACT_FOR_SLACK'] })).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
  expect((await create(admin.token, { scopes: ['ACT_FOR_SLACK'] })).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
  const { secret } = await create(member.token, { scopes: ['LOGS_READ'] });
  expect((await create(secret, { scopes: ['LOGS_WRITE'] })).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
});

test('a token without scopes is refused in words, however they were left out', async () => {
  for (const left of [{}, { scopes: null }, { scopes: [] }])
    expect(await create(member.token, left)).toMatchObject({
      token: null,
      secret: null,
      userErrors: [{ code: 'BAD_INPUT', field: 'scopes', message: expect.stringContaining('at least one scope, e.g. LOGS_READ') }],
    });
});

test('a token makes none that outlives it', async () => {
  const short = await create(member.token, { scopes: ['LOGS_READ'], expiresInDays: 1 });
  const made = await create(short.secret, { scopes: ['LOGS_READ'] });
  expect((await tokenRow(made.token.id)).expiresAt).toEqual((await tokenRow(short.token.id)).expiresAt);
});

test('service tokens are made by admins only', async () => {
  expect((await create(member.token, { kind: 'SERVICE', scopes: ['LOGS_READ'] })).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
  const { secret } = await create(admin.token, BOT);
  expect(secret).toMatch(/^aiops_svc_/);
  expect((await api.ask(ME, { token: secret })).data.me).toMatchObject({ user: null, role: 'MEMBER', scopes: BOT.scopes });
});

test('a person who loses a role loses it in their tokens too', async () => {
  const other = await api.person('ADMIN', workspaceId);
  const { secret } = await create(other.token, { scopes: ['ADMIN', 'LOGS_READ'] });
  expect((await api.ask(ME, { token: secret })).data.me.scopes).toEqual(['ADMIN', 'LOGS_READ']);
  await database.orm.em.fork().nativeUpdate(User, { id: other.id }, { role: 'VIEWER' }, unscoped);
  api.pass(6_000);
  expect((await api.ask(ME, { token: secret })).data.me).toMatchObject({ role: 'VIEWER', scopes: ['LOGS_READ'] });
});

test('a revoked token stops at once, and in other processes within seconds', async () => {
  const elsewhere = createTestApi(database.orm);
  const { token, secret } = await create(member.token, { scopes: ['LOGS_READ'] });
  await api.ask(ME, { token: secret });
  await elsewhere.ask(ME, { token: secret });
  const { data } = await api.ask(REVOKE_TOKEN, { token: member.token, variables: { id: token.id } });
  expect(data.revokeToken.token.revokedAt).toBeTruthy();
  expect((await api.ask(ME, { token: secret })).errors?.[0]).toMatchObject({
    message: expect.stringContaining('revoked'),
    extensions: { code: 'UNAUTHENTICATED' },
  });
  elsewhere.pass(5_001);
  expect((await elsewhere.ask(ME, { token: secret })).status).toBe(401);
});

test('a token is expired after its days, unknown when mistyped, and each case says so', async () => {
  const late = createTestApi(database.orm);
  const { token, secret } = await create(member.token, { scopes: ['LOGS_READ'], expiresInDays: 1 });
  expect(token.expiresAt).toBeTruthy();
  late.pass(25 * 3_600_000);
  expect((await late.ask(ME, { token: secret })).errors?.[0]?.message).toContain('expired');
  expect((await api.ask(ME, { token: `${secret}x` })).errors?.[0]?.message).toContain('not known');
  expect((await api.ask(ME)).errors?.[0]?.message).toContain('Sign in first');
  expect((await api.ask(ME, { headers: { authorization: 'Basic abc' } })).errors?.[0]?.message).toContain('could not be read');
  expect((await create(member.token, { scopes: ['LOGS_READ'], expiresInDays: 0 })).userErrors).toMatchObject([{ field: 'expiresInDays' }]);
});

test('the last use is noted, once a minute at most', async () => {
  const used = createTestApi(database.orm);
  const { token, secret } = await create(member.token, { scopes: ['LOGS_READ'] });
  await used.ask(ME, { token: secret });
  const first = (await tokenRow(token.id)).lastUsedAt;
  expect(first).toBeTruthy();
  used.pass(30_000);
  await used.ask(ME, { token: secret });
  expect((await tokenRow(token.id)).lastUsedAt).toEqual(first);
  used.pass(31_000);
  await used.ask(ME, { token: secret });
  expect((await tokenRow(token.id)).lastUsedAt).not.toEqual(first);
});

test('members see and revoke their own tokens, admins all of the workspace', async () => {
  const list = '{ tokens { id } }';
  const { token } = await create(admin.token, { scopes: ['LOGS_READ'] });
  const ids = async (as: string) => (await api.ask(list, { token: as })).data.tokens.map(({ id }: { id: string }) => id);
  expect(await ids(member.token)).not.toContain(token.id);
  expect(await ids(admin.token)).toContain(token.id);
  expect((await api.ask(REVOKE_TOKEN, { token: member.token, variables: { id: token.id } })).data.revokeToken.userErrors).toMatchObject([
    { code: 'NOT_FOUND' },
  ]);
  const own = await create(member.token, { scopes: ['LOGS_READ'] });
  expect((await api.ask(REVOKE_TOKEN, { token: admin.token, variables: { id: own.token.id } })).data.revokeToken.userErrors).toEqual([]);
});

test('the bot acts for a Slack user, and the audit trail names both', async () => {
  const { token, secret } = await create(admin.token, { kind: 'SERVICE', scopes: ['ADMIN', 'LOGS_READ', 'LOGS_WRITE', 'ACT_FOR_SLACK'] });
  const headers = { 'x-acting-for': 'slack:T1:U1', 'x-request-id': 'req-from-slack' };
  await api.ask(SUBMIT_LOG, { token: secret, headers, variables: { input: { text: 'a line' } } });
  expect(api.logs.received.at(-1)?.actor).toMatchObject({
    id: token.id,
    actingFor: 'slack:T1:U1',
    requestId: 'req-from-slack',
    workspaceId,
  });
  const made = await api.ask(CREATE_TOKEN, {
    token: secret,
    headers,
    variables: { input: { name: 'made by the bot', kind: 'SERVICE', scopes: ['LOGS_READ'] } },
  });
  const { data } = await api.ask(AUDIT, { token: admin.token, variables: { subjectId: made.data.createToken.token.id } });
  expect(data.auditEvents).toEqual([
    {
      actor: token.id,
      actingFor: 'slack:T1:U1',
      action: 'token.created',
      subjectId: made.data.createToken.token.id,
      requestId: 'req-from-slack',
    },
  ]);
});

test('whoever belongs to another Slack team than the workspace can do nothing through the bot', async () => {
  const { secret } = await create(admin.token, BOT);
  const as = (user: string) => api.ask(ME, { token: secret, headers: { 'x-acting-for': user } });
  const own = (await database.orm.em.fork().findOneOrFail(Workspace, { id: workspaceId })).slackTeamId;
  expect((await as(`slack:${own}:U9`)).errors).toBeUndefined();
  expect((await as('slack:TSTRANGER:U9')).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

test('acting for somebody is refused without the scope, and when the name is malformed', async () => {
  const headers = { 'x-acting-for': 'slack:T1:U1' };
  const { secret } = await create(admin.token, { kind: 'SERVICE', scopes: ['LOGS_READ', 'LOGS_WRITE'] });
  for (const token of [admin.token, secret]) expect((await api.ask(ME, { token, headers })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  const bot = await create(admin.token, BOT);
  expect((await api.ask(ME, { token: bot.secret, headers: { 'x-acting-for': 'root' } })).errors?.[0]?.extensions.code).toBe('BAD_INPUT');
});

test('people are added by admins, once per e-mail', async () => {
  const input = { email: 'New@Example.com', name: 'New', role: 'VIEWER', password: PASSWORD };
  expect((await api.ask(CREATE_USER, { token: member.token, variables: { input } })).data.createUser.userErrors).toMatchObject([
    { code: 'FORBIDDEN' },
  ]);
  expect((await api.ask(CREATE_USER, { token: admin.token, variables: { input } })).data.createUser.user).toMatchObject({
    email: 'new@example.com',
    role: 'VIEWER',
  });
  expect((await api.ask(CREATE_USER, { token: admin.token, variables: { input } })).data.createUser.userErrors).toMatchObject([
    { code: 'CONFLICT', field: 'email' },
  ]);
  const nul = { ...input, email: 'nul@example.com', name: 'N\0' };
  expect((await api.ask(CREATE_USER, { token: admin.token, variables: { input: nul } })).data.createUser.userErrors).toMatchObject([
    { code: 'BAD_INPUT', field: 'name' },
  ]);
});

test('viewers read, members submit, admins manage', async () => {
  const viewer = await api.person('VIEWER', workspaceId);
  const submit = (token: string) => api.ask(SUBMIT_LOG, { token, variables: { input: { text: 'a line' } } });
  expect((await submit(viewer.token)).data.submitLog.userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
  expect((await submit(member.token)).data.submitLog.userErrors).toEqual([]);
  for (const query of ['{ users { id } }', '{ auditEvents(first: 10) { id } }']) {
    expect((await api.ask(query, { token: member.token })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await api.ask(query, { token: admin.token })).errors).toBeUndefined();
  }
});
