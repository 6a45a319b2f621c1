import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, startApp } from '#tests/support/app.ts';

let app: App;
beforeAll(async () => {
  app = await startApp({}, { wanted: ['api'] });
});
afterAll(() => app[Symbol.asyncDispose]());

const send = (path: string, init: RequestInit = {}) =>
  fetch(`${app.url}${path}`, { method: 'PUT', body: 'a line', headers: { authorization: `Bearer ${app.token}` }, ...init });
const titleOf = async (response: Response): Promise<string> => ((await response.json()) as { title: string }).title;

test('the title is the last part of the path, or ?title=, or says that it was uploaded', async () => {
  expect(await titleOf(await send('/logs/app%20one.log'))).toBe('app one.log');
  expect(await titleOf(await send('/logs?title=Friday&source=db-1'))).toBe('Friday');
  expect(await titleOf(await send('/logs/%E0%A4%A'))).toBe('%E0%A4%A');
  expect(await titleOf(await send('/logs'))).toBe('Uploaded log');
});

test('without a token, with a wrong one, and without the scope, the answer says what to do', async () => {
  for (const [authorization, status, sentence] of [
    [undefined, 401, /Sign in first/],
    ['Bearer aiops_pat_wrong', 401, /token/],
    ['nonsense', 401, /could not be read/],
  ] as const) {
    const response = await send('/logs', { headers: authorization ? { authorization } : {} });
    expect(response.status).toBe(status);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(JSON.stringify(await response.json())).toMatch(sentence);
  }
  const { createToken } = await app.gql<{ createToken: { secret: string } }>(
    'mutation { createToken(input: { name: "reader", scopes: [LOGS_READ] }) { secret } }',
  );
  const response = await send('/logs', { headers: { authorization: `Bearer ${createToken.secret}` } });
  expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('LOGS_WRITE')]);
});

test('reading there is answered with where to read', async () => {
  const response = await fetch(`${app.url}/logs`);
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'PUT, POST']);
  expect(await response.text()).toContain('/graphql');
});

test('a repeat with the same Idempotency-Key stores nothing new; a key too long to keep is refused, not passed over', async () => {
  const repeat = (key: string) => send('/logs', { headers: { authorization: `Bearer ${app.token}`, 'idempotency-key': key } });
  expect(await (await repeat('build-7')).json()).toMatchObject({ replayed: false });
  expect(await (await repeat('build-7')).json()).toMatchObject({ replayed: true });
  const refused = await repeat('x'.repeat(201));
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('Idempotency-Key is too long')]);
});
