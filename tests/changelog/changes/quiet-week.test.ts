import { describe, expect, it } from 'vitest';
import { type Audience, type Change, composeChangelog } from '#src/changelog/changes/index.ts';
import { makeChange } from './make-change.ts';

const compose = (changes: Change[], audience: Audience = 'engineers') => composeChangelog(changes, { audience, leakList: [] });

describe('a week with little in it', () => {
  it.each([
    ['ci: cache the packages', 'ci'],
    ['test: cover returns', 'tests'],
    ['docs: describe returns', 'docs'],
    ['style: run the formatter', 'trivial'],
    ['chore: tidy the scripts', 'internal'],
    ['build: smaller image', 'internal'],
    ['refactor: split the reader', 'internal'],
    ['wip', 'trivial'],
    ['small fixes', 'trivial'],
    ['(no message)', 'trivial'],
    ['...', 'trivial'],
    ['Fix #77', 'trivial'],
    ['fix: issue #77 (#78)', 'trivial'],
    ['qwerty', 'less-notable'],
    ['Bump left-pad from 1.0.0 to 1.1.0', 'dependency'],
    ['fix: eslint errors', 'trivial'],
    ['fix: micro-typo in README.pl.md', 'docs'],
  ])('of "%s" alone nothing is told (%s)', (title, reason) => {
    for (const audience of ['engineers', 'customers', 'company'] as const)
      expect(compose([makeChange({ title })], audience)).toMatchObject({ entries: [], omitted: [{ reason }] });
  });

  it('housekeeping alone makes no news of the likeliest of it', () => {
    const titles = ['ci: cache the packages', 'test: cover returns', 'chore: tidy the scripts', 'refactor: split the reader', 'wip'];
    expect(compose(titles.map((title) => makeChange({ title }))).entries).toEqual([]);
  });

  it.each([
    'Underline links on hover',
    'Round prices to two digits',
    'feat: a',
    'fix!: issue',
    'feat: merge two customers',
    'fix: address book',
  ])('what readers may want to know is told, however little else there is: %s', (title) => {
    expect(compose([makeChange({ title })]).entries).toHaveLength(1);
  });

  it.each([
    ['Fix #12', 'The total was wrong for two vouchers.\n\nFixes #12', 'Fixed', 'The total was wrong for two vouchers'],
    ['hotfix', 'Payments by card were refused at night\n\nSigned-off-by: Ana', 'Fixed', 'Payments by card were refused at night'],
    ['(no message)', 'Add a search to the order list', 'Added', 'Add a search to the order list'],
  ])('what a title such as "%s" does not say, the text below does', (title, body, section, text) => {
    expect(compose([makeChange({ title, body })]).entries).toMatchObject([{ section, text }]);
  });

  it.each([
    'I tried the other way round',
    '* one\n* two',
    'https://ci.example.com/12',
    'Signed-off-by: Ana <ana@example.com>',
    'Closes #12',
  ])('no story, list, address or footer takes the place of a title: %s', (body) => {
    expect(compose([makeChange({ title: 'fix', body })])).toMatchObject({ entries: [], omitted: [{ reason: 'trivial' }] });
  });

  it('what the private fork of an advisory brings is told, whatever its title is', () => {
    expect(compose([makeChange({ title: 'Merge commit from fork', kind: 'merge' })]).entries).toMatchObject([{ section: 'Security' }]);
  });

  it.each(['WIP: add night mode', '[Draft] Add night mode', 'Draft: Add night mode', '[WIP] feat: add night mode', 'WIP add night mode'])(
    'says what it is, not how far: %s',
    (title) => {
      expect(compose([makeChange({ title })]).entries).toMatchObject([{ section: 'Added', text: 'Add night mode' }]);
    },
  );

  it('a board has limits of work in progress, and an invoice its draft', () => {
    const titles = ['feat: WIP limits per column', 'feat: draft invoices'];
    const told = compose(titles.map((title) => makeChange({ title }))).entries.map(({ text }) => text);
    expect(told.toSorted()).toEqual(['Draft invoices', 'WIP limits per column']);
  });
});

