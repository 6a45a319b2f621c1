import { randomBytes } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addJob } from '#db/queue.ts';
import { createBlobs } from '#src/blobs/create-blobs.ts';
import { createS3Blobs } from '#src/blobs/s3.ts';
import { parseConfig } from '#src/config.ts';
import type { BlobStore } from '#src/core/ports.ts';
import { createSweepBlobs } from '#src/logs/forget/sweep-blobs.ts';
import { type App, startApp, until } from '#tests/support/app.ts';
import { type S3StandIn, startS3 } from '#tests/support/s3.ts';
import { countRows, submit } from '#tests/support/submit.ts';

/** Every driver keeps the same promises, by itself and under the product. */
describe.each(['postgres', 's3'] as const)('the text of logs in %s', (kind) => {
  let s3: S3StandIn;
  let app: App;
  let blobs: BlobStore & { close(): void };
  let ahead = 0;
  beforeAll(async () => {
    s3 = await startS3();
    const settings = kind === 's3' ? s3.settings : {};
    blobs = await createBlobs(parseConfig(settings));
    const clock = { now: () => new Date(Date.now() + ahead) };
    app = await startApp({ ...settings, MAX_LOG_BYTES: '2500000', LOG_TEXT_DAYS: '30', LOG_DAYS: '90' }, { clock });
  });
  afterAll(async () => {
    blobs.close();
    await app[Symbol.asyncDispose]();
    await s3[Symbol.asyncDispose]();
  });
  const outside = async (): Promise<string[]> => (await s3.keys()).filter((key) => key.startsWith('logs/'));
  const run = async (name: string): Promise<void> => {
    await addJob(app.database.orm.em.fork(), { name, payload: {} });
    await until(
      () => app.database.orm.em.fork().getConnection().execute(`select 1 from graphile_worker.jobs where task_identifier = '${name}'`),
      (jobs) => jobs.length === 0,
      `the end of ${name}`,
    );
  };

  test.each([0, 1, 9_000, 1_40_000])('%d bytes that were kept are read as they were', async (size) => {
    const bytes = randomBytes(size);
    const stored = await blobs.put(`contract/size-${size}`, bytes);
    expect((await blobs.get(stored)).equals(bytes)).toBe(true);
    expect(stored.data.length === size || (stored.data.length === 0 && stored.blobKey !== null)).toBe(true);
  });

  test('what is deleted is listed no longer, and deleting what is not there is fine', async () => {
    const [mine, other] = [`contract/a-${kind}`, `contract/b-${kind}`];
    const stored = [await blobs.put(mine, randomBytes(20_000)), await blobs.put(other, randomBytes(20_000))];
    await blobs.delete([mine, 'contract/nowhere']);
    const { blobs: left, next } = await blobs.list('contract/a');
    expect(left.map(({ key }) => key).filter((key) => key.endsWith(`-${kind}`))).toEqual(stored[1]?.blobKey ? [other] : []);
    expect(next).toBeNull();
    await expect(blobs.check()).resolves.toBeUndefined();
  });

  test('a log of several chunks is digested, and any of its lines is read from the one chunk that has it', async () => {
    const { id } = await put(app, manyLines(24_000));
    expect(await app.settled(id)).toMatchObject({ status: 'SUCCEEDED', digest: { ledger: { lines: 24_000 } } });
    expect(await countRows(app, 'log_chunk')).toBeGreaterThan(1);
    s3.reads.length = 0;
    expect(await readLine(app, id, 23_999)).toMatch(/^line 23999 /);
    expect(s3.reads.length).toBe(kind === 's3' ? 1 : 0);
    expect((await outside()).length > 0).toBe(kind === 's3');
  });

  test('a short log is one row, wherever long ones lie', async () => {
    const before = await outside();
    const { log } = await submit(app, { text: 'ERROR one line\n' });
    await app.settled(String(log?.id));
    expect(await readLine(app, String(log?.id))).toBe('ERROR one line');
    expect(await outside()).toEqual(before);
  });

  test('what is given up half-way leaves no row, and what it left in the store is swept', async () => {
    const before = [await countRows(app, 'log'), await countRows(app, 'log_chunk')];
    const known = await outside();
    const { status } = await put(app, manyLines(40_000));
    expect(status).toBe(413);
    expect([await countRows(app, 'log'), await countRows(app, 'log_chunk')]).toEqual(before);
    ahead = 3 * DAY;
    await run('sweep-blobs');
    ahead = 0;
    expect(await outside()).toEqual(known);
  });

  test('an admin deletes a log: its text, what was found in it and what spoke of it are gone', async () => {
    const known = await outside();
    const { id } = await put(app, manyLines(16_000));
    const whole = async () => [await countRows(app, 'log'), await countRows(app, 'log_chunk'), await countRows(app, 'delivery')];
    await app.settled(id);
    const [logs = 0] = await whole();
    const remove = async () =>
      (
        await app.gql<{ deleteLog: object }>('mutation ($id: ID!) { deleteLog(input: { id: $id }) { deletedId userErrors { code } } }', {
          id,
        })
      ).deleteLog;
    expect(await remove()).toEqual({ deletedId: id, userErrors: [] });
    expect(await whole()).toMatchObject([logs - 1, expect.any(Number), expect.any(Number)]);
    expect(await outside()).toEqual(known);
    expect(await app.gql('query ($id: ID!) { log(id: $id) { id } logSummary(logId: $id) { status } }', { id })).toEqual({
      log: null,
      logSummary: null,
    });
    expect(await remove()).toEqual({ deletedId: null, userErrors: [{ code: 'NOT_FOUND' }] });
  });

  test('after LOG_TEXT_DAYS the text is gone, what was found in it stays, and whoever asks is told', async () => {
    const { id } = await put(app, manyLines(16_000));
    await app.settled(id);
    ahead = 31 * DAY;
    await run('forget-logs');
    ahead = 0;
    expect(await countRows(app, 'log_chunk')).toBe(0);
    expect(await outside()).toEqual([]);
    const { log } = await app.gql<{ log: { textDeletedAt: string; summary: { headline: string } } }>(
      'query ($id: ID!) { log(id: $id) { textDeletedAt summary { headline } } }',
      { id },
    );
    expect(log).toMatchObject({ textDeletedAt: expect.any(String), summary: { headline: expect.any(String) } });
    await expect(readLine(app, id)).rejects.toThrow('was forgotten on');
    const { askLog } = await app.gql<{ askLog: { userErrors: { message: string }[] } }>(
      'mutation ($id: ID!) { askLog(input: { logId: $id, question: "why" }) { userErrors { message } } }',
      { id },
    );
    expect(askLog.userErrors[0]?.message).toContain('was forgotten on');
  });

  test('after LOG_DAYS the log is gone with all that spoke of it', async () => {
    await app.settled((await put(app, manyLines(16_000))).id);
    ahead = 91 * DAY;
    await run('forget-logs');
    ahead = 0;
    for (const table of ['log', 'log_chunk', 'delivery'] as const) expect(await countRows(app, table)).toBe(0);
    expect(await outside()).toEqual([]);
  });
});

