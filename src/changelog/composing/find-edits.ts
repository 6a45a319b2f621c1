import { ChangelogEdit } from '#db/entities/changelog-edit.ts';
import { ChangelogInclusion } from '#db/entities/changelog-inclusion.ts';
import type { Db } from '#db/orm.ts';
import type { Audience, Change, Entry } from '#src/changelog/changes/types.ts';

export type Edited = Pick<ChangelogEdit, 'text' | 'wordedBy'>;

/**
 * The words these entries were given, by key (law 12). An entry's key changes when more becomes known of what it tells (a commit's request, an
 * older commit), so words are found by the entry's changes as well: those of the edit's leading one, else of any. The newest words win.
 */
export const findEdits = async (db: Db, audience: Audience, entries: readonly Entry[]): Promise<Map<string, Edited>> => {
  const edits = await db.find(ChangelogEdit, { audience }, { orderBy: { editedAt: 'desc' }, disableIdentityMap: true });
  const keys = new Set(entries.map(({ key }) => key));
  const keyOfChange = new Map(entries.flatMap(({ key, changes }) => changes.map((change) => [change, key] as const)));
  const found = new Map<string, Edited>();
  for (const { entryKey, changes, text, wordedBy } of edits) {
    const now = changes.map((change) => keyOfChange.get(change)).find((key) => key !== undefined) ?? entryKey;
    if (keys.has(now) && !found.has(now)) found.set(now, { text, wordedBy });
  }
  return found;
};

/** Ids of those changes that somebody put back, or has worded: who takes that trouble wants them told. Of each edit the leading one that is there. */
export const findCertain = async (db: Db, audience: Audience, changes: readonly Pick<Change, 'id'>[]): Promise<string[]> => {
  const known = new Set(changes.map(({ id }) => id));
  const edits = await db.find(ChangelogEdit, { audience }, { fields: ['changes'], disableIdentityMap: true });
  const put = await db.find(ChangelogInclusion, { audience }, { fields: ['changeId'], disableIdentityMap: true });
  const decided = [...edits.map((edit) => edit.changes.find((id) => known.has(id))), ...put.map(({ changeId }) => changeId)];
  return [...new Set(decided.filter((id) => id !== undefined && known.has(id)) as string[])];
};
