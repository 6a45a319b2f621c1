import type { Changelog } from '#db/entities/changelog.ts';
import type { Db } from '#db/orm.ts';
import { queryPrepared } from '#db/prepared.ts';
import { nextVersion } from '#src/changelog/changes/index.ts';
import type { Change, Changelog as Composition } from '#src/changelog/changes/types.ts';
import { tagsOf } from '#src/changelog/git/tags-of.ts';

/** The name of a system's next release, after the last one before the period; null where one came out within it, or several systems have theirs. */
export const nextRelease = async (
  db: Db,
  { workspaceId, scope, from }: Pick<Changelog, 'workspaceId' | 'scope' | 'from'>,
  changes: readonly Change[],
  bump: Composition['semver']['bump'],
): Promise<string | null> => {
  const systems = scope.systems.length > 0 ? scope.systems : [...new Set(changes.map(({ system }) => system))];
  const [system, other] = systems;
  if (bump === 'none' || system === undefined || other !== undefined || changes.some(({ kind }) => kind === 'release')) return null;
  const releases = await queryPrepared<{ title: string }>(db, query, [workspaceId, system, from]);
  for (const { title } of tagsOf(releases, scope.paths)) {
    const next = nextVersion(title, bump);
    if (next !== null) return next;
  }
  return null;
};

// Beside "latest" there may be a version.
const query = `select "title" from "change" where "workspace_id" = ? and lower("system") = lower(?) and "kind" = 'release' and "time" <= ?
  order by "time" desc, "id" desc limit 50`;
