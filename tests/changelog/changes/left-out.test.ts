import { describe, expect, it } from 'vitest';
import { isCollected, writeHeadline } from '#src/changelog/changes/index.ts';
import { compose, reasons } from './compose.ts';
import { makeChange } from './make-change.ts';

describe('what is left out, and why', () => {
  it('says why housekeeping is left out', () => {
    const changes = {
      ci: makeChange({ title: 'ci: run on Node 26' }),
      tests: makeChange({ title: 'test: cover totals', paths: ['tests/totals.test.ts'] }),
      docs: makeChange({ title: 'docs: mend a link', paths: ['docs/index.md'] }),
      dependency: makeChange({ title: 'Bump left-pad from 1.0.0 to 1.1.0' }),
      release: makeChange({ title: 'chore: release 1.2.0' }),
      merge: makeChange({ title: "Merge branch 'main' into totals", kind: 'merge' }),
      feature: makeChange({ title: 'feat: add totals to the invoice page' }),
    };
    const found = reasons(Object.values(changes));
    expect(Object.fromEntries(Object.entries(changes).map(([name, { id }]) => [name, found[id] ?? 'entry']))).toEqual({
      ci: 'ci',
      tests: 'tests',
      docs: 'docs',
      dependency: 'dependency',
      release: 'release',
      merge: 'merge',
      feature: 'entry',
    });
  });

  it.each([
    [
      'options, defaults and what goes away',
      [
        'Add exports (#1)',
        'Speed up exports',
        'Remove old exports',
        'Deprecate exports v1',
        'Security: escape html in names',
        'Update the default timeout to 30 s',
        'Rename --out to --output',
        'Allow spaces in names',
        'Support Node 24',
        'Drop Node 18',
      ],
      'major',
    ],
    ['one word each', ['Fix security hole: tokens are logged (#1)', 'feat: a (#2)', 'feat: b (#3)', 'fix: c (#4)'], 'minor'],
    [
      'words of housekeeping',
      ['feat: comments on tickets', 'feat: add workspaces', 'fix: tests runner hangs for users', 'feat(api): add CSV export (#12)'],
      'minor',
    ],
  ])('what readers have to know is told whatever stands beside it: %s', (_, titles, bump) => {
    const busy = [
      'feat: add a page for every invoice that was paid (#90)',
      'fix: crash when the list of drafts is empty (#91)',
      'ci: run on Node 26',
      'wip',
      'Use the other parser',
    ];
    const logged = [1, 2].map((i) => makeChange({ title: `feat: add thing ${i} to the shop`, paths: ['CHANGELOG.md', `src/${i}.ts`] }));
    for (const more of [[], [...busy.map((title) => makeChange({ title })), ...logged]]) {
      const changes = titles.map((title, i) => makeChange({ title, paths: [`src/${i}.ts`, `src/more/${i}.ts`] }));
      const { entries, omitted, semver } = compose([...changes, ...more]);
      expect(omitted.filter(({ change }) => changes.some(({ id }) => id === change))).toEqual([]);
      expect(entries.filter((entry) => entry.changes.length > 1)).toEqual([]);
      expect(semver.bump).toBe(bump);
    }
  });

  it('what says only by its place or its first words that it is housekeeping is left out as that, and what weighs little as that', () => {
    const changes = {
      ci: makeChange({ title: 'fix(ci): cache of the build' }),
      tests: makeChange({ title: 'fix: flaky tests of the cart' }),
      trivial: makeChange({ title: 'wip' }),
      'less-notable': makeChange({ title: 'Split the parser in two' }),
      told: makeChange({ title: 'feat: add totals to the invoice page (#3)' }),
    };
    const found = reasons(Object.values(changes));
    for (const [reason, { id }] of Object.entries(changes)) expect(found[id] ?? 'told').toBe(reason);
    expect(writeHeadline(compose(Object.values(changes)), 'engineers')).toBe('1 addition');
  });

  it('many small fixes are told together, by their numbers, and asked of no engine; what is about data stands alone', () => {
    const small = Array.from({ length: 14 }, (_, i) => makeChange({ title: `fix: c${i} (#${i + 1})`, filesChanged: 1 }));
    const large = Array.from({ length: 60 }, (_, i) =>
      makeChange({ title: `Fix crash when page ${i} of the list is empty (#${i + 100})`, body: `Fixes #${i + 200}. It panics.` }),
    );
    const severe = makeChange({ title: 'fix: data loss (#99)', filesChanged: 1 });
    const { entries, omitted, semver } = compose([...small, ...large, severe]);
    expect(omitted).toEqual([]);
    const together = entries.filter(isCollected);
    expect(together).toMatchObject([{ section: 'Fixed', text: '14 smaller fixes', changes: { length: 14 } }]);
    expect(together[0]?.refs).toEqual(small.map((_, i) => `#${i + 1}`));
    expect(entries.at(-1)).toBe(together[0]);
    expect(entries.find(({ refs }) => refs.includes('#99'))?.changes).toEqual([severe.id]);
    expect(semver).toEqual({ bump: 'patch', reason: '75 changes, none of them new, removed or breaking' });
  });

  it('a title that a host makes of a file is no news, unless the text below it says some', () => {
    const titles = [
      'Update cart.ts',
      'Create voucher.ts',
      'Delete old.css',
      'Rename a.ts to b.ts',
      'Add files via upload',
      'Set theme jekyll-theme-slate',
    ];
    const made = titles.map((title) => makeChange({ title }));
    const told = makeChange({ title: 'Update pay.ts', body: 'Card numbers with spaces are accepted' });
    const { entries, omitted } = compose([...made, told]);
    expect(entries).toMatchObject([{ text: 'Card numbers with spaces are accepted', changes: [told.id] }]);
    expect(omitted.map(({ reason }) => reason)).toEqual(made.map(() => 'trivial'));
  });

  it.each([
    "Rename 'Projects' to 'Spaces'",
    'Make invoices downloadable',
    'Temporarily disable coupon codes',
    'Wrong VAT for Swiss customers',
    'New pricing page',
  ])('what readers meet is told in a busy week, too: %s', (title) => {
    const quiet = makeChange({ title });
    const busy = Array.from({ length: 20 }, (_, i) => makeChange({ title: `feat: add report ${i} to the shop`, filesChanged: 12 }));
    expect(compose([quiet, ...busy]).entries.some(({ changes }) => changes.includes(quiet.id))).toBe(true);
  });

  it('mended spelling is work on the work in other languages, too', () => {
    const typo = makeChange({ title: 'Tippfehler behoben' });
    expect(compose([typo]).entries).toEqual([]);
  });
});
