import { chmod, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startEmbeddedPostgres } from '#db/embedded.ts';
import { keepRunning } from '#db/keep-running.ts';
import type { Log } from '#src/core/ports.ts';
import { until } from '#tests/support/app.ts';
import { makeRoomyFolder } from '#tests/support/roomy-folder.ts';
import { hasPostgres, type Running, startProcess } from '#tests/support/start-process.ts';

let home: string;
const started: Running[] = [];
beforeAll(async () => {
  home = await newFolder();
});
afterEach(async () => {
  for (const { child } of started) child.kill('SIGINT');
  await Promise.all(started.map(({ ended }) => ended));
  started.length = 0;
  await until(
    () => hasPostgres(home),
    (runs) => !runs,
  );
});
afterAll(() => rm(home, { recursive: true, force: true }));

const newFolder = async (): Promise<string> => {
  const folder = await makeRoomyFolder('aiops-embedded-');
  await chmod(folder, 0o755);
  return folder;
};

const use = (kind: 'server' | 'guest', folder = home, ...more: 'initdb'[]): Running => {
  const user = startProcess('tests/db/embedded-user.ts', [folder, kind, ...more], {});
  started.push(user);
  return user;
};
const urlOf = async (user: Running): Promise<string> => {
  await until(
    () => user.out() + user.err(),
    (said) => said.includes('\n'),
  );
  return user.out().trim();
};
const stop = async (user: Running): Promise<void> => {
  user.child.kill('SIGTERM');
  expect(await user.ended).toBe(0);
};
const answers = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query('select 1 as one');
  await client.end();
  return rows[0].one === 1;
};

test('processes that start together in an empty folder share one PostgreSQL; whoever started it may go, the last one stops it', async () => {
  const users = [use('guest'), use('guest'), use('server')];
  const urls = await Promise.all(users.map(urlOf));
  expect(new Set(urls).size).toBe(1);
  for (const [gone, user] of users.entries()) {
    expect(await answers(urls[0] as string)).toBe(true);
    await stop(user);
    expect(await hasPostgres(home)).toBe(gone < 2);
  }
  expect(await readdir(join(home, 'users'))).toEqual([]);
});

test('one that ends at once leaves PostgreSQL to the others, and ends it when it is the last', async () => {
  const first = use('guest');
  await urlOf(first);
  const second = use('guest');
  const url = await urlOf(second);
  first.child.kill('SIGINT');
  expect(await first.ended).toBe(130);
  expect(await answers(url)).toBe(true);
  second.child.kill('SIGINT');
  expect(await second.ended).toBe(130);
  await until(
    () => hasPostgres(home),
    (runs) => !runs,
    'the end of PostgreSQL',
  );
});

test('one that was killed is not counted: the living go on, the last of them stops PostgreSQL', async () => {
  const first = use('server');
  await urlOf(first);
  const second = use('guest');
  const url = await urlOf(second);
  first.child.kill('SIGKILL');
  await first.ended;
  const third = use('server');
  expect(await urlOf(third)).toBe(url);
  await stop(second);
  expect(await answers(url)).toBe(true);
  await stop(third);
  expect(await hasPostgres(home)).toBe(false);
});

test('what nobody alive uses is ended and begun anew', async () => {
  const first = use('server');
  const url = await urlOf(first);
  first.child.kill('SIGKILL');
  await first.ended;
  expect(await hasPostgres(home)).toBe(true);
  const second = use('guest');
  expect(await urlOf(second)).not.toBe(url);
  await stop(second);
  expect(await hasPostgres(home)).toBe(false);
});

