import { describe, expect, it } from 'vitest';
import { checkConservation } from '#src/changelog/changes/index.ts';
import { compose } from './compose.ts';
import { makeChange } from './make-change.ts';

describe('what is one change', () => {
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
});
