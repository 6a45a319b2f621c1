import { writeFile } from 'node:fs/promises';
import { composeChangelog, type Learned } from '#src/changelog/changes/index.ts';
import type { Benchmark } from './benchmark.ts';
import { type Breaking, countBreaking } from './changelog/breaking.ts';
import { readHeldOutWeights } from './changelog/held-out.ts';
import { pickByKeywords } from './changelog/keyword-rule.ts';
import { measureWholePath } from './changelog/measure-whole-path.ts';
import { type Release, readRepositories } from './changelog/repositories.ts';
import { type Line, type Score, scoreLines, toPublished } from './changelog/score.ts';
import { bootstrap, mean, rounded } from './support/measures.ts';

type Scored = {
  release: Release;
  lines: Line[];
  score: Score;
  keywords: Score;
  recalled: number;
  breaking: Breaking;
};

/** A changelog for each release of real repositories beside what the maintainers wrote; without data, time and memory from git to Markdown. */
export const changelog: Benchmark = {
  name: 'changelog',
  about:
    'one changelog per release, composed of its commits, against the hand-written one; no repository is judged by weights it helped to make. With no --data: a generated git repository of --limit commits, from git log to Markdown',
  async run({ data, out, limit }) {
    if (data === undefined) return measureWholePath(limit ?? 100_000);
    const releases = await readRepositories(data);
    if (releases.length === 0) throw new TypeError(`There are no folders with commits.jsonl and releases.jsonl in '${data}'.`);
    const without = await readHeldOutWeights();
    const scored = releases.slice(0, limit).map((release) => scoreRelease(release, without[release.repository]));
    if (out !== undefined)
      await writeFile(
        out,
        scored
          .flatMap(toRows)
          .map((row) => `${JSON.stringify(row)}\n`)
          .join(''),
      );
    return summarise(scored, without);
  },
};

const scoreRelease = (release: Release, learned: Learned | undefined): Scored => {
  const { entries, omitted } = composeChangelog(release.changes, { audience: 'engineers', leakList: [] }, learned);
  const lines = entries.map(
    ({ section, text, changes, refs, breaking }): Line => ({
      section,
      text,
      shas: changes,
      refs: refs.filter((ref) => ref.startsWith('#')),
      cites: refs,
      breaking,
    }),
  );
  const told = new Set([...entries.flatMap(({ changes }) => changes), ...omitted.map(({ change }) => change)]);
  return {
    release,
    lines,
    score: scoreLines(lines, release),
    keywords: scoreLines(pickByKeywords(release), release),
    recalled: release.changes.filter(({ id }) => told.has(id)).length,
    breaking: countBreaking(lines, release),
  };
};

const summarise = (scored: readonly Scored[], without: Record<string, unknown>): Record<string, unknown> => {
  const parts = [...Map.groupBy(scored, ({ release }) => release.repository)];
  const perRepository = Object.fromEntries(
    parts.map(([name, some]) => [name, { weights: without[name] ? 'made without it' : 'as shipped', ...figuresOf(some) }]),
  );
  const overall = (figure: (some: readonly Scored[]) => number) => mean(parts.map(([, some]) => figure(some)));
  return {
    reference_recall: rounded(sum(scored, ({ recalled }) => recalled) / sum(scored, ({ release }) => release.changes.length)),
    fabrication: sum(scored, ({ score }) => score.fabricated),
    ...Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, rounded(overall(figure))])),
    f1_interval: bootstrapParts(parts.map(([, some]) => some.filter(hasLinks))).map(rounded),
    ...breakingFigures(scored),
    releases: scored.length,
    releases_without_linked_entries: scored.filter((one) => !hasLinks(one)).length,
    commits: sum(scored, ({ release }) => release.changes.length),
    per_repository: perRepository,
  };
};

/** A release none of whose entries is linked to a commit has no coverage: it counts for recall and fabrication only. */
const hasLinks = ({ release }: Scored): boolean => release.entries.some(({ commits }) => commits.length > 0);

