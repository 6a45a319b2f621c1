import type { ChangelogScope } from '#db/entities/changelog.ts';
import type { Db } from '#db/orm.ts';
import { queryPrepared } from '#db/prepared.ts';
import { matchesGlob } from '#src/changelog/changes/index.ts';
import type { Change } from '#src/changelog/changes/types.ts';
import { AppError } from '#src/core/errors.ts';
import { type Landed, withOwnCommits } from './own-commits.ts';
import { fold } from './since-release.ts';

export type Period = {
  scope: ChangelogScope;
  from: Date;
  to: Date;
  /** What came in since then counts too where it is of an earlier time. */
  lateSince: Date | null;
  /** Systems (in small letters) that begin at a time of their own, in milliseconds. */
  begins?: Record<string, number> | null | undefined;
} & Partial<Apart>;

/** What a channel knows already, or wants beside. */
export type Apart = {
  /** Ids of changes beyond the scope that count. */
  takeIn: readonly string[];
  /** Ids of changes of an earlier time that were left out then, and that somebody put back since. */
  again: readonly string[];
  /** Ids of changes that were told before. */
  leaveOut: readonly string[];
  /** What came late counts from then on; 35 days before the period where that is null. */
  lateFrom: Date | null;
};

/** Beyond this a changelog is read by nobody, and memory would be the limit. */
const MOST_CHANGES = 100_000;
// What is told of later than this is history that somebody handed in, and not news.
const LATE_MS = 35 * 24 * 3_600_000;
// A change is stored some time after it was received: its transaction may be long, and clocks of two servers differ.
const UNDER_WAY_MS = 3_600_000;

export type PeriodChanges = { changes: Change[] /** Ids of those no remote engine may see. */; restricted: Set<string> };

/** The changes of a period, and those that came late, in no order. Throws BAD_INPUT when there are more than anybody can read. */
export const readPeriod = async (db: Db, workspaceId: string, period: Period): Promise<PeriodChanges> => {
  const { scope, from, begins, takeIn = [], again = [], leaveOut = [] } = period;
  const systems = scope.systems.map(fold);
  const values = [workspaceId, ...windowOf(period), systems, systems, takeIn, again, leaveOut, MOST_CHANGES + 1];
  const rows = await queryPrepared<Row>(db, query, values);
  if (rows.length > MOST_CHANGES)
    throw new AppError('BAD_INPUT', `There are more than ${MOST_CHANGES} changes in this period; choose a shorter one, or fewer systems.`);
  const restricted = new Set(rows.flatMap(({ change }) => (change.restricted ? change.id : [])));
  const landed = rows.map(({ change: { restricted: _, ...change } }) => change);
  const changes = withOwnCommits(landed).filter(({ system, time }) => !begins || time >= (begins[fold(system)] ?? from.getTime()));
  return { changes: inScope(changes, scope, [...takeIn, ...again]), restricted };
};

/** The times a change may be of, as values of `inWindow`. */
export const windowOf = ({ from, to, lateSince, lateFrom }: Pick<Period, 'from' | 'to' | 'lateSince' | 'lateFrom'>): unknown[] => [
  lateSince ? (lateFrom ?? longAgo(from)) : from,
  to,
  from,
  lateSince && new Date(lateSince.getTime() - UNDER_WAY_MS),
];

/** What is told of later than that is history. */
export const longAgo = (from: Date): Date => new Date(from.getTime() - LATE_MS);

export const inWindow = '"time" >= ? and "time" < ? and ("time" >= ? or "received_at" > ?)';

type Row = { change: Landed & { restricted: boolean } };

// As JSON: making an object of each row by hand took most of the time of a hundred thousand.
const query = `select to_json(page) as change from (
    select "id", "source", "system", "kind", "title", "body", "refs", "labels", "paths", "files_changed" as "filesChanged", "breaking",
      (extract(epoch from "time") * 1000)::bigint as "time", "url", "sha", "merged", "restricted",
      "commits", (extract(epoch from "received_at") * 1000)::bigint as "receivedAt"
    from "change"
    where "workspace_id" = ?
      and (${inWindow} and (cardinality(?::text[]) = 0 or lower("system") = any(?::text[]) or "id" = any(?::text[])) or "id" = any(?::text[]))
      and not ("id" = any(?::text[]))
    limit ?) page`;

const inScope = (changes: Change[], { labels, paths }: ChangelogScope, takeIn: readonly string[]): Change[] => {
  const beyond = changes.filter(({ id }) => takeIn.includes(id));
  const inside = beyond.length === 0 ? changes : changes.filter(({ id }) => !takeIn.includes(id));
  return [...ofPaths(ofLabels(inside, labels), paths), ...beyond];
};

/** A request has labels, and what it brought goes along with it. */
const ofLabels = (changes: Change[], labels: readonly string[]): Change[] => {
  if (labels.length === 0) return changes;
  const wanted = new Set(labels.map(fold));
  const hasLabel = (change: Change): boolean => change.labels.some((label) => wanted.has(fold(label)));
  const brought = new Set(changes.filter(hasLabel).flatMap(({ sha, merged }) => [sha ?? '', ...merged]));
  return changes.filter((change) => hasLabel(change) || (change.sha !== null && brought.has(change.sha)));
};

const ofPaths = (labelled: Change[], paths: readonly string[]): Change[] => {
  if (paths.length === 0) return labelled;
  const touches = (change: Change): boolean => change.paths.some((path) => paths.some((glob) => matchesGlob(path, glob)));
  // A pull request names no files, but the commit it became does.
  const shas = new Set(labelled.filter(touches).flatMap(({ sha }) => sha ?? []));
  const goesAlong = ({ paths: known, sha, merged }: Change): boolean =>
    known.length === 0 && [sha ?? '', ...merged].some((one) => shas.has(one));
  return labelled.filter((change) => touches(change) || goesAlong(change));
};
