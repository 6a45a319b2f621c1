import { expect, test } from 'vitest';
import { spliceEntries } from '#src/changelog/render/splice-release.ts';

const entries = [
  { refs: ['#1'], text: 'Add dark mode (#1)', section: 'Added' },
  { refs: ['#2'], text: 'Exports work again (#2)', section: 'Fixed' },
];
const writeAs = (name: string) => (some: readonly (typeof entries)[number][]) =>
  `## ${name}\n${['Added', 'Fixed']
    .map((section) => ({ section, own: some.filter((entry) => entry.section === section) }))
    .filter(({ own }) => own.length > 0)
    .map(({ section, own }) => `\n### ${section}\n\n${own.map(({ text }) => `- ${text}\n`).join('')}`)
    .join('')}`;
const file = [
  '# Changelog',
  '',
  '## [Unreleased]',
  '',
  '### Added',
  '',
  '- Dark mode, at last',
  '  for all of you (#1)',
  '- What comes later',
  '',
  '### Fixed',
  '',
  '- Exports work again (#2)',
  '',
  '## [1.0.0] - 2026-01-01',
  '',
  '- first',
  '',
].join('\n');

test('a release takes along what stands below Unreleased already, in people’s words, and leaves there what is not its own', () => {
  const spliced = spliceEntries(file, entries, writeAs('1.1.0 - 2026-02-01'), { isRelease: true });
  expect(spliced).toBe(
    [
      '# Changelog',
      '',
      '## [Unreleased]',
      '',
      '### Added',
      '',
      '- What comes later',
      '',
      '## [1.1.0] - 2026-02-01',
      '',
      '### Added',
      '',
      '- Dark mode, at last',
      '  for all of you (#1)',
      '',
      '### Fixed',
      '',
      '- Exports work again (#2)',
      '',
      '## [1.0.0] - 2026-01-01',
      '',
      '- first',
      '',
    ].join('\n'),
  );
  // A second time it is people's.
  expect(spliceEntries(spliced, entries, writeAs('1.1.0 - 2026-02-01'), { isRelease: true })).toBe(spliced);
});

test('what has no version yet is filled up, and what is told is not told twice', () => {
  const more = [...entries, { refs: ['#3'], text: 'Reports as PDF (#3)', section: 'Added' }];
  expect(spliceEntries(file, entries, writeAs('Unreleased'), { isRelease: false })).toBe(file);
  expect(spliceEntries(file, more, writeAs('Unreleased'), { isRelease: false })).toBe(
    file.replace('- What comes later\n', '- What comes later\n- Reports as PDF (#3)\n'),
  );
});

test('entries that share a reference keep their own words each', () => {
  const shared = [
    { refs: ['#1'], text: 'Carts keep their order (#1)', section: 'Added' },
    { refs: ['#1', '#2'], text: 'Carts are shared (#1, #2)', section: 'Added' },
  ];
  const kept = `# Changelog\n\n## [Unreleased]\n\n### Added\n\n- Sharing of carts (#1, #2)\n- Order is kept (#1)\n`;
  const spliced = spliceEntries(kept, shared, writeAs('1.1.0'), { isRelease: true });
  expect(spliced.slice(spliced.indexOf('1.1.0'))).toBe('1.1.0\n\n### Added\n\n- Order is kept (#1)\n- Sharing of carts (#1, #2)\n');
});

const withLines = [
  '# Log',
  '',
  'Unreleased',
  '==========',
  '',
  'Added',
  '-----',
  '',
  '* Dark mode, at last (#1)',
  '* What comes later',
  '',
  'v1.0.0 (2026-01-01)',
  '===================',
  '',
  'Fixed',
  '-----',
  '',
  '* first, see [above](#unreleased)',
  '',
].join('\n');

test.each(['\n', '\r\n'])('headings with lines under them are read and drawn as such, with line ends as they are (%j)', (ending) => {
  const given = withLines.replaceAll('\n', ending);
  const release = spliceEntries(given, entries, writeAs('1.1.0 - 2026-02-01'), { isRelease: true });
  const own =
    'v1.1.0 (2026-02-01)\n===================\n\nAdded\n-----\n\n* Dark mode, at last (#1)\n\nFixed\n-----\n\n* Exports work again (#2)\n\n';
  expect(release).toBe(withLines.replace('* Dark mode, at last (#1)\n', '').replace('v1.0.0', `${own}v1.0.0`).replaceAll('\n', ending));
  const filled = spliceEntries(given, entries, writeAs('Unreleased'), { isRelease: false });
  expect(filled).toBe(withLines.replace('later\n', 'later\n\nFixed\n-----\n\n* Exports work again (#2)\n').replaceAll('\n', ending));
  expect(spliceEntries(filled, entries, writeAs('Unreleased'), { isRelease: false })).toBe(filled);
});

test.each(['# ', '### '])('what is unreleased is found under a heading as deep as %j', (signs) => {
  const given = `${signs}Unreleased\n\n- Dark mode (#1)\n\n${signs}1.0.0\n\n- first\n`;
  const release = spliceEntries(given, entries.slice(0, 1), writeAs('1.1.0'), { isRelease: true });
  expect(release).toBe(`${signs}Unreleased\n\n${signs}1.1.0\n\n${signs.trim()}# Added\n\n- Dark mode (#1)\n\n${signs}1.0.0\n\n- first\n`);
});

test('a file without a part Unreleased gets the release above the others, and its links and anchors stay', () => {
  const given = '# Changelog\r\n\r\nSee [the first](#100).\r\n\r\n## 1.0.0\r\n\r\n- first [#0]\r\n\r\n[#0]: https://x.example/0\r\n';
  const release = spliceEntries(given, entries.slice(0, 1), writeAs('1.1.0'), { isRelease: true });
  expect(release).toBe(given.replace('## 1.0.0', '## 1.1.0\r\n\r\n### Added\r\n\r\n- Add dark mode (#1)\r\n\r\n## 1.0.0'));
});