const figures: Record<string, (some: readonly Scored[]) => number> = {
  coverage: (some) => mean(some.filter(hasLinks).map(({ score }) => score.coverage)),
  precision: (some) => mean(some.filter(hasLinks).map(({ score }) => score.precision)),
  f1: (some) => mean(some.filter(hasLinks).map(({ score }) => score.f1)),
  category_accuracy: (some) =>
    share(
      some,
      ({ score }) => score.rightSection,
      ({ score }) => score.scoredSection,
    ),
  // Entries the maintainers put under one of Keep a Changelog's six sections, and not under "Internal", "Documentation" or "Packaging".
  category_accuracy_six_sections: (some) =>
    share(
      some,
      ({ score }) => score.rightOfOurs,
      ({ score }) => score.scoredOfOurs,
    ),
  // Like with like: the line as it is published, references and all, against the entry as it was written. Both are cut into words the same way
  // (lower case, letters and digits), nothing else is taken off either.
  rouge_l: (some) =>
    share(
      some,
      ({ score }) => score.rouge,
      ({ score }) => score.pairs,
    ),
  // The words alone: numbers, addresses and '@user' are taken off both.
  rouge_l_words: (some) =>
    share(
      some,
      ({ score }) => score.rougeOfWords,
      ({ score }) => score.pairs,
    ),
  // Our words alone against the entry with its references, which they cannot hold: the least favourable reading.
  rouge_l_words_against_whole_entry: (some) =>
    share(
      some,
      ({ score }) => score.rougeOfWordsAgainstAll,
      ({ score }) => score.pairs,
    ),
  keyword_rule_coverage: (some) => mean(some.filter(hasLinks).map(({ keywords }) => keywords.coverage)),
  keyword_rule_precision: (some) => mean(some.filter(hasLinks).map(({ keywords }) => keywords.precision)),
  keyword_rule_f1: (some) => mean(some.filter(hasLinks).map(({ keywords }) => keywords.f1)),
};

const figuresOf = (some: readonly Scored[]): Record<string, unknown> => ({
  ...Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, rounded(figure(some))])),
  f1_interval: bootstrap(some.filter(hasLinks), (drawn) => mean(drawn.map(({ score }) => score.f1))).map(rounded),
  reference_recall: rounded(sum(some, ({ recalled }) => recalled) / sum(some, ({ release }) => release.changes.length)),
  fabrication: sum(some, ({ score }) => score.fabricated),
  ...breakingFigures(some),
  releases: some.length,
  commits: sum(some, ({ release }) => release.changes.length),
  human_entries: sum(some, ({ release }) => release.entries.length),
  lines: sum(some, ({ lines }) => lines.length),
});

/** Marked as breaking; what no commit declares (a heading of the maintainers is all there is) counts in `breaking_recall`, not in the second. */
const breakingFigures = (some: readonly Scored[]): Record<string, number> => {
  const all = ({ breaking }: Scored) => breaking.declared + breaking.listed;
  return {
    breaking_recall: rounded(share(some, ({ breaking }) => breaking.marked.declared + breaking.marked.listed, all)),
    breaking_recall_declared: rounded(
      share(
        some,
        ({ breaking }) => breaking.marked.declared,
        ({ breaking }) => breaking.declared,
      ),
    ),
    breaking_told: rounded(share(some, ({ breaking }) => breaking.told, all)),
    breaking_changes: sum(some, all),
  };
};

/** Releases are drawn again within each repository: the mean over repositories is of the same ones each time. */
const bootstrapParts = (parts: readonly (readonly Scored[])[]): [number, number] => {
  const drawn = parts.map((part) => {
    const means: number[] = [];
    bootstrap(part, (some) => {
      means.push(mean(some.map(({ score }) => score.f1)));
      return 0;
    });
    return means;
  });
  const overall = (drawn[0] ?? []).map((_, i) => mean(drawn.map((means) => means[i] ?? 0))).sort((x, y) => x - y);
  return [overall[Math.floor(overall.length * 0.025)] ?? 0, overall[Math.floor(overall.length * 0.975)] ?? 0];
};

const toRows = ({ release, lines }: Scored): Record<string, unknown>[] =>
  lines.map((line) => ({
    repository: release.repository,
    release: release.version,
    text: toPublished(line),
    words: line.text,
    section: line.section,
    shas: line.shas,
    refs: line.refs,
    breaking: line.breaking,
  }));

const sum = (some: readonly Scored[], of: (one: Scored) => number): number => some.reduce((all, one) => all + of(one), 0);

/** One where there is nothing to have a share of. */
const share = (some: readonly Scored[], part: (one: Scored) => number, whole: (one: Scored) => number): number =>
  sum(some, whole) === 0 ? 1 : sum(some, part) / sum(some, whole);
