import { describe, expect, it } from 'vitest';
import { composeChangelog, parseChange } from '#src/changelog/changes/index.ts';
import { makeChange } from './make-change.ts';

const parse = (title: string, body = '') => parseChange(makeChange({ title, body }));
const compose = (changes: ReturnType<typeof makeChange>[]) => composeChangelog(changes, { audience: 'engineers', leakList: [] });

describe('tickets that a change names', () => {
  it.each([
    ['[SHOP-12] Remove the old points programme', '', ['SHOP-12'], 'Remove the old points programme'],
    ['JIRA-4711: Add search by colour', '', ['JIRA-4711'], 'Add search by colour'],
    ['WEB-12 Sort the order list', '', ['WEB-12'], 'Sort the order list'],
    ['SHOP-4, SHOP-5: Faster lists', '', ['SHOP-4', 'SHOP-5'], 'Faster lists'],
    ['[SHOP-2][SHOP-3] Add points', '', ['SHOP-2', 'SHOP-3'], 'Add points'],
    ['[WEB-5] fix(cart): wrong sum', '', ['WEB-5'], 'wrong sum'],
    ['fix(WEB-7): cart is empty after login', '', ['WEB-7'], 'cart is empty after login'],
    ['feat: SHOP-77 Add vouchers', '', ['SHOP-77'], 'Add vouchers'],
    ['Draft: SHOP-78 Add coupons', '', ['SHOP-78'], 'Add coupons'],
    ['feat(SHOP-1): add gift wrap (#200)', '', ['#200', 'SHOP-1'], 'add gift wrap'],
    ['fix: export is no longer empty (T-1)', '', ['T-1'], 'export is no longer empty'],
    ['fix: crash when saving, see SHOP-9', '', ['SHOP-9'], 'crash when saving'],
    ['Add night mode - WEB-9', '', ['WEB-9'], 'Add night mode'],
    ['feat: add stamps', 'Collect them.\n\nRefs: SHOP-8', ['SHOP-8'], 'add stamps'],
  ])('are its references, and no words of it: %s %s', (title, body, own, subject) => {
    expect(parse(title, body)).toMatchObject({ own, subject, scope: title.includes('(cart)') ? 'cart' : null });
  });

  it.each([
    'ABC-1 and ABC-2 are one list now',
    'Show the key SHOP-123 as a link',
    'Import PO-12 forms',
    'Support SHA-256 and UTF-8 names',
    'feat: COVID-19 certificates',
  ])('are none in a sentence that speaks of keys: %s', (title) => {
    expect(parse(title).own).toEqual([]);
    expect(compose([makeChange({ title: `feat: ${title}` })]).entries[0]?.refs.filter((ref) => /^[A-Z]/.test(ref))).toEqual([]);
  });

  it('of our own are resolved by it, and one entry with it', () => {
    const ticket = makeChange({ title: 'Export is empty', kind: 'ticket', source: 'ticket', system: 'tickets', refs: ['T-1'] });
    for (const title of ['fix: export is no longer empty (T-1)', 'T-1: Fix the empty export', 'fix(T-1): empty export'])
      expect(compose([ticket, makeChange({ title })]).entries).toMatchObject([{ tickets: ['T-1'], changes: { length: 2 } }]);
  });

  it('a merge request of GitLab keeps its sign, told by git or by a webhook', () => {
    const merge = makeChange({
      title: "Merge branch 'stamps' into 'main'",
      body: 'Add stamps\n\nSee merge request acme/shop!31',
      kind: 'merge',
    });
    const hook = makeChange({ title: 'Add stamps', kind: 'merge', source: 'gitlab', refs: ['!31'], sha: merge.sha });
    expect(compose([merge]).entries).toMatchObject([{ text: 'Add stamps', refs: ['!31'] }]);
    expect(compose([merge, hook]).entries).toMatchObject([{ text: 'Add stamps', refs: ['!31'] }]);
    const issue = makeChange({ title: 'fix: stamps are lost (#31)' });
    expect(compose([merge, issue]).entries).toHaveLength(2);
  });
});
