import { toJsonb } from '#db/jsonb.ts';
import type { Db } from '#db/orm.ts';
import { newId } from '#src/core/ids.ts';
import type { NewChange } from './new-change.ts';

export type Recorded = { id: string; externalKey: string; created: boolean };

export type Recorder = { workspaceId: string; id: string; actingFor: string | null };

/**
 * Stores changes, all or none. One that is known (same source, same key) keeps its id and the time we first heard of it, and gets its newest
 * words: titles are mended after a merge. Answers in the order given.
 */
export const recordChanges = async (db: Db, by: Recorder, changes: readonly NewChange[], now: Date): Promise<Recorded[]> => {
  if (changes.length === 0) return [];
  // One row cannot be written twice in a statement; in one order, so that two who write the same wait for each other only one way.
  const unique = [...new Map(changes.map((change) => [identityOf(change), change])).values()].toSorted((a, b) =>
    identityOf(a) < identityOf(b) ? -1 : 1,
  );
  const rows = unique.map((change) => ({ ...change, id: newId('chg'), time: new Date(change.time).toISOString() }));
  const stored = await db
    .getConnection()
    .execute<{ id: string; source: string; external_key: string; created: boolean }[]>(
      upsert,
      [by.workspaceId, by.id, by.actingFor, now, toJsonb(rows)],
      'all',
      db.getTransactionContext(),
    );
  const byIdentity = new Map(stored.map((row) => [`${row.source} ${row.external_key}`, row]));
  return changes.map((change) => {
    const row = byIdentity.get(identityOf(change));
    if (!row) throw new Error(`A change was not stored: ${identityOf(change)}`);
    return { id: row.id, externalKey: change.externalKey, created: row.created };
  });
};

const identityOf = ({ source, externalKey }: NewChange): string => `${source} ${externalKey}`;

const texts = (column: string): string => `array(select jsonb_array_elements_text(given."${column}"))`;

// A row that was there has an xmax: that of the lock this statement took.
const upsert = `insert into "change" ("workspace_id", "created_by", "acting_for", "received_at", "id", "source", "external_key", "system", "kind", "title",
    "body", "refs", "labels", "paths", "files_changed", "breaking", "time", "url", "sha", "merged", "restricted")
  select ?, ?, ?, ?, given."id", given."source", given."externalKey", given."system", given."kind", given."title", given."body", ${texts('refs')},
    ${texts('labels')}, ${texts('paths')}, given."filesChanged", given."breaking", given."time", given."url", given."sha", ${texts('merged')}, given."restricted"
  from jsonb_to_recordset(?::jsonb) as given("id" text, "source" text, "externalKey" text, "system" text, "kind" text, "title" text, "body" text,
    "refs" jsonb, "labels" jsonb, "paths" jsonb, "filesChanged" int, "breaking" boolean, "time" timestamptz, "url" text, "sha" text, "merged" jsonb,
    "restricted" boolean)
  on conflict ("workspace_id", "source", "external_key") do update set "title" = excluded."title", "body" = excluded."body", "refs" = excluded."refs",
    "labels" = excluded."labels", "paths" = excluded."paths", "files_changed" = excluded."files_changed", "breaking" = excluded."breaking",
    "url" = excluded."url", "sha" = excluded."sha", "merged" = excluded."merged", "restricted" = "change"."restricted" or excluded."restricted"
  returning "id", "source", "external_key", (xmax = 0) as created`;
