import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

test('a title or source that is no line of text is refused in the same words by the API and by curl, and nothing is kept; a file name is mended', async () => {
  const mutation = 'mutation ($input: SubmitLogInput!) { submitLog(input: $input) { log { id } userErrors { code message field } } }';
  const count = async () => (await app.gql<{ logs: { edges: unknown[] } }>('{ logs(first: 100) { edges { cursor } } }')).logs.edges.length;
  const before = await count();
  for (const [field, value] of [
    ['title', 'a\u0000b'],
    ['title', 'two\nlines'],
    ['title', 'x'.repeat(301)],
    ['source', 'db\u001b[31m'],
  ] as const) {
    const { submitLog } = await app.gql<{ submitLog: { userErrors: { code: string; message: string; field: string }[] } }>(mutation, {
      input: { text: 'a line', [field]: value },
    });
    const response = await send(`/logs?${new URLSearchParams({ [field]: value })}`);
    expect(response.status).toBe(400);
    const [refused] = submitLog.userErrors;
    expect(refused).toMatchObject({ code: 'BAD_INPUT', field, message: expect.stringContaining(field) });
    expect(await response.json()).toMatchObject({ error: { message: refused?.message } });
  }
  expect(await count()).toBe(before);
  expect(await titleOf(await send('/logs/app%0A%00one.log'))).toBe('app one.log');
  expect(await titleOf(await send('/logs/?title=%20'))).toBe('Uploaded log');
});

test('secrets in a title, a source and a file name are masked before they are kept, and no sign turns them round', async () => {
  const key = `gh${'p_'}${'aB3dE6gH9j'.repeat(4)}`;
  const response = await send(`/logs?${new URLSearchParams({ title: 'dump of postgres://svc:titlepw@db/x', source: `ci ${key}` })}`);
  const { id } = (await response.json()) as { id: string };
  await app.gql('mutation ($input: SubmitLogInput!) { submitLog(input: $input) { log { id } } }', {
    input: { text: 'a line', title: `of ${key}` },
  });
  expect(await titleOf(await send(`/logs/${encodeURIComponent('password=titlepw, \u202efile.log')}`))).not.toMatch(/titlepw|\u202e/);
  const kept = await app.gql('{ logs(first: 100) { edges { node { title source } } } }');
  expect(JSON.stringify(kept)).not.toMatch(/titlepw|aB3dE6gH9j/);
  const { log } = await app.gql<{ log: unknown }>('query ($id: ID!) { log(id: $id) { title source } }', { id });
  expect(log).toEqual({ title: 'dump of postgres://svc:[masked: password]@db/x', source: 'ci [masked: github token]' });
});

