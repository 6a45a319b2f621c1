import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, startApp, until } from '#tests/support/app.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { countRows, submit } from '#tests/support/submit.ts';

let app: App;
beforeAll(async () => {
  app = await startApp({ MAX_LOG_BYTES: '20000000', MAX_GRAPHQL_LOG_BYTES: '2000000', MAX_UNPACK_RATIO: '100', UPLOAD_IDLE_SECONDS: '1' });
});
afterAll(() => app[Symbol.asyncDispose]());

type Body = string | Uint8Array | AsyncIterable<Uint8Array>;
const put = async (body: Body, path = '/logs/app.log', headers: Record<string, string> = {}) => {
  const response = await fetch(`${app.url}${path}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${app.token}`, ...headers },
    body,
    duplex: 'half',
  } as unknown as RequestInit);
  return {
    status: response.status,
    ...((await response.json()) as { id: string; lines: number; replayed: boolean; error?: { code: string; message: string } }),
  };
};
const lines = async (id: string, from: number, to: number) =>
  (
    await app.gql<{ logLines: { number: number; text: string; truncated: boolean }[] }>(
      'query ($id: ID!, $from: Int!, $to: Int!) { logLines(logId: $id, from: $from, to: $to) { number text truncated } }',
      { id, from, to },
    )
  ).logLines;
const kept = async () => [await countRows(app, 'log'), await countRows(app, 'log_chunk')];

