import { Change } from '#db/entities/change.ts';
import type { Db } from '#db/orm.ts';
import { queryPrepared } from '#db/prepared.ts';
import { nearestTag } from '#src/changelog/git/nearest-tag.ts';
import { AppError } from '#src/core/errors.ts';

/** Where a changelog begins; `begins` where its systems do not begin at the same time, in milliseconds. */
export type Beginning = { from: Date; begins: Record<string, number> | null };

/**
 * What comes after a release: after its commit, as it landed here, for a push brings a release's own commits minutes after they were made. Each
 * system begins at its own release of that name. Throws NOT_FOUND (nobody released it, or one of several systems did not), BAD_INPUT (several
 * systems did, and none is named).
 */
export const sinceRelease = async (db: Db, workspaceId: string, tag: string, systems: readonly string[]): Promise<Beginning> => {
  const bare = tag.trim().replace(/^refs\/tags\//, '');
  const names = [bare, `v${bare}`, bare.replace(/^v/, '')];
  const all = await db.find(Change, { kind: 'release', title: { $in: names } }, { orderBy: { time: 'desc' }, limit: MOST_RELEASES });
  const wanted = new Set(systems.map(fold));
  const bySystem = Map.groupBy(
    all.filter(({ system }) => wanted.size === 0 || wanted.has(fold(system))),
    ({ system }) => fold(system),
  );
  if (bySystem.size === 0)
    throw wrong(
      'NOT_FOUND',
      `No release "${bare.slice(0, 80)}" is known here; ${await nearestKnown(db, workspaceId, bare, wanted)}, or use "from".`,
    );
  const without = systems.filter((system) => !bySystem.has(fold(system)));
  if (without.length > 0)
    throw wrong(
      'NOT_FOUND',
      `${without.join(' and ')} had no release "${bare.slice(0, 80)}" that is known here; leave it out, or use "from".`,
    );
  if (wanted.size === 0 && bySystem.size > 1)
    throw wrong(
      'BAD_INPUT',
      `Several systems had a release "${bare.slice(0, 80)}" (${[...bySystem.keys()].slice(0, 5).join(', ')}); name in the scope those you mean.`,
    );
  const begins: Record<string, number> = {};
  for (const [system, releases] of bySystem) begins[system] = (await releasedAt(db, workspaceId, system, releases)) + 1;
  const times = Object.values(begins);
  return { from: new Date(Math.min(...times)), begins: new Set(times).size > 1 ? begins : null };
};

const MOST_RELEASES = 1_000;

const nearestKnown = async (db: Db, workspaceId: string, name: string, systems: ReadonlySet<string>): Promise<string> => {
  const rows = await queryPrepared<{ title: string }>(db, namesQuery, [workspaceId, [...systems], [...systems], MOST_RELEASES]);
  const nearest = nearestTag(
    name,
    rows.map(({ title }) => title),
  );
  return nearest === null ? 'name one that came in as a change' : `did you mean "${nearest}"? Name one that came in as a change`;
};

const namesQuery = `select "title" from "change" where "workspace_id" = ? and "kind" = 'release'
  and (cardinality(?::text[]) = 0 or lower("system") = any(?::text[])) order by "time" desc limit ?`;

/** Names of systems are compared without regard to case. */
export const fold = (system: string): string => system.toLowerCase();

const releasedAt = async (db: Db, workspaceId: string, system: string, releases: readonly Change[]): Promise<number> => {
  const sha = releases.find((release) => release.sha)?.sha;
  const [landed] = sha ? await queryPrepared<{ time: Date | string | null }>(db, query, [workspaceId, system, sha]) : [];
  return new Date(landed?.time ?? (releases[0] as Change).time).getTime();
};

const query = `select max("time") as "time" from "change" where "workspace_id" = ? and lower("system") = ? and "sha" = ? and "kind" <> 'release'`;

const wrong = (code: 'NOT_FOUND' | 'BAD_INPUT', sentence: string): AppError => new AppError(code, sentence, { field: 'lastTag' });
