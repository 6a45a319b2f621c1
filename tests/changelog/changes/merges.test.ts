import { describe, expect, it } from 'vitest';
import { type Change, composeChangelog } from '#src/changelog/changes/index.ts';
import { makeChange } from './make-change.ts';

const busy = [
  'feat: add a page for every invoice (#90)',
  'fix: crash when no invoice is there (#91)',
  'feat: search',
  'feat: import of customers',
];

/** Entries that hold what a merge brought, or the merge. */
const tell = (title: string, body: string, steps: string[], more: Partial<Change> = {}) => {
  const brought = steps.map((step) => makeChange({ title: step, paths: ['src/a.ts'] }));
  const merge = makeChange({ title, body, kind: 'merge', merged: brought.map(({ sha }) => sha ?? ''), ...more });
  const own = new Set([...brought, merge].map(({ id }) => id));
  const { entries } = composeChangelog([...brought, merge, ...busy.map((one) => makeChange({ title: one }))], {
    audience: 'engineers',
    leakList: [],
  });
  return entries
    .filter(({ changes }) => changes.some((id) => own.has(id)))
    .map(({ section, text, refs }) => `${section}: ${text} (${refs[0]})`);
};

describe('requests as hosts write them', () => {
  it.each([
    [
      'GitHub',
      'Merge pull request #37 from acme/tax',
      'Tax improvements',
      'Added: Show tax on invoices (#37)',
      ['feat: show tax on invoices', 'wip'],
    ],
    [
      'GitHub',
      'Merge pull request #21 from acme/gifts',
      'Gift cards at checkout',
      'Changed: Gift cards at checkout (#21)',
      ['table', 'button', 'fix lint'],
    ],
    ['Bitbucket', 'Merged in points (pull request #33)', 'Collect points', 'Changed: Collect points (#33)', ['first', 'second']],
    ['Azure', 'Merged PR 34: Collect points with each order', '', 'Changed: Collect points with each order (!34)', ['first', 'second']],
    [
      'GitLab',
      "Merge branch 'slow'",
      'Resolve "Login page is slow"\n\nSee merge request a/b!8',
      'Fixed: Login page is slow (!8)',
      ['cache'],
    ],
    ['GitLab', "Merge branch 'dark'", 'Resolve "Add dark mode"\n\nSee merge request a/b!9', 'Added: Add dark mode (!9)', ['first']],
    ['GitLab', "Merge branch 'x'", 'Draft: SHOP-77 Add vouchers\n\nSee merge request a/b!10', 'Added: Add vouchers (!10)', ['first']],
    ['GitHub', 'Merge pull request #50 from acme/feature/dark-mode', 'Feature/dark mode', 'Added: Dark mode (#50)', ['first', 'second']],
    ['GitHub', 'Merge pull request #51 from acme/bugfix/loop', 'Bugfix/login-loop', 'Fixed: Login loop (#51)', ['first', 'second']],
  ])('%s: %s, %s', (_, title, body, expected, steps) => {
    expect(tell(title, body, steps)).toEqual([expected]);
  });

  it('what a request called "hotfix" mends is read below its title', () => {
    expect(tell('Merge pull request #38 from acme/hotfix', 'hotfix\n\nCards were refused at night.', ['wip'], { labels: ['bug'] })).toEqual(
      ['Fixed: Cards were refused at night (#38)'],
    );
  });

  it('a branch says what a request does whose title is only a file’s', () => {
    expect(tell('Merge pull request #59 from acme/wrong-sum-on-empty-cart', 'Update cart.ts', ['Update cart.ts'])).toEqual([
      'Fixed: Wrong sum on empty cart (#59)',
    ]);
  });

  it.each([
    ['Merge pull request #60 from acme/tests', 'More tests for the cart', ['cover carts']],
    ['Merge pull request #61 from acme/clean', 'Refactor the cart', ['move code']],
    ['Merge pull request #62 from acme/deps', 'Update dependencies', ['bump a', 'bump b']],
    ['Merge pull request #63 from acme/docs', 'Docs/how to start', ['write']],
  ])('work on the work is no news because it came as a request: %s, %s', (title, body, steps) => {
    expect(tell(title, body, steps)).toEqual([]);
  });

  it('a slash between two words is no branch', () => {
    const titles = ['feat: input/output of files', 'Fix input/output errors'];
    const { entries } = composeChangelog(
      titles.map((title) => makeChange({ title })),
      { audience: 'engineers', leakList: [] },
    );
    expect(entries.map(({ text }) => text).toSorted()).toEqual(['Fix input/output errors', 'input/output of files']);
  });
});
