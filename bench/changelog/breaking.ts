import type { Release } from './repositories.ts';
import { isMatch, type Line } from './score.ts';

const declared = /^[\w-]+(?:\([^)]*\))?!:|^\[breaking\]/i;
const footer = /^BREAKING[ -]CHANGES?\s*:/m;
const reverted = /^revert/i;

/**
 * What should be shown as breaking: commits that declare it (reverts and what they revert aside) and entries that the maintainers put under
 * a heading for breaking changes. Recalled is what a line marked as breaking cites.
 */
export const breakingRecall = (lines: readonly Line[], release: Release): { recalled: number; all: number } => {
  const shown = lines.filter(({ breaking }) => breaking);
  const takenBack = release.changes.filter(({ title }) => reverted.test(title)).map(({ title, body }) => `${title}\n${body}`);
  const commits = release.changes.filter(
    ({ title, body, sha }) =>
      (declared.test(title) || footer.test(body)) &&
      !reverted.test(title) &&
      !takenBack.some((text) => text.includes(title) || text.includes((sha ?? '').slice(0, 12))),
  );
  const entries = release.entries.filter((entry) => entry.section === 'Breaking' && entry.commits.length > 0);
  return {
    recalled:
      commits.filter(({ sha }) => shown.some(({ shas }) => shas.includes(sha ?? ''))).length +
      entries.filter((entry) => shown.some((line) => isMatch(line, entry, release))).length,
    all: commits.length + entries.length,
  };
};
