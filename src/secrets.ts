import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#src/core/errors.ts';
import { makeFolder } from '#src/core/make-folder.ts';

/** The secret that signs access tokens: from the settings, or one made once and kept (readable by this user only) in the data folder. */
export const loadJwtSecret = async ({ JWT_SECRET, DATA_DIR }: { JWT_SECRET?: string | undefined; DATA_DIR: string }): Promise<string> => {
  if (JWT_SECRET) return JWT_SECRET;
  const file = join(DATA_DIR, 'jwt-secret');
  await makeFolder(DATA_DIR).catch(() => {});
  // 'wx' loses the race politely when two processes start at once.
  await writeFile(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST')
      throw new AppError(
        'CONFIG',
        `A secret could not be written to ${DATA_DIR}. Set JWT_SECRET, or DATA_DIR to a folder this user may write to.`,
        { cause: error },
      );
  });
  return (await readFile(file, 'utf8')).trim();
};
