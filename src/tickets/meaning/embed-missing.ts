import { z } from 'zod';
import { Ticket } from '#db/entities/ticket.ts';
import { TriageSettings } from '#db/entities/triage-settings.ts';
import { type Db, forWorkspace, type Orm, unscoped } from '#db/orm.ts';
import { queryPrepared } from '#db/prepared.ts';
import { addJob } from '#db/queue.ts';
import { isAppError } from '#src/core/errors.ts';
import type { Clock, Engine } from '#src/core/ports.ts';
import { defineJob } from '#src/jobs/define-job.ts';
import { onRecord } from '#src/tickets/on-record.ts';
import { type Embeddable, embedTickets } from './embed-tickets.ts';

export type EmbedMissingDeps = { orm: Orm; engine: Engine; clock: Clock };

const MOST_A_NIGHT = 1000;
const AT_ONCE = 50;

/** Every night, where embeddings are offered: the newest tickets that have none of this model get theirs, a thousand at most. */
export const createEmbedMissing = (deps: EmbedMissingDeps) =>
  defineJob({
    name: 'embed-missing',
    payload: z.object({ workspaceId: z.string() }),
    async run({ workspaceId }, { signal }) {
      const model = deps.engine.embeddingModel;
      if (!model) return;
      const engine = onRecord(deps, { id: workspaceId, workspaceId });
      const tickets = await withoutVector(deps, workspaceId, model);
      try {
        for (let from = 0; from < tickets.length; from += AT_ONCE)
          await embedTickets({ ...deps, engine }, workspaceId, tickets.slice(from, from + AT_ONCE), signal);
      } catch (error) {
        // The rest has another night.
        if (!isAppError(error) || error.code !== 'ENGINE_BUDGET') throw error;
      }
    },
  });

const withoutVector = async ({ orm }: EmbedMissingDeps, workspaceId: string, model: string): Promise<Embeddable[]> => {
  const db = forWorkspace(orm, workspaceId);
  const settings = await db.findOne(TriageSettings, { workspaceId });
  const ids = await newestWithout(db, workspaceId, model, settings?.restrictedChannels ?? []);
  return db.find(Ticket, { id: { $in: ids } }, { fields: ['title', 'body'] });
};

// What may not leave is left out here: a busy restricted channel must not keep the others waiting.
const newestWithout = async (db: Db, workspaceId: string, model: string, restricted: readonly string[]): Promise<string[]> =>
  (
    await queryPrepared<{ id: string }>(
      db,
      `select id from ticket where workspace_id = ? and body <> '' and state not in ('WITHDRAWN', 'NOT_A_TICKET') and not channels && ?::text[] and (openly or channels <> '{}' or ?)
         and not exists (select from ticket_embedding e where e.ticket_id = ticket.id and e.model = ?) order by id desc limit ${MOST_A_NIGHT}`,
      [workspaceId, [...restricted], restricted.length === 0, model],
    )
  ).map(({ id }) => id);

/** The nightly bell. */
export const createEmbedMissingAll = ({ orm, engine }: EmbedMissingDeps) =>
  defineJob({
    name: 'embed-missing-all',
    payload: z.object({}),
    async run() {
      if (!engine.embed) return;
      const db = orm.em.fork();
      for (const { workspaceId } of await db.find(TriageSettings, {}, unscoped))
        await addJob(db, { name: 'embed-missing', payload: { workspaceId }, key: `embed-missing:${workspaceId}` });
    },
  });
