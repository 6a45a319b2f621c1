import type { Db } from '#db/orm.ts';
import { queryPrepared } from '#db/prepared.ts';
import type { Others } from '#src/tickets/prediction/find-candidates.ts';
import { alikeInMeaning } from './merge.ts';
import { cosineOf } from './vector.ts';

const WINDOW = 10_000;
const NEAREST = 40;

/**
 * How alike in meaning others are to a ticket, 0 to 1, by id: the nearest among the last 10,000, by signature and then exactly, and those
 * of `also`, however old. Empty for a ticket without a vector. The window is an index-only scan, and takes as long as the words do.
 */
export const findNear = async (
  db: Db,
  ticketId: string,
  others: Others,
  also: () => Promise<readonly string[]>,
): Promise<ReadonlyMap<string, number>> => {
  const [own] = await queryPrepared<Own>(
    db,
    'select model, vector, signature::text as signature from ticket_embedding where ticket_id = ? and workspace_id = ?',
    [ticketId, others.workspaceId],
  );
  if (!own) return new Map();
  const { ids, usual } = await lookAround(db, own, others);
  const vectors = await queryPrepared<{ id: string; vector: Buffer }>(
    db,
    'select ticket_id as id, vector from ticket_embedding where ticket_id = any(?::text[]) and workspace_id = ? and model = ?',
    [[...new Set([...ids, ...(await also())])], others.workspaceId, own.model],
  );
  return new Map(vectors.map(({ id, vector }) => [id, alikeInMeaning(cosineOf(own.vector, vector), usual)]));
};

type Own = { model: string; vector: Buffer; signature: string };

const lookAround = async (db: Db, { model, signature }: Own, others: Others): Promise<{ ids: string[]; usual: number }> => {
  const [row] = await queryPrepared<{ ids: string[] | null; tickets: number; differing: number | null }>(
    db,
    `with recent as materialized (
       select ticket_id as id, bit_count(signature # ?::bit(256)) as differing from ticket_embedding
       where workspace_id = ? and model = ? and ticket_id ${others.onlyEarlier ? '<' : '<>'} ? order by ticket_id desc limit ${WINDOW}
     )
     select (select array_agg(id) from (select id from recent order by differing limit ${NEAREST}) nearest) as ids,
       count(*)::int as tickets, avg(differing)::float8 as differing from recent`,
    [signature, others.workspaceId, model, others.than],
  );
  // The share of bits that differ is the angle, as a share of half a turn.
  const cosine = Math.cos((Math.PI * (row?.differing ?? 0)) / 256);
  const tickets = row?.tickets ?? 0;
  return { ids: row?.ids ?? [], usual: (tickets * cosine + FIRST_DAYS * STRANGERS) / (tickets + FIRST_DAYS) };
};

// Among a handful of tickets nobody knows what is usual.
const FIRST_DAYS = 20;
const STRANGERS = 0.2;
