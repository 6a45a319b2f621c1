import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rounded } from '#bench/support/measures.ts';
import { composeChangelog, toMarkdown } from '#src/changelog/changes/index.ts';
import { readGit } from '#src/changelog/read-git.ts';
import { callersEnvironment } from '#src/config.ts';
import { generateRepository } from './generate-repository.ts';

/** From `git log` of a generated repository to Keep a Changelog Markdown; making the repository is not measured. */
export const measureWholePath = async (commits: number): Promise<Record<string, unknown>> => {
  const folder = await mkdtemp(join(tmpdir(), 'changelog-'));
  try {
    await generateRepository(folder, commits);
    const start = performance.now();
    const changes = await readGit({ folder, environment: callersEnvironment() });
    const read = performance.now();
    const changelog = composeChangelog(changes, { audience: 'engineers', leakList: [] });
    const composed = performance.now();
    const markdown = toMarkdown(changelog, { audience: 'engineers' });
    const end = performance.now();
    return {
      commits: changes.length,
      seconds: rounded((end - start) / 1000),
      seconds_to_read: rounded((read - start) / 1000),
      seconds_to_compose: rounded((composed - read) / 1000),
      peak_rss_mb: rounded(process.resourceUsage().maxRSS / 1024),
      entries: changelog.entries.length,
      omitted: changelog.omitted.length,
      markdown_bytes: Buffer.byteLength(markdown),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
