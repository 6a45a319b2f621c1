import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentLimits } from '#graphql/document-limits.ts';
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

const ask = (query: string, variables = {}) => api.ask(query, { token, variables });
const code = async (query: string, variables = {}) => (await ask(query, variables)).errors?.[0]?.extensions.code;

test('a document that is too deep is refused, also by way of fragments', async () => {
  const deep = (levels: number) => `{ logSummary(logId: "x") ${'{ digest '.repeat(levels)} { records } ${'}'.repeat(levels)} }`;
  expect(await code(deep(documentLimits.depth))).toBeTruthy();
  const query = `{ ...a } fragment a on Query { logs(first: 1) { ${'edges { node { summary { '.repeat(4)} status ${'} } } '.repeat(4)} } }`;
  const answer = await api.ask(query, { token, headers: { accept: 'application/graphql-response+json' } });
  expect(answer.errors?.map(({ extensions }) => extensions.code)).toContain('TOO_DEEP');
  expect(answer.status).toBe(400);
});

test('a document with too many aliases is refused', async () => {
  const aliases = Array.from({ length: documentLimits.aliases + 1 }, (_, index) => `a${index}: me { role }`);
  const answer = await ask(`{ ${aliases.join(' ')} }`);
  expect(answer.errors?.[0]).toMatchObject({ extensions: { code: 'TOO_MANY_ALIASES' }, message: expect.stringContaining('31 aliases') });
  expect(await code(`{ ${aliases.slice(1).join(' ')} }`)).toBeUndefined();
});

test('fragments that multiply, or go round, cost no time', async () => {
  const fragments = Array.from({ length: 60 }, (_, index) => `fragment f${index} on Query { ...f${index + 1} ...f${index + 1} }`).join(
    '\n',
  );
  const begun = performance.now();
  await ask(`{ ...f0 } ${fragments} fragment f60 on Query { me { role } }`);
  expect(await code('{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }')).toBe('GRAPHQL_VALIDATION_FAILED');
  expect(performance.now() - begun).toBeLessThan(1000);
});

const expensive = (first: string) =>
  `logs(first: ${first}) { edges { node { summary { digest { patterns(first: 100) { variables { top { count } } } } } } } }`;

test('the cost of a document is told, and too much is refused before anything runs', async () => {
  const { extensions } = await ask('{ logs(first: 10) { edges { node { id } } } }');
  expect(extensions?.cost).toEqual({ requested: 21, maximum: documentLimits.cost });
  const answer = await ask(`{ ${expensive('100')} }`);
  expect(answer.errors?.[0]).toMatchObject({
    extensions: { code: 'TOO_COSTLY' },
    message: expect.stringMatching(/could hold \d+ objects/),
  });
  expect(await code(`{ ${expensive('1')} }`)).toBeUndefined();
});

test('pages of tickets cost what hangs on them, and what reads a whole history is dear', async () => {
  const cost = async (query: string) => {
    const { extensions, errors } = await ask(query);
    return { ...(extensions?.cost as object), code: errors?.[0]?.extensions.code };
  };
  const page = (inside: string) => `{ tickets(first: 100) { edges { node { ${inside} } } } }`;
  expect(await cost(page('id category { name }'))).toMatchObject({ requested: 301 });
  expect(await cost(page('prediction { alternatives { category { name } } lookAlikes { ticket { category { name } } } }'))).toMatchObject({
    requested: 5301,
  });
  expect(await cost('{ triageReport { decided } }')).toMatchObject({ requested: 200 });
});

test('a page size in a variable counts with its value', async () => {
  const query = `query ($first: Int = 2) { logs(first: $first) { edges { node { summary { status } } } } }`;
  expect((await ask(query, { first: 100 })).extensions?.cost).toMatchObject({ requested: 2201 });
  expect((await ask(query, { first: 1 })).extensions?.cost).toMatchObject({ requested: 23 });
  expect((await ask(query)).extensions?.cost).toMatchObject({ requested: 45 });
  expect(await code(`query ($first: Int) { ${expensive('$first')} }`, { first: 100 })).toBe('TOO_COSTLY');
});

