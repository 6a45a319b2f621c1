import type { Db } from '#db/orm.ts';
import { queryPrepared } from '#db/prepared.ts';
import { fold } from './since-release.ts';

/** The names as changes have them, and those of which nothing was ever heard. */
export const findSystems = async (
  db: Db,
  workspaceId: string,
  systems: readonly string[],
): Promise<{ systems: string[]; unknown: string[] }> => {
  const known = new Map<string, string>();
  for (const system of systems) {
    const [found] = await queryPrepared<{ system: string }>(db, query, [workspaceId, fold(system)]);
    if (found) known.set(system, found.system);
  }
  return { systems: systems.map((system) => known.get(system) ?? system), unknown: systems.filter((system) => !known.has(system)) };
};

const query = 'select "system" from "change" where "workspace_id" = ? and lower("system") = ? limit 1';
