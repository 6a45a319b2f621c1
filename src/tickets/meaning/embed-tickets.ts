import { createHash } from 'node:crypto';
import type { Ticket } from '#db/entities/ticket.ts';
import { TicketEmbedding } from '#db/entities/ticket-embedding.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import type { Clock, Engine } from '#src/core/ports.ts';
import { matterOf } from '#src/tickets/classify/index.ts';
import { MAX_CHARACTERS } from '#src/tickets/prediction/find-candidates.ts';
import { toStored } from './vector.ts';

export type Embeddable = Pick<Ticket, 'id' | 'title' | 'body'>;

// Some 8,000 tokens are the most a model reads, and what a ticket is about comes first.
export const meaningText = ({ title, body }: Pick<Ticket, 'title' | 'body'>): string =>
  `${title}\n${matterOf(body)}`.slice(0, MAX_CHARACTERS);

/** Gets and stores vectors of tickets that have none of their present text. Without embeddings there is nothing to do; throws the engine's AppError. */
export const embedTickets = async (
  { orm, engine, clock }: { orm: Orm; engine: Engine; clock: Clock },
  workspaceId: string,
  tickets: readonly Embeddable[],
  signal?: AbortSignal,
): Promise<void> => {
  if (!engine.embed || !engine.embeddingModel) return;
  const db = forWorkspace(orm, workspaceId);
  const model = engine.embeddingModel;
  const texts = new Map(tickets.map((ticket) => [ticket.id, meaningText(ticket)]));
  for (const id of await upToDate(db, model, texts)) texts.delete(id);
  if (texts.size === 0) return;
  const { vectors } = await engine.embed([...texts.values()], signal ? { signal } : {});
  const createdAt = clock.now();
  await db.upsertMany(
    TicketEmbedding,
    [...texts].map(([ticketId, text], place) => ({
      ticketId,
      workspaceId,
      model,
      textHash: hashOf(text),
      ...toStored(vectors[place] as Float32Array),
      createdAt,
    })),
  );
};

const upToDate = async (db: Db, model: string, texts: ReadonlyMap<string, string>): Promise<string[]> =>
  (await db.find(TicketEmbedding, { ticketId: { $in: [...texts.keys()] }, model }, { fields: ['ticketId', 'textHash'] }))
    .filter(({ ticketId, textHash }) => textHash === hashOf(texts.get(ticketId) as string))
    .map(({ ticketId }) => ticketId);

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
