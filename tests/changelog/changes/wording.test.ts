import { describe, expect, it } from 'vitest';
import { type Change, composeChangelog } from '#src/changelog/changes/index.ts';
import { makeChange } from './make-change.ts';

const say = (change: Partial<Change> & { title: string }, audience: 'engineers' | 'company' = 'engineers', leakList: string[] = []) =>
  composeChangelog([makeChange(change)], { audience, leakList }).entries.map(({ text }) => text);

describe('the built-in words', () => {
  it.each([
    ['names the place, in its own case', 'feat(sdk-logs): add processor metrics (#3)', '', 'sdk-logs: Add processor metrics'],
    ['keeps the case of a place in front', 'http: support one more type', '', 'http: support one more type'],
    ['is no ticket key', 'feat(ABC-12): add night mode', '', 'Add night mode'],
    ['is an order', 'Added night mode', '', 'Add night mode'],
    ['leaves out that it was under way', 'WIP: add night mode', '', 'Add night mode'],
    [
      'takes the sentence of the body that says the title again and says more',
      'Add WithClock option',
      'This adds a WithClock option to control the source of time. It helps tests.\n\nFixes #3',
      'Add a WithClock option to control the source of time',
    ],
    [
      'takes the first point of a list of squashed commits that does',
      'Add `socket` argument (#4)',
      '* Add `socket` argument to both transports\n\n* Changelog',
      'Add `socket` argument to both transports',
    ],
    [
      'stays with the title where the body speaks of something else',
      'Add WithClock option',
      'This adds a test for queues that run dry.',
      'Add WithClock option',
    ],
    [
      'takes the one sentence of a body that says what holds now',
      'fix: stop parsing at the second `<`',
      '`[](<a<b>)` is no longer a valid link',
      '`[](<a<b>)` is no longer a valid link',
    ],
  ])('%s', (_, title, body, expected) => {
    expect(say({ title, body })).toEqual([expected]);
  });

  it.each([
    [
      'a squash merge',
      'Login rework (#107)',
      '* feat!: sessions end after 15 minutes\n* fix: typo',
      'Added',
      'Login rework: sessions end after 15 minutes',
    ],
    [
      'a squash merge that takes away',
      'Improve exports (#40)',
      '* feat!: remove CSV export',
      'Removed',
      'Improve exports: remove CSV export',
    ],
    [
      'a footer',
      'Rework login (#5)',
      'BREAKING CHANGE: sessions end after 15 minutes. See the docs.',
      'Changed',
      'Rework login: sessions end after 15 minutes',
    ],
    [
      'a footer under a title that says nothing of it',
      'docs: note',
      'BREAKING CHANGE: the default port is 8080 now',
      'Changed',
      'The default port is 8080 now',
    ],
    ['a footer under a version', 'v2.0.0', 'BREAKING CHANGE: the default port is 8080 now', 'Changed', 'The default port is 8080 now'],
    [
      'a footer that says the title again',
      'feat!: drop v1 API',
      'BREAKING CHANGE: drop the v1 API, use v2',
      'Removed',
      'Drop the v1 API, use v2',
    ],
    ['a title that says all of the footer', 'feat!: drop the v1 API', 'BREAKING CHANGE: drop the v1 API', 'Removed', 'Drop the v1 API'],
  ])('what breaks is said, be it in %s', (_, title, body, section, text) => {
    const { entries, semver } = composeChangelog([makeChange({ title, body })], { audience: 'engineers', leakList: [] });
    expect(entries).toMatchObject([{ section, text, breaking: true }]);
    expect(semver.bump).toBe('major');
  });

  it.each([
    ['Big PR (#60)', '* feat: add A (#61)\n* feat: add B (#62)', 'Added', 'Add A; add B'],
    [
      'Release 2.0 (#61)',
      '- fix: data loss on save\n- feat(pay): add Apple Pay\n- chore: tidy',
      'Added',
      'Add Apple Pay; fix data loss on save',
    ],
    [
      'feat(pay): gift cards (#64)',
      '* feat: gift cards\n* fix(pay): crash on an empty code\n* fix: lost drafts',
      'Added',
      'pay: Gift cards; fix lost drafts',
    ],
    ['Improve exports of invoices (#62)', '* fix: exports of invoices\n* feat: add SSO', 'Added', 'Improve exports of invoices; add SSO'],
    ['fix: crash on empty cart (#63)', '* wip\n* fix: crash\n', 'Fixed', 'Crash on empty cart'],
  ])('news among the steps of a squash merge is told: %s', (title, body, section, text) => {
    expect(composeChangelog([makeChange({ title, body })], { audience: 'engineers', leakList: [] }).entries).toMatchObject([
      { section, text },
    ]);
  });

  it.each([
    ['Keys are at the reception.', 'The office in Lyon opens on Monday – Keys are at the reception'],
    ['- Keys are at the reception\n- Lunch is at noon', 'The office in Lyon opens on Monday – Keys are at the reception; Lunch is at noon'],
    ['The office in Lyon opens on Monday, and Ana has the keys', 'The office in Lyon opens on Monday, and Ana has the keys'],
  ])('what somebody wrote below the first line of a note is told behind it: %j', (body, text) => {
    const note = makeChange({ title: 'The office in Lyon opens on Monday', body, kind: 'note', source: 'slack' });
    for (const audience of ['engineers', 'company'] as const)
      expect(composeChangelog([note], { audience, leakList: [] }).entries).toMatchObject([{ text }]);
  });

  it('what is raised is updated where readers are no engineers', () => {
    const raise = makeChange({ title: 'chore(deps): bump axios from 1.2.0 to 1.2.6', body: 'Fixes CVE-2026-11111.' });
    const text = (audience: 'engineers' | 'customers') => composeChangelog([raise], { audience, leakList: [] }).entries[0]?.text;
    expect([text('engineers'), text('customers')]).toEqual([
      'Bump axios from 1.2.0 to 1.2.6 (CVE-2026-11111)',
      'Update axios from 1.2.0 to 1.2.6 (CVE-2026-11111)',
    ]);
  });

  it.each([
    ['Read webpack.config.js again', 'Read webpack.config.js again'],
    ['Accept --config twice', 'Accept --config twice'],
    ['Add a panic button', 'Add a panic button'],
    ['Fix git init in `db`', 'Fix git init in db'],
    ['Call db.export', 'Call db.export'],
    ['Read the config of the db', 'Read the settings of the database'],
    ['fix: UTF-8 decoding of names', 'Fix: UTF-8 decoding of names'],
    ['fix: #12 and #13 are one', 'Fix: #12 and #13 are one'],
    ['ABC-12 Add night mode', 'Add night mode'],
  ])('plain words are put for words, not into names: %s', (title, expected) => {
    expect(say({ title }, 'company')).toEqual([expected]);
  });

  it('a company is not told the place', () => {
    expect(say({ title: 'feat(sdk-logs): add processor metrics' }, 'company')).toEqual(['Add processor metrics']);
  });

  it('a sentence of the body that may not be told is not told', () => {
    const body = 'This adds a WithClock option for Megacorp to control time.';
    expect(say({ title: 'feat: add WithClock option', body }, 'engineers', ['megacorp'])).toEqual(['Add WithClock option']);
  });

  it('a merge from the private fork of an advisory is told as a security fix, whatever its title says', () => {
    const { entries } = composeChangelog(
      [
        makeChange({ title: 'Merge commit from fork', kind: 'commit' }),
        makeChange({ title: 'Merge commit from fork', body: '* fix(core): limit the size of headers\n\n* fix lint' }),
        makeChange({ title: 'Merge pull request from GHSA-abcd-ef12-3456', kind: 'merge' }),
      ],
      { audience: 'engineers', leakList: [] },
    );
    expect(entries.map(({ section }) => section)).toEqual(['Security', 'Security', 'Security']);
    expect(entries.map(({ text }) => text).toSorted()).toEqual([
      'Fix a security problem',
      'Fix a security problem',
      'core: Limit the size of headers',
    ]);
  });
});
