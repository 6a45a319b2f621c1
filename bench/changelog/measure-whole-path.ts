import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { generateRepository } from './generate-repository.ts';

/** From `git log` of a generated repository to Keep a Changelog Markdown; making the repository is not measured. */
export const measureWholePath = async (commits: number): Promise<Record<string, unknown>> => {
  const folder = await mkdtemp(join(tmpdir(), 'changelog-'));
  try {
    await generateRepository(folder, commits);
    const program = join(import.meta.dirname, 'whole-path.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [...(await memoryFlags()), program, folder]);
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** What `npm run changes` gives Node, so that what is measured is what people start. */
const memoryFlags = async (): Promise<string[]> => {
  const { scripts } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
  return scripts.changes.match(/--max-[\w-]+=\d+/g) ?? [];
};
