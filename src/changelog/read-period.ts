import type { ChangelogScope } from '#db/entities/changelog.ts';
import type { Db } from '#db/orm.ts';
import { queryPrepared } from '#db/prepared.ts';
import { AppError } from '#src/core/errors.ts';
import type { Change } from './changes/types.ts';

export type Period = { scope: ChangelogScope; from: Date; to: Date; lateSince: Date | null };

/** Beyond this a changelog is read by nobody, and memory would be the limit. */
export const MOST_CHANGES = 100_000;
// What is told of later than this is history that somebody handed in, and not news.
const LATE_MS = 35 * 24 * 3_600_000;

export type PeriodChanges = { changes: Change[] /** Ids of those no remote engine may see. */; restricted: Set<string> };

/** The changes of a period, and those that came late, in no order. Throws BAD_INPUT when there are more than anybody can read. */
export const readPeriod = async (db: Db, workspaceId: string, { scope, from, to, lateSince }: Period): Promise<PeriodChanges> => {
  const begin = lateSince ? new Date(from.getTime() - LATE_MS) : from;
  const values = [workspaceId, begin, to, from, lateSince, scope.systems, scope.systems, MOST_CHANGES + 1];
  const rows = await queryPrepared<Row>(db, query, values);
  if (rows.length > MOST_CHANGES)
    throw new AppError('BAD_INPUT', `There are more than ${MOST_CHANGES} changes in this period; choose a shorter one, or fewer systems.`);
  const restricted = new Set(rows.flatMap(({ change }) => (change.restricted ? change.id : [])));
  const changes = rows.map(({ change: { restricted: _, ...change } }) => change);
  return { changes: inScope(changes, scope), restricted };
};

type Row = { change: Change & { restricted: boolean } };

// As JSON: making an object of each row by hand took most of the time of a hundred thousand.
const query = `select to_json(page) as change from (
    select "id", "source", "system", "kind", "title", "body", "refs", "labels", "paths", "files_changed" as "filesChanged", "breaking",
      (extract(epoch from "time") * 1000)::bigint as "time", "url", "sha", "merged", "restricted"
    from "change"
    where "workspace_id" = ? and "time" >= ? and "time" < ? and ("time" >= ? or "received_at" > ?)
      and (cardinality(?::text[]) = 0 or "system" = any(?::text[]))
    limit ?) page`;

const inScope = (changes: Change[], { labels, paths }: ChangelogScope): Change[] => {
  const labelled = labels.length === 0 ? changes : changes.filter((change) => change.labels.some((label) => labels.includes(label)));
  if (paths.length === 0) return labelled;
  const touches = (change: Change): boolean => change.paths.some((path) => paths.some((glob) => matchesGlob(path, glob)));
  // A pull request names no files, but the commit it became does.
  const shas = new Set(labelled.filter(touches).flatMap(({ sha }) => sha ?? []));
  const goesAlong = ({ paths: known, sha, merged }: Change): boolean =>
    known.length === 0 && [sha ?? '', ...merged].some((one) => shas.has(one));
  return labelled.filter((change) => touches(change) || goesAlong(change));
};

const globs = new Map<string, RegExp>();

/** `*` stays within a folder, `**` does not; a glob without a wildcard is a file or a folder with all that is in it. */
const matchesGlob = (path: string, glob: string): boolean => {
  const known = globs.get(glob) ?? toPattern(glob);
  if (globs.size > 1_000) globs.clear();
  globs.set(glob, known);
  return known.test(path);
};

const toPattern = (glob: string): RegExp => {
  const source = glob
    .replace(/^\.?\//, '')
    .replace(/\/$/, '')
    .split(/(\*\*\/?|\*|\?)/)
    .map((part) => wildcards[part] ?? part.replace(/[\\^$.|+()[\]{}]/g, '\\$&'))
    .join('');
  return new RegExp(`^${source}(?:/.*)?$`);
};

const wildcards: Record<string, string> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };
