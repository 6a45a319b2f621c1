import { describe, expect, it } from 'vitest';
import { type ChangeKind, composeChangelog, parseChange } from '#src/changelog/changes/index.ts';
import { makeChange } from './make-change.ts';

const tell = (title: string, body = '', kind: ChangeKind = 'commit') => {
  const busy = ['feat: add a page for every invoice', 'fix: crash when no invoice is there', 'feat: search'].map((one) =>
    makeChange({ title: one }),
  );
  const change = makeChange({ title, body, kind });
  const { entries, semver } = composeChangelog([change, ...busy], { audience: 'engineers', leakList: [] });
  return { ...entries.find(({ changes }) => changes.includes(change.id)), bump: semver.bump };
};

describe('what breaks readers', () => {
  it.each([
    ['Breaking: sessions end after an hour', 'Sessions end after an hour'],
    ['BREAKING CHANGE: drop the v1 API', 'Drop the v1 API'],
    ['BREAKING drop XML feeds', 'Drop XML feeds'],
    ['breaking(api): ids are strings', 'api: Ids are strings'],
    ['feat: BREAKING: tokens expire', 'Tokens expire'],
    ['Drop YAML import (breaking)', 'Drop YAML import'],
    ['Action required: rotate your keys', 'Rotate your keys'],
    ['Old TOML profiles are no longer read', 'Old TOML profiles are no longer read'],
  ])('is said in a title: %s', (title, text) => {
    expect(tell(title)).toMatchObject({ text, breaking: true, bump: 'major' });
  });

  it.each([
    'feat(logs): remove `NoopLogger` from exports',
    'refactor: drop parseDate from the public API',
    'Session is no longer exported',
    'Rename the --out-dir option to --target',
    'rename `--watch` to `--follow`',
    'Rename the ORDERS_URL environment variable to SHOP_URL',
    'chore: require Node 20',
    'Raise the minimum Python version to 3.10',
    'Node 22 or newer is required',
    'Exit with code 2 instead of 1 when nothing is found',
  ])('is what others rely on and find no more, where nobody says that it breaks: %s', (title) => {
    expect(tell(title)).toMatchObject({ breaking: true, bump: 'major' });
  });

  it.each([
    'remove chunk_size from api docs',
    'Remove the toggle from the API reference',
    'Rename the --out-dir option to --target, with an alias',
    'refactor: rename Parser to Reader',
    'test: require Node 20',
    'ci: requires node 20',
    'chore: require Node 20 to build',
    'Drop Python 3.7 leftovers',
    'Require two approvals',
    'fix: exit with code 1 instead of 0 when a file is missing',
    'Remove duplicates from exports of orders',
    'Remove the toggle from the interface',
    'Change the default bell to none',
  ])('is not every rename, removal or requirement: %s', (title) => {
    expect(tell(title).breaking ?? false).toBe(false);
  });

  it.each([
    ['fix: ids were reused', 'Ids are never reused now. This is a breaking change for\nclients that count them.', 'Ids were reused'],
    [
      'perf: pack the rows',
      'It is not backwards compatible, so dump and load again.',
      'Pack the rows: It is not backwards compatible, so dump and load again',
    ],
    [
      'feat: new envelope',
      'NOTE: incompatible with the old envelope, update readers first.',
      'New envelope: incompatible with the old envelope, update readers first',
    ],
    ['chore: drop shims', '- [ ] Fix\n- [x] Breaking change (would make existing code fail)', 'Drop shims'],
    ['refactor: rename Client', 'Breaking change: Client is ApiClient now', 'Client is ApiClient now'],
  ])('is said below a title: %s', (title, body, text) => {
    expect(tell(title, body)).toMatchObject({ text, breaking: true, bump: 'major' });
  });

  it('is said in a note that somebody adds', () => {
    expect(tell('BREAKING: the old gateway stops', '', 'note')).toMatchObject({ text: 'The old gateway stops', breaking: true });
  });

  it.each([
    ['Breaking long lines is off by one', ''],
    ['fix: breaking of long words in tables', ''],
    ['Non-breaking spaces in names', ''],
    ['Detect breaking changes in schemas', ''],
    ['feat: list breaking changes first', ''],
    ['fix: empty names are no longer accepted', ''],
    ['Files are no longer read twice', ''],
    ['Drop checks as PHP 7 is no longer supported', ''],
    ['fix: line breaks', 'This is not a breaking change.'],
    ['feat: fold lines', '- [ ] Breaking change (would make existing code fail)'],
    ['feat: fold rows', '## Breaking changes\n\nNone.'],
    ['feat: fold cells', 'Does this introduce a breaking change? No.'],
    ['feat: fold pages', 'This could be a breaking change if somebody relied on it.'],
    ['fix: crash of drafts', 'This fixes a breaking change of last week.'],
    ['feat: read new dumps', 'Supersedes #12, which was not backwards compatible.'],
    ['chore(deps): bump left-pad from 1.0.0 to 2.0.0', 'Bumps [left-pad](https://example.com).\n\n### BREAKING CHANGES\n\n* drops Node 12'],
  ])('is not in: %s %s', (title, body) => {
    expect(parseChange(makeChange({ title, body })).breaking).toBe(false);
  });
});
