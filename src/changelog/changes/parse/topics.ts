import type { OmittedReason } from '#src/changelog/changes/types.ts';
import { none } from './none.ts';

/** What a title is about when it is not about what readers use. */
export type Topic = Extract<OmittedReason, 'tests' | 'ci' | 'docs' | 'dependency' | 'release' | 'trivial' | 'internal'>;

const rules: [Topic, RegExp][] = [
  [
    'ci',
    /\b(?:ci|github actions?|gh actions?|travis|appveyor|circleci|workflows?|codecov|coveralls|codeql|dependabot|renovate|pre-?commit|codeowners|github defaults|issue templates?|pull request templates?|pr template|stale bot|\w+\.yml|\w+\.yaml|build matrix|runners?)\b|(?:^|[\s/])\.github\b/i,
  ],
  [
    'tests',
    /\b(?:tests?|testing|test ?suite|unflake|flaky|specs?|fixtures?|benchmarks?|coverage|mocks?|snapshots?|e2e|pytest|jest|test_\w+|\w+_test\w*|Test[A-Z]\w+|regression test)\b/i,
  ],
  [
    'docs',
    /\b(?:docs?|documentation|documenting|readme(?:\.\w+)?|changelog(?:\.md|\.rst)?|typos?|spelling|grammar|comments?|docstrings?|godoc|jsdoc|javadoc|man ?pages?|tutorials?|examples?|demos?|samples?|website|badges?|broken links?|links? (?:to|in)|wording|\w+\.(?:md|rst|adoc|mdx)|copyright|licen[sc]e|sponsors?\w*|funding|contributors?|contributing|authors|code of conduct|third[- ]party packages|translations?|faq|install(?:ation)? instructions)\b/i,
  ],
  [
    'dependency',
    /\b(?:dependenc(?:y|ies)|deps|lock ?files?|devdependenc\w*|requirements\.txt|package-lock|cargo\.lock|go\.sum|(?:go )?mod tidy|submodules?)\b/i,
  ],
  [
    'trivial',
    /\b(?:whitespace|indent(?:ation)?|formatting|lint(?:ing|er|s)?|eslint|prettier|black|isort|flake8|ruff|mypy|clippy|rustfmt|gofmt|golangci|shellcheck|nits?|unused (?:imports?|variables?|code|dependency)|trailing|wip|superfluous|stale|codestyle|code style|orphaned?|dead code|semicolons?|missing (?:semi|comma)|oops|\w+ignore|editorconfig|gitattributes)\b/i,
  ],
  [
    'internal',
    /\b(?:refactor\w*|clean ?-?ups?|cleanups?|cleaned|internals?|private|simplif\w+|boilerplate|monorepo|workspaces?|tooling|scripts?|makefile|dockerfile|devcontainer|nix|rebuild|dist|builds?|bundler|rollup|webpack|babel|typings?|type hints?|annotations?|typing|type: ?ignores?|mock|tsconfig|pyproject|setup\.(?:py|cfg)|package\.json|cargo\.toml|go\.mod|rename (?:file|var\w*|package)|renamed? (?:files?|var\w*)|move (?:\w+ )?(?:files?|functions?|utility|utils|helpers?|code)|helpers?|utils?)\b/i,
  ],
];

/** All topics of a title, the telling one first. */
export const topicsOf = (text: string): readonly Topic[] => {
  let found: Topic[] | undefined;
  for (const [topic, pattern] of rules)
    if (pattern.test(text)) {
      found ??= [];
      found.push(topic);
    }
  return found ?? none;
};
