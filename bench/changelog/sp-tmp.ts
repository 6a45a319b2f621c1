import { spliceMarkdown } from '#src/changelog/changes/index.ts';
const ex = `# Changelog\r\nHand text.\r\n\r\n## [Unreleased]\r\n\r\n### Added\r\n- mine\r\n\r\n## [1.0.0] - 2020\r\n### Fixed\r\n- x\r\n\r\n[Unreleased]: a\r\n[1.0.0]: b\r\n`;
console.log(JSON.stringify(spliceMarkdown(ex, '## [1.1.0] - 2021\n\n### Added\n\n- new\n\n[1.1.0]: c\n')));
console.log(JSON.stringify(spliceMarkdown(ex, '## Unreleased\n\n### Added\n\n- mine\n- two\n\n### Fixed\n\n- f\n')));
console.log(JSON.stringify(spliceMarkdown('', '## Unreleased\n\n### Added\n\n- mine\n')));
console.log(JSON.stringify(spliceMarkdown('# Changelog\n', '## 1.0.0\n\n### Added\n\n- mine\n')));
console.log(JSON.stringify(spliceMarkdown('# Changelog\n\n## Unreleased\n', '## 1.0.0\n\n### Added\n\n- mine\n\n[1.0.0]: z\n')));
console.log(JSON.stringify(spliceMarkdown('# Changelog\n\n## Unreleased\n', '## Unreleased\n\n### Added\n\n- mine\n')));