describe('a bucket', () => {
  let s3: S3StandIn;
  let app: App;
  beforeAll(async () => {
    s3 = await startS3();
    app = await startApp(s3.settings);
  });
  afterAll(async () => {
    await app[Symbol.asyncDispose]();
    await s3[Symbol.asyncDispose]();
  });

  test('that does not answer is a sentence to whoever sends a log, nothing is kept, and a log that came before is read once it answers', async () => {
    const { id } = await put(app, manyLines(16_000));
    await app.settled(id);
    s3.fail();
    const refused = await put(app, manyLines(16_000));
    expect(refused).toMatchObject({ status: 503, error: { code: 'STORE_UNAVAILABLE', message: expect.stringContaining('out of reach') } });
    expect(await countRows(app, 'log')).toBe(1);
    await expect(readLine(app, id)).rejects.toThrow('out of reach');
    s3.mend();
    expect(await readLine(app, id)).toMatch(/^line 1 /);
  });

  test('that is full of what no row speaks of is another’s, and is left alone', async () => {
    await Promise.all(Array.from({ length: 30 }, (_, number) => s3.put(`logs/ws_other/log_${number}/try_x/0`)));
    const before = await s3.keys();
    const blobs = await createBlobs(parseConfig(s3.settings));
    const said: string[] = [];
    const note = (_fields: object, message: string) => void said.push(message);
    const log = { info: note, warn: note, error: note, child: () => log };
    const clock = { now: () => new Date(Date.now() + 3 * DAY) };
    const context = {
      attempt: 1,
      requestId: 'req_1',
      lane: undefined,
      signal: new AbortController().signal,
      log,
      later: async () => {},
      beat() {},
    };
    await createSweepBlobs({ orm: app.database.orm, clock, blobs }).run({}, context);
    blobs.close();
    expect(await s3.keys()).toEqual(before);
    expect(said.join()).toContain('another installation');
  });
});

const DAY = 24 * 60 * 60_000;

// Compresses badly, so that packed chunks are large.
const noise = randomBytes(48_000).toString('hex');
const manyLines = (count: number): Buffer<ArrayBuffer> =>
  Buffer.from(
    Array.from(
      { length: count },
      (_, at) => `line ${at + 1} INFO request ${noise.slice((at * 7) % 90_000, ((at * 7) % 90_000) + 40)} done\n`,
    ).join(''),
  );

const put = async (
  app: App,
  body: Buffer<ArrayBuffer>,
): Promise<{ status: number; id: string; error?: { code: string; message: string } }> => {
  const response = await fetch(`${app.url}/logs/app.log`, { method: 'PUT', headers: { authorization: `Bearer ${app.token}` }, body });
  return { status: response.status, ...((await response.json()) as { id: string }) };
};

const LINES = 'query ($id: ID!, $n: Int!) { logLines(logId: $id, from: $n, to: $n) { text } }';
const readLine = async (app: App, id: string, n = 1): Promise<string | undefined> =>
  (await app.gql<{ logLines: { text: string }[] }>(LINES, { id, n })).logLines[0]?.text;

test.each([
  { what: 'takes the question and says nothing', begin() {} },
  {
    what: 'stops in the middle of its answer',
    begin: (response: ServerResponse) => void response.writeHead(200, { 'content-length': '1000' }).write('half of it'),
  },
])('a bucket that $what holds nobody up for ever', async ({ begin }) => {
  await using stack = new AsyncDisposableStack();
  const server = createServer((request, response) => {
    request.resume();
    begin(response);
  }).listen(0, '127.0.0.1');
  stack.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  await until(() => server.listening, Boolean);
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const hung = createS3Blobs({ bucket: 'logs', region: 'us-east-1', endpoint, credentials, silentMs: 200 });
  stack.defer(() => hung.close());
  const outOfReach = { code: 'STORE_UNAVAILABLE', message: expect.stringContaining('it does not answer') };
  await expect(hung.get({ data: Buffer.alloc(0), blobKey: 'logs/a' })).rejects.toMatchObject(outOfReach);
});
