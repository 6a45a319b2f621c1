import { describe, expect, it } from 'vitest';
import { type Audience, composeChangelog } from '#src/changelog/changes/index.ts';
import { makeChange } from './make-change.ts';

const entriesOf = (titles: string[], audience: Audience = 'engineers') =>
  composeChangelog(
    titles.map((title) => {
      const [first = '', body = ''] = title.split(' | ');
      return makeChange({ title: first, body });
    }),
    { audience, leakList: [] },
  ).entries;

describe('the same words twice', () => {
  it.each([
    ['of two places', 'fix(mail): bad subject', 'fix(sms): bad subject'],
    ['of two requests', 'fix: crash on login (#35)', 'fix: crash on login (#36)'],
    ['of two requests of two places', 'feat(web): add tags (#1)', 'feat(mobile): add tags (#2)'],
    ['of two types', 'feat: dark cart', 'fix: dark cart'],
  ])('%s are two changes', (_, one, other) => {
    expect(entriesOf([one, other]).map(({ changes }) => changes.length)).toEqual([1, 1]);
  });

  it.each([
    ['of one request', 'feat: dark cart (#40)', 'feat: dark cart (#40)'],
    ['without numbers', 'Improve the search ranking', 'Improve the search ranking'],
    ['with the number of the first', 'fix: lost drafts (#60)', 'fix: lost drafts (#60) (#61)'],
    ['brought to an older line', 'fix: slow lists (#70)', '[Backport 2.x] fix: slow lists (#71)'],
    ['that say that they are ports', 'fix: late mails (#85)', 'Backport: fix: late mails (#86)'],
    ['for an older line', 'fix: wrong sum (#80)', 'fix: wrong sum [1.4.x] (#81)'],
    ['that say where they are from', 'fix: gone rows (#90)', 'fix: gone rows (#91) | Backport of #90.'],
  ])('%s are one change', (_, one, other) => {
    expect(entriesOf([one, other]).map(({ changes }) => changes.length)).toEqual([2]);
  });

  it('a fix is not folded into a feature because another one of its words is', () => {
    const entries = entriesOf(['feat: add limits (#30)', 'fix: crash on start (#35) | Introduced by #30', 'fix: crash on start (#36)']);
    expect(entries.map(({ refs }) => refs[0]).toSorted()).toEqual(['#30', '#36']);
  });

  it('of one merge stay two where they name two places', () => {
    const brought = ['fix(import): wrong header', 'fix(export): wrong header'].map((title) => makeChange({ title }));
    const merge = makeChange({ title: "Merge branch 'headers'", kind: 'merge', merged: brought.map(({ sha }) => sha ?? '') });
    const { entries } = composeChangelog([...brought, merge], { audience: 'engineers', leakList: [] });
    expect(entries.map(({ text }) => text).toSorted()).toEqual(['export: Wrong header', 'import: Wrong header']);
  });

  it('customers read the place where the words alone would be told twice, and nowhere else', () => {
    const texts = entriesOf(['fix(mail): bad subject', 'fix(sms): bad subject', 'fix(cart): wrong sum'], 'customers').map(
      ({ text }) => text,
    );
    expect(texts.toSorted()).toEqual(['Bad subject (mail)', 'Bad subject (sms)', 'Wrong sum']);
  });
});
