import { describe, expect, it } from 'vitest';
import { composeChangelog, nextVersion } from '#src/changelog/changes/index.ts';
import { compose } from './compose.ts';
import { makeChange } from './make-change.ts';

describe('the version that changes ask for', () => {
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
});
