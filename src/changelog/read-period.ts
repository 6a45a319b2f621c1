import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FilterQuery } from '@mikro-orm/core';
import { Change as ChangeRow } from '#db/entities/change.ts';
import type { ChangelogScope } from '#db/entities/changelog.ts';
import type { Db } from '#db/orm.ts';
import { AppError } from '#src/core/errors.ts';
import type { Change } from './changes/types.ts';

export type Period = { scope: ChangelogScope; from: Date; to: Date; lateSince: Date | null };

/** Beyond this a changelog is read by nobody, and memory would be the limit. */
export const MOST_CHANGES = 100_000;
const PAGE = 2_000;
// What is told of later than this is history that somebody handed in, and not news.
const LATE_MS = 35 * 24 * 3_600_000;

/** The changes of a period, oldest first, and those that came late. Throws BAD_INPUT when there are more than anybody can read. */
export const readPeriod = async (
  db: Db,
  period: Period,
): Promise<{ changes: Change[] /** Ids of those no remote engine may see. */; restricted: Set<string> }> => {
  const changes: Change[] = [];
  const restricted = new Set<string>();
  for (let after: ChangeRow | undefined; ; ) {
    const rows: ChangeRow[] = await db.find(
      ChangeRow,
      { $and: [ofPeriod(period), ...(after ? [beyond(after)] : [])] } as FilterQuery<ChangeRow>,
      {
        orderBy: { time: 'asc', id: 'asc' },
        limit: PAGE,
        disableIdentityMap: true,
      },
    );
    for (const row of rows) {
      changes.push(toChange(row));
      if (row.restricted) restricted.add(row.id);
    }
    if (changes.length > MOST_CHANGES)
      throw new AppError(
        'BAD_INPUT',
        `There are more than ${MOST_CHANGES} changes in this period; choose a shorter one, or fewer systems.`,
      );
    if (rows.length < PAGE) break;
    after = rows.at(-1);
    await nextTurn();
  }
  return { changes: inScope(changes, period.scope), restricted };
};

const ofPeriod = ({ scope, from, to, lateSince }: Period): FilterQuery<ChangeRow> => ({
  ...(scope.systems.length > 0 ? { system: { $in: scope.systems } } : {}),
  ...(lateSince
    ? {
        $or: [
          { time: { $gte: from, $lt: to } },
          { time: { $gte: new Date(from.getTime() - LATE_MS), $lt: from }, receivedAt: { $gt: lateSince } },
        ],
      }
    : { time: { $gte: from, $lt: to } }),
});

const beyond = ({ time, id }: ChangeRow): FilterQuery<ChangeRow> => ({ $or: [{ time: { $gt: time } }, { time, id: { $gt: id } }] });

/** A row as the pure code knows it. */
export const toChange = (row: ChangeRow): Change => ({
  id: row.id,
  source: row.source,
  system: row.system,
  kind: row.kind,
  title: row.title,
  body: row.body,
  refs: row.refs,
  labels: row.labels,
  paths: row.paths,
  filesChanged: row.filesChanged ?? null,
  breaking: row.breaking,
  time: row.time.getTime(),
  url: row.url ?? null,
  sha: row.sha ?? null,
  merged: row.merged,
});

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
