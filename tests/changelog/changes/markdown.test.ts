import { describe, expect, it } from 'vitest';
import { composeChangelog, escapeMarkdown, spliceMarkdown, toMarkdown } from '#src/changelog/changes/index.ts';
import { makeChange } from './make-change.ts';

describe('a changelog as Markdown', () => {
  it('has a heading, a part for each section and a link', () => {
    const changelog = composeChangelog(
      [makeChange({ title: 'feat!: add totals_page (#12)' }), makeChange({ title: 'fix: keep <drafts> of @ana (#13)' })],
      { audience: 'engineers', leakList: [] },
    );
    const markdown = toMarkdown(changelog, {
      audience: 'engineers',
      version: '2.0.0',
      date: '2026-01-02',
      linkOf: (ref) => `https://example.com/${ref.slice(1)}`,
      compareUrl: 'https://example.com/compare',
    });
    expect(markdown).toBe(
      [
        '## [2.0.0] - 2026-01-02',
        '',
        '### Added',
        '',
        '- **Breaking:** Add totals\\_page ([#12](https://example.com/12))',
        '',
        '### Fixed',
        '',
        '- Keep \\<drafts\\> of @\u200bana ([#13](https://example.com/13))',
        '',
        '[2.0.0]: https://example.com/compare',
        '',
      ].join('\n'),
    );
  });

  it('code stays code, and nothing else formats', () => {
    expect(escapeMarkdown('Use `a_b` *not* [x](y)')).toBe('Use `a_b` \\*not\\* \\[x\\](y)');
    expect(escapeMarkdown('# no heading')).toBe('\\# no heading');
  });
});

