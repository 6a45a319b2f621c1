import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chown, constants, glob, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { inject } from 'vitest';
import { until } from './app.ts';
import { freePort } from './free-port.ts';
import { runProgram } from './prometheus.ts';
import { makeRoomyFolder } from './roomy-folder.ts';

export type PostgresTools = {
  /** Of PostgreSQL whose programs these are. */
  version: number;
  pgDump: string;
  pgRestore: string;
  /** A server that these programs can read: ours, or one of their own version. */
  startServer(): Promise<{ url: string; [Symbol.asyncDispose](): Promise<void> }>;
};

/** The version of the server that tests run on; programs of an older one refuse it. */
const OURS = 18;

/**
 * PostgreSQL's programs for backups: the npm package of the embedded server has none, so they are looked for on this machine. Older ones are used with
 * a server of their own version, if that is there too. Null when nothing fits.
 */
export const findPostgresTools = async (): Promise<PostgresTools | null> => {
  const debians = await Array.fromAsync(glob('/usr/lib/postgresql/*/bin'));
  for (const folder of [...debians.sort().reverse(), ...(process.env['PATH'] ?? '').split(delimiter)]) {
    const [pgDump, pgRestore] = [join(folder, 'pg_dump'), join(folder, 'pg_restore')];
    if (!(await areThere([pgDump, pgRestore]))) continue;
    const said = await runProgram(pgDump, ['--version']).catch(() => '');
    const version = Number(/\(PostgreSQL\) (\d+)/.exec(said)?.[1] ?? 0);
    if (version >= OURS)
      return { version, pgDump, pgRestore, startServer: async () => ({ url: inject('postgresUrl'), async [Symbol.asyncDispose]() {} }) };
    if (version >= 14 && (await areThere(['initdb', 'postgres'].map((name) => join(folder, name)))))
      return { version, pgDump, pgRestore, startServer: () => startServer(folder) };
  }
  return null;
};

const areThere = async (paths: string[]): Promise<boolean> => {
  const answers = await Promise.allSettled(paths.map((path) => access(path, constants.X_OK)));
  return answers.every(({ status }) => status === 'fulfilled');
};

// PostgreSQL does not run as root.
const NOBODY = 65_534;

const startServer = async (folder: string): Promise<{ url: string; [Symbol.asyncDispose](): Promise<void> }> => {
  const home = await makeRoomyFolder('aiops-postgres-');
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if ('uid' in user) await chown(home, NOBODY, NOBODY);
  const options = { cwd: home, stdio: ['ignore', 'ignore', 'pipe'] as ['ignore', 'ignore', 'pipe'], ...user };
  const made = spawn(
    join(folder, 'initdb'),
    ['--pgdata=data', '--username=aiops', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C'],
    options,
  );
  const [code] = (await once(made, 'close')) as [number];
  if (code !== 0) throw new Error(`initdb ended with ${code}`);
  const port = await freePort();
  const settings = [`port=${port}`, `unix_socket_directories=${home}`, 'fsync=off'].flatMap((setting) => ['-c', setting]);
  const server = spawn(join(folder, 'postgres'), ['-D', 'data', '-h', '127.0.0.1', ...settings], options);
  const url = `postgres://aiops@127.0.0.1:${port}/postgres`;
  let said = '';
  server.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  await until(
    () => said,
    (words) => words.includes('ready to accept connections') || server.exitCode !== null,
    'PostgreSQL',
  );
  if (server.exitCode !== null) throw new Error(said);
  return {
    url,
    async [Symbol.asyncDispose]() {
      const ended = once(server, 'exit');
      if (server.exitCode === null && server.kill('SIGINT')) await ended;
      await rm(home, { recursive: true, force: true });
    },
  };
};
