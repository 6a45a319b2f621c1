import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '#src/core/errors.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { createTestApi, ME, SUBMIT_LOG, type TestApi } from './test-api.ts';

let database: TestDatabase;
let api: TestApi;
let token: string;
beforeAll(async () => {
  database = await createTestDatabase();
  api = createTestApi(database.orm);
  ({ token } = await api.person('ADMIN', await api.workspace()));
});
afterAll(() => database.drop());

test('what goes wrong on our side is masked with an id, and logged once under it with the request id', async () => {
  api.logs.log = async () => {
    throw new Error('password=hunter2 at /srv/secret.ts');
  };
  const answer = await api.ask('{ log(id: "log_1") { id } }', { token, headers: { 'x-request-id': 'req-7' } });
  const id = String(answer.errors?.[0]?.extensions.id);
  expect(id).toMatch(/^err_/);
  expect(answer.errors?.[0]?.message).toContain(id);
  expect(JSON.stringify(answer)).not.toMatch(/hunter2|secret|stack/);
  expect(api.logged.filter(({ fields }) => fields.errorId === id)).toMatchObject([{ fields: { requestId: 'req-7', path: 'log' } }]);
});

test('errors that are no errors, inside a mutation, are masked as well', async () => {
  api.logs.submitLog = () => Promise.reject('hunter2');
  const answer = await api.ask(SUBMIT_LOG, { token, variables: { input: { text: 'a' } } });
  expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'INTERNAL', id: expect.stringMatching(/^err_/) });
  expect(JSON.stringify(answer)).not.toContain('hunter2');
});

