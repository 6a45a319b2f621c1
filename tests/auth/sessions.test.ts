import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApi, ME, PASSWORD, REFRESH, SIGN_IN, SIGN_OUT, type TestApi } from '#tests/graphql/test-api.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
let api: TestApi;
let workspaceId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  api = createTestApi(database.orm);
  workspaceId = await api.workspace();
});
afterAll(() => database.drop());

const refresh = (token: string) => api.ask(REFRESH, { variables: { token } });

test('a person signs in and is known by the access token', async () => {
  const { token, email } = await api.person('MEMBER', workspaceId);
  const { data } = await api.ask(ME, { token });
  expect(data.me).toMatchObject({
    user: { email },
    token: null,
    workspace: { id: workspaceId },
    role: 'MEMBER',
    scopes: ['LOGS_READ', 'LOGS_WRITE', 'TICKETS_READ', 'TICKETS_WRITE', 'CHANGES_READ', 'CHANGES_WRITE'],
  });
});

test('upper and lower case of an e-mail are the same', async () => {
  const { email } = await api.person('MEMBER', workspaceId);
  const { data } = await api.ask(SIGN_IN, { variables: { input: { email: ` ${email.toUpperCase()} `, password: PASSWORD } } });
  expect(data.signIn.userErrors).toEqual([]);
});

test('a wrong password and an unknown e-mail get the same answer', async () => {
  const { email } = await api.person('MEMBER', workspaceId);
  const wrong = await api.ask(SIGN_IN, { variables: { input: { email, password: 'not the password' } } });
  const unknown = await api.ask(SIGN_IN, { variables: { input: { email: 'nobody@example.com', password: 'not the password' } } });
  expect(wrong.data).toEqual(unknown.data);
  expect(wrong.data.signIn).toMatchObject({ session: null, userErrors: [{ code: 'BAD_INPUT', field: 'password' }] });
});

test('a refresh token buys the next pair', async () => {
  const { refreshToken } = await api.person('MEMBER', workspaceId);
  const { data } = await refresh(refreshToken);
  const next = data.refreshSession.session;
  expect(next.refreshToken).not.toBe(refreshToken);
  expect((await api.ask(ME, { token: next.accessToken })).data.me.role).toBe('MEMBER');
});

test('a refresh token used twice ends the family, access tokens included', async () => {
  const { refreshToken } = await api.person('MEMBER', workspaceId);
  const next = (await refresh(refreshToken)).data.refreshSession.session;
  const again = await refresh(refreshToken);
  expect(again.errors?.[0]).toMatchObject({ message: expect.stringContaining('used before'), extensions: { code: 'UNAUTHENTICATED' } });
  expect((await refresh(next.refreshToken)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  expect((await api.ask(ME, { token: next.accessToken })).errors?.[0]?.message).toContain('has ended');
});

test('two refreshes of one token at the same time end the family', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { refreshToken } = await api.person('MEMBER', workspaceId);
    const answers = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
    const pairs = answers.flatMap(({ data }) => data?.refreshSession?.session ?? []);
    expect(pairs).toHaveLength(1);
    expect((await refresh(pairs[0].refreshToken)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  }
});

test('a pair bought while the family ends does not outlive it', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { refreshToken: first } = await api.person('MEMBER', workspaceId);
    const second = (await refresh(first)).data.refreshSession.session.refreshToken;
    const [raced] = await Promise.all([refresh(second), refresh(first)]);
    const third = raced.data?.refreshSession?.session?.refreshToken;
    if (third) expect((await refresh(third)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  }
});

test('signing out ends the session, and a second time changes nothing', async () => {
  const { token, refreshToken } = await api.person('MEMBER', workspaceId);
  expect((await api.ask(SIGN_OUT, { variables: { token: refreshToken } })).data.signOut.signedOut).toBe(true);
  expect((await api.ask(ME, { token })).status).toBe(401);
  expect((await refresh(refreshToken)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  expect((await api.ask(SIGN_OUT, { variables: { token: 'aiops_ref_unknown' } })).data.signOut.signedOut).toBe(false);
});

test('an access token expires after some minutes and says what to do', async () => {
  const late = createTestApi(database.orm);
  const { token, refreshToken } = await late.person('MEMBER', workspaceId);
  await late.ask(ME, { token });
  late.pass(16 * 60_000);
  expect((await late.ask(ME, { token })).errors?.[0]).toMatchObject({
    message: expect.stringContaining('refreshSession'),
    extensions: { code: 'UNAUTHENTICATED' },
  });
  late.pass(31 * 24 * 3_600_000);
  expect((await late.ask(REFRESH, { variables: { token: refreshToken } })).errors?.[0]?.message).toContain('expired');
});

test('a token signed with another algorithm, secret or audience is not ours', async () => {
  const { id } = await api.person('ADMIN', workspaceId);
  const claims = { sub: id, ws: workspaceId, fam: 'ses_1', iss: 'ai-ops-assistant', aud: 'ai-ops-assistant/api' };
  const forged = [
    jwt.sign(claims, '', { algorithm: 'none', expiresIn: 60 }),
    jwt.sign(claims, 's'.repeat(40), { algorithm: 'HS512', expiresIn: 60 }),
    jwt.sign(claims, 'x'.repeat(40), { expiresIn: 60 }),
    jwt.sign({ ...claims, aud: 'another' }, 's'.repeat(40), { expiresIn: 60 }),
    jwt.sign(claims, 's'.repeat(40)),
    jwt.sign(claims, 's'.repeat(40), { expiresIn: 60 }),
  ];
  for (const token of forged) expect((await api.ask(ME, { token })).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
});

test('a change of password ends every session and the new one works', async () => {
  const { token, refreshToken, email } = await api.person('VIEWER', workspaceId);
  const change =
    'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { user { email } userErrors { code field message } } }';
  const wrong = await api.ask(change, { token, variables: { input: { currentPassword: 'no', newPassword: 'another good password' } } });
  expect(wrong.data.changePassword.userErrors).toMatchObject([{ code: 'BAD_INPUT', field: 'currentPassword' }]);
  const changed = await api.ask(change, {
    token,
    variables: { input: { currentPassword: PASSWORD, newPassword: 'another good password' } },
  });
  expect(changed.data.changePassword).toMatchObject({ user: { email }, userErrors: [] });
  expect((await refresh(refreshToken)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  expect((await api.ask(ME, { token })).status).toBe(401);
  const input = { email, password: 'another good password' };
  expect((await api.ask(SIGN_IN, { variables: { input } })).data.signIn.session.user.email).toBe(email);
});
