import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestApi, ME, PASSWORD, SIGN_IN, type TestApi } from '#tests/graphql/test-api.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

type Person = Awaited<ReturnType<TestApi['person']>>;

let database: TestDatabase;
let api: TestApi;
let workspaceId: string;
let admin: Person;
beforeAll(async () => {
  database = await createTestDatabase();
  api = createTestApi(database.orm);
});
beforeEach(async () => {
  workspaceId = await api.workspace();
  admin = await api.person('ADMIN', workspaceId);
});
afterAll(() => database.drop());

const change = async (field: 'changeRole' | 'resetPassword' | 'removeUser', input: Record<string, unknown>, by = admin) => {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
  const { data } = await api.ask(
    `mutation ($input: ${type}!) { ${field}(input: $input) { user { id role } userErrors { code message } } }`,
    {
      token: by.token,
      variables: { input },
    },
  );
  return data[field] as { user: { role: string } | null; userErrors: { code: string; message: string }[] };
};
const signIn = async ({ email }: Person, password: string) =>
  (await api.ask(SIGN_IN, { variables: { input: { email, password } } })).data.signIn.session;
const makeToken = async (person: Person, scopes: string[]): Promise<string> =>
  (
    await api.ask('mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret } }', {
      token: person.token,
      variables: { input: { name: 'own', scopes } },
    })
  ).data.createToken.secret;
const scopesOf = async (token: string): Promise<string[] | undefined> => (await api.ask(ME, { token })).data?.me?.scopes;

test('another role counts at once, for the session and for personal tokens', async () => {
  const ben = await api.person('MEMBER', workspaceId);
  const token = await makeToken(ben, ['LOGS_READ', 'LOGS_WRITE']);
  expect(await scopesOf(token)).toContain('LOGS_WRITE');
  expect((await change('changeRole', { id: ben.id, role: 'VIEWER' })).user?.role).toBe('VIEWER');
  expect(await scopesOf(token)).toEqual(['LOGS_READ']);
  expect(await scopesOf(ben.token)).not.toContain('LOGS_WRITE');
});

test('a reset password ends the sessions of the person, who signs in with the new one', async () => {
  const ben = await api.person('MEMBER', workspaceId);
  expect((await change('resetPassword', { id: ben.id, newPassword: 'a brand new password' })).userErrors).toEqual([]);
  expect((await api.ask(ME, { token: ben.token })).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  expect(await signIn(ben, PASSWORD)).toBeNull();
  expect(await signIn(ben, 'a brand new password')).not.toBeNull();
});

test('a person who leaves is gone with sessions and personal tokens; what they did stays on record', async () => {
  const ben = await api.person('MEMBER', workspaceId);
  const token = await makeToken(ben, ['LOGS_READ']);
  expect((await change('removeUser', { id: ben.id })).userErrors).toEqual([]);
  for (const one of [ben.token, token]) expect((await api.ask(ME, { token: one })).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  expect(await signIn(ben, PASSWORD)).toBeNull();
  const { data } = await api.ask('{ auditEvents(first: 50) { actor action subjectId } }', { token: admin.token });
  expect(data.auditEvents).toContainEqual({ actor: admin.id, action: 'user.removed', subjectId: ben.id });
  expect(data.auditEvents.some(({ actor }: { actor: string }) => actor === ben.id)).toBe(true);
});

test('the last admin cannot be taken away, also when two try to take each other at the same time', async () => {
  expect((await change('changeRole', { id: admin.id, role: 'MEMBER' })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  expect((await change('removeUser', { id: admin.id })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  const second = await api.person('ADMIN', workspaceId);
  const answers = await Promise.all([
    change('removeUser', { id: second.id }, admin),
    change('removeUser', { id: admin.id }, second).catch(() => null),
  ]);
  expect(answers.filter((answer) => answer?.user)).toHaveLength(1);
});

test('members and viewers manage nobody', async () => {
  const ben = await api.person('MEMBER', workspaceId);
  for (const field of ['changeRole', 'resetPassword', 'removeUser'] as const) {
    const input = {
      id: admin.id,
      ...(field === 'changeRole' ? { role: 'VIEWER' } : {}),
      ...(field === 'resetPassword' ? { newPassword: PASSWORD } : {}),
    };
    expect((await change(field, input, ben)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
  }
});
