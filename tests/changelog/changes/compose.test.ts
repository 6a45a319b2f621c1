import { describe, expect, it } from 'vitest';
import { checkConservation, checkWording } from '#src/changelog/changes/index.ts';
import { compose } from './compose.ts';
import { makeChange } from './make-change.ts';

describe('composing a changelog', () => {
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
});
