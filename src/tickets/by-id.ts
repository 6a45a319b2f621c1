import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EntityName } from '@mikro-orm/core';
import { forWorkspace, type Orm } from '#db/orm.ts';

/**
 * Finds rows by id, those asked for at the same time in one query: a page of a hundred tickets names a thousand categories and look-alikes.
 * Null for what is not there or not in the workspace.
 */
export const createById = <Row extends { id: string }>(orm: Orm, entity: EntityName<Row>) => {
  const waiting = new Map<string, { ids: Set<string>; rows: Promise<Map<string, Row>> }>();
  const startBatch = (workspaceId: string) => {
    const ids = new Set<string>();
    const rows = nextTurn().then(async () => {
      waiting.delete(workspaceId);
      const found = await forWorkspace(orm, workspaceId).find(entity, { id: { $in: [...ids] } } as never);
      return new Map((found as Row[]).map((row) => [row.id, row]));
    });
    const batch = { ids, rows };
    waiting.set(workspaceId, batch);
    return batch;
  };
  return async (workspaceId: string, id: string): Promise<Row | null> => {
    const batch = waiting.get(workspaceId) ?? startBatch(workspaceId);
    batch.ids.add(id);
    return (await batch.rows).get(id) ?? null;
  };
};