test('a list wants a page size of 1 to 100', async () => {
  const logs = (page: string) => `{ logs${page} { edges { cursor } } }`;
  for (const page of ['', '(first: 0)', '(first: 101)', '(last: 101)', '(first: -1)', '(first: null)'])
    expect(await code(logs(page)), page).toBe('BAD_PAGE_SIZE');
  for (const page of ['(first: 1)', '(last: 100)']) expect(await code(logs(page)), page).toBeUndefined();
  expect(await code('query ($first: Int) { logs(first: $first) { edges { cursor } } }', { first: 101 })).toBe('BAD_PAGE_SIZE');
  expect(await code('{ auditEvents(first: 1000) { id } }')).toBe('BAD_PAGE_SIZE');
});

test('a very long document is refused: values belong into variables', async () => {
  const answer = await ask(`mutation { submitLog(input: { text: "${'x'.repeat(documentLimits.characters)}" }) { replayed } }`);
  expect(answer.errors?.[0]).toMatchObject({ extensions: { code: 'TOO_LONG' }, message: expect.stringContaining('variables') });
});

test('a body beyond the limit is not read, with and without a declared length, and the answer says what to do', async () => {
  const body = JSON.stringify({ query: SUBMIT_LOG, variables: { input: { text: 'x'.repeat(2_000_000) } } });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  for (const declared of [{ 'content-length': String(body.length) }, {}]) {
    const response = await api.fetch(
      new Request('http://localhost/graphql', { method: 'POST', headers: { ...headers, ...declared } as Record<string, string>, body }),
    );
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({
      errors: [{ message: expect.stringContaining('curl -T'), extensions: { code: 'TOO_LARGE' } }],
    });
  }
});

test('a log beyond its own limit is a user error', async () => {
  const { data } = await ask(SUBMIT_LOG, { input: { text: 'x'.repeat(100_001) } });
  expect(data.submitLog).toMatchObject({ log: null, userErrors: [{ code: 'TOO_LARGE' }] });
});

test('a log of quotes and line ends fits in a body up to the limit', async () => {
  const { data } = await ask(SUBMIT_LOG, { input: { text: '{"a":"b"}\n'.repeat(10_000) } });
  expect(data.submitLog.userErrors).toEqual([]);
});

test('several operations in one request are refused', async () => {
  const body = JSON.stringify([{ query: '{ me { role } }' }, { query: '{ me { role } }' }]);
  const response = await api.fetch(
    new Request('http://localhost/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
  );
  expect(await response.json()).toMatchObject({ errors: [{ message: 'Batching is not supported.' }] });
});

test('introspection is off unless it is switched on, and then the standard query passes the limits', async () => {
  expect((await ask(getIntrospectionQuery())).errors?.[0]?.message).toContain('introspection has been disabled');
  const open = createTestApi(database.orm, { introspection: true });
  const { data } = await open.ask(getIntrospectionQuery());
  expect(data.__schema.types.length).toBeGreaterThan(20);
});

test('GraphiQL greets a newcomer when it is switched on, and is not there otherwise', async () => {
  const page = () => new Request('http://localhost/graphql', { headers: { accept: 'text/html' } });
  const open = createTestApi(database.orm, { graphiql: true });
  expect(await (await open.fetch(page())).text()).toContain('createFirstAdmin');
  expect(await (await api.fetch(page())).text()).not.toContain('GraphiQL');
});

test('no other site may call: there are no CORS headers', async () => {
  const { headers } = await api.ask(ME, { token, headers: { origin: 'https://elsewhere.example' } });
  expect(headers.get('access-control-allow-origin')).toBeNull();
});

test('without introspection, a name that is nearly right is not completed', async () => {
  const query = 'mutation { createToke(input: {}) { token { id } } }';
  expect((await ask(query)).errors?.[0]?.message).toBe('Cannot query field "createToke" on type "Mutation".');
  const open = createTestApi(database.orm, { introspection: true });
  expect((await open.ask(query)).errors?.[0]?.message).toContain('Did you mean');
});
