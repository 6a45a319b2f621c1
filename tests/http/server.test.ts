import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { AppError } from '#src/core/errors.ts';
import type { Log } from '#src/core/ports.ts';
import { type HttpServer, type Route, startHttpServer } from '#src/http/server.ts';
import { until } from '#tests/support/app.ts';
import { createGate } from '#tests/support/gate.ts';

let servers: HttpServer[] = [];
const logged: { fields: Record<string, unknown>; message: string }[] = [];
const responses: [string, number][] = [];
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
  logged.length = responses.length = 0;
});

const record = (fields: Record<string, unknown>, message: string): void => void logged.push({ fields, message });
const log: Log = { info: record, warn: record, error: record, child: () => log };
const serve = async (handle: Route['handle'], { probe }: Pick<Route, 'probe'> = {}): Promise<HttpServer> => {
  const server = await startHttpServer(
    { routes: [{ path: '/here', handle, probe }], log, onResponse: (route, status) => responses.push([route, status]) },
    { host: '127.0.0.1', port: 0 },
  );
  servers.push(server);
  return server;
};

test('a database that is away is said in words and counts for try again; a browser gets a page instead of JSON', async () => {
  const away = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  const server = await serve(() => {
    throw new Error('insert into "log"', { cause: away });
  });
  const answer = await fetch(`${server.url}/here`, { method: 'PUT', body: 'a log' });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10']);
  expect(await answer.json()).toMatchObject({ error: { code: 'UNAVAILABLE', message: expect.stringMatching(/nothing was kept.*again/i) } });
  const page = await fetch(`${server.url}/<b>`, { headers: { accept: 'text/html' } });
  expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  expect(await page.text()).toContain('There is nothing at this address');
});

test('a probe is logged when all is not well, and not every second when it is; it is counted either way', async () => {
  const answers = [200, 503];
  const server = await serve((_request, response) => void response.writeHead(answers.shift() as number).end(), { probe: true });
  for (const status of [200, 503]) expect((await fetch(`${server.url}/here`)).status).toBe(status);
  await until(
    () => responses.length,
    (count) => count === 2,
  );
  expect(logged.map(({ fields }) => fields['status'])).toEqual([503]);
});

test('an expected error is its sentence and its status; an unexpected one only an id, and is logged once under it', async () => {
  const server = await serve((request) => {
    if (request.url === '/here/limit') throw new AppError('RATE_LIMITED', 'Too much at once.', { retryAfterMs: 1500 });
    throw new Error('password=hunter2 in a driver');
  });
  const limited = await fetch(`${server.url}/here/limit`);
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '2']);
  expect(await limited.json()).toMatchObject({ error: { code: 'RATE_LIMITED', message: 'Too much at once.' } });
  const broken = await fetch(`${server.url}/here`);
  const { error } = (await broken.json()) as { error: { code: string; message: string; requestId: string } };
  expect([broken.status, error.code]).toEqual([500, 'INTERNAL']);
  expect(error.message).toContain(error.requestId);
  expect(JSON.stringify(error)).not.toContain('hunter2');
  expect(logged.filter(({ message }) => message === 'request failed').map(({ fields }) => fields['requestId'])).toEqual([error.requestId]);
});

test('what breaks after a body was read is logged as well; a sender who broke off is no failure of ours', async () => {
  let begun = 0;
  const server = await serve(async (request) => {
    begun++;
    for await (const _ of request);
    throw new Error('the database is gone');
  });
  const failures = () => logged.filter(({ message }) => message === 'request failed').length;
  expect((await fetch(`${server.url}/here`, { method: 'POST', body: '{}' })).status).toBe(500);
  expect(failures()).toBe(1);
  const leaving = new AbortController();
  const broken = fetch(`${server.url}/here`, {
    method: 'PUT',
    body: new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('half')) }),
    duplex: 'half',
    signal: leaving.signal,
  } as RequestInit);
  await until(
    () => begun,
    (count) => count === 2,
  );
  leaving.abort();
  await expect(broken).rejects.toThrow();
  await until(
    () => responses.length,
    (count) => count === 2,
  );
  expect(failures()).toBe(1);
});

