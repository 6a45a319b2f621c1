import { describe, expect, it } from 'vitest';
import {
  type Change,
  checkConservation,
  checkWording,
  composeChangelog,
  createLeakGuard,
  isCollected,
  nextVersion,
  writeHeadline,
} from '#src/changelog/changes/index.ts';
import { processorMs } from '#tests/support/processor-time.ts';
import { makeChange } from './make-change.ts';

const compose = (changes: Change[], leakList: string[] = [], audience: 'engineers' | 'customers' | 'company' = 'engineers') =>
  composeChangelog(changes, { audience, leakList });
const reasons = (changes: Change[]) => Object.fromEntries(compose(changes).omitted.map(({ change, reason }) => [change, reason]));

describe('composing a changelog', () => {
  it('a request told by a webhook, its merge and its commits is one entry', () => {
    const commit = makeChange({ title: 'show totals' });
    const merge = makeChange({
      title: 'Merge pull request #7 from ana/totals',
      body: 'Add totals to the invoice page',
      kind: 'merge',
      merged: [commit.sha ?? ''],
    });
    const hook = makeChange({
      title: 'Add totals to the invoice page',
      kind: 'merge',
      source: 'github',
      refs: ['#7'],
      sha: merge.sha,
      body: 'Closes T-42',
    });
    const { entries, omitted } = compose([commit, merge, hook]);
    expect(omitted).toEqual([]);
    expect(entries).toMatchObject([{ section: 'Added', text: 'Add totals to the invoice page', refs: ['#7', 'T-42'], tickets: ['T-42'] }]);
    expect(entries[0]?.changes.toSorted()).toEqual([commit.id, merge.id, hook.id].toSorted());
  });

  it('a cherry-pick is its original', () => {
    const original = makeChange({ title: 'fix: keep drafts' });
    const copy = makeChange({ title: 'fix: keep drafts (1.x)', body: `(cherry picked from commit ${original.sha})` });
    expect(compose([original, copy]).entries).toHaveLength(1);
  });

  it('a merge that brought several requests takes none of them', () => {
    const one = makeChange({ title: 'feat: add night mode (#1)' });
    const other = makeChange({ title: 'fix: keep drafts on reload (#2)' });
    const merge = makeChange({ title: 'Merge pull request #3 from acme/develop', kind: 'merge', merged: [one.sha ?? '', other.sha ?? ''] });
    const { entries } = compose([one, other, merge]);
    expect(entries.flatMap(({ changes }) => changes).filter((id) => id === one.id || id === other.id)).toHaveLength(2);
    expect(entries.some(({ changes }) => changes.includes(one.id) && changes.includes(other.id))).toBe(false);
  });

  it.each([
    [
      'a request of a quarter',
      'Merge pull request #41 from acme/q3',
      'Q3 work',
      ['feat: add Apple Pay', 'feat: add SSO', 'fix: crash on empty cart', 'feat: add dark mode'],
      [],
    ],
    ['a branch', "Merge branch 'dev2'", '', ['feat: add Google Pay', 'feat!: drop v1 API', 'fix: login loop'], []],
    [
      'a release',
      'Merge pull request #50 from acme/release',
      'Release 2.0',
      ['feat: add Apple Pay', 'feat!: end sessions after 15 minutes', 'fix: data loss on save'],
      [],
    ],
    [
      'a branch without types',
      "Merge branch 'work-2'",
      '',
      ['Add CSV export to the invoice page', 'Keep drafts when the browser is closed', 'Show totals in the mobile view'],
      ['fix lint'],
    ],
    [
      'a request with words of its own',
      'Merge pull request #8 from acme/pay',
      'feat(pay): add Apple Pay',
      ['fix: data loss on save'],
      ['feat(pay): add the button', 'fixup! feat(pay): add the button', 'fix: Apple Pay on old phones', 'test: cover it', 'wip'],
    ],
  ])('%s swallows no change of its own', (_, title, body, apart, steps) => {
    const brought = [...apart, ...steps].map((one, i) => makeChange({ title: one, paths: [`src/${i}.ts`] }));
    const merge = makeChange({ title, body, kind: 'merge', merged: brought.map(({ sha }) => sha ?? '') });
    const { entries, omitted } = compose([...brought, merge]);
    for (const change of brought.slice(0, apart.length))
      expect(entries.filter(({ changes }) => changes.includes(change.id) && changes.length > 1)).toEqual([]);
    const own = entries.filter(({ changes }) => changes.includes(merge.id));
    if (title.includes('pay')) expect(own).toMatchObject([{ text: 'pay: Add Apple Pay', changes: { length: 6 } }]);
    else expect(omitted).toContainEqual({ change: merge.id, reason: body.startsWith('Release') ? 'release' : 'merge', of: null });
  });

  it('a merge that only names a branch, of what came before, is no entry', () => {
    const changes = ["Merge branch 'work-4a'", 'Invoices are sent as PDF'].map((title) => makeChange({ title }));
    expect(compose(changes)).toMatchObject({ entries: [{ text: 'Invoices are sent as PDF' }], omitted: [{ reason: 'merge' }] });
  });

  it('two requests that each hold "Fix lint errors" stay two, and an entry that does not tell of what goes with it never ships', () => {
    const branches = ['feat: add Apple Pay', 'feat: add SSO'].map((title, i) => {
      const steps = [makeChange({ title }), makeChange({ title: 'Fix lint errors' })];
      const merge = { title: `Merge pull request #${i + 1} from a/b`, body: title, kind: 'merge' as const };
      return [...steps, makeChange({ ...merge, merged: steps.map(({ sha }) => sha ?? '') })];
    });
    const changelog = compose(branches.flat());
    expect(changelog.entries.map(({ text }) => text).toSorted()).toEqual(['Add Apple Pay', 'Add SSO']);
    const [one, other] = changelog.entries;
    const swallowed = { ...changelog, entries: [{ ...one, changes: [...(one?.changes ?? []), ...(other?.changes ?? [])] }] };
    expect(() => checkConservation(branches.flat(), swallowed as typeof changelog)).toThrow(/does not tell of/);
  });

  it('what is taken back is gone with what takes it back', () => {
    const feature = makeChange({ title: 'feat: add night mode (#1)' });
    const revert = makeChange({ title: 'Revert "feat: add night mode (#1)" (#2)', body: `This reverts commit ${feature.sha}.` });
    expect(reasons([feature, revert])).toEqual({ [feature.id]: 'reverted', [revert.id]: 'revert' });
  });

  it('what lands again after it was taken back is told', () => {
    const first = makeChange({ title: 'feat!: new login page (#10)' });
    const revert = makeChange({ title: 'Revert "feat!: new login page (#10)" (#11)', body: `This reverts commit ${first.sha}.` });
    const again = makeChange({ title: 'feat!: new login page (#12)' });
    const { entries, omitted } = compose([first, revert, again]);
    expect(entries).toMatchObject([{ changes: [again.id], breaking: true }]);
    expect(omitted.map(({ reason }) => reason)).toEqual(['reverted', 'revert']);
  });

  it.each([
    ['the button of GitHub', 'feat: add night mode (#1)', 'Reverts acme/shop#1'],
    ['GitLab', 'feat: add night mode', 'This reverts merge request !1'],
    ['its title alone', 'feat: add night mode (#1)', ''],
  ])('%s takes back all tellings of a request', (_, title, body) => {
    const commit = makeChange({ title });
    const refs = [body.includes('!') ? '!1' : '#1'];
    const hook = makeChange({ title: 'feat: add night mode', kind: 'merge', source: 'github', refs, sha: commit.sha });
    const revert = makeChange({ title: 'Revert "feat: add night mode" (#2)', body });
    expect(compose([commit, hook, revert]).entries).toEqual([]);
  });

  it('two changes that end in the number of one issue stay two, and a flag that was switched on, off and on is told three times', () => {
    const numbered = [makeChange({ title: 'Add dark mode toggle (#7)' }), makeChange({ title: 'Fix crash on empty cart (#7)' })];
    expect(new Set(compose(numbered).entries.map(({ key }) => key)).size).toBe(2);
    const flags = ['on', 'off', 'on'].map((state) => makeChange({ title: `Flag checkout is ${state}`, kind: 'flag', source: 'slack' }));
    expect(compose(flags).entries).toHaveLength(3);
  });

  it('a ticket and the change that closes it are one', () => {
    const ticket = makeChange({ title: 'Login crashes', kind: 'ticket', source: 'ticket', system: 'tickets', refs: ['T-42'] });
    const fix = makeChange({ title: 'fix: login crashes on an empty password', body: 'Fixes T-42' });
    expect(compose([ticket, fix]).entries).toMatchObject([{ tickets: ['T-42'], section: 'Fixed' }]);
    expect(compose([ticket, fix], [], 'customers').entries).toMatchObject([{ changes: [fix.id] }]);
  });

  it('tickets that no change closes are told one by one, and many of them together', () => {
    const tickets = Array.from({ length: 12 }, (_, i) =>
      makeChange({ title: `Printer ${i} is out of paper`, kind: 'ticket', source: 'ticket', system: 'tickets', refs: [`T-${i}`] }),
    );
    expect(compose(tickets.slice(0, 3), [], 'company').entries).toHaveLength(3);
    const { entries } = compose(tickets, [], 'company');
    expect(entries).toMatchObject([{ text: 'Resolve 12 tickets', section: 'Operations' }]);
    expect(entries[0]?.tickets).toHaveLength(12);
  });

  it('taking back the taking back leaves the change', () => {
    const feature = makeChange({ title: 'feat: add night mode (#1)' });
    const revert = makeChange({ title: 'Revert "feat: add night mode (#1)" (#2)', body: `This reverts commit ${feature.sha}.` });
    const again = makeChange({ title: 'Reapply "feat: add night mode (#1)" (#3)', body: `This reverts commit ${revert.sha}.` });
    const { entries, omitted } = compose([feature, revert, again]);
    expect(entries.map(({ changes }) => changes)).toEqual([[feature.id]]);
    expect(omitted.map(({ change }) => change)).toEqual([revert.id, again.id]);
  });

  it.each(['Reapply "feat: add night mode (#1)" (#3)', 'Reland: feat: add night mode (#3)', '[reland] feat: add night mode (#3)'])(
    'what lands again is what it is: %s',
    (title) => {
      expect(compose([makeChange({ title })]).entries).toMatchObject([{ section: 'Added', text: 'Add night mode' }]);
    },
  );

  it('what a title closes, and the line it is ported to, are no words of its entry; a raise that names an advisory is about security', () => {
    const titles = [
      'fix: login on Safari, closes T-7 (#97)',
      'Fix overflow in cart (#50) [2.x]',
      'Upgrade OpenSSL to 3.0.8 to fix CVE-2023-0286',
    ];
    const { entries } = compose(titles.map((title) => makeChange({ title })));
    expect(entries.map(({ section, text }) => `${section}: ${text}`).sort()).toEqual([
      'Fixed: Fix overflow in cart',
      'Fixed: Login on Safari',
      'Security: Upgrade OpenSSL to 3.0.8 to fix CVE-2023-0286',
    ]);
  });

  it('taking back what was released before is news', () => {
    const revert = makeChange({
      title: 'Revert "Add night mode"',
      body: 'This reverts commit 0123456789abcdef0123456789abcdef01234567.\n\nIt drained batteries.',
    });
    expect(compose([revert]).entries).toMatchObject([{ text: 'Remove night mode', section: 'Removed' }]);
    const titled = compose([makeChange({ title: 'Revert "feat(api): add dark mode (#11)" (#12)' }), makeChange({ title: 'feat: b (#6)' })]);
    expect(titled.entries).toContainEqual(expect.objectContaining({ text: 'Remove dark mode', section: 'Removed', refs: ['#11', '#12'] }));
    expect(titled.semver.bump).toBe('major');
    expect(compose([makeChange({ title: 'Revert "fix: crash on empty cart (#4)"' })]).entries).toMatchObject([{ section: 'Changed' }]);
  });

  it('a fix of what came in the same period goes with it', () => {
    const feature = makeChange({ title: 'feat: add night mode (#1)' });
    const fix = makeChange({ title: 'fix: night mode on old screens', body: 'Regression from #1.' });
    const { entries, omitted } = compose([feature, fix]);
    expect(entries).toHaveLength(1);
    expect(omitted).toEqual([{ change: fix.id, reason: 'unreleased-fix', of: entries[0]?.key }]);
  });

  it.each(['fix: crash of the billing page from #30 (#35)', 'Fix crash from #30', 'fix: billing crash introduced in #30 (#32)'])(
    'a title that says what it mends goes with that: %s',
    (title) => {
      const [feature, fix] = [makeChange({ title: 'feat: add billing (#30)' }), makeChange({ title })];
      const { entries, omitted, semver } = compose([feature, fix]);
      expect(omitted).toEqual([{ change: fix.id, reason: 'unreleased-fix', of: entries[0]?.key }]);
      expect(semver.bump).toBe('minor');
    },
  );

  it.each([
    ['feat(export): add CSV export', 'fix(export): CSV export drops the last row', 1],
    ['Add dark mode', 'Fix dark mode on Windows', 1],
    ['Add dark mode to the editor', 'Fix dark mode in the editor', 1],
    ['Add dark mode to the editor', 'Fix dark mode of the terminal', 2],
    ['Add error messages', 'Fix error messages on Windows', 2],
    ['Add dark mode', 'Fix dark mode on Windows, closes T-42', 2],
    ['Add dark mode (#1)', 'Fix crash from #1, closes T-42', 2],
    ['Improve dark mode', 'Fix dark mode on Windows', 2],
  ])('after "%s", "%s" leaves so many entries: %i', (news, fix, entries) => {
    expect(compose([makeChange({ title: news }), makeChange({ title: fix })]).entries).toHaveLength(entries);
    expect(compose([makeChange({ title: fix }), makeChange({ title: news })]).entries).toHaveLength(2);
    const released = compose([makeChange({ title: news }), makeChange({ title: 'chore(release): 1.4.0' }), makeChange({ title: fix })]);
    expect(released.entries).toHaveLength(2);
    const early = makeChange({ title: news, time: Date.UTC(2026, 0, 1) });
    expect(compose([early, makeChange({ title: fix, time: Date.UTC(2026, 1, 1) })]).entries).toHaveLength(2);
  });

  it('a fix of what was released before it is news', () => {
    const feature = makeChange({ title: 'feat: add night mode (#1)' });
    const release = makeChange({ title: 'v1.5.0', kind: 'release', sha: feature.sha, time: 0 });
    const fix = makeChange({ title: 'fix: night mode on old screens', body: 'Regression from #1.' });
    expect(compose([feature, release, fix]).entries).toHaveLength(2);
  });

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

  it('a dependency raised three times is told once, at its last version, with all that it mends', () => {
    const raises = ['0.29.7', '0.29.8', '0.29.9'].map((version, i) =>
      makeChange({ title: `Bump winit to ${version}`, body: `Fixes #${i + 1}.` }),
    );
    const { entries } = compose([...raises, makeChange({ title: 'Bump serde to 1.2.0' })]);
    expect(entries).toMatchObject([{ text: 'Bump winit to 0.29.9', section: 'Fixed' }]);
    expect(entries[0]?.refs.toSorted()).toEqual(['#1', '#2', '#3']);
  });

  it('what supports one version more is not what supports another', () => {
    const changes = ['3.12', '3.13'].map((version) => makeChange({ title: `Add support for Python ${version}` }));
    expect(compose(changes).entries).toHaveLength(2);
  });

  it.each([
    ['Add `--title` option', 'Added'],
    ['SOCKS proxy support', 'Added'],
    ['Fix crash on resize', 'Fixed'],
    ["Don't end comments at an empty line", 'Fixed'],
    ['Use the system font by default', 'Changed'],
    ['Faster string encoding', 'Changed'],
    ['Drop support for Python 3.7', 'Removed'],
    ['drop support for IE 11', 'Removed'],
    ['[API][BREAKING] Remove the old Z endpoint', 'Removed'],
    ['JIRA-123 Add the map', 'Added'],
    ['Deprecate foo()', 'Deprecated'],
    ['Deprecate `Client.app` in favour of transports', 'Deprecated'],
    ['docs(shim): give notice that this package will be removed with 3.0', 'Deprecated'],
    ['Use the new API instead of deprecated calls', 'Changed'],
    ['Fix denial of service by nested lists', 'Security'],
    ['Login rework', 'Changed'],
    ['Größere Schrift im Kopf', 'Changed'],
    ['Develop to main (#40)', 'Changed'],
    ['日本語サポートを追加', 'Added'],
    ['Absturz beim Speichern behoben', 'Fixed'],
    ['Supprime le vieux export', 'Removed'],
    ['Round prices to two digits', 'Changed'],
    ['Underline links on hover', 'Changed'],
    ['Validate addresses of customers', 'Changed'],
    ['Raise the upload limit to 40 MB', 'Changed'],
    ['No colours in pipes', 'Changed'],
    ['Invoices are sent as PDF', 'Changed'],
    ['No longer panics on empty lists', 'Fixed'],
    ['Respect the time zone of the reader', 'Fixed'],
    ['Make the log format configurable', 'Added'],
    ['Drop end-of-life Python 3.9', 'Removed'],
    ['Disable the preview on phones', 'Changed'],
    ['Disallow spaces in the `name` option', 'Changed'],
    ['Remove the `--old` option', 'Removed'],
  ])('%s is %s', (title, section) => {
    expect(compose([makeChange({ title })]).entries).toMatchObject([{ section }]);
  });

  it('an option that goes is removed, also where that closes an issue', () => {
    const change = makeChange({ title: 'Remove the double_click and triple_click options', body: 'Fixes #6.' });
    expect(compose([change]).entries).toMatchObject([{ section: 'Removed' }]);
  });

  it('what breaks readers is always told, first, and asks for a major version', () => {
    const quiet = makeChange({ title: 'chore!: drop the old client' });
    const loud = makeChange({ title: 'feat: add totals to the invoice page' });
    const { entries, semver } = compose([loud, quiet]);
    expect(entries.find(({ breaking }) => breaking)?.changes).toEqual([quiet.id]);
    expect(semver.bump).toBe('major');
  });

  it('a removal that is left out is in the release too, and the reason says that it is not told here', () => {
    const hidden = makeChange({ title: 'Remove the double_click option', paths: ['secret/a.ts'] });
    const { entries, semver } = composeChangelog([hidden, makeChange({ title: 'feat: add totals' })], {
      audience: 'engineers',
      leakList: ['secret/**'],
    });
    expect(entries).toHaveLength(1);
    expect(semver).toEqual({ bump: 'major', reason: '1 removal that is not told here: what was there may be missed' });
  });

  it.each([
    [['fix: keep drafts'], '1 change, neither new nor breaking'],
    [['fix: keep drafts', 'fix: the clock of the calendar is late'], '2 changes, none of them new, removed or breaking'],
    [['feat: add night mode'], '1 addition, nothing breaking'],
    [['feat: add night mode', 'feat: add tags', 'Deprecate the old export'], '2 additions and 1 deprecation, nothing breaking'],
  ])('%j is a step because of "%s"', (titles, reason) => {
    expect(compose(titles.map((title) => makeChange({ title }))).semver.reason).toBe(reason);
  });

  it.each([
    ['v1.4.2', 'minor', 'v1.5.0'],
    ['1.4', 'patch', '1.4.1'],
    ['api@2.0.0', 'major', 'api@3.0.0'],
    ['v0.3.1', 'major', 'v0.4.0'],
    ['v2.0.0-rc.1', 'major', 'v2.0.0'],
    ['v1.4.2', 'none', null],
    ['2026.11.0', 'minor', null],
    ['latest', 'minor', null],
  ] as const)('after %s a %s version is %s', (last, bump, next) => {
    expect(nextVersion(last, bump)).toBe(next);
  });

  it.each([
    ['fix: keep drafts', 'patch'],
    ['feat: add night mode', 'minor'],
  ])('%s asks for a %s version', (title, bump) => {
    expect(compose([makeChange({ title })]).semver.bump).toBe(bump);
  });

  it('gives the same for the same changes in any order, and keeps keys when another telling comes', () => {
    const changes = [1, 2, 3, 4, 5].map((n) => makeChange({ title: `feat: add page ${n} to the shop (#${n})` }));
    expect(compose(changes.toReversed())).toEqual(compose(changes));
    const told = makeChange({
      title: 'Add page 1 to the shop',
      kind: 'merge',
      source: 'github',
      refs: ['#1'],
      sha: changes[0]?.sha ?? null,
    });
    expect(
      compose([...changes, told])
        .entries.map(({ key }) => key)
        .toSorted(),
    ).toEqual(
      compose(changes)
        .entries.map(({ key }) => key)
        .toSorted(),
    );
  });

  it('loses no change and doubles none, whatever comes in', () => {
    const titles = [
      'wip',
      'Revert "wip"',
      'fix: it',
      "Merge branch 'main'",
      'Bump a from 1 to 2',
      '',
      '!!!',
      'feat!: x',
      'fixup! fix: it',
      '(#1)',
      '[x]',
      '🎉',
      'a: ',
    ];
    const changes = Array.from({ length: 400 }, (_, i) =>
      makeChange({
        title: titles[i % titles.length] ?? '',
        body: i % 7 === 0 ? `This reverts commit ${(0xabc_0000 + ((i * 31) % 400)).toString(16).padEnd(40, '1')}` : '',
        kind: i % 5 === 0 ? 'merge' : 'commit',
        merged: i % 5 === 0 ? [(0xabc_0000 + ((i * 17) % 400)).toString(16).padEnd(40, '1')] : [],
      }),
    );
    const changelog = compose(changes);
    expect(changelog.entries.flatMap((entry) => entry.changes).length + changelog.omitted.length).toBe(changes.length);
    expect(() => checkConservation(changes.slice(1), changelog)).toThrow(/was not given/);
    expect(() => checkConservation([...changes, makeChange({ title: 'lost' })], changelog)).toThrow(/0 places/);
  });

  it('its own words pass its own check', () => {
    const changes = [
      makeChange({ title: 'feat(api): add `getTotals()` for 3 currencies (#4)', body: 'See https://example.com/a?b=1' }),
      makeChange({ title: 'Added support for Python 3.13' }),
      makeChange({ title: 'Fix crash when "AppleFontSmoothing" is not present', body: 'Fixes #12' }),
    ];
    for (const audience of ['engineers', 'customers', 'company'] as const)
      for (const entry of compose(changes, [], audience).entries) {
        const own = changes.filter(({ id }) => entry.changes.includes(id));
        expect(checkWording(entry.text, own, { leakList: [] })).toEqual([]);
      }
  });

  it('what is on the leak list never shows', () => {
    const titled = makeChange({ title: 'feat: add export for Megacorp', body: 'Megacorp asked.' });
    const bare = makeChange({ title: 'fix: Megacorp crash' });
    const inside = makeChange({
      title: 'feat: add secret thing',
      paths: ['internal/billing/a.ts', 'internal/billing/b.ts', 'internal/c.ts'],
    });
    const loud = makeChange({ title: 'feat!: Megacorp login' });
    const { entries, omitted } = compose([titled, bare, inside, loud], ['megacorp', 'internal/**']);
    expect(JSON.stringify(entries.map(({ text, refs }) => [text, refs]))).not.toMatch(/megacorp|internal/i);
    expect(entries.find(({ changes }) => changes.includes(titled.id))?.text).toBe('Add export');
    expect(entries.find(({ changes }) => changes.includes(loud.id))?.text).toBe('Add a capability');
    const left = [bare, inside].map(({ id }) => ({ change: id, reason: 'private', of: null }));
    expect(omitted).toEqual(left.toSorted((a, b) => (a.change < b.change ? -1 : 1)));
  });

  it('a person’s words for what may not show by its own words are told', () => {
    const bare = makeChange({ title: 'fix: Megacorp crash' });
    const options = { audience: 'engineers' as const, leakList: ['megacorp'] };
    expect(composeChangelog([bare], { ...options, certain: [bare.id] }).entries).toHaveLength(1);
    expect(composeChangelog([bare], options).entries).toEqual([]);
  });

  it('a company hears of people, platform and operations, in plain words', () => {
    const changes = [
      makeChange({ title: 'feat(cart): add `applyVoucher()` in src/cart/voucher.ts', kind: 'commit' }),
      makeChange({ title: 'Ana leads the support team', kind: 'people' }),
      makeChange({ title: 'New holiday policy', kind: 'policy' }),
      makeChange({ title: 'Checkout 2.4 deployed', kind: 'deploy' }),
      makeChange({ title: 'Orders database moved to Frankfurt', kind: 'database' }),
    ];
    const { entries } = compose(changes, [], 'company');
    expect(entries.map(({ section }) => section)).toEqual(['Product', 'Platform', 'People & Policy', 'People & Policy', 'Operations']);
    expect(entries[0]?.text).toBe('Add applyVoucher');
    expect(writeHeadline({ entries, omitted: [] }, 'company')).toBe(
      '1 product change, 1 platform change, 2 changes for people and policy, 1 operations change',
    );
  });

  it.each([
    ['fix: crash on save', 'Fix: Crash on save'],
    ['fix: login loops', 'Fix: Login loops'],
    ['fix: prevent double orders', 'Prevent double orders'],
    ['fix: exports no longer stop at midnight', 'Exports no longer stop at midnight'],
    ['Fix crash on save', 'Fix crash on save'],
  ])('for a company, where no heading says so, what was mended says it: %s', (title, text) => {
    expect(compose([makeChange({ title })], [], 'company').entries).toMatchObject([{ text }]);
  });

  it('customers do not hear of people and deployments', () => {
    const changes = [
      makeChange({ title: 'Ana leads the support team', kind: 'people' }),
      makeChange({ title: 'Refunds take two days', kind: 'note', labels: ['customers'] }),
      makeChange({ title: 'Maria Silva leaves the company', kind: 'note' }),
      makeChange({ title: 'Sick leave is told by noon', kind: 'policy' }),
      makeChange({ title: 'The salary slip of March cannot be opened', kind: 'ticket', refs: ['T-18'] }),
    ];
    expect(compose(changes, [], 'customers').entries.map(({ text }) => text)).toEqual(['Refunds take two days']);
  });
});