test('an error inside a stream is masked', async () => {
  // biome-ignore lint/correctness/useYield: it fails before its first value
  api.logs.watchLog = async function* () {
    throw new Error('hunter2');
  };
  const body = JSON.stringify({ query: 'subscription { logProgress(logId: "log_1") { status } }' });
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${token}` };
  const text = await (await api.fetch(new Request('http://localhost/graphql', { method: 'POST', headers, body }))).text();
  expect(text).toContain('err_');
  expect(text).not.toContain('hunter2');
});

test('what a query cannot find or may not see has a code, and waiting has a header', async () => {
  api.logs.logLines = async () => {
    throw new AppError('RATE_LIMITED', 'Slowly, please.', { retryAfterMs: 1500 });
  };
  const answer = await api.ask('{ logLines(logId: "x", from: 1, to: 2) { text } }', { token });
  expect(answer.errors?.[0]).toMatchObject({ message: 'Slowly, please.', extensions: { code: 'RATE_LIMITED' } });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '2']);
});

test('without a token the answer is 401 and says how to sign in', async () => {
  const answer = await api.ask(ME);
  expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  expect(answer.errors?.[0]).toMatchObject({
    message: expect.stringContaining('Authorization: Bearer'),
    extensions: { code: 'UNAUTHENTICATED' },
  });
});

test('every answer carries a request id: the caller’s, when it is a sane one', async () => {
  const idOf = async (id?: string) =>
    (await api.ask(ME, { token, ...(id && { headers: { 'x-request-id': id } }) })).headers.get('x-request-id');
  expect(await idOf('abc-123')).toBe('abc-123');
  expect(await idOf('<script>')).toMatch(/^req_/);
  expect(await idOf()).toMatch(/^req_/);
});

test('input that does not fit the schema is told in words, not masked', async () => {
  const answer = await api.ask('{ logs(first: 1, filter: { createdAfter: "yesterday" }) { edges { cursor } } }', { token });
  expect(answer.errors?.[0]?.message).toContain('2026-01-31T12:00:00Z');
  expect((await api.ask('{ nonsense', { token })).errors?.[0]?.message).toContain('Syntax Error');
  expect(api.logged.some(({ fields }) => String(fields.err).includes('Syntax'))).toBe(false);
});

test('what does not fit the schema is the client’s to mend: a code, the place, and never the value', async () => {
  const submit = 'mutation ($input: SubmitLogInput!) { submitLog(input: $input) { log { id } } }';
  for (const [query, variables, sentence] of [
    ['query ($id: ID!) { log(id: $id) { id } }', {}, 'Variable "$id" of required type "ID!" was not provided.'],
    [
      'query ($id: ID!) { log(id: $id) { id } }',
      { id: { key: 'hunter2' } },
      'Variable "$id" got invalid value; ID cannot represent value.',
    ],
    [
      submit,
      { input: { text: ['hunter2'] } },
      'Variable "$input" got invalid value at "input.text"; String cannot represent a non string value.',
    ],
    [submit, { input: { txt: 'hunter2' } }, '"txt"'],
    ['query ($o: LogOrder!) { logs(first: 1, orderBy: $o) { edges { cursor } } }', { o: 'hunter2' }, '"LogOrder"'],
    ['{ logs(first: "hunter2") { edges { cursor } } }', {}, 'Int cannot represent non-integer value.'],
    ['{ logs "hunter2" }', {}, 'Syntax Error'],
  ] as const) {
    const answer = await api.ask(query, { token, variables });
    expect(answer.errors?.[0]?.message).toContain(sentence);
    expect(answer.errors?.[0]?.extensions.code).toMatch(/^(BAD_INPUT|GRAPHQL_\w+_FAILED)$/);
    expect(JSON.stringify(answer)).not.toContain('hunter2');
  }
});

test('while the database is away the answer says that nothing was kept, and when to try again', async () => {
  api.logs.submitLog = () => Promise.reject(new Error('insert', { cause: Object.assign(new Error(), { code: '57P03' }) }));
  const answer = await api.ask(SUBMIT_LOG, { token, variables: { input: { text: 'a' } } });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10']);
  expect(answer.errors?.[0]).toMatchObject({ message: expect.stringContaining('nothing was kept'), extensions: { code: 'UNAVAILABLE' } });
});

test.each([
  ['40001', /changing the same.*nothing was kept/, '1'],
  ['40P01', /changing the same.*nothing was kept/, '1'],
  ['55P03', /changing the same.*nothing was kept/, '1'],
  ['57014', /took too long.*nothing was kept/, '10'],
])('what PostgreSQL undid (%s) is no failure of ours: the answer says so, and when to try again', async (state, sentence, retryAfter) => {
  api.logged.length = 0;
  api.logs.submitLog = () =>
    database.orm.em.fork().transactional(async (tx) => {
      await tx.execute(`do $$ begin raise exception using errcode = '${state}'; end $$`);
      throw new Error('not reached');
    });
  const answer = await api.ask(SUBMIT_LOG, { token, variables: { input: { text: 'a' } } });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, retryAfter]);
  expect(answer.errors?.[0]).toMatchObject({ message: expect.stringMatching(sentence), extensions: { code: 'UNAVAILABLE' } });
  expect(api.logged.map(({ fields }) => fields)).toContainEqual(expect.objectContaining({ path: 'submitLog', why: state }));
});

test('a name with a NUL in it names nothing', async () => {
  const revoke = await api.ask('mutation { revokeToken(input: { id: "tok_\\u0000" }) { userErrors { code } } }', { token });
  expect(revoke.data.revokeToken.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  const audit = await api.ask('{ auditEvents(first: 1, subjectId: "\\u0000") { id } }', { token });
  expect(audit.data.auditEvents).toEqual([]);
});

test('a body that is no JSON is not repeated, and a form nobody knows is named', async () => {
  const post = async (body: string, type: string) => {
    const headers = { 'content-type': type, authorization: `Bearer ${token}` };
    const response = await api.fetch(new Request('http://localhost/graphql', { method: 'POST', headers, body }));
    return { status: response.status, text: await response.text() };
  };
  const broken = await post('{"password": "hunter2", ', 'application/json');
  expect([broken.status, broken.text]).toEqual([400, expect.stringContaining('The body is not valid JSON')]);
  expect(broken.text).not.toContain('hunter2');
  expect(await post('query=1', 'text/csv')).toEqual({ status: 400, text: expect.stringContaining('Send the operation as JSON') });
});
