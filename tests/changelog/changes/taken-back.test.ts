import { describe, expect, it } from 'vitest';
import { compose, reasons } from './compose.ts';
import { makeChange } from './make-change.ts';

describe('what is taken back', () => {
  it('what is taken back is gone with what takes it back', () => {
    const feature = makeChange({ title: 'feat: add night mode (#1)' });
    const revert = makeChange({ title: 'Revert "feat: add night mode (#1)" (#2)', body: `This reverts commit ${feature.sha}.` });
    expect(reasons([feature, revert])).toEqual({ [feature.id]: 'reverted', [revert.id]: 'revert' });
  });

  it('what lands again after it was taken back is told', () => {
    const first = makeChange({ title: 'feat!: new login page (#10)' });
    const revert = makeChange({ title: 'Revert "feat!: new login page (#10)" (#11)', body: `This reverts commit ${first.sha}.` });
    const again = makeChange({ title: 'feat!: new login page (#12)' });
    const { entries, omitted } = compose([first, revert, again]);
    expect(entries).toMatchObject([{ changes: [again.id], breaking: true }]);
    expect(omitted.map(({ reason }) => reason)).toEqual(['reverted', 'revert']);
  });

  it.each([
    ['the button of GitHub', 'feat: add night mode (#1)', 'Reverts acme/shop#1'],
    ['GitLab', 'feat: add night mode', 'This reverts merge request !1'],
    ['its title alone', 'feat: add night mode (#1)', ''],
  ])('%s takes back all tellings of a request', (_, title, body) => {
    const commit = makeChange({ title });
    const refs = [body.includes('!') ? '!1' : '#1'];
    const hook = makeChange({ title: 'feat: add night mode', kind: 'merge', source: 'github', refs, sha: commit.sha });
    const revert = makeChange({ title: 'Revert "feat: add night mode" (#2)', body });
    expect(compose([commit, hook, revert]).entries).toEqual([]);
  });

  it('taking back the taking back leaves the change', () => {
    const feature = makeChange({ title: 'feat: add night mode (#1)' });
    const revert = makeChange({ title: 'Revert "feat: add night mode (#1)" (#2)', body: `This reverts commit ${feature.sha}.` });
    const again = makeChange({ title: 'Reapply "feat: add night mode (#1)" (#3)', body: `This reverts commit ${revert.sha}.` });
    const { entries, omitted } = compose([feature, revert, again]);
    expect(entries.map(({ changes }) => changes)).toEqual([[feature.id]]);
    expect(omitted.map(({ change }) => change)).toEqual([revert.id, again.id]);
  });

  it.each(['Reapply "feat: add night mode (#1)" (#3)', 'Reland: feat: add night mode (#3)', '[reland] feat: add night mode (#3)'])(
    'what lands again is what it is: %s',
    (title) => {
      expect(compose([makeChange({ title })]).entries).toMatchObject([{ section: 'Added', text: 'Add night mode' }]);
    },
  );

  it('taking back what was released before is news', () => {
    const revert = makeChange({
      title: 'Revert "Add night mode"',
      body: 'This reverts commit 0123456789abcdef0123456789abcdef01234567.\n\nIt drained batteries.',
    });
    expect(compose([revert]).entries).toMatchObject([{ text: 'Remove night mode', section: 'Removed' }]);
    const titled = compose([makeChange({ title: 'Revert "feat(api): add dark mode (#11)" (#12)' }), makeChange({ title: 'feat: b (#6)' })]);
    expect(titled.entries).toContainEqual(expect.objectContaining({ text: 'Remove dark mode', section: 'Removed', refs: ['#11', '#12'] }));
    expect(titled.semver.bump).toBe('major');
    expect(compose([makeChange({ title: 'Revert "fix: crash on empty cart (#4)"' })]).entries).toMatchObject([{ section: 'Changed' }]);
  });

  it('what mended it meanwhile goes with it', () => {
    const feature = makeChange({ title: 'feat: night mode (#1)' });
    const fix = makeChange({ title: 'fix: night mode switch forgets its state (#2)' });
    const revert = makeChange({ title: 'Revert "feat: night mode (#1)" (#3)', body: `This reverts commit ${feature.sha}.` });
    const { entries, omitted } = compose([feature, fix, revert]);
    expect(entries).toEqual([]);
    expect(omitted.find(({ change }) => change === fix.id)).toEqual({ change: fix.id, reason: 'unreleased-fix', of: feature.id });
  });
});
