import type { Db } from '#db/orm.ts';
import { queryPrepared } from '#db/prepared.ts';
import { findReferences, type LeakGuard } from './changes/index.ts';
import type { Change, Omitted } from './changes/types.ts';
import { hideInName } from './hide-leaks.ts';
import { PRIVATE } from './private-words.ts';

/** What is in no entry, as it may be shown: of what is private that there is something, and why. */
export type ShownOmitted = Omitted & Pick<Change, 'title' | 'refs'>;

/** The same, with titles and references without anything of the leak list. */
export const showOmitted = async (db: Db, workspaceId: string, omitted: readonly Omitted[], guard: LeakGuard): Promise<ShownOmitted[]> => {
  const named = new Map<string, Named>();
  const ids = omitted.map(({ change }) => change);
  for (let at = 0; at < ids.length; at += MOST_IN_A_QUERY)
    for (const row of await queryPrepared<Named>(db, namesQuery, [workspaceId, ids.slice(at, at + MOST_IN_A_QUERY)]))
      named.set(row.id, row);
  return omitted.map((one) => {
    const row = named.get(one.change);
    if (one.reason === 'private' || !row) return { ...one, title: PRIVATE, refs: [] };
    const refs = new Set([...findReferences(row.title, '', row.system).own, ...row.refs]);
    return { ...one, title: hideInName(guard, row.title), refs: [...refs].filter((ref) => !guard.leaks(ref)) };
  });
};

type Named = Pick<Change, 'id' | 'title' | 'refs' | 'system'>;

const MOST_IN_A_QUERY = 5_000;

const namesQuery = `select "id", "title", "refs", "system" from "change" where "workspace_id" = ? and "id" = any(?::text[])`;
