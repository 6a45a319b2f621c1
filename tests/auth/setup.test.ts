import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workspace } from '#db/entities/workspace.ts';
import { createSetupToken } from '#src/auth/setup.ts';
import { bindSlackTeam, ensureDefaultWorkspace } from '#src/auth/workspaces.ts';
import { CREATE_FIRST_ADMIN, createTestApi, ME, PASSWORD, type TestApi } from '#tests/graphql/test-api.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
let api: TestApi;
beforeAll(async () => {
  database = await createTestDatabase();
  api = createTestApi(database.orm);
});
afterAll(() => database.drop());

const createAdmin = (setupToken: string | null, email = 'first@example.com', password = PASSWORD) =>
  api.ask(CREATE_FIRST_ADMIN, { variables: { input: { setupToken, email, name: 'First', password } } });

test('processes that start together agree on one default workspace', async () => {
  const made = await Promise.all(Array.from({ length: 6 }, () => ensureDefaultWorkspace(database.orm)));
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  expect(await database.orm.em.fork().count(Workspace, {})).toBe(1);
});

test('a new setup token replaces the old one, and bad input does not use it up', async () => {
  const old = await createSetupToken(database.orm);
  const token = await createSetupToken(database.orm);
  expect(token).toMatch(/^aiops_setup_/);
  expect((await createAdmin(old)).data.createFirstAdmin.userErrors).toMatchObject([{ code: 'FORBIDDEN', field: 'setupToken' }]);
  expect((await createAdmin(token, 'first@example.com', 'short')).data.createFirstAdmin.userErrors).toMatchObject([
    { code: 'BAD_INPUT', field: 'password' },
  ]);
  expect((await createAdmin(token, 'not an e-mail')).data.createFirstAdmin.userErrors).toMatchObject([
    { code: 'BAD_INPUT', field: 'email' },
  ]);
});

test('two tries at the same time make one first admin, in the default workspace, signed in', async () => {
  const token = await createSetupToken(database.orm);
  const answers = await Promise.all([createAdmin(token, 'a@example.com'), createAdmin(token, 'b@example.com')]);
  const made = answers.flatMap(({ data }) => data.createFirstAdmin.session ?? []);
  expect(made).toHaveLength(1);
  const { data } = await api.ask(ME, { token: made[0].accessToken });
  expect(data.me).toMatchObject({ role: 'ADMIN', workspace: { id: (await ensureDefaultWorkspace(database.orm)).id } });
});

test('when there is somebody there is no setup token, and an old one makes nobody', async () => {
  expect(await createSetupToken(database.orm)).toBeNull();
  expect((await createAdmin('aiops_setup_guess')).data.createFirstAdmin.userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
});

test('a workspace answers to one Slack team, and a team to one workspace', async () => {
  const { id } = await ensureDefaultWorkspace(database.orm);
  await bindSlackTeam(database.orm, id, 'T1');
  await bindSlackTeam(database.orm, id, 'T1');
  await expect(bindSlackTeam(database.orm, id, 'T2')).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(bindSlackTeam(database.orm, await api.workspace(), 'T1')).rejects.toMatchObject({ code: 'CONFLICT' });
});