test('curl -T sends a file that logSummary then tells about', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aiops-curl-'));
  const file = join(folder, 'api gateway.log');
  await writeFile(file, sampleLog({ quiet: 30_000 }));
  try {
    const answer = await curl(['-T', file, '-H', `Authorization: Bearer ${app.token}`, `${app.url}/logs/`]);
    const { id, lines: count, next } = JSON.parse(answer) as { id: string; lines: number; next: string };
    expect(count).toBe(30_041);
    expect(next).toContain(`logSummary(logId: "${id}")`);
    expect(await app.settled(id)).toMatchObject({ status: 'SUCCEEDED', headline: expect.any(String) });
    const { log } = await app.gql<{ log: { title: string; entry: string } }>('query ($id: ID!) { log(id: $id) { title entry } }', { id });
    expect(log).toEqual({ title: 'api gateway.log', entry: 'STREAM' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('while the disk of the database is full, whoever sends a log is told so by every way in, and nothing is kept', async () => {
  const execute = (statement: string) => app.database.orm.em.fork().getConnection().execute(statement);
  await execute(`create function full_disk() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file "base/5/16589": No space left on device' using errcode = 'disk_full'; end $$;
    create trigger full_disk before insert on log for each row execute function full_disk()`);
  const before = await kept();
  const says = 'The disk of the database is full, so nothing was kept.';
  expect(await put(sampleLog())).toMatchObject({ status: 503, error: { code: 'UNAVAILABLE', message: expect.stringContaining(says) } });
  await expect(submit(app, { text: sampleLog() })).rejects.toThrow(says);
  expect(await kept()).toEqual(before);
  await execute('drop function full_disk() cascade');
  expect(await put(sampleLog())).toMatchObject({ status: 'QUEUED' });
});

const curl = async (flags: string[]): Promise<string> => (await promisify(execFile)('curl', ['-sS', ...flags])).stdout;

test('law 7: the ledger of the first beat adds up to the lines that were sent, whatever they are', async () => {
  const odd = [
    sampleLog(),
    '\n\n   \n',
    'no level, no time\n',
    '\ttab\r\n',
    `${'z'.repeat(200_000)}\n`,
    '2026-11-20T12:00:00Z ERROR x\n  at a (b.js:1)\n',
    'the last line has no end',
  ].join('');
  const { id, lines: count } = await put(odd.repeat(20));
  const { digest } = await app.settled(id);
  const { lines: all = 0, inPatterns = 0, inOther = 0, inRemainder = 0, blank = 0 } = digest?.ledger ?? {};
  expect(all).toBe(odd.repeat(20).split('\n').length);
  expect(all).toBe(count);
  expect(inPatterns + inOther + inRemainder + blank).toBe(all);
});

test.each([
  ['UTF-8 with a BOM', Buffer.from('\ufeffgrüße 🎈 ERROR\n')],
  ['UTF-16, little end first', Buffer.from('\ufeffgrüße 🎈 ERROR\n', 'utf16le')],
  ['UTF-16, big end first', Buffer.from('\ufeffgrüße 🎈 ERROR\n', 'utf16le').swap16()],
  ['gzip', gzipSync('grüße 🎈 ERROR\n')],
  ['zstd', zstdCompressSync('grüße 🎈 ERROR\n')],
])('a log in %s reads as what it says', async (_, bytes) => {
  const { id } = await put(bytes);
  expect((await lines(id, 1, 5)).map(({ text }) => text)).toEqual(['grüße 🎈 ERROR']);
});

test('Latin-1 lines among UTF-8 lines keep their letters', async () => {
  const { id } = await put(Buffer.concat([Buffer.from('grüße\n'), Buffer.from('grüße\n', 'latin1')]));
  expect((await lines(id, 1, 2)).map(({ text }) => text)).toEqual(['grüße', 'grüße']);
});

test('emojis and rare letters, wherever something is cut, cost nothing: the log has its summary', async () => {
  const line = (text: string) => `2026-01-01 12:00:00 ERROR ${text}\n`;
  const { id } = await put(line(`xxx${'😀'.repeat(120)}`) + line(`${'超'.repeat(101)}${'😀'.repeat(40)}`));
  expect((await app.settled(id)).status).toBe('SUCCEEDED');
});

test('lines are found in a log of several chunks, also after a line of a megabyte and a half', async () => {
  const filler = Array.from({ length: 20_000 }, (_, index) => `line ${index + 1} ${'.'.repeat(60)}`);
  const { id, lines: count } = await put(`${[...filler, 'y'.repeat(1_500_000), 'after the long one', ...filler, 'the end'].join('\n')}\n`);
  expect(count).toBe(40_003);
  expect(await countRows(app, 'log_chunk')).toBeGreaterThan(4);
  expect((await lines(id, 14_000, 14_001)).map(({ text }) => text.slice(0, 10))).toEqual(['line 14000', 'line 14001']);
  const around = await lines(id, 20_000, 20_003);
  expect(around.map(({ number, text, truncated }) => [number, text.slice(0, 18), text.length > 9_999, truncated])).toEqual([
    [20_000, 'line 20000 .......', false, false],
    [20_001, 'yyyyyyyyyyyyyyyyyy', true, true],
    [20_002, 'after the long one', false, false],
    [20_003, 'line 1 ...........', false, false],
  ]);
  expect((await lines(id, 40_003, 41_000)).map(({ text }) => text)).toEqual(['the end']);
  expect(await lines(id, 40_004, 40_005)).toEqual([]);
});

test('law 13: a log over the limit is refused in words, declared or streamed, and nothing is kept', async () => {
  const before = await kept();
  const line = Buffer.from(`${'x'.repeat(999)}\n`);
  async function* endless() {
    for (let sent = 0; sent < 25_000; sent++) yield line;
  }
  for (const body of [Buffer.alloc(21_000_000, line), endless()]) {
    const { status, error } = await put(body);
    expect([status, error?.code]).toEqual([413, 'TOO_LARGE']);
    expect(error?.message).toMatch(/Nothing was kept/);
  }
  expect(await kept()).toEqual(before);
});

test('law 13: through GraphQL the limit is smaller, and the sentence names the way for larger ones', async () => {
  const before = await kept();
  const { log, userErrors } = await submit(app, { text: 'a line of a log\n'.repeat(130_000) });
  expect(log).toBeNull();
  expect(userErrors).toMatchObject([{ code: 'TOO_LARGE', message: expect.stringContaining('curl -T') }]);
  expect(await kept()).toEqual(before);
});

test.each([
  ['an archive bomb', gzipSync(Buffer.alloc(19_000_000, 'bomb\n')), 413, /archive bomb/],
  ['an archive within an archive', gzipSync(gzipSync(sampleLog())), 400, /packed twice: .* Unpack it once/],
  ['an archive cut off', gzipSync(sampleLog({ quiet: 3000 })).subarray(0, 5000), 400, /damaged or cut off/],
  [
    'a picture',
    Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(100)]),
    400,
    /is a PNG image, not a log/,
  ],
  ['binary data', Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 7) % 32)), 400, /binary data/],
  ['nothing', '', 400, /is empty/],
])('law 13: %s is refused in words and nothing is kept', async (_, bytes, status, sentence) => {
  const before = await kept();
  const answer = await put(bytes);
  expect(answer.status).toBe(status);
  expect(answer.error?.message).toMatch(sentence);
  expect(await kept()).toEqual(before);
});

