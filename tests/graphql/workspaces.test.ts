import { GraphQLObjectType } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AuditEvent } from '#db/entities/audit-event.ts';
import { Log } from '#db/entities/log.ts';
import { User } from '#db/entities/user.ts';
import { createNotices, type Notices } from '#db/notices.ts';
import { unscoped } from '#db/orm.ts';
import { createGraphSchema } from '#graphql/schema.ts';
import { createLogService } from '#src/logs/service.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { type Answer, CREATE_TOKEN, createTestApi, PASSWORD, SUBMIT_LOG, type TestApi } from './test-api.ts';

type Side = { workspaceId: string; admin: Awaited<ReturnType<TestApi['person']>>; tokenId: string; logId: string };

let database: TestDatabase;
let notices: Notices;
let api: TestApi;
let theirs: Side;
let ours: Side;
beforeAll(async () => {
  database = await createTestDatabase();
  notices = createNotices(database.url);
  const logs = createLogService({ orm: database.orm, notices, clock: { now: () => new Date() }, limits: { maxUnpackRatio: 1000 } });
  api = createTestApi(database.orm, {}, logs);
  theirs = await createSide();
  ours = await createSide();
});
afterAll(async () => {
  await notices.close();
  await database.drop();
});

const createSide = async (): Promise<Side> => {
  const workspaceId = await api.workspace();
  const admin = await api.person('ADMIN', workspaceId);
  const created = await api.ask(CREATE_TOKEN, { token: admin.token, variables: { input: { name: 'ci', scopes: ['LOGS_READ'] } } });
  const submitted = await api.ask(SUBMIT_LOG, { token: admin.token, variables: { input: { text: 'a line' } } });
  return { workspaceId, admin, tokenId: created.data.createToken.token.id, logId: submitted.data.submitLog.log.id };
};

const ask = (query: string, variables: Record<string, unknown> = {}) => api.ask(query, { token: ours.admin.token, variables });
const all = (side: Side) => [side.workspaceId, side.admin.id, side.admin.email, side.tokenId, side.logId];
const nothingOfTheirs = (answer: Answer) => {
  for (const word of all(theirs)) expect(JSON.stringify([answer.data, answer.errors])).not.toContain(word);
};

