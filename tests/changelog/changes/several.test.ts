import { describe, expect, it } from 'vitest';
import { type Audience, type Change, composeChangelog } from '#src/changelog/changes/index.ts';
import { makeChange } from './make-change.ts';

const compose = (changes: readonly Change[], audience: Audience, more: Partial<Parameters<typeof composeChangelog>[1]> = {}) =>
  composeChangelog(changes, { audience, leakList: [], ...more });
const inOrder = (given: readonly (Partial<Change> & { title: string })[]): Change[] =>
  given.map((change, at) => makeChange({ ...change, time: Date.UTC(2026, 0, 1 + at) }));

describe('deploys of a service', () => {
  const deploys = (...titles: string[]) =>
    inOrder(titles.map((title) => ({ title, kind: 'deploy' as const, source: 'slack' as const, system: 'payments' })));

  it.each([
    [
      ['Deployed payments 2.1.0 to prod', 'Deployed payments 2.2.0 to prod', 'Deployed payments 2.3.0 to production'],
      'Deployed payments 2.1.0 → 2.3.0',
    ],
    [['payments: v2.1.0 -> v2.2.0 in production', 'payments: v2.2.0 -> v2.2.1'], 'Deployed payments v2.1.0 → v2.2.1'],
    [['Deployed payments 2.1.0 to prod', 'Application payments has been synced', 'payments v2.1.0 is live'], 'Deployed payments v2.1.0'],
    [
      ['Deployed payments 2.1.0', 'Deployed payments 2.2.0', 'Rolled back payments to 2.1.0'],
      'Deployed payments 2.2.0, then rolled it back to 2.1.0',
    ],
    [['Rolled back payments to 2.0.9', 'Rolled back payments to 2.0.8'], 'Rolled back payments to 2.0.8'],
    [['Deployed payments', 'Deployed payments', 'Deployed payments'], 'Deployed payments 3 times'],
  ])('%j are one line', (titles, text) => {
    const changes = deploys(...titles);
    const { entries } = compose(changes, 'company');
    expect(entries).toMatchObject([{ section: 'Operations', text, changes: { length: titles.length } }]);
  });

  it('to another place are told apart', () => {
    const { entries } = compose(
      deploys('Deployed payments 2.4.0 to staging', 'Deployed payments 2.5.0 to staging', 'Deployed payments 2.3.0 to prod'),
      'company',
    );
    expect(entries.map(({ text }) => text).sort()).toEqual([
      'Deployed payments 2.3.0 to prod',
      'Deployed payments 2.4.0 → 2.5.0 to staging',
    ]);
  });
});

it('what happens beside the code asks for no version', () => {
  const beside = inOrder([
    { title: 'Support hours are now 8 to 20 h', kind: 'note', source: 'slack' },
    { title: 'Postgres orders-db upgraded to 17', kind: 'database', source: 'slack' },
  ]);
  expect(compose(beside, 'engineers')).toMatchObject({
    entries: [{ section: 'Changed' }, { section: 'Changed' }],
    semver: { bump: 'none' },
  });
});

describe('several repositories', () => {
  const changes = inOrder([
    { title: 'feat(cart): add stamps (#1)', system: 'acme/web' },
    { title: 'feat(search): add facets (#2)', system: 'acme/web' },
    { title: 'feat(cart): add vouchers (#3)', system: 'acme/web' },
    { title: 'feat: add an export (#1), for acme/core#9', system: 'acme/api', refs: ['T-4'] },
    { title: 'fix: crash on start', system: 'acme/api', sha: 'ab'.repeat(20) },
  ]);

  it('name theirs with each number, so that two of one number are told apart; a single one does not', () => {
    const { entries } = compose(changes, 'engineers');
    expect(entries.flatMap(({ refs }) => refs).sort()).toEqual([
      'T-4',
      'acme/api#1',
      `acme/api@${'ab'.repeat(5)}`,
      'acme/core#9',
      'acme/web#1',
      'acme/web#2',
      'acme/web#3',
    ]);
    expect(
      compose(changes.slice(0, 3), 'engineers')
        .entries.flatMap(({ refs }) => refs)
        .sort(),
    ).toEqual(['#1', '#2', '#3']);
  });

  it('customers, who know no repositories, are told numbers alone', () => {
    expect(
      compose(changes.slice(0, 4), 'customers')
        .entries.flatMap(({ refs }) => refs)
        .sort(),
    ).toEqual(['#1', '#1', '#2', '#3', 'acme/core#9', 'T-4'].sort());
  });

  it('what is of one place stands together, where its newest stands', () => {
    const { entries } = compose(changes.slice(0, 3), 'engineers');
    expect(entries.map(({ text }) => text)).toEqual(['cart: Add vouchers', 'cart: Add stamps', 'search: Add facets']);
  });
});

it('law 12: what a person left out is left out, also where it breaks readers, and what they moved stands where they put it', () => {
  const [broken, moved] = inOrder([{ title: 'feat!: drop the old client (#1)' }, { title: 'fix: tokens never end (#2)' }]) as [
    Change,
    Change,
  ];
  const { entries, omitted, semver } = compose([broken, moved], 'engineers', { leftOut: [broken.id], placed: { [moved.id]: 'Security' } });
  expect(entries).toMatchObject([{ section: 'Security', changes: [moved.id] }]);
  expect(omitted).toEqual([{ change: broken.id, reason: 'by-a-person', of: null }]);
  expect(semver).toEqual({ bump: 'major', reason: '1 breaking change that is not told here' });
});