test('lines are shown in the order of their letters, whatever signs of direction are among them', async () => {
  const { id } = (await (await send('/logs', { body: 'sent \u202egpj.exe\u202c to \u2067bob\u2069' })).json()) as { id: string };
  const { logLines } = await app.gql<{ logLines: unknown[] }>('query ($id: ID!) { logLines(logId: $id, from: 1, to: 1) { text } }', { id });
  expect(logLines).toEqual([{ text: 'sent �gpj.exe� to �bob�' }]);
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

describe('the lines evidence links to', () => {
  const asked = async (path: string, headers: Record<string, string> = {}): Promise<{ response: Response; text: string }> => {
    const response = await fetch(`${app.url}${path}`, { headers: { authorization: `Bearer ${app.token}`, ...headers } });
    return { response, text: await response.text() };
  };
  let id = '';
  beforeAll(async () => {
    const body = Array.from({ length: 300 }, (_, at) =>
      at === 149 ? '<script>alert(1)</script> & ERROR boom' : `line of record ${at + 1}`,
    ).join('\n');
    id = ((await (await send('/logs/deploy.log', { body })).json()) as { id: string }).id;
  });

  test('are shown with a few around them, numbered, to whoever may read the log', async () => {
    const { response, text } = await asked(`/logs/${id}?lines=148-151`);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(text.split('\n').slice(0, 8)).toEqual([
      '143- line of record 143',
      '144- line of record 144',
      '145- line of record 145',
      '146- line of record 146',
      '147- line of record 147',
      '148: line of record 148',
      '149: line of record 149',
      '150: <script>alert(1)</script> & ERROR boom',
    ]);
    expect(text.trimEnd().split('\n').at(-1)).toBe('156- line of record 156');
  });

  test('come as a page for a browser, in which nothing of the log can act', async () => {
    const { response, text } = await asked(`/logs/${id}?lines=150`, { accept: 'text/html,*/*' });
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(text).toContain(
      '<tr class="asked" id="L150"><td>150</td><td>&#60;script&#62;alert(1)&#60;/script&#62; &#38; ERROR boom</td></tr>',
    );
    expect(text).not.toContain('<script');
  });

  test('ask a browser without a token to sign in, by a page that runs its own script and no other', async () => {
    const door = await fetch(`${app.url}/logs/${id}?lines=1`, { headers: { accept: 'text/html' } });
    expect([door.status, door.headers.get('www-authenticate'), door.headers.get('cache-control')]).toEqual([401, null, 'no-store']);
    const policy = door.headers.get('content-security-policy') ?? '';
    const lines = await asked(`/logs/${id}?lines=1`, { accept: 'text/html' });
    // What is fetched is shown in its place, so its style must be allowed here.
    expect(policy).toContain(/style-src ('sha256-[^']+')/.exec(lines.response.headers.get('content-security-policy') ?? '')?.[1]);
    expect(policy).toMatch(/script-src 'sha256-[^']+'$/);
    expect(await door.text()).not.toContain('line of record');
  });

  test('take the token as the password of HTTP Basic, and never from the address', async () => {
    const basic = `Basic ${Buffer.from(`anybody:${app.token}`).toString('base64')}`;
    expect((await asked(`/logs/${id}?lines=1`, { authorization: basic })).response.status).toBe(200);
    const without = await fetch(`${app.url}/logs/${id}?lines=1&token=${app.token}`);
    expect([without.status, await without.text()]).toEqual([401, expect.not.stringContaining('line of record')]);
  });

  test('of a log that is not there, or by a token that may not read, are refused in words', async () => {
    expect((await asked('/logs/log_none?lines=1')).response.status).toBe(404);
    expect((await asked('/logs')).text).toContain('lines=120-140');
    expect((await asked(`/logs/${id}?lines=9-3`)).text).toContain('?lines=120-140');
    const { createToken } = await app.gql<{ createToken: { secret: string } }>(
      'mutation { createToken(input: { name: "writer", scopes: [LOGS_WRITE] }) { secret } }',
    );
    const { response, text } = await asked(`/logs/${id}?lines=1`, { authorization: `Bearer ${createToken.secret}` });
    expect([response.status, text]).toEqual([403, expect.stringContaining('LOGS_READ')]);
  });

  test('and no other method reads or writes there', async () => {
    const { status, headers } = await fetch(`${app.url}/logs/${id}`, { method: 'DELETE' });
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD, PUT, POST']);
  });
});

test('a form is refused in words: its boundaries are no lines of a log', async () => {
  const body = new FormData();
  body.append('f', new Blob(['ERROR boom']), 'app.log');
  const refused = await send('/logs/', { method: 'POST', body });
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('curl -T FILE')]);
});

test('a repeat with the same Idempotency-Key stores nothing new; a key too long to keep is refused, not passed over', async () => {
  const repeat = (key: string) => send('/logs', { headers: { authorization: `Bearer ${app.token}`, 'idempotency-key': key } });
  expect(await (await repeat('build-7')).json()).toMatchObject({ replayed: false });
  expect(await (await repeat('build-7')).json()).toMatchObject({ replayed: true });
  const refused = await repeat('x'.repeat(201));
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('Idempotency-Key is too long')]);
});
