import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#src/core/errors.ts';
import { makeFolder } from '#src/core/make-folder.ts';
import type { Log } from '#src/core/ports.ts';
import { joinFolder, lockFolder, type Membership } from './folder-users.ts';
import { type Kept, keepRunning } from './keep-running.ts';
import { livingSince } from './living-since.ts';
import { exists, makeCluster, type Place, reason } from './new-cluster.ts';
import { type Binaries, findBinaries } from './postgres-package.ts';
import { ROLE } from './ready-made.ts';
import { type RunAs, runAs } from './run-as.ts';

export type EmbeddedPostgres = {
  url: string;
  /** True when another process of ours had started this database already. */
  shared: boolean;
  /** Resolves, with what to say, when it died under its server and could not be started again. */
  lost: Promise<AppError>;
  /** Whoever is the last to use the folder stops the database. */
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  /** As a command that ends by itself: any number of these use a folder, beside one server. */
  share?: boolean | undefined;
  /** Gives up, and leaves nothing running that nobody uses. */
  signal?: AbortSignal | undefined;
  /** A server hears here that PostgreSQL died and was started again. */
  log?: Log | undefined;
  /** Where it listens when it is not running yet; any free port when not said. */
  port?: number | undefined;
  /** Called when a program of PostgreSQL's runs that takes a while: there is time for something else. */
  onBusy?: (() => void) | undefined;
  /** A cluster that a new folder gets a copy of; null for none. The one made at installation when not said. */
  readyMade?: string | null | undefined;
};

type Server = { pid: number; port: number; ready: boolean };

// After a power cut PostgreSQL first reads its journal again, which nobody should cut short.
const START_TIMEOUT_MS = 60_000;
const STOP_PATIENCE_MS = 10_000;

/**
 * A real PostgreSQL from an npm package, kept in `dataDir`. One that runs there is used; the last of its users stops it, whoever started it,
 * also when that one ends by process.exit(). A second server in one folder (without `share`) is AppError CONFLICT.
 * PostgreSQL is a process group of its own, so Ctrl-C reaches us first and we stop it last.
 */
export const startEmbeddedPostgres = async (
  dataDir: string,
  { share, signal, log, port: wanted, onBusy, readyMade }: EmbeddedOptions = {},
): Promise<EmbeddedPostgres> => {
  signal?.throwIfAborted();
  const home = resolve(dataDir);
  const place: Place = { home, cluster: join(home, 'postgres'), readyMade, signal, onBusy, children: new Set() };
  const user = await enter(home);
  const leaveAtOnce = (): void => endAtOnce(place, user);
  process.on('exit', leaveAtOnce);
  let kept: Kept | undefined;
  const leave = async (): Promise<void> => {
    user.leave();
    if (user.others().length === 0) await stopServer(place.cluster);
    process.off('exit', leaveAtOnce);
  };
  using lock = await lockFolder(home, { signal }).catch((error: unknown) => {
    leaveAtOnce();
    process.off('exit', leaveAtOnce);
    throw error;
  });
  try {
    if (!lock)
      throw new AppError(
        'CONFLICT',
        `The data folder ${home} is being opened or closed by another process, and that takes long. Try again.`,
      );
    const others = user.others();
    const server = share ? undefined : others.find(({ kind }) => kind === 'server');
    if (server)
      throw new AppError(
        'CONFLICT',
        `The data folder ${home} is in use by process ${server.pid}. Stop that one first, or set DATA_DIR to another folder.`,
      );
    if (!share) user.serve();
    // Nobody uses what a crashed process of ours left behind, and only its own shutdown leaves the files clean.
    if (others.length === 0) await stopServer(place.cluster);
    const { port, shared } = await useOrStart(place, wanted);
    if (!share && log)
      kept = keepRunning({ log, isRunning: () => findRunning(place.cluster) !== null, startAgain: () => startAgain(place, port) });
    return {
      url: await databaseUrl(home, port),
      shared,
      lost: kept?.lost ?? new Promise(() => {}),
      async stop() {
        kept?.stop();
        using _alone = await lockFolder(home, { patienceMs: STOP_PATIENCE_MS });
        await leave();
      },
    };
  } catch (error) {
    await leave();
    throw error;
  }
};

const enter = async (home: string): Promise<Membership> => {
  try {
    await makeFolder(home, 0o755);
    return joinFolder(home);
  } catch (cause) {
    throw new AppError(
      'CONFIG',
      `The data folder ${home} could not be made or written to; set DATA_DIR to a folder this user may write to.`,
      { cause },
    );
  }
};