describe('checking a wording', () => {
  const change = makeChange({
    title: 'feat: add totals to invoices (#12)',
    body: 'Up to 40 % faster with `sumAll`. Thanks to Frankfurt. See https://example.com/notes/13.',
    url: 'https://github.com/acme/shop/pull/12',
    refs: ['T-42'],
  });
  const problems = (text: string, leakList: string[] = []) => checkWording(text, [change], { leakList }).map(({ kind }) => kind);

  it('what the change holds may be said', () => {
    expect(problems('Invoices show totals, up to 40 % faster, through `sumAll` (#12, T-42)')).toEqual([]);
  });

  it.each([
    ['a number', 'Invoices show totals 50 % faster', ['number']],
    ['a reference', 'Invoices show totals (#13)', ['reference']],
    ['a version', 'Invoices show totals since 2.1.0', ['number']],
    ['a link', 'Invoices show totals, see https://evil.example/x', ['link']],
    ['the beginning of a link', 'Invoices show totals, see https://github.com/acme/shop/pull/1', ['link']],
    ['a number of a request', 'Invoices show totals 12 times faster', ['number']],
    ['a number of an address', 'Invoices show totals in 13 ways', ['number']],
    ['a number in words', 'Invoices show totals of two hundred rows', ['number', 'number']],
    ['a half', 'Invoices with totals halve the price', ['number']],
    ['a number in other digits', 'Invoices show totals since ٣٫٢', ['number', 'number']],
    ['code', 'Invoices show totals with `addAll`', ['name', 'name']],
    ['a name', 'Invoices show totals in Kubernetes', ['name']],
    ['the opposite', 'Invoices cannot show totals', ['claim']],
    ['another opposite', 'Totals of invoices are broken', ['claim']],
    ['a name in small letters', 'Invoices show totals in postgresql', ['name']],
    ['a mention', 'Invoices show totals <!channel>', ['mention']],
    ['no text', ' ', ['shape']],
    ['two lines', 'Invoices show\ntotals', ['shape']],
  ])('%s it does not hold may not: %s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it.each([
    ['three sentences', 'Exports work again. All is well. Contact your admin!', 'Fixed', ['claim', 'shape']],
    ['that something is gone', 'Exports are removed', 'Fixed', ['claim']],
    ['that data is deleted', 'Exports of all data are deleted', 'Fixed', ['claim']],
    ['a weakness', 'Security fix: exports leaked passwords', 'Fixed', ['claim']],
    ['an address in words', 'Exports work, visit evil dot com', 'Fixed', ['claim']],
    ['another story', 'Lunch is free on fridays', 'Fixed', ['claim']],
    ['one letter', 'a', 'Fixed', ['shape']],
    ['text turned round', 'Exports work \u202eagain', 'Fixed', ['shape']],
    ['a control character', 'Exports work \u001b[31magain', 'Fixed', ['number', 'shape']],
    ['nothing but what changed', 'Exports no longer fail on empty rows', 'Fixed', []],
    ['what its section means', 'Exports of empty rows are removed', 'Removed', []],
  ] as const)('an engine may not say of a fix what the fix does not: %s', (_, text, section, expected) => {
    const fix = makeChange({ title: 'fix: exports fail on empty rows (#12)' });
    const found = checkWording(text, [fix], { leakList: [], section }).map(({ kind }) => kind);
    expect([...new Set(found)].toSorted()).toEqual(expected);
  });

  it.each([
    [
      'feat: raise limit of uploads from 10 to 50 MB',
      'Limit of uploads lowered from 50 to 10 MB',
      'Uploads may be up to 50 MB instead of 10',
    ],
    ['perf: cut start-up time from 2.4 s to 0.8 s', 'Start-up takes 0.8 s to 2.4 s', 'Start-up time is cut from 2.4 s to 0.8 s'],
    ['feat: disable telemetry by default', 'Telemetry is enabled by default', 'Telemetry is disabled by default'],
    ['feat: require 2FA for logins', '2FA is optional for logins', 'Logins require 2FA'],
    ['chore: remove beta flag from dark mode', 'Dark mode was removed', 'Dark mode sheds its beta flag'],
    ['feat: hide archived projects in the list', 'Archived projects are shown in the list', 'The list hides archived projects'],
    ['feat: reject short passwords', 'Short passwords are accepted', 'Short passwords are rejected'],
    ['feat: export reports as PDF', 'Import reports as PDF', 'Reports are exported as PDF'],
    ['feat: export reports as PDF', 'Export reports as PDF on every plan', 'Export of reports as PDF'],
    ['feat: export reports as PDF', 'Export reports as PDF from the mobile app', 'Reports as PDF'],
    ['feat: export reports as PDF', 'Export reports as PDF, free of charge', 'Reports can be exported as PDF'],
    ['feat: export reports as PDF', 'A quarter of users exports reports as PDF', 'PDF exports of reports'],
  ])('of "%s" nobody may say "%s"', (title, wrong, right) => {
    const change = makeChange({ title });
    const found = (text: string) => checkWording(text, [change], { leakList: [], section: 'Changed' }).map(({ kind }) => kind);
    expect(found(wrong)).toContain('claim');
    expect(found(right)).toEqual([]);
  });

  it('what was wrong may be told by what is right now', () => {
    const change = makeChange({ title: 'fix: archived projects were not hidden in the list' });
    expect(checkWording('The list no longer shows archived projects', [change], { leakList: [], section: 'Fixed' })).toEqual([]);
  });

  it('a listed word may not, in any case', () => {
    expect(problems('Invoices show totals for FRANKFURT', ['Frankfurt'])).toContain('leak');
  });

  it.each([
    ['GlobexClient keeps its cache', 'Globex'],
    ['Add globexImporter', 'Globex'],
    ['Move the globexclient', 'Globex'],
    ['Read src/oldglobex/cache.ts', 'Globex'],
    ['Add Glo\u200bbex to it', 'Globex'],
    ['Add Gl\u043ebex to it', 'Globex'],
    ['Start project-falcon', 'Project Falcon'],
    ['Start ProjectFalcon', 'Project Falcon'],
    ['Start Project  Falcon', 'Project Falcon'],
    ['Move internal/billing', './internal/**'],
  ])('a listed word may not, however it is written: %s', (text, word) => {
    expect(createLeakGuard([word]).leaks(text)).toBe(true);
    expect(createLeakGuard([word]).leaks('Count the globes of internally run projects')).toBe(false);
  });

  it.each([
    ['Count internally', 'internal'],
    ['Go on with the internals', 'internal'],
    ['Read pacmen and limestone', 'acme'],
    ['Supervise globes', 'Globex'],
  ])('what only sounds like a listed word may stay: %s', (text, word) => expect(createLeakGuard([word]).leaks(text)).toBe(false));

  it('what is hidden says so, whatever else would be said of it', () => {
    const feature = makeChange({ title: 'feat: add the falcon engine', paths: ['internal/a.ts'] });
    const chore = makeChange({ title: 'chore: tidy up', paths: ['internal/b.ts'] });
    expect(compose([feature, chore], ['internal']).omitted.map(({ reason }) => reason)).toEqual(['private', 'private']);
  });

  it.each(['internal', 'internal/', 'internal/*', './internal/**', '/internal/**', 'INTERNAL/**'])(
    '%s is a place with all in it',
    (glob) => {
      expect(createLeakGuard([glob]).isPrivate(['internal/a/b.ts'])).toBe(true);
      expect(createLeakGuard([glob]).isPrivate(['internal/a/b.ts', 'src/a.ts'])).toBe(false);
    },
  );

  it('a text made to take long is read at once', async () => {
    const hostile = makeChange({ title: 'fix: names', body: 'a-'.repeat(10_000) });
    const spent = await processorMs(() => {
      checkWording('Names are read', [hostile], { leakList: [] });
      compose([hostile]);
    });
    expect(spent).toBeLessThan(3000);
  });
});
