import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Change } from '#src/changelog/changes/index.ts';

/** An entry as the maintainers wrote it, with the commits it tells of. */
export type HumanEntry = { section: string | null; text: string; refs: string[]; commits: string[] };

export type Release = {
  repository: string;
  version: string;
  changes: Change[];
  /** Commits a merge brought, by the merge's sha. */
  merged: Map<string, string[]>;
  entries: HumanEntry[];
};

type CommitRow = {
  release: string;
  sha: string;
  date: string;
  subject: string;
  body: string;
  files_changed: number;
  is_merge: boolean;
  refs: number[];
  merged?: string[];
};
type ReleaseRow = {
  version: string;
  repo: string;
  sections: { canonical: string | null; entries: { text: string; refs: number[]; commits: string[] }[] }[];
};

/** Folders with `commits.jsonl` and `releases.jsonl`; one change a commit, one release a row. */
export const readRepositories = async (folder: string): Promise<Release[]> => {
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const read = await Promise.all(names.sort().map((name) => readRepository(join(folder, name), name)));
  return read.flat();
};

const readRepository = async (folder: string, repository: string): Promise<Release[]> => {
  const [commits, releases] = await Promise.all([
    readRows<CommitRow>(join(folder, 'commits.jsonl')),
    readRows<ReleaseRow>(join(folder, 'releases.jsonl')),
  ]);
  const byRelease = Map.groupBy(commits, ({ release }) => release);
  return releases.map(({ version, repo, sections }) => {
    // A version that was released twice has its commits twice.
    const rows = [...new Map((byRelease.get(version) ?? []).map((row) => [row.sha, row])).values()];
    return {
      repository,
      version,
      changes: rows.map((row, i) => toChange(row, repo, rows.length - i)),
      merged: new Map(rows.map(({ sha, merged }) => [sha, merged ?? []])),
      entries: sections.flatMap(({ canonical, entries }) =>
        entries.map(({ text, refs, commits: linked }) => ({
          section: canonical,
          text,
          refs: refs.map((ref) => `#${ref}`),
          commits: linked,
        })),
      ),
    };
  });
};

/** Days have no time: the rows are newest first, so the place in them makes one. */
const toChange = (row: CommitRow, system: string, place: number): Change => ({
  id: row.sha,
  source: 'git',
  system,
  kind: row.is_merge ? 'merge' : 'commit',
  title: row.subject,
  body: row.body,
  refs: row.refs.map((ref) => `#${ref}`),
  labels: [],
  paths: [],
  filesChanged: row.files_changed,
  breaking: false,
  time: place * 1000,
  url: null,
  sha: row.sha,
  merged: row.merged ?? [],
});

const readRows = async <Row>(path: string): Promise<Row[]> =>
  (await readFile(path, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