// For a process that ends here and now: nothing can be awaited, but PostgreSQL ends by itself once it is told.
const endAtOnce = ({ cluster, children }: Place, user: Membership): void => {
  user.leave();
  for (const child of children) child.kill('SIGINT');
  if (user.others().length > 0) return;
  const running = findRunning(cluster);
  if (running) shutDown(running);
};

const useOrStart = async (place: Place, wanted?: number): Promise<{ port: number; shared: boolean }> => {
  const { cluster } = place;
  const running = findRunning(cluster);
  // One that whoever started it took down again ends before it is ready.
  const ready = running && (await becomesReady(place, running.pid, () => livingSince(running.pid) === null));
  if (ready) return { port: running.port, shared: true };
  const binaries = await findBinaries();
  const as = await runAs(cluster, binaries.postgres);
  await makeCluster(binaries, place, as);
  return { port: await start(binaries, place, as, wanted ?? (await freePort())), shared: false };
};

/** Where everybody who uses it looks for it. */
const startAgain = async (place: Place, port: number): Promise<void> => {
  using _alone = await lockFolder(place.home, { patienceMs: STOP_PATIENCE_MS });
  // An empty one in place of what vanished would look as if all were well.
  if (!(await exists(join(place.cluster, 'PG_VERSION')))) throw new AppError('CONFIG', `${place.cluster} is gone.`);
  const { port: found } = await useOrStart(place, port);
  if (found !== port) throw new AppError('CONFLICT', `Another process started this PostgreSQL at port ${found}.`);
};

const start = async ({ postgres }: Binaries, place: Place, { command }: RunAs, port: number): Promise<number> => {
  const { cluster, children } = place;
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '128MB',
    log_min_messages: 'fatal',
    logging_collector: 'off',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { file, args, ids } = command(postgres, ['-D', cluster, '-p', String(port), ...flags]);
  const server = spawn(file, args, {
    ...ids,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  server.stderr.on('data', (bytes: Buffer) => {
    complaint = (complaint + bytes.toString()).slice(-2000);
  });
  let gone = false;
  const ended = once(server, 'exit')
    .catch((error: unknown) => {
      complaint += String(error);
    })
    .then(() => {
      gone = true;
    });
  server.unref();
  // It may outlive us, and what it complains of then is nobody's: that must not keep us.
  (server.stderr as Socket).unref();
  children.add(server);
  place.onBusy?.();
  try {
    if (!(await becomesReady(place, server.pid, () => gone)))
      throw new AppError(
        'CONFIG',
        `The embedded PostgreSQL did not start: ${reason(complaint)} Set DATABASE_URL to use a PostgreSQL of your own.`,
      );
  } catch (error) {
    server.ref();
    server.kill('SIGINT');
    await ended;
    throw error;
  } finally {
    children.delete(server);
  }
  return port;
};

// PostgreSQL writes 'ready' as the last line of its pid file once it takes connections; an older file may still lie there before.
const becomesReady = async ({ cluster, signal }: Place, pid: number | undefined, isGone: () => boolean): Promise<boolean> => {
  for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline; await sleep(10)) {
    signal?.throwIfAborted();
    if (isGone()) return false;
    const server = readPidFile(cluster);
    if (server?.ready && server.pid === pid) return true;
  }
  throw new AppError(
    'CONFIG',
    `The embedded PostgreSQL was not ready within ${START_TIMEOUT_MS / 1000} s. Start again, or set DATABASE_URL to use a PostgreSQL of your own.`,
  );
};

// A pid file outlives a machine's restart, and its number may be somebody else's by now.
const findRunning = (cluster: string): Server | null => {
  const server = readPidFile(cluster);
  return server && livingSince(server.pid) !== null && isPostgres(server.pid) ? server : null;
};

const readPidFile = (cluster: string): Server | null => {
  try {
    const [pid, , , port, , , , status] = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return pid && port ? { pid: Number(pid), port: Number(port), ready: status?.trim() === 'ready' } : null;
  } catch {
    return null;
  }
};

const isPostgres = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return true;
  }
};

// SIGINT is PostgreSQL's fast shutdown: it ends sessions and writes everything down.
const shutDown = ({ pid }: Server): void => {
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // It has just ended by itself.
  }
};

const stopServer = async (cluster: string): Promise<void> => {
  const server = findRunning(cluster);
  if (!server) return;
  shutDown(server);
  for (const deadline = Date.now() + START_TIMEOUT_MS; livingSince(server.pid) !== null && Date.now() < deadline; ) await sleep(20);
};

const databaseUrl = async (home: string, port: number): Promise<string> => {
  const password = (await readFile(join(home, 'postgres-password'), 'utf8')).trim();
  return `postgres://${ROLE}:${password}@127.0.0.1:${port}/postgres`;
};

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
};
