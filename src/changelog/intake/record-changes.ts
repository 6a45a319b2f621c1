import { toJsonb } from '#db/jsonb.ts';
import type { Db } from '#db/orm.ts';
import { newId } from '#src/core/ids.ts';
import type { NewChange } from './new-change.ts';

export type Recorded = { id: string; externalKey: string; created: boolean };

export type Recorder = { workspaceId: string; id: string; actingFor: string | null };

/**
 * Stores changes, all or none. One that is known (same source, same key) keeps its id and the time we first heard of it, and gets its newest
 * words: titles are mended after a merge. Where the source says of when they are, older words replace nothing. A commit counts from when it
 * landed, which is never earlier than was said before. Answers in the order given.
 */
export const recordChanges = async (db: Db, by: Recorder, changes: readonly NewChange[], now: Date): Promise<Recorded[]> => {
  if (changes.length === 0) return [];
  // One row cannot be written twice in a statement; in one order, so that two who write the same wait for each other only one way.
  const unique = [...new Map(changes.map((change) => [identityOf(change), change])).values()].toSorted((a, b) =>
    identityOf(a) < identityOf(b) ? -1 : 1,
  );
  const rows = unique.map((change) => ({
    ...change,
    id: newId('chg'),
    time: new Date(change.time).toISOString(),
    saidAt: change.saidAt === null ? null : new Date(change.saidAt).toISOString(),
  }));
  const stored = await query(db, upsert, [by.workspaceId, by.id, by.actingFor, now, toJsonb(rows)]);
  // What knew newer words is not among them.
  if (stored.length < rows.length) stored.push(...(await query(db, known, [toJsonb(rows), by.workspaceId])));
  const byIdentity = new Map(stored.map((row) => [`${row.source} ${row.external_key}`, row]));
  return changes.map((change) => {
    const row = byIdentity.get(identityOf(change));
    if (!row) throw new Error(`A change was not stored: ${identityOf(change)}`);
    return { id: row.id, externalKey: change.externalKey, created: row.created };
  });
};

const identityOf = ({ source, externalKey }: NewChange): string => `${source} ${externalKey}`;

type Row = { id: string; source: string; external_key: string; created: boolean };

const query = (db: Db, text: string, values: readonly unknown[]): Promise<Row[]> =>
  db.getConnection().execute<Row[]>(text, [...values], 'all', db.getTransactionContext());

const texts = (column: string): string => `array(select jsonb_array_elements_text(given."${column}"))`;
const newest = (...columns: string[]): string => columns.map((column) => `"${column}" = excluded."${column}"`).join(', ');

// What lay ahead counts from when it came in (`checkChange`), and from the first time on. A row that was there has an xmax: that of the lock this statement took. A tag and its notes are one: neither takes what the other said.
const upsert = `insert into "change" ("workspace_id", "created_by", "acting_for", "received_at", "id", "source", "external_key", "system", "kind", "title",
    "body", "refs", "labels", "paths", "files_changed", "breaking", "time", "url", "sha", "merged", "restricted", "commits", "channel", "said_at")
  select ?, ?, ?, ?, given."id", given."source", given."externalKey", given."system", given."kind", given."title", given."body", ${texts('refs')},
    ${texts('labels')}, ${texts('paths')}, given."filesChanged", given."breaking", given."time", given."url", given."sha", ${texts('merged')},
    given."restricted", given."commits", given."channel", given."saidAt"
  from jsonb_to_recordset(?::jsonb) as given("id" text, "source" text, "externalKey" text, "system" text, "kind" text, "title" text, "body" text,
    "refs" jsonb, "labels" jsonb, "paths" jsonb, "filesChanged" int, "breaking" boolean, "time" timestamptz, "url" text, "sha" text, "merged" jsonb,
    "restricted" boolean, "commits" int, "channel" text, "saidAt" timestamptz)
  on conflict ("workspace_id", "source", "external_key") do update set
    ${newest('system', 'kind', 'title', 'refs', 'labels', 'paths', 'files_changed', 'breaking', 'url', 'merged', 'commits', 'channel', 'said_at')},
    "body" = case when excluded."kind" = 'release' and excluded."body" = '' then "change"."body" else excluded."body" end,
    "sha" = coalesce(excluded."sha", "change"."sha"), "restricted" = "change"."restricted" or excluded."restricted",
    "time" = case when excluded."time" = excluded."received_at" then "change"."time"
      when excluded."kind" in ('commit', 'merge') then greatest("change"."time", excluded."time") else excluded."time" end
  where "change"."said_at" is null or excluded."said_at" is null or excluded."said_at" >= "change"."said_at"
  returning "id", "source", "external_key", (xmax = 0) as created`;

const known = `select "change"."id", "change"."source", "change"."external_key", false as created from "change"
  join jsonb_to_recordset(?::jsonb) as given("source" text, "externalKey" text) on given."source" = "change"."source" and given."externalKey" = "change"."external_key"
  where "change"."workspace_id" = ?`;
