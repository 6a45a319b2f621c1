import { describe, expect, it } from 'vitest';
import { compose } from './compose.ts';
import { makeChange } from './make-change.ts';

describe('fixes of what was not released yet', () => {
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
});