test('one that dies under its server is started again at the same address, or the server hears that it cannot be', async () => {
  const said: string[] = [];
  const record = (_: object, text: string): void => void said.push(text);
  const log: Log = { info: record, warn: record, error: record, child: () => log };
  const postgres = await startEmbeddedPostgres(home, { log });
  const [pid] = (await readFile(join(home, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
  process.kill(Number(pid), 'SIGKILL');
  await until(
    () => said.length,
    (lines) => lines === 2,
    'PostgreSQL to be back',
  );
  expect(said[0]).toContain('ended without being asked to');
  expect(await answers(postgres.url)).toBe(true);
  await postgres.stop();
  expect(await hasPostgres(home)).toBe(false);

  const dead = keepRunning({ isRunning: () => false, startAgain: () => Promise.reject(new Error('no memory')), log, lookMs: 1 });
  expect((await dead.lost).message).toContain('could not be started again');
});

test('a folder that can never be made is a sentence, and no end of trying', async () => {
  await expect(startEmbeddedPostgres('/proc/nobody/here')).rejects.toMatchObject({
    code: 'CONFIG',
    message: expect.stringContaining('DATA_DIR'),
  });
});

describe.runIf(process.getuid?.() === 0)('as root, in a folder that is shut to the user PostgreSQL runs as', () => {
  let shut: string;
  beforeAll(async () => {
    shut = await newFolder();
    await chmod(shut, 0o700);
  });
  afterAll(() => rm(shut, { recursive: true }));

  test('it is let pass, and owns its data', async () => {
    const user = use('server', join(shut, 'data'));
    expect(await answers(await urlOf(user))).toBe(true);
    expect((await stat(join(shut, 'data/postgres/PG_VERSION'))).uid).not.toBe(0);
    await stop(user);
  });

  test('where nothing can let it pass that folder is named, with what to do', async () => {
    const user = startProcess('tests/db/embedded-user.ts', [join(shut, 'other'), 'server'], { PATH: '/nowhere' });
    expect(await user.ended).toBe(1);
    expect(user.err()).toMatch(/may not enter \/\S+, .* set DATA_DIR/);
  });
});

test('a second server is refused in a sentence, and one that starts beside a guest shares its PostgreSQL', async () => {
  const guest = use('guest');
  const server = use('server');
  expect(await urlOf(server)).toBe(await urlOf(guest));
  const second = use('server');
  expect(await second.ended).toBe(1);
  expect(second.err()).toBe(
    `The data folder ${home} is in use by process ${server.child.pid}. Stop that one first, or set DATA_DIR to another folder.\n`,
  );
  await stop(guest);
  expect(await answers(await urlOf(server))).toBe(true);
});

test('of two servers that start together one is refused and one runs', async () => {
  const servers = [use('server'), use('server')];
  await Promise.all(servers.map(urlOf));
  const [running, ...more] = servers.filter(({ out }) => out() !== '');
  expect(more).toEqual([]);
  expect(servers.find((server) => server !== running)?.err()).toContain(`is in use by process ${running?.child.pid}.`);
});

test.for([
  ['copied', undefined],
  ['made', null],
] as const)(
  'a start that is called off, or killed in the middle, leaves nothing running and nothing half done: cluster %s',
  async ([, readyMade]) => {
    await using opened = new AsyncDisposableStack();
    const folder = await newFolder();
    opened.defer(() => rm(folder, { recursive: true, force: true }));
    const isMaking = async () => (await readdir(folder)).some((name) => name.startsWith('postgres-new-'));

    const calledOff = new AbortController();
    const starting = startEmbeddedPostgres(folder, { readyMade, signal: calledOff.signal });
    await until(isMaking, Boolean);
    calledOff.abort();
    await expect(starting).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readdir(folder)).toEqual(['postgres-password', 'users']);

    const killed = use('server', folder, ...(readyMade === null ? (['initdb'] as const) : []));
    await until(isMaking, Boolean);
    killed.child.kill('SIGKILL');
    await killed.ended;

    const database = await startEmbeddedPostgres(folder, { readyMade });
    expect(await answers(database.url)).toBe(true);
    await database.stop();
    expect(await hasPostgres(folder)).toBe(false);
  },
);
