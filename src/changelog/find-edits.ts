import { ChangelogEdit } from '#db/entities/changelog-edit.ts';
import type { Db } from '#db/orm.ts';
import type { Audience, Entry } from './changes/types.ts';

/**
 * The words people gave to these entries, by key (law 12). An entry's key changes when more becomes known of what it tells (a commit's request, an
 * older commit), so words are found by the entry's changes as well: those of the edit's leading one, else of any. The newest words win.
 */
export const findEdits = async (db: Db, audience: Audience, entries: readonly Entry[]): Promise<Map<string, string>> => {
  const edits = await db.find(ChangelogEdit, { audience }, { orderBy: { editedAt: 'desc' }, disableIdentityMap: true });
  const keys = new Set(entries.map(({ key }) => key));
  const keyOfChange = new Map(entries.flatMap(({ key, changes }) => changes.map((change) => [change, key] as const)));
  const found = new Map<string, string>();
  for (const { entryKey, changes, text } of edits) {
    const now = changes.map((change) => keyOfChange.get(change)).find((key) => key !== undefined) ?? entryKey;
    if (keys.has(now) && !found.has(now)) found.set(now, text);
  }
  return found;
};
