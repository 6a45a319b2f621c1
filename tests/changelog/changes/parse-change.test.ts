import { describe, expect, it } from 'vitest';
import { parseChange } from '#src/changelog/changes/index.ts';
import { makeChange } from './make-change.ts';

const parse = (title: string, body = '') => parseChange(makeChange({ title, body }));

describe('reading a change', () => {
  it.each([
    ['feat(api)!: return totals (#12)', { type: 'feat', scope: 'api', breaking: true, subject: 'return totals', style: 'conventional' }],
    ['[Fix] `no-op`: keep the last line', { type: 'fix', subject: '`no-op`: keep the last line', style: 'bracket' }],
    ['[Dev Deps] update `left`, `right`', { type: 'deps', style: 'bracket' }],
    ['✨ Add night mode', { type: 'feat', subject: 'Add night mode', style: 'emoji' }],
    [':bug: Stop losing drafts', { type: 'fix', subject: 'Stop losing drafts', style: 'emoji' }],
    ['parser: Stop at the end of the file', { type: null, scope: 'parser', style: 'area' }],
    ['Show the total. Closes #9', { type: null, subject: 'Show the total', closes: ['#9'] }],
  ])('%s', (title, expected) => {
    expect(parse(title)).toMatchObject(expected);
  });

  it.each([
    ['Fix crash from #30', 'Fix crash', ['#30'], ['#30']],
    ['fix: crash of the billing page from #30 (#35)', 'crash of the billing page', ['#35', '#30'], ['#30']],
    ['fix: billing crash introduced in #30 (#32)', 'billing crash', ['#32', '#30'], ['#30', '#30']],
    ['fix: wrong date in exports, regression of #12 (#40)', 'wrong date in exports', ['#40', '#12'], ['#12']],
    ['fix: crash see #5 and acme/other#12 (#9)', 'crash', ['#9', '#5', 'acme/other#12'], []],
    ['Merge #12 and #13 into one list', 'Merge #12 and #13 into one list', ['#12', '#13'], []],
    ['Stop the server in port 80', 'Stop the server in port 80', [], []],
  ])('no sentence ends where its number was: %s', (title, subject, own, mends) => {
    expect(parse(title)).toMatchObject({ subject, own, mends });
  });

  it('finds what a footer says is breaking', () => {
    const { breaking, breakingNote } = parse(
      'fix: read times as UTC',
      'Times were local.\n\nBREAKING CHANGE: times have no zone\nany more.\n',
    );
    expect({ breaking, breakingNote }).toEqual({ breaking: true, breakingNote: 'times have no zone any more.' });
  });

  it.each([
    ['Merge pull request #7 from ana/totals', 'Show totals', '#7', 'Show totals'],
    ["Merge branch 'totals' into 'main'", 'Show totals\n\nMore.\n\nSee merge request acme/shop!7', '!7', 'Show totals'],
    ['Merged in totals (pull request #7)', 'Show totals', '#7', 'Show totals'],
    ['Merged PR 7: Show totals', '', '!7', 'Show totals'],
  ])('a merge of a request: %s', (title, body, number, subject) => {
    const parsed = parse(title, body);
    expect(parsed.own).toContain(number);
    expect(parsed.subject).toBe(subject);
  });

  it('a branch that catches up with the trunk has no branch of its own', () => {
    expect(parse("Merge branch 'main' into totals").merge).toMatchObject({ request: null, branch: null });
    expect(parse("Merge branch 'totals'").merge).toMatchObject({ branch: 'totals' });
  });

  it.each([
    ['Bump left-pad from 1.0.0 to 1.1.0 (#5)', 'left-pad', '1.1.0'],
    ['chore(deps): update dependency @types/node to v22.1.0', '@types/node', 'v22.1.0'],
    ['fix(deps): update all patch versions', null, null],
    ['Lock file maintenance', null, null],
    ['Update winit to 0.29.1', 'winit', '0.29.1'],
  ])('a dependency: %s', (title, name, to) => {
    expect(parse(title).bump).toMatchObject({ name, to });
  });

  it('the oldest runtime that works is no dependency', () => {
    expect(parse('Bump MSRV to 1.81.0')).toMatchObject({ bump: null, release: false });
    expect(parse('Raise minimum Node version to 20')).toMatchObject({ bump: null });
  });

  it.each([
    'Release v1.2.0 (#9)',
    '1.2.0',
    'chore: release 1.2.0',
    'Version 1.2.0',
    'chore: prepare next release',
    'version bump',
    'Back to development',
  ])('a release: %s', (title) => {
    expect(parse(title).release).toBe(true);
  });

  it.each(['Fix release notes of the shop page', 'Add version picker', 'Show the 1.5 times zoom'])('no release: %s', (title) => {
    expect(parse(title).release).toBe(false);
  });

  it('knows what it takes back, copies and closes', () => {
    expect(parse('Revert "Show totals (#7)" (#8)', 'This reverts commit 0123456789abcdef0123456789abcdef01234567.').reverts).toEqual({
      sha: '0123456789abcdef0123456789abcdef01234567',
      title: 'Show totals (#7)',
    });
    expect(parse('Show totals', '(cherry picked from commit 0123456789)').cherryPickOf).toBe('0123456789');
    expect(parse('Show totals', 'Fixes #1, #2 and acme/api#3.\nResolves T-42\nhttps://github.com/acme/shop/issues/9').closes).toEqual([
      '#1',
      '#2',
      'acme/api#3',
      'T-42',
    ]);
    expect(parse('Show totals', 'Closes https://github.com/acme/shop/issues/9').closes).toEqual(['#9']);
  });
});
