import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientAddress } from '#graphql/client-address.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { createTestApi, ME, SUBMIT_LOG, type TestApi } from './test-api.ts';

let database: TestDatabase;
let api: TestApi;
let token: string;
let server: Server;
let url: string;
beforeAll(async () => {
  database = await createTestDatabase();
  api = createTestApi(database.orm);
  ({ token } = await api.person('MEMBER', await api.workspace()));
  server = createServer(api.listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await database.drop();
});

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body, headers: { authorization: `Bearer ${token}`, ...headers } });
const json = { 'content-type': 'application/json' };

test('the request id comes back once', async () => {
  const response = await post(JSON.stringify({ query: ME }), { ...json, 'x-request-id': 'abc' });
  expect(response.headers.get('x-request-id')).toBe('abc');
  expect(await response.json()).toMatchObject({ data: { me: { role: 'MEMBER' } } });
});

const upload = (content: string): FormData => {
  const form = new FormData();
  form.set('operations', JSON.stringify({ query: SUBMIT_LOG, variables: { input: { upload: null } } }));
  form.set('map', JSON.stringify({ 0: ['variables.input.upload'] }));
  form.set('0', new File([content], 'app.log'));
  return form;
};

test('a file is taken over HTTP', async () => {
  expect(await (await post(upload('one\ntwo\n'))).json()).toMatchObject({
    data: { submitLog: { log: { title: 'app.log' }, userErrors: [] } },
  });
  expect(api.logs.received.at(-1)?.text).toBe('one\ntwo\n');
});

test('an object that only looks like a file is refused in words', async () => {
  const body = JSON.stringify({ query: SUBMIT_LOG, variables: { input: { upload: { stream: 1, name: 'x' } } } });
  const { errors } = (await (await post(body, json)).json()) as { errors: { message: string }[] };
  expect(errors[0]?.message).toContain('multipart');
});

test('a body that is too large gets an answer, not a broken connection, whether or not it says its length', async () => {
  const big = new TextEncoder().encode(JSON.stringify({ query: SUBMIT_LOG, variables: { input: { text: 'x'.repeat(3_000_000) } } }));
  const chunked = new ReadableStream({
    start(controller) {
      for (let at = 0; at < big.length; at += 65_536) controller.enqueue(big.subarray(at, at + 65_536));
      controller.close();
    },
  });
  for (const body of [big, chunked]) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...json, authorization: `Bearer ${token}` },
      body,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
    expect(await response.text()).toContain('curl -T');
  }
  expect((await post(upload('x'.repeat(3_000_000)))).status).toBe(413);
});

test('who shows no token can send no more than signing in takes', async () => {
  const response = await fetch(url, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ query: '{ __typename }', extensions: { x: 'x'.repeat(100_000) } }),
  });
  expect([response.status, await response.text()]).toEqual([401, expect.stringContaining('needs a token')]);
});

test('a watcher who hangs up is not waited for', async () => {
  const submitted = (await (
    await post(JSON.stringify({ query: SUBMIT_LOG, variables: { input: { text: 'a', title: 'never done' } } }), json)
  ).json()) as {
    data: { submitLog: { log: { id: string } } };
  };
  const watching = request(url, { method: 'POST', headers: { ...json, accept: 'text/event-stream', authorization: `Bearer ${token}` } });
  watching.on('error', () => {});
  watching.end(JSON.stringify({ query: `subscription { logProgress(logId: "${submitted.data.submitLog.log.id}") { status } }` }));
  const [response] = (await once(watching, 'response')) as [IncomingMessage];
  response.on('error', () => {});
  let seen = '';
  for await (const part of response) {
    seen += String(part);
    if (seen.includes('DIGESTED')) break;
  }
  watching.destroy();
  await expect.poll(() => api.logs.ended).toBe(1);
});

test('an address is the peer’s, or what our own proxy says', () => {
  const from = (remoteAddress: string, forwarded?: string) =>
    clientAddress({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } } as unknown as IncomingMessage);
  expect(from('203.0.113.5', '198.51.100.1')).toBe('203.0.113.5');
  expect(from('127.0.0.1', '1.1.1.1, 198.51.100.1')).toBe('198.51.100.1');
  expect(from('::ffff:10.1.2.3', '2001:db8::1')).toBe('2001:db8::1');
  expect(from('10.0.0.1')).toBe('10.0.0.1');
  expect(from('10.0.0.1', 'nonsense')).toBe('10.0.0.1');
});
