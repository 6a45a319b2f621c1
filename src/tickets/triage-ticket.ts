import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import type { Category } from '#db/entities/category.ts';
import { Delivery } from '#db/entities/delivery.ts';
import { EngineCall } from '#db/entities/engine-call.ts';
import { Ticket } from '#db/entities/ticket.ts';
import type { TriageSettings } from '#db/entities/triage-settings.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { writeTogether } from '#db/write-together.ts';
import { isAppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { Clock, Engine } from '#src/core/ports.ts';
import { defineJob } from '#src/jobs/define-job.ts';
import { announce } from '#src/webhooks/announce.ts';
import { dueAt } from './due.ts';
import type { Models } from './models.ts';
import { type Predicted, predictTicket } from './predict.ts';
import { ensureSettings, openCategories } from './settings.ts';
import { postToTeam, tellAll } from './team-post.ts';
import { createTicketFailure } from './ticket-failure.ts';
import { isOver } from './ticket-state.ts';

export type TriageTicketDeps = { orm: Orm; engine: Engine; models: Models; clock: Clock };

/** Decides what a ticket is, and applies it where the category is trusted with that. What a person decided stands (law 12). */
export const createTriageTicket = (deps: TriageTicketDeps) =>
  defineJob({
    name: 'triage-ticket',
    payload: z.object({ ticketId: z.string(), workspaceId: z.string() }),
    giveUp: createTicketFailure(deps),
    async run({ ticketId, workspaceId }, { log }) {
      const db = forWorkspace(deps.orm, workspaceId);
      const ticket = await db.findOne(Ticket, { id: ticketId });
      if (!ticket || isOver(ticket.state)) return;
      const settings = await ensureSettings(db, workspaceId, deps.clock.now());
      const { restrictedChannels } = settings;
      const categories = await openCategories(db);
      const engine = (await mayLeave(db, ticket, restrictedChannels, deps.engine)) ? onRecord(deps, ticket) : null;
      const predicted = await predictTicket({ ...deps, engine, log }, categories, {
        workspaceId,
        ticketId,
        title: ticket.title,
        body: ticket.body,
        threshold: settings.threshold,
        restrictedChannels,
      });
      await forWorkspace(deps.orm, workspaceId).transactional((tx) =>
        apply(tx, deps, { ticketId, workspaceId }, predicted, categories, settings),
      );
    },
  });

/** What was said, or asked, in a restricted channel is read by the built-in engine alone. */
export const mayLeave = async (
  db: Db,
  { id, origin }: Pick<Ticket, 'id' | 'origin'>,
  restrictedChannels: readonly string[],
  { local }: Engine,
): Promise<boolean> => {
  if (local || (origin && restrictedChannels.includes(origin.channel))) return false;
  const asked = await db.findOne(Delivery, { subjectId: id });
  return !asked || !restrictedChannels.includes(asked.replyTo.channel);
};

/** The same engine; what it was sent is on record. */
export const onRecord = (
  { orm, engine, clock }: Pick<TriageTicketDeps, 'orm' | 'engine' | 'clock'>,
  { id, workspaceId }: { id: string; workspaceId: string },
): Engine => {
  const record = (outcome: string, receipt: unknown): Promise<boolean> =>
    writeTogether(forWorkspace(orm, workspaceId), {
      rows: [[EngineCall, { id: newId('call'), workspaceId, subjectId: id, at: clock.now(), outcome, receipt }]],
    });
  return {
    ...engine,
    async run(task, input, options) {
      try {
        const answer = await engine.run(task, input, options);
        await record('SUCCEEDED', answer.receipt);
        return answer;
      } catch (error) {
        await record(isAppError(error) ? error.code : 'INTERNAL', isAppError(error) ? (error.receipt ?? null) : null);
        throw error;
      }
    },
  };
};

type Which = { ticketId: string; workspaceId: string };

const apply = async (
  db: Db,
  { clock }: TriageTicketDeps,
  { ticketId }: Which,
  { prediction, fields }: Predicted,
  categories: readonly Category[],
  settings: TriageSettings,
): Promise<void> => {
  const ticket = await db.findOne(Ticket, { id: ticketId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!ticket || isOver(ticket.state)) return;
  const byPerson = ticket.categoryBy === 'PERSON';
  // What was foretold stands beside what a person decided then; what is foretold afterwards knows the answer.
  Object.assign(ticket, {
    prediction: byPerson ? (ticket.prediction ?? { ...prediction, late: true }) : prediction,
    fields,
    status: 'SUCCEEDED',
    failure: null,
    updatedAt: clock.now(),
  });
  if (ticket.priorityBy !== 'PERSON')
    Object.assign(ticket, {
      priority: prediction.priority,
      priorityBy: 'MODEL',
      dueAt: dueAt(prediction.priority, ticket.createdAt, settings.businessHours),
    });
  const category = categories.find(({ id }) => id === prediction.categoryId);
  // Somebody who set the priority only has left the category to us.
  if (!byPerson && (!ticket.touched || ticket.state === 'NEW')) {
    const applied = category?.mode === 'AUTONOMOUS';
    Object.assign(ticket, {
      categoryId: applied ? category.id : null,
      categoryBy: applied ? 'MODEL' : null,
      state: applied ? 'ROUTED' : category ? 'SUGGESTED' : 'NEEDS_HUMAN',
    });
  }
  await db.flush();
  const routedTo = ticket.state === 'ROUTED' ? categories.find(({ id }) => id === ticket.categoryId) : undefined;
  if (routedTo) await postToTeam(db, ticket, routedTo, clock.now());
  await tellAll(db, ticketId);
  await announce(db, ticket, routedTo && !byPerson ? 'TICKET_ROUTED' : 'TICKET_TRIAGED');
};
