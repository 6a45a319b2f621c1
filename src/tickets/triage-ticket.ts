import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import type { Category } from '#db/entities/category.ts';
import { Ticket, type TicketPrediction } from '#db/entities/ticket.ts';
import type { TriageSettings } from '#db/entities/triage-settings.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { isRestricted } from '#db/restricted.ts';
import { recordAudit } from '#src/auth/audit.ts';
import { isAppError } from '#src/core/errors.ts';
import type { Clock, Conversations, Engine, Log } from '#src/core/ports.ts';
import { defineJob } from '#src/jobs/define-job.ts';
import { announce, eventOf } from '#src/webhooks/announce.ts';
import { answerBy } from './due.ts';
import { embedTickets } from './meaning/embed-tickets.ts';
import { onRecord } from './on-record.ts';
import type { Models } from './prediction/models.ts';
import { type Predicted, predictTicket } from './prediction/predict.ts';
import { ensureSettings, openCategories } from './settings/settings.ts';
import { callIfFree, callIfRaised } from './telling/call-team.ts';
import { openToAll } from './telling/open-to-all.ts';
import { tellAll } from './telling/team-post.ts';
import { tellTeam } from './telling/tell-team.ts';
import { createTicketFailure } from './ticket-failure.ts';
import { isOver } from './ticket-state.ts';
import { guidedBy } from './triage-task.ts';

export type TriageTicketDeps = { orm: Orm; engine: Engine; models: Models; clock: Clock; conversations: Conversations | null };

/** Decides what a ticket is, and applies it where the category is trusted with that. What a person decided stands (law 12). */
export const createTriageTicket = (deps: TriageTicketDeps) =>
  defineJob({
    name: 'triage-ticket',
    payload: z.object({ ticketId: z.string(), workspaceId: z.string() }),
    giveUp: createTicketFailure(deps),
    async run({ ticketId, workspaceId }, { requestId, log, signal, beat }) {
      const db = forWorkspace(deps.orm, workspaceId);
      const ticket = await db.findOne(Ticket, { id: ticketId });
      if (!ticket || isOver(ticket.state)) return;
      const settings = await ensureSettings(db, workspaceId, deps.clock.now());
      const { restrictedChannels } = settings;
      const categories = await openCategories(db);
      const engine = mayLeave(ticket, restrictedChannels, deps.engine) && !isSettled(ticket) ? onRecord(deps, ticket) : null;
      const openly = ticket.channels.length === 0 ? ticket.openly : openToAll(deps.conversations, ticket.channels);
      if (engine) await embedIfPossible({ ...deps, engine, log }, ticket, signal);
      const predicted = await predictTicket({ ...deps, engine, log, task: guidedBy(settings.enginePrompt) }, categories, {
        workspaceId,
        ticketId,
        title: ticket.title,
        body: ticket.body,
        threshold: settings.threshold,
        restrictedChannels,
        chosen: ticket.categoryBy === 'PERSON' ? ticket.categoryId : null,
      });
      await forWorkspace(deps.orm, workspaceId).transactional(async (tx) =>
        apply(tx, deps, { ticketId, workspaceId, requestId, openly: await openly }, predicted, categories, settings),
      );
      const { abstained, by } = predicted.prediction;
      // Only the first answer is waited for; later ones follow what is said in the thread.
      if (ticket.status !== 'SUCCEEDED') beat('result', ticketId, abstained ? 'nobody' : by);
    },
  });

/** Look-alikes in meaning are a help; without them there are those in words (law 10). */
const embedIfPossible = async ({ log, ...deps }: Omit<TriageTicketDeps, 'models'> & { log: Log }, ticket: Ticket, signal: AbortSignal) => {
  try {
    await embedTickets(deps, ticket.workspaceId, [ticket], signal);
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code !== 'ENGINE_BUDGET') log.warn({ code: error.code }, 'a ticket is looked at without its meaning');
  }
};

/** What a person decided stands, and so does what was foretold before: a later word of the engine's would be paid for and not be heard. */
const isSettled = ({ categoryBy, prediction }: Ticket): boolean => categoryBy === 'PERSON' && prediction !== null;

/** What was said, asked or quoted from in a restricted channel is read by the built-in engine alone. */
export const mayLeave = (
  ticket: Pick<Ticket, 'channels' | 'openly'>,
  restrictedChannels: readonly string[],
  { local }: Pick<Engine, 'local'>,
): boolean => !local && !isRestricted(ticket, restrictedChannels);

type Which = { ticketId: string; workspaceId: string; requestId: string; openly: boolean };

