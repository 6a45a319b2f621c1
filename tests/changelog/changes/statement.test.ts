import { describe, expect, it } from 'vitest';
import { composeChangelog } from '#src/changelog/changes/index.ts';
import { makeChange } from './make-change.ts';

const busy = [
  'feat: add a page for every invoice (#90)',
  'fix: crash when no invoice is there (#91)',
  'feat: search',
  'feat: import of customers',
];

const compose = (titles: string[]) => {
  const changes = titles.map((title) => makeChange({ title, paths: ['src/a.ts'] }));
  const { entries } = composeChangelog([...changes, ...busy.map((title) => makeChange({ title }))], {
    audience: 'customers',
    leakList: [],
  });
  return changes.map(({ id }) => entries.find((entry) => entry.changes.includes(id)));
};

describe('sentences about what readers have', () => {
  it.each([
    ['Tickets can now be merged', 'Added'],
    ['The free plan is gone', 'Removed'],
    ['The map loads again', 'Fixed'],
    ['Reports are mailed on Fridays', 'Changed'],
    ['A phone number is no longer required', 'Changed'],
    ['Old links keep working', 'Changed'],
    ['Admins must confirm deletions', 'Changed'],
    ['Only admins may export customers', 'Changed'],
    ['Search finds words with accents', 'Changed'],
    ['Accounts expire after a year without login', 'Changed'],
    ['The chat remembers its size', 'Changed'],
  ])('%s is told, whatever stands beside it, under %s', (title, section) => {
    expect(compose([title])).toMatchObject([{ text: title, section }]);
  });

  it.each([
    ['Rechnungen lassen sich stornieren', 'Changed'],
    ['Neu: Gutscheine', 'Added'],
    ['Alte Startseite entfernt', 'Removed'],
    ['Les factures sont envoyées par courriel', 'Changed'],
    ['Los pedidos se pueden cancelar', 'Changed'],
    ['注文履歴を検索できるようになりました', 'Changed'],
    ['修复支付页面崩溃', 'Fixed'],
    ['支持多种货币', 'Added'],
    ['Заказы можно отменить', 'Changed'],
    ['주문을 취소할 수 있습니다', 'Changed'],
  ])('in another language too, in its own words: %s', (title, section) => {
    const text = title.replace('Neu: ', '');
    expect(compose([title])).toMatchObject([{ text, section }]);
    expect(composeChangelog([makeChange({ title })], { audience: 'customers', leakList: [] }).entries).toMatchObject([{ text }]);
  });

  it('many of them are read one by one', () => {
    const titles = Array.from({ length: 14 }, (_, i) => `Page ${i} of the shop can be printed`);
    expect(new Set(compose(titles).map((entry) => entry?.text))).toEqual(new Set(titles));
  });

  it.each([
    'Tests can now run in parallel',
    'Types are exported from the index',
    'Builds are faster on CI',
    'Helpers are moved to one place',
    'Some imports are no longer needed',
    'Use the other reader',
    'Remove unnecessary statics',
    '更新文档',
    'テストを整理',
    'Tippfehler in der Dokumentation',
    'Рефакторинг тестов',
  ])('none is: %s', (title) => {
    expect(compose([title])).toEqual([undefined]);
  });
});
