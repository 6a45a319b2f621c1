import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '#src/core/errors.ts';

export type UserIds = { uid: number; gid: number };

/**
 * PostgreSQL runs as somebody else when we are root, whose own home is shut to others: both its programs and its data may lie there.
 * Throws AppError CONFIG that names the folder in the way. Knows modes, not access lists.
 */
export const requireWay = async (user: UserIds, paths: string[]): Promise<void> => {
  for (const path of paths) {
    const closed = await closedFolder(path, user);
    if (closed)
      throw new AppError(
        'CONFIG',
        `PostgreSQL does not run as root but as user ${user.uid}, who may not enter ${closed}, where ${path} is. Move that to where everybody may enter (/opt, say; for the data set DATA_DIR), start as another user, or set DATABASE_URL.`,
      );
  }
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
