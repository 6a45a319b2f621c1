import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApi, PASSWORD, SIGN_IN, type TestApi } from '#tests/graphql/test-api.ts';
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

const signIn = async (email: string, password: string, address?: string) => {
  const { data } = await api.ask(SIGN_IN, { variables: { input: { email, password } }, ...(address && { address }) });
  return data.signIn as { session: object | null; userErrors: { code: string; message: string }[] };
};

const codes = async (tries: number, attempt: (index: number) => ReturnType<typeof signIn>): Promise<(string | undefined)[]> => {
  const all: (string | undefined)[] = [];
  for (let index = 0; index < tries; index += 1) all.push((await attempt(index)).userErrors[0]?.code);
  return all;
};

test('after five wrong passwords an e-mail is locked, also for the right one, and each further failure locks for longer', async () => {
  const { email } = await api.person('MEMBER', workspaceId);
  expect(await codes(6, () => signIn(email, 'wrong'))).toEqual([...Array(5).fill('BAD_INPUT'), 'RATE_LIMITED']);
  expect((await signIn(email, PASSWORD)).userErrors[0]).toMatchObject({
    code: 'RATE_LIMITED',
    message: expect.stringMatching(/Wait \d+ seconds/),
  });
  api.pass(16_000);
  expect(await codes(2, () => signIn(email, 'wrong'))).toEqual(['BAD_INPUT', 'RATE_LIMITED']);
  api.pass(16_000);
  expect((await signIn(email, PASSWORD)).userErrors[0]?.code).toBe('RATE_LIMITED');
  api.pass(16_000);
  expect((await signIn(email, PASSWORD)).session).not.toBeNull();
  expect(await codes(4, () => signIn(email, 'wrong'))).toEqual(Array(4).fill('BAD_INPUT'));
});

test('wrong passwords from elsewhere do not keep the owner of an e-mail out, nor does signing in help whoever guesses', async () => {
  const { email } = await api.person('ADMIN', workspaceId);
  const guess = () => signIn(email, 'wrong', '198.51.100.20');
  expect(await codes(6, guess)).toEqual([...Array(5).fill('BAD_INPUT'), 'RATE_LIMITED']);
  expect((await signIn(email, PASSWORD, '198.51.100.21')).session).not.toBeNull();
  expect((await signIn(email, PASSWORD, '198.51.100.20')).userErrors[0]?.code).toBe('RATE_LIMITED');
});

test('an e-mail that is guessed from many addresses is locked everywhere after a hundred tries, those while locked not counted', async () => {
  const { email } = await api.person('MEMBER', workspaceId);
  const all = await codes(101, (index) => signIn(email, 'wrong', `198.18.0.${index + 1}`));
  expect(all).toEqual([...Array(100).fill('BAD_INPUT'), 'RATE_LIMITED']);
  expect((await signIn(email, PASSWORD, '198.18.1.1')).userErrors[0]?.code).toBe('RATE_LIMITED');
  api.pass(16_000);
  expect((await signIn(email, PASSWORD, '198.18.1.2')).session).not.toBeNull();
});

test('tries at the same time do not slip through', async () => {
  const { email } = await api.person('MEMBER', workspaceId);
  const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(email, 'wrong')));
  expect(answers.filter(({ userErrors }) => userErrors[0]?.code === 'BAD_INPUT')).toHaveLength(5);
});

test('an address that tries many e-mails is locked; others are not', async () => {
  const all = await codes(31, (index) => signIn(`victim${index}@example.com`, 'wrong', '198.51.100.1'));
  expect(all.filter((code) => code === 'BAD_INPUT')).toHaveLength(30);
  expect(all.at(-1)).toBe('RATE_LIMITED');
  const { email } = await api.person('MEMBER', workspaceId);
  expect((await signIn(email, PASSWORD, '198.51.100.2')).session).not.toBeNull();
});

test('addresses of one IPv6 network count as one', async () => {
  const all = await codes(31, (index) => signIn(`other${index}@example.com`, 'wrong', `2001:db8:0:7::${index + 1}`));
  expect(all.at(-1)).toBe('RATE_LIMITED');
  expect((await codes(1, () => signIn('other@example.com', 'wrong', '2001:db8:0:8::1')))[0]).toBe('BAD_INPUT');
});

test('signing in many times from one office locks nobody', async () => {
  const { email } = await api.person('MEMBER', workspaceId);
  const all = await codes(40, () => signIn(email, PASSWORD, '198.51.100.3'));
  expect(all.every((code) => code === undefined)).toBe(true);
});

test('e-mails and addresses are not kept in clear', async () => {
  await signIn('clear@example.com', 'wrong', '198.51.100.4');
  const rows = await database.orm.em.fork().execute('select key from login_throttle', [], 'all');
  expect(JSON.stringify(rows)).not.toMatch(/clear|198\.51/);
});