test('a request id that fits is kept from the edge on, another is replaced', async () => {
  const server = await serve((request, response) => void response.end(String(request.headers['x-request-id'])));
  const ask = async (id: string) => {
    const response = await fetch(`${server.url}/here`, { headers: { 'x-request-id': id } });
    return [response.headers.get('x-request-id'), await response.text()];
  };
  expect(await ask('trace-00000001')).toEqual(['trace-00000001', 'trace-00000001']);
  const [told, seen] = await ask('bad id!');
  expect(told).toMatch(/^req_/);
  expect(seen).toBe(told);
});

test('an address with nothing behind it says where things are, and metrics never see what was asked for', async () => {
  const server = await serve((_, response) => void response.end('ok'));
  const response = await fetch(`${server.url}/hereafter/../secret?token=x`);
  expect([response.status, await response.text()]).toEqual([404, expect.stringContaining('/graphql')]);
  expect(await (await fetch(`${server.url}/here/below?x=1`)).text()).toBe('ok');
  expect(responses).toEqual([
    ['none', 404],
    ['/here', 200],
  ]);
});

test('law 13: a port that is taken is a sentence with a way out', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  await expect(startHttpServer({ routes: [], log }, { host: '127.0.0.1', port })).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining(`Port ${port} is in use`),
  });
  other.close();
});

test('while it closes, what still comes in is answered, and asked to go elsewhere next; the reader of a stream without an end is asked to come again', async () => {
  const [asked, released] = [createGate(), createGate()];
  const server = await serve(async (request, response) => {
    if (request.url === '/here/stream') return void response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n');
    if (request.url === '/here/slow') {
      asked.open();
      await released.opened;
    }
    response.end('answered');
  });
  const stream = await fetch(`${server.url}/here/stream`);
  const slow = fetch(`${server.url}/here/slow`);
  await asked.opened;
  servers = [];
  const closed = server.close({ graceMs: 20_000 });
  expect(await stream.text()).toBe(': hello\n\n: this process is being stopped; subscribe again\nretry: 1000\n\n');
  const late = await fetch(`${server.url}/here`);
  expect([late.status, late.headers.get('connection')]).toEqual([200, 'close']);
  released.open();
  expect(await (await slow).text()).toBe('answered');
  await closed;
  await expect(fetch(`${server.url}/here`)).rejects.toThrow();
});

test('law 13: what has no answer when the time is over gets one that says so, a sender in the middle of an upload, too', async () => {
  const asked = createGate();
  const server = await serve(async (request) => {
    asked.open();
    for await (const _ of request);
    await new Promise(() => {});
  });
  const sending = (body: BodyInit) =>
    fetch(`${server.url}/here`, { method: 'PUT', body, duplex: 'half' } as RequestInit).then(async (answer) => [
      answer.status,
      answer.headers.get('retry-after'),
      await answer.text(),
    ]);
  const forEver = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('first line\n')) });
  const told = [sending('all of it'), sending(forEver)];
  await asked.opened;
  servers = [];
  await server.close({ graceMs: 200 });
  for (const answer of await Promise.all(told))
    expect(answer).toEqual([503, '5', expect.stringMatching(/UNAVAILABLE.*being stopped.*send it again/)]);
});

test('closing answers what is under way first', async () => {
  const [asked, released] = [createGate(), createGate()];
  const server = await serve(async (_, response) => {
    asked.open();
    await released.opened;
    response.end('late');
  });
  const answer = fetch(`${server.url}/here`).then((response) => response.text());
  await asked.opened;
  servers = [];
  const closed = server.close();
  released.open();
  expect(await answer).toBe('late');
  await closed;
});
