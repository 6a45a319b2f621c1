import { describe, expect, it } from 'vitest';
import { composeChangelog, parseChange } from '#src/changelog/changes/index.ts';
import { makeChange } from './make-change.ts';

const parse = (title: string, body = '') => parseChange(makeChange({ title, body }));

describe('titles with versions', () => {
  it.each([
    'Release 1.4.0',
    'release: 2.0.0-rc.1',
    'chore(release): publish',
    'chore: release v3.2.1 [skip ci]',
    'v1.2.3',
    'Bump version to 1.5.0',
    'chore: bump version from 1.2.3 to 1.2.4',
    'shop 2.4',
    'Shop version 2.4.1',
    'api@1.3.0',
    'Prepare for release v1.26.0',
    'Prepare the 2.0 release',
    'begin development of 3.0',
    'Back to development',
    'release 3.4.5 to npm',
    'Release v2.0.0 🎉',
    'Fix release date for 13.7.1',
    'Tag v2',
  ])('only says that a version came out: %s', (title) => {
    expect(parse(title)).toMatchObject({ release: true, bump: null });
  });

  it.each([
    'perf: cut the time to start from 3.1 s to 0.9 s',
    'feat: ship Leaflet 1.9 with the map',
    'fix: version 1.2.3 is shown as 1.2',
    'feat!: 2.0.0 of the wire format',
    'Publish invoices over AS4 1.0',
    'publish: retry uploads when the registry is busy',
    'Tag photos with EXIF 2.3 data',
    'Version 3.0 of the webhook payload',
    'Make release dates sortable',
    'Release notes are mailed to subscribers',
    'Post-release surveys are sent two days later',
    'Release locks when a worker dies',
    'Start development server on port 4000',
    'Change API version header to lower case',
    'TLS 1.3',
  ])('speaks of something else, and is no release: %s', (title) => {
    expect(parse(title)).toMatchObject({ release: false, bump: null });
  });

  it.each([
    'Raise timeout to 30',
    'Bump retries from 3 to 5',
    'fix: bump timeout from 10 to 30',
    'perf: bump throughput from 1.5 to 3.2 GB/s',
    'Raise the limit from 1.5 to 2.5',
    'feat: update dependencies page to show licences',
  ])('raises no dependency: %s', (title) => {
    expect(parse(title).bump).toBeNull();
  });

  it.each([
    ['Bump entities 2.0.x => 2.1.x', 'entities', '2.1.x'],
    ['Bump coverage[toml] from 7.2.2 to 7.2.7', 'coverage[toml]', '7.2.7'],
    ['chore(deps): bump node-fetch from 2 to 3', 'node-fetch', '3'],
    ['chore(deps): update nx to 22.3.0 - mended by hand', 'nx', '22.3.0'],
    ['fix(deps): update dependency yaml to v2', 'yaml', 'v2'],
  ])('raises a dependency: %s', (title, name, to) => {
    expect(parse(title).bump).toMatchObject({ name, to });
  });

  it('a feature that holds a version stands between no feature and its fix', () => {
    const changes = ['Add gift cards', 'feat: ship Leaflet 1.9 with the map', 'Fix gift cards on phones'].map((title) =>
      makeChange({ title }),
    );
    expect(composeChangelog(changes, { audience: 'engineers', leakList: [] }).entries.map(({ text }) => text)).toEqual([
      'Ship Leaflet 1.9 with the map',
      'Add gift cards',
    ]);
  });
});
