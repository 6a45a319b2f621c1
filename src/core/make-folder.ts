import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes a folder and those above it. Node's own way never ends below a parent that says it is not there and may not be made (/proc/x). */
export const makeFolder = async (folder: string, mode?: number): Promise<void> => {
  if (await makeOne(folder, mode)) return;
  await makeFolder(dirname(folder), mode);
  if (!(await makeOne(folder, mode))) throw Object.assign(new Error(`${folder} cannot be made`), { code: 'ENOENT' });
};

/** False when there is nothing above it to make it in. */
const makeOne = async (folder: string, mode: number | undefined): Promise<boolean> => {
  try {
    await mkdir(folder, mode === undefined ? {} : { mode });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return true;
    if (code === 'ENOENT' && dirname(folder) !== folder) return false;
    throw error;
  }
};
