import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '#src/core/errors.ts';

type UserIds = { uid: number; gid: number };
type Command = { file: string; args: string[]; ids: Partial<UserIds> };

/** `user`: whose PostgreSQL's files are to be, where we are root. `command`: how one of its programs is started. */
export type RunAs = { user?: UserIds; command(program: string, args: readonly string[]): Command };

/**
 * PostgreSQL refuses to run as root, as it should; in a container root is often all there is. Then it runs as somebody else, and where both its
 * programs and its data lie in a folder that is shut to others (root's own home), with the right to pass there. Throws AppError CONFIG that says
 * what to do where none of this can be had. Knows modes, not access lists.
 */
export const runAs = async (cluster: string, program: string): Promise<RunAs> => {
  const user = await unprivilegedUser(cluster);
  if (!user) return { command: (file, args) => ({ file, args: [...args], ids: {} }) };
  const [shut] = (await Promise.all([program, cluster].map((path) => closedFolder(path, user)))).filter((folder) => folder !== undefined);
  if (shut === undefined) return { user, command: (file, args) => ({ file, args: [...args], ids: user }) };
  for (const right of RIGHTS) {
    const asUser = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', ...rightFlags(right), '--'];
    const works = await promisify(execFile)('setpriv', [...asUser, 'true']).then(
      () => true,
      () => false,
    );
    if (works) return { user, command: (file, args) => ({ file: 'setpriv', args: [...asUser, file, ...args], ids: {} }) };
  }
  throw new AppError(
    'CONFIG',
    `PostgreSQL does not run as root but as user ${user.uid}, who may not enter ${shut}, where its programs or its data are. Move them to where everybody may enter (/opt, say; for the data set DATA_DIR), start as another user, or set DATABASE_URL.`,
  );
};

/** To read and enter any folder; a container is most often given the second only. */
const RIGHTS = ['dac_read_search', 'dac_override'];
// Without the bit PostgreSQL's own look at its programs, access(2), would be made without the right.
const rightFlags = (right: string): string[] => [
  '--securebits=+no_setuid_fixup',
  `--inh-caps=-all,+${right}`,
  `--ambient-caps=-all,+${right}`,
  `--bounding-set=-all,+${right}`,
];

const unprivilegedUser = async (cluster: string): Promise<UserIds | undefined> => {
  if (process.getuid?.() !== 0) return undefined;
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

/** The outermost folder above `path` that this user may not enter; undefined when the way is open. */
const closedFolder = async (path: string, user: UserIds): Promise<string | undefined> => {
  const above = dirname(path);
  if (above === path) return undefined;
  return (await closedFolder(above, user)) ?? ((await mayEnter(above, user)) ? undefined : above);
};

const mayEnter = async (folder: string, { uid, gid }: UserIds): Promise<boolean> => {
  const { mode, uid: owner, gid: group } = await stat(folder);
  const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
  return (mode & bit) !== 0;
};