test('an upload that is cut off half-way leaves nothing', async () => {
  const before = await kept();
  const socket = openUpload(30_000_00);
  socket.write('x'.repeat(79).concat('\n').repeat(30_000));
  await until(
    () =>
      app.database.orm.em
        .fork()
        .getConnection()
        .execute(
          "select 1 from pg_stat_activity where state = 'idle in transaction' and query ilike '%log_chunk%' or query ilike '%insert into \"log\"%'",
        ),
    (rows) => rows.length > 0,
  );
  socket.destroy();
  await until(
    () =>
      app.database.orm.em
        .fork()
        .getConnection()
        .execute("select 1 from pg_stat_activity where state = 'idle in transaction' and datname = current_database()"),
    (rows) => rows.length === 0,
  );
  expect(await kept()).toEqual(before);
});

test('law 13: an upload that falls silent is given up, and nothing is kept', async () => {
  const before = await kept();
  const socket = openUpload(100_000);
  socket.write('half of it');
  const said = Buffer.concat(await Array.fromAsync(socket as AsyncIterable<Buffer>)).toString();
  expect(said).toMatch(/^HTTP\/1\.1 400[\s\S]*Nothing arrived for 1 s, so the upload was given up/);
  expect(await kept()).toEqual(before);
});

test('law 13: a sender who looks up only after sending on for a while still reads why it was refused', async () => {
  const socket = openUpload(50_000_000).pause();
  const broken: Error[] = [];
  socket.on('error', (error) => broken.push(error));
  // Far less than is sent before a sender who is refused is given up, and far more than fits the buffers in between.
  for (let sent = 0; sent < 100 && broken.length === 0; sent++)
    await new Promise((written) => socket.write('x'.repeat(99_999).concat('\n'), written));
  const said = Buffer.concat(await Array.fromAsync(socket as AsyncIterable<Buffer>)).toString();
  expect(broken).toEqual([]);
  expect(said).toMatch(/^HTTP\/1\.1 413[\s\S]*connection: close[\s\S]*This log has 47.7 MB; at most 19.1 MB are taken/i);
});

const openUpload = (length: number) => {
  const socket = connect(Number(new URL(app.url).port), '127.0.0.1').on('error', () => {});
  socket.write(`PUT /logs/cut.log HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${app.token}\r\nContent-Length: ${length}\r\n\r\n`);
  return socket;
};

test('the same Idempotency-Key is one log, and the second upload says so', async () => {
  const key = { 'idempotency-key': 'nightly-2026-11-20' };
  const [first, second] = [await put(sampleLog(), '/logs', key), await put(sampleLog(), '/logs', key)];
  expect([first.replayed, second.replayed]).toEqual([false, true]);
  expect(second.id).toBe(first.id);
});