describe('beside a busy week', () => {
  const busy = Array.from({ length: 30 }, (_, i) =>
    makeChange({
      title: `feat: page ${i} of the list has a heading (#${i + 1})`,
      body: `Closes #${i + 100}. Everybody asked for it.`,
      filesChanged: 9,
    }),
  );

  it.each([
    ['Increase the upload limit to 50 MB', 'commit'],
    ['Make the retry count configurable via RETRY_COUNT', 'commit'],
    ['Remove XML import', 'merge'],
  ] as const)('what readers set, may do or lose is told: %s', (title, kind) => {
    const change = makeChange({ title, kind, filesChanged: 1 });
    expect(compose([...busy, change]).omitted).toEqual([]);
  });

  it.each(['Remove unused imports', 'Fix circular import'])('the imports of code are not: %s', (title) => {
    const change = makeChange({ title, filesChanged: 1 });
    expect(compose([...busy, change]).omitted).toMatchObject([{ change: change.id }]);
  });
});

it('a feature whose title is a name alone is told with the news among its steps', () => {
  const body = '* feat(api): webhooks for refunds\n\n* fix lint\n\n* feat(web): list webhooks in settings';
  expect(compose([makeChange({ title: 'feat(api): webhooks for refunds (#16)', body })]).entries).toMatchObject([
    { section: 'Added', text: 'api: Webhooks for refunds; list webhooks in settings' },
  ]);
});

it.each(['Neue Zahlungsart: Rechnung', 'Nouvelle page de paiement', 'Nuevos filtros por fecha'])('"%s" says that it is new', (title) => {
  expect(compose([makeChange({ title })]).entries).toMatchObject([{ section: 'Added', text: title }]);
});

it('what breaks in a squash merge is said first, and the news beside it is not lost', () => {
  const body =
    '* feat: express checkout with saved cards\n\n* fix: typo\n\n* feat!: drop guest checkout\n\nBREAKING CHANGE: guests need an account.';
  expect(compose([makeChange({ title: 'Checkout v2 (#101)', body })]).entries).toMatchObject([
    { breaking: true, text: 'Checkout v2: guests need an account; express checkout with saved cards' },
  ]);
});

it('a title that only names what came together gives way to what the form below it says', () => {
  const body = '## What\nAdds a monthly report for store owners and lets them choose the currency.\n\n## Checklist\n- [x] Tests';
  expect(compose([makeChange({ title: 'Reporting improvements (#102)', body })]).entries).toMatchObject([
    { section: 'Added', text: 'Add a monthly report for store owners and let them choose the currency', refs: ['#102'] },
  ]);
});

it('a type in parentheses is one, and what is renamed is changed', () => {
  expect(compose([makeChange({ title: '(fix) wrong tax for Canada (#108)' })]).entries).toMatchObject([
    { section: 'Fixed', text: 'Wrong tax for Canada' },
  ]);
  expect(compose([makeChange({ title: 'feat: rename wishlist to favourites in the API' })]).entries).toMatchObject([
    { section: 'Changed', breaking: true, text: 'Rename wishlist to favourites in the API' },
  ]);
});

describe('what was added and taken away again', () => {
  const at = (day: number, title: string, more: Partial<Change> = {}) => makeChange({ title, time: Date.UTC(2026, 0, day), ...more });

  it('before anybody had it is not told', () => {
    const [added, gone] = [at(1, 'Introduce a beta of AI search, behind a flag'), at(2, 'Remove the beta of AI search')];
    expect(compose([added, gone]).entries).toEqual([]);
    expect(
      compose([added, gone])
        .omitted.map(({ reason }) => reason)
        .sort(),
    ).toEqual(['revert', 'reverted']);
  });

  it('is told where it was released between, or comes again', () => {
    const [added, gone, again] = [
      at(1, 'Add a beta of AI search'),
      at(3, 'Remove the beta of AI search'),
      at(5, 'Add a beta of AI search (#9)'),
    ];
    expect(compose([added, at(2, 'v1.1.0', { kind: 'release' }), gone]).entries).toHaveLength(2);
    expect(compose([added, gone, again]).entries).toMatchObject([{ changes: { length: 2 }, refs: ['#9'] }]);
  });
});

it.each([
  ['Ajout d’un filtre par date', 'Added'],
  ["Suppression de l'ancien tableau de bord", 'Removed'],
  ['Corretto errore nel login', 'Fixed'],
  ['Corrección del total del carrito', 'Fixed'],
])('"%s" is read in its language', (title, section) => {
  expect(compose([makeChange({ title })]).entries).toMatchObject([{ section, text: title }]);
});

it.each(['Abhängigkeiten aktualisiert', 'Rechtschreibfehler korrigiert', 'Mise à jour des dépendances'])(
  '"%s" is work on the work',
  (title) => {
    const busy = Array.from({ length: 12 }, (_, i) => makeChange({ title: `feat: page ${i} of the list has a heading (#${i + 1})` }));
    expect(compose([...busy, makeChange({ title })]).entries).toHaveLength(12);
  },
);
