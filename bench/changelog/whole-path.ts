import { rounded } from '#bench/support/measures.ts';
import { composeChangelog, toMarkdown } from '#src/changelog/changes/index.ts';
import { readGit } from '#src/changelog/git/read-git.ts';
import { callersEnvironment } from '#src/config.ts';

/** A process of its own, so that its peak is of this alone: `node whole-path.ts FOLDER` goes from `git log` to Markdown and says what that took. */
const start = performance.now();
const changes = await readGit({ folder: process.argv[2] ?? '.', environment: callersEnvironment() });
const read = performance.now();
const changelog = composeChangelog(changes, { audience: 'engineers', leakList: [] });
const composed = performance.now();
const markdown = toMarkdown(changelog, { audience: 'engineers' });
const end = performance.now();
const { maxRSS, userCPUTime } = process.resourceUsage();
process.stdout.write(
  JSON.stringify({
    commits: changes.length,
    seconds: rounded((end - start) / 1000),
    seconds_to_read: rounded((read - start) / 1000),
    seconds_to_compose: rounded((composed - read) / 1000),
    processor_seconds: rounded(userCPUTime / 1e6),
    peak_rss_mb: rounded(maxRSS / 1024),
    entries: changelog.entries.length,
    omitted: changelog.omitted.length,
    markdown_bytes: Buffer.byteLength(markdown),
  }),
);