describe('splicing into a changelog that people keep', () => {
  const release = '## [1.1.0] - 2026-01-02\n\n### Added\n\n- Totals\n\n[1.1.0]: https://example.com/c\n';
  const kept = [
    '# Changelog',
    '',
    'Written by hand.  ',
    '',
    '## [Unreleased]',
    '',
    '- soon',
    '',
    '## [1.0.0]',
    '- first',
    '',
    '[Unreleased]: u',
    '[1.0.0]: o',
    '',
  ].join('\n');

  it('a version goes below Unreleased and above the older ones, its link with the links', () => {
    expect(spliceMarkdown(kept, release)).toBe(
      kept
        .replace('## [1.0.0]\n', '## [1.1.0] - 2026-01-02\n\n### Added\n\n- Totals\n\n## [1.0.0]\n')
        .replace('[1.0.0]: o', '[1.1.0]: https://example.com/c\n[1.0.0]: o'),
    );
  });

  it('what was there stays byte for byte, also with Windows line ends', () => {
    const windows = kept.replaceAll('\n', '\r\n');
    const spliced = spliceMarkdown(windows, release);
    expect(spliced.replaceAll('\r\n', '')).not.toMatch(/\n/);
    expect(spliced.replaceAll('\r\n', '\n')).toBe(spliceMarkdown(kept, release));
  });

  it('a version that is in there belongs to people', () => {
    const once = spliceMarkdown(kept, release).replace('- Totals', '- Totals, in words of our own');
    expect(spliceMarkdown(once, release)).toBe(once);
  });

  it('Unreleased is filled up, and a second time changes nothing', () => {
    const more = '## Unreleased\n\n### Added\n\n- soon\n- Totals\n\n### Fixed\n\n- Drafts\n';
    const once = spliceMarkdown(kept, more);
    expect(once).toBe(kept.replace('- soon\n', '- soon\n\n### Added\n\n- Totals\n\n### Fixed\n\n- Drafts\n'));
    expect(spliceMarkdown(once, more)).toBe(once);
  });

  it('headings in code and comments are no headings', () => {
    const tricky = '# Changelog\n\n```\n## [0.9.0]\n```\n\n<!--\n## [0.8.0]\n-->\n\n## 1.0.0\n- first\n';
    expect(spliceMarkdown(tricky, '## 1.1.0\n\n- x\n')).toBe(tricky.replace('## 1.0.0', '## 1.1.0\n\n- x\n\n## 1.0.0'));
  });

  it.each([
    ['dates', '# Changelog\n\n## 2025-12-01\n- old\n', '## 2025-12-01'],
    ['packages', '# Changelog\n\n## my-pkg 1.0.0\n- old\n', '## my-pkg 1.0.0'],
    [
      'words, after Unreleased',
      '# Changelog\n\n## Unreleased\n\n### 2.5x faster\n\n- soon\n\n## The spring one\n- old\n',
      '## The spring one',
    ],
  ])('releases are known by %s', (_, file, first) => {
    const spliced = spliceMarkdown(file, '## 1.1.0\n\n### Added\n\n- x\n');
    expect(spliced).toBe(file.replace(first, `## 1.1.0\n\n### Added\n\n- x\n\n${first}`));
  });

  it('lines under headings are drawn under the new ones too, and an anchor goes with its heading', () => {
    const file = 'Changelog\n=========\n\n<a name="1.0.0"></a>\n1.0.0\n-----\n\n### Added\n\n- old\n';
    expect(spliceMarkdown(file, '## 1.1.0\n\n### Added\n\n- x\n')).toBe(
      file.replace('<a', '<a name="1.1.0"></a>\n1.1.0\n-----\n\n### Added\n\n- x\n\n<a'),
    );
  });

  it('a release is named and drawn as those before it are', () => {
    const file = '# Changelog\n\n## v14 (2025-12-01)\n\n* old\n';
    expect(spliceMarkdown(file, '## 15.0.0 - 2026-01-02\n\n### Added\n\n- x\n')).toBe(
      file.replace('## v14', '## v15.0.0 (2026-01-02)\n\n### Added\n\n* x\n\n## v14'),
    );
  });

  it('headings are as deep as those of the file, and what has no version goes above what was released', () => {
    const file = '# 1.0.0 (2025-12-01)\n\n- old\n\n## Thanks\n';
    expect(spliceMarkdown(file, '## Unreleased\n\n### Added\n\n- x\n')).toBe(`# Unreleased\n\n## Added\n\n- x\n\n${file}`);
  });

  it('a file whose releases are in brackets, with links that compare them, gets the new one like that', () => {
    const file = '# Changelog\n\n## [1.2.0] - 2026-01-01\n\n- x\n\n[1.2.0]: https://x.example/compare/v1.1.9...v1.2.0\n';
    const spliced = spliceMarkdown(file, '## 1.3.0 - 2026-02-01\n\n- y\n');
    expect(spliced).toContain('## [1.3.0] - 2026-02-01\n\n- y\n\n## [1.2.0]');
    expect(spliced).toContain('\n[1.3.0]: https://x.example/compare/v1.2.0...v1.3.0\n[1.2.0]:');
    const second =
      '# Changelog\n\n## [Unreleased]\n\n## [1.0.0]\n\n- x\n\n[unreleased]: https://x.example/compare/v1.0.0...HEAD\n[1.0.0]: https://x.example/tag/v1.0.0\n';
    // What is unreleased is compared with the newest from then on.
    expect(spliceMarkdown(second, '## 1.1.0\n\n- y\n')).toContain(
      '/v1.1.0...HEAD\n[1.1.0]: https://x.example/compare/v1.0.0...v1.1.0\n[1.0.0]:',
    );
  });

  it('an empty file and one with only a title take it', () => {
    expect(spliceMarkdown('', '## 1.0.0\n\n- x\n')).toBe('# Changelog\n\n## 1.0.0\n\n- x\n');
    expect(spliceMarkdown('# Changelog\n', '## 1.0.0\n\n- x\n')).toBe('# Changelog\n\n## 1.0.0\n\n- x\n');
  });
});
