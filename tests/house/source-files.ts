import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

export type SourceFile = { path: string; source: string };

/** Every .ts and .tsx file of the project that people write, by its path from the root. */
export const readSourceFiles = async (): Promise<SourceFile[]> => {
  const exclude = (path: string): boolean => /(^|\/)(node_modules|generated|dist|\.[^/]+)$/.test(path);
  const paths = (await Array.fromAsync(glob('**/*.{ts,tsx}', { cwd: root, exclude }))).sort();
  return paths.map((path) => ({ path, source: readFileSync(resolve(root, path), 'utf8') }));
};
