/** What a change says it is, in the words of conventional commits; other spellings are mapped to these. */
export type ChangeType =
  | 'feat'
  | 'fix'
  | 'perf'
  | 'security'
  | 'deprecate'
  | 'remove'
  | 'change'
  | 'refactor'
  | 'style'
  | 'docs'
  | 'test'
  | 'ci'
  | 'build'
  | 'deps'
  | 'chore'
  | 'revert'
  | 'release';

const spellings: Record<ChangeType, string> = {
  feat: 'feat feature features new add added adds enhancement enhancements enhance enh improvement feat(ure) neu nouveau nuevo',
  fix: 'fix fixes fixed bug bugs bugfix bugfixes hotfix patch bug-fix regression fixup behoben korrektur correctif',
  perf: 'perf performance optimization optimisation speed',
  security: 'security sec vuln cve',
  deprecate: 'deprecate deprecated deprecation deprecations',
  remove: 'remove removed removal breaking-removal',
  change: 'change changed changes update improve improved improvements breaking ux ui i18n l10n a11y types',
  refactor: 'refactor refactoring refac ref cleanup clean internal meta robustness simplify',
  style: 'style styles lint linting format formatting fmt eslint prettier standard typo typos whitespace clippy rustfmt',
  docs: 'docs doc documentation readme docstring docstrings website site example examples changelog comment comments readme.md changelog.md',
  test: 'test tests testing spec specs e2e coverage bench benchmark benchmarks fixture fixtures',
  ci: 'ci cd actions action workflow workflows gha travis circleci appveyor pipeline ci/cd github codecov',
  build: 'build dist bundle packaging package rollup webpack make makefile docker infra tooling tools tool scripts script dx',
  deps: 'deps dep dev-deps deps-dev dependencies dependency dependabot renovate vendor go.mod lockfile dev-dependencies',
  chore: 'chore chores misc housekeeping maintenance demo nit nits minor config repo governance',
  revert: 'revert reverts reverted',
  release: 'release prerelease',
};

const bySpelling = new Map<string, ChangeType>(
  Object.entries(spellings).flatMap(([type, words]) => words.split(' ').map((word) => [word, type as ChangeType])),
);

/** 'Dev Deps' and 'dev-deps' are the same word. */
export const toChangeType = (word: string): ChangeType | null =>
  bySpelling.get(
    word
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_]+/g, '-'),
  ) ?? null;

const emojis: [ChangeType, string][] = [
  ['feat', '✨ 🎉 🚩 🧑‍💻 :sparkles: :tada: :rocket:'],
  ['fix', '🐛 🚑 🩹 ✏ 🥅 :bug: :ambulance: :adhesive_bandage:'],
  ['perf', '⚡ 🐎 :zap: :racehorse:'],
  ['security', '🔒 🔐 🛡 :lock:'],
  ['remove', '🔥 ⚰ :fire: :coffin:'],
  ['deprecate', '🗑 :wastebasket:'],
  ['change', '💥 💄 🚸 ♿ 🌐 🚀 :boom: :lipstick: :globe_with_meridians: :children_crossing:'],
  ['refactor', '♻ 🏗 🚚 :recycle: :building_construction: :truck:'],
  ['style', '🎨 🚨 :art: :rotating_light:'],
  ['docs', '📝 📚 💡 📖 :memo: :books: :bulb: :book:'],
  ['test', '✅ 🧪 📸 :white_check_mark: :test_tube:'],
  ['ci', '👷 💚 :construction_worker: :green_heart:'],
  ['build', '📦 🔨 🔧 🐳 :package: :hammer: :wrench: :whale:'],
  ['deps', '⬆ ⬇ ➕ ➖ 📌 :arrow_up: :arrow_down: :heavy_plus_sign: :heavy_minus_sign: :pushpin:'],
  ['chore', '🙈 🧹 🚧 :see_no_evil: :broom: :construction: :house:'],
  ['revert', '⏪ :rewind:'],
  ['release', '🔖 :bookmark:'],
];

const byEmoji = new Map(emojis.flatMap(([type, signs]) => signs.split(' ').map((sign) => [sign, type] as const)));

/** The gitmoji at the front of a title, as a sign or as ':name:'. The selector after a sign (U+FE0F) is no part of it. */
export const emojiType = (sign: string): ChangeType | null => byEmoji.get(sign.replaceAll('\ufe0f', '')) ?? null;