const apply = async (
  db: Db,
  { clock }: TriageTicketDeps,
  { ticketId, workspaceId, requestId, openly }: Which,
  { prediction, fields }: Predicted,
  categories: readonly Category[],
  settings: TriageSettings,
): Promise<void> => {
  const ticket = await db.findOne(Ticket, { id: ticketId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!ticket || isOver(ticket.state)) return;
  const byPerson = ticket.categoryBy === 'PERSON';
  const before = ticket.prediction;
  // What was foretold stands beside what a person decided then; what is foretold afterwards knows the answer.
  Object.assign(ticket, {
    prediction: {
      ...(byPerson ? (before ?? { ...prediction, late: true }) : prediction),
      ...priorityOf(ticket, prediction),
      ...(byPerson ? {} : changeIn(ticket, prediction)),
    },
    fields,
    openly,
    status: 'SUCCEEDED',
    failure: null,
    updatedAt: clock.now(),
  });
  const { priority: urgencyBefore, categoryId: placeBefore, state: stateBefore } = ticket;
  if (ticket.priorityBy !== 'PERSON') Object.assign(ticket, { priority: prediction.priority, priorityBy: 'MODEL' });
  const category = categories.find(({ id }) => id === prediction.categoryId);
  // Whoever set the priority only has left the category to us; whoever has it, or put it to sleep, works on what it is.
  if (!byPerson && ticket.state !== 'TAKEN' && ticket.state !== 'SNOOZED') {
    const applied = category?.mode === 'AUTONOMOUS' && !prediction.engineAlone;
    Object.assign(ticket, {
      categoryId: applied ? category.id : null,
      categoryBy: applied ? 'MODEL' : null,
      state: applied ? 'ROUTED' : category ? 'SUGGESTED' : 'NEEDS_HUMAN',
    });
  }
  // What makes it more or less urgent was said since it was looked at before.
  if (!ticket.dueAt || ticket.priority !== urgencyBefore)
    ticket.dueAt = answerBy(ticket, before ? clock.now() : ticket.createdAt, settings);
  await db.flush();
  const routedTo = ticket.state === 'ROUTED' ? categories.find(({ id }) => id === ticket.categoryId) : undefined;
  const posted = await tellTeam(db, ticket, settings, clock.now());
  await tellAll(db, ticketId);
  const nameOf = (id: string | null | undefined): string | null => categories.find((one) => one.id === id)?.name ?? null;
  const triage = { workspaceId, id: 'triage', actingFor: null, requestId };
  if (!byPerson && (!before || before.categoryId !== prediction.categoryId)) {
    const detail = { from: nameOf(before?.categoryId), to: nameOf(prediction.categoryId) };
    await recordAudit(db, triage, routedTo ? 'ticket.routed' : 'ticket.triaged', ticketId, detail);
  }
  if (before && urgencyBefore && ticket.priority && ticket.priority !== urgencyBefore) {
    await recordAudit(db, triage, 'ticket.priority_changed', ticketId, { from: urgencyBefore, to: ticket.priority });
    await announce(db, ticket, eventOf('ticket.priority_changed'));
  }
  // Where it comes to another team, that team's post says how urgent it is; who was first to choose the team knew less of that than we do now.
  // What is new and stands there already was withdrawn, and is wanted again.
  if (!posted && stateBefore === 'NEW') await callIfFree(db, ticket, settings, clock.now());
  else if (!posted && ticket.categoryId === placeBefore) await callIfRaised(db, ticket, urgencyBefore, settings, clock.now());
  await announce(db, ticket, routedTo && !byPerson ? 'TICKET_ROUTED' : 'TICKET_TRIAGED');
};

type OfPriority = Pick<
  TicketPrediction,
  'priority' | 'priorityWords' | 'priorityReasons' | 'priorityLike' | 'priorityUsualOf' | 'priorityUnread' | 'priorityFrom'
>;

/** What is read of the priority now, whoever chose the category; what a person set stands on the ticket itself. */
const priorityOf = ({ state, prediction: before, priorityBy }: Ticket, now: TicketPrediction): OfPriority => {
  const { priority, priorityWords, priorityReasons, priorityLike, priorityUsualOf, priorityUnread } = now;
  const from =
    !before || state === 'NEW' || priorityBy === 'PERSON'
      ? undefined
      : before.priority === priority
        ? before.priorityFrom
        : before.priority;
  return { priority, priorityWords, priorityReasons, priorityLike, priorityUsualOf, priorityUnread, priorityFrom: from };
};

/** One that is new, or came back, was not looked at before. */
const changeIn = ({ state, prediction: before }: Ticket, now: TicketPrediction): Pick<TicketPrediction, 'changedFrom'> => {
  if (!before || state === 'NEW') return {};
  if (before.categoryId !== now.categoryId) return { changedFrom: before.categoryId };
  return before.changedFrom === undefined ? {} : { changedFrom: before.changedFrom };
};