/** One try to cross per field: ours asks for what is theirs. A field without a try fails the first test below. */
const tries: Record<string, () => Promise<void>> = {
  'Query.me': async () => {
    const answer = await ask('{ me { user { id email } workspace { id } } }');
    expect(answer.data.me.workspace.id).toBe(ours.workspaceId);
    nothingOfTheirs(answer);
  },
  'Query.tokens': async () => {
    const answer = await ask('{ tokens { id } }');
    expect(answer.data.tokens).toContainEqual({ id: ours.tokenId });
    nothingOfTheirs(answer);
  },
  'Query.users': async () => {
    const answer = await ask('{ users { id email } }');
    expect(answer.data.users).toEqual([{ id: ours.admin.id, email: ours.admin.email }]);
  },
  'Query.auditEvents': async () => {
    const every = await ask('{ auditEvents(first: 100) { actor subjectId } }');
    expect(every.data.auditEvents).toContainEqual({ actor: ours.admin.id, subjectId: ours.tokenId });
    nothingOfTheirs(every);
    const named = await ask('query ($id: ID!) { auditEvents(first: 100, subjectId: $id) { id } }', { id: theirs.tokenId });
    expect(named.data.auditEvents).toEqual([]);
  },
  'Query.log': async () => {
    expect((await ask('query ($id: ID!) { log(id: $id) { id } }', { id: theirs.logId })).data).toEqual({ log: null });
  },
  'Query.logs': async () => {
    const answer = await ask('{ logs(first: 100) { edges { node { id } } } }');
    expect(answer.data.logs.edges).toEqual([{ node: { id: ours.logId } }]);
  },
  'Query.logSummary': async () => {
    expect((await ask('query ($id: ID!) { logSummary(logId: $id) { logId } }', { id: theirs.logId })).data).toEqual({ logSummary: null });
  },
  'Query.logLines': async () => {
    const answer = await ask('query ($id: ID!) { logLines(logId: $id, from: 1, to: 9) { text } }', { id: theirs.logId });
    expect(answer.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  },
  'Mutation.cancelLog': async () => {
    const answer = await ask('mutation ($id: ID!) { cancelLog(input: { id: $id }) { log { id } userErrors { code } } }', {
      id: theirs.logId,
    });
    expect(answer.data.cancelLog).toEqual({ log: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.submitLog': async () => {
    const input = { text: 'a line', idempotencyKey: 'the same key' };
    const them = await api.ask(SUBMIT_LOG, { token: theirs.admin.token, variables: { input } });
    const { log, replayed } = (await ask(SUBMIT_LOG, { input })).data.submitLog;
    expect([replayed, log.id === them.data.submitLog.log.id]).toEqual([false, false]);
    expect((await database.orm.em.fork().findOneOrFail(Log, { id: log.id }, unscoped)).workspaceId).toBe(ours.workspaceId);
  },
  'Mutation.revokeToken': async () => {
    const answer = await ask('mutation ($id: ID!) { revokeToken(input: { id: $id }) { token { id } userErrors { code } } }', {
      id: theirs.tokenId,
    });
    expect(answer.data.revokeToken).toEqual({ token: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.createToken': async () => {
    const answer = await ask(CREATE_TOKEN, { input: { name: 'x', kind: 'SERVICE', scopes: ['ADMIN'] } });
    const me = await api.ask('{ me { workspace { id } } users { id } }', { token: answer.data.createToken.secret });
    expect(me.data.me.workspace.id).toBe(ours.workspaceId);
    nothingOfTheirs(me);
  },
  'Mutation.createUser': async () => {
    const input = { email: 'crossing@example.com', name: 'x', role: 'ADMIN', password: PASSWORD };
    const answer = await ask('mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }', { input });
    const made = await database.orm.em.fork().findOneOrFail(User, { id: answer.data.createUser.user.id }, unscoped);
    expect(made.workspaceId).toBe(ours.workspaceId);
  },
  'Mutation.changePassword': async () => {
    const input = { currentPassword: PASSWORD, newPassword: 'a password of ours' };
    const { token } = await api.person('MEMBER', ours.workspaceId);
    const changed = await api.ask('mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { user { id } } }', {
      token,
      variables: { input },
    });
    nothingOfTheirs(changed);
    const them = await api.ask('{ me { role } }', { token: theirs.admin.token });
    expect(them.data.me.role).toBe('ADMIN');
  },
  // No actor: what is handed in is the key, and it opens the workspace it was made for.
  'Mutation.signIn': async () => {
    const answer = await ask('mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }', {
      input: { email: theirs.admin.email, password: PASSWORD },
    });
    expect(await workspaceOf(answer.data.signIn.session.accessToken)).toBe(theirs.workspaceId);
  },
  'Mutation.refreshSession': async () => {
    const { refreshToken } = await api.person('MEMBER', theirs.workspaceId);
    const answer = await ask('mutation ($token: String!) { refreshSession(input: { refreshToken: $token }) { session { accessToken } } }', {
      token: refreshToken,
    });
    expect(await workspaceOf(answer.data.refreshSession.session.accessToken)).toBe(theirs.workspaceId);
  },
  'Mutation.signOut': async () => {
    const { id, refreshToken } = await api.person('MEMBER', theirs.workspaceId);
    await ask('mutation ($token: String!) { signOut(input: { refreshToken: $token }) { signedOut } }', { token: refreshToken });
    const events = await database.orm.em.fork().find(AuditEvent, { actor: id, action: 'session.ended' }, unscoped);
    expect(events.map(({ workspaceId }) => workspaceId)).toEqual([theirs.workspaceId]);
  },
  'Mutation.createFirstAdmin': async () => {
    const input = { setupToken: 'guess', email: 'x@example.com', name: 'x', password: PASSWORD };
    const answer = await ask(
      'mutation ($input: CreateFirstAdminInput!) { createFirstAdmin(input: $input) { session { accessToken } userErrors { code } } }',
      { input },
    );
    expect(answer.data.createFirstAdmin).toEqual({ session: null, userErrors: [{ code: 'FORBIDDEN' }] });
  },
  'Subscription.logProgress': async () => {
    const body = JSON.stringify({ query: `subscription { logProgress(logId: "${theirs.logId}") { status } }` });
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${ours.admin.token}` };
    const text = await (await api.fetch(new Request('http://localhost/graphql', { method: 'POST', headers, body }))).text();
    expect(text).toContain('NOT_FOUND');
    expect(text).not.toContain('QUEUED');
  },
};

const workspaceOf = async (token: string): Promise<string> =>
  (await api.ask('{ me { workspace { id } } }', { token })).data.me.workspace.id;

const schema = createGraphSchema();
const rootTypes = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(
  (type) => type instanceof GraphQLObjectType,
);
const fields = rootTypes.flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));

test('every query, mutation and subscription has a try to cross, and no try is left over', () => {
  expect(Object.keys(tries).sort()).toEqual(fields.sort());
});

test.each(fields)('a workspace never sees or touches another’s rows by %s', async (field) => {
  await tries[field]?.();
});

test.each(fields.filter((field) => !/createFirstAdmin|signIn|refreshSession|signOut/.test(field)))(
  '%s wants to know who asks',
  async (field) => {
    const [operation = '', name = ''] = field.split('.');
    const args =
      {
        log: '(id: "1")',
        logs: '(first: 1)',
        logSummary: '(logId: "1")',
        logLines: '(logId: "1", from: 1, to: 1)',
        logProgress: '(logId: "1")',
        auditEvents: '(first: 1)',
      }[name] ??
      inputs[name] ??
      '';
    const answer = await api.ask(`${operation.toLowerCase()} { ${name}${args} { __typename } }`);
    expect(answer.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  },
);

const inputs: Record<string, string> = {
  cancelLog: '(input: { id: "1" })',
  submitLog: '(input: { text: "a" })',
  revokeToken: '(input: { id: "1" })',
  createToken: '(input: { name: "a", scopes: [ADMIN] })',
  createUser: '(input: { email: "a@example.com", name: "a", role: ADMIN, password: "twelve letters" })',
  changePassword: '(input: { currentPassword: "a", newPassword: "twelve letters" })',
};

test('no type of the schema has a field for a password’s or token’s hash', () => {
  const secretive = Object.values(schema.getTypeMap())
    .filter((type) => type instanceof GraphQLObjectType)
    .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`))
    .filter((field) => /hash|password/i.test(field) && field !== 'Receipt.sentHash');
  expect(secretive).toEqual(['Mutation.changePassword']);
});
