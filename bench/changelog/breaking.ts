import type { Release } from './repositories.ts';
import { isMatch, type Line } from './score.ts';

const declares = /^[\w-]+(?:\([^)]*\))?!:|^\[breaking\]/i;
const footer = /^BREAKING[ -]CHANGES?\s*:/m;
const reverted = /^revert/i;

export type Breaking = {
  /** Commits that declare it, reverts and what they revert aside. */
  declared: number;
  /** Entries under a heading for breaking changes, whether or not a commit says so. */
  listed: number;
  /** Of both, those that a line marked as breaking cites. */
  marked: { declared: number; listed: number };
  /** Of both, those that any line cites. */
  told: number;
};

/** What should be shown as breaking, and how far it is. */
export const countBreaking = (lines: readonly Line[], release: Release): Breaking => {
  const takenBack = release.changes.filter(({ title }) => reverted.test(title)).map(({ title, body }) => `${title}\n${body}`);
  const declared = release.changes.filter(
    ({ title, body, sha }) =>
      (declares.test(title) || footer.test(body)) &&
      !reverted.test(title) &&
      !takenBack.some((text) => text.includes(title) || text.includes((sha ?? '').slice(0, 12))),
  );
  const listed = release.entries.filter((entry) => entry.section === 'Breaking' && entry.commits.length > 0);
  const count = (some: readonly Line[]) => ({
    declared: declared.filter(({ sha }) => some.some(({ shas }) => shas.includes(sha ?? ''))).length,
    listed: listed.filter((entry) => some.some((line) => isMatch(line, entry, release))).length,
  });
  const told = count(lines);
  return {
    declared: declared.length,
    listed: listed.length,
    marked: count(lines.filter(({ breaking }) => breaking)),
    told: told.declared + told.listed,
  };
};
