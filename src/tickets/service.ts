import { AuditEvent } from '#db/entities/audit-event.ts';
import { Ticket, type TicketPrediction } from '#db/entities/ticket.ts';
import { lookPatiently, type Notices } from '#db/notices.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import type { RequireSlackTeam } from '#src/auth/slack-team.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import type { Clock, Colleagues, Log, Reckoner } from '#src/core/ports.ts';
import type { Admission } from '#src/jobs/admission.ts';
import { createById } from './by-id.ts';
import { findTickets, idOf, numberOf, type TicketConnection, type TicketFilter, type TicketPage } from './find-tickets.ts';
import type { Models } from './prediction/models.ts';
import { predictTicket } from './prediction/predict.ts';
import { createReportService, type ReportService } from './report-service.ts';
import { type CategoryService, createCategoryService } from './settings/category-service.ts';
import { ensureSettings, openCategories } from './settings/settings.ts';
import { createSettingsService, type SettingsService } from './settings/settings-service.ts';
import { createTicketChanges, type TicketChanges } from './ticket-changes.ts';
import { createTicketIntake, type TicketIntake } from './ticket-intake.ts';
import { notFound } from './ticket-refusals.ts';
import { isOver } from './ticket-state.ts';
import { MAX_BODY, titleOf } from './ticket-title.ts';

export type { StartReplay } from './report-service.ts';
export type { SaveCategory } from './settings/category-service.ts';
export type { SaveSettings } from './settings/settings-service.ts';
export type { CreateTicket } from './store-ticket.ts';

/** What can be asked of the tickets module. Everything is within the actor's workspace; the rest is not there (NOT_FOUND or null). */
export type TicketService = TicketIntake & TicketChanges & TicketReading & CategoryService & SettingsService & ReportService;

export type TicketReading = {
  /** What a ticket of this text would be said to be; nothing is stored, and no remote engine asked. */
  predict(actor: Actor, text: { title: string; body: string }): Promise<TicketPrediction>;
  ticket(actor: Actor, id: string): Promise<Ticket | null>;
  tickets(actor: Actor, filter: TicketFilter, page: TicketPage): Promise<TicketConnection>;
  ticketEvents(actor: Actor, id: string): Promise<AuditEvent[]>;
  watchTicket(actor: Actor, id: string, signal?: AbortSignal): AsyncIterable<Ticket>;
  /** Each event once, those before the call first. */
  watchTicketEvents(actor: Actor, id: string, signal?: AbortSignal): AsyncIterable<AuditEvent>;
};

export type TicketServiceDeps = {
  orm: Orm;
  notices: Notices;
  clock: Clock;
  log: Log;
  models: Models;
  /** Null without a remote engine. */
  reckoner: Reckoner | null;
  requireSlackTeam: RequireSlackTeam;
  /** Null where there is no Slack to ask. */
  colleagues: Colleagues | null;
  admission?: Admission;
};

export const createTicketService = (deps: TicketServiceDeps): TicketService => ({
  ...createTicketIntake(deps),
  ...createTicketChanges(deps),
  ...createTicketReading(deps),
  ...createCategoryService(deps),
  ...createSettingsService(deps),
  ...createReportService(deps),
});

const createTicketReading = (deps: TicketServiceDeps): TicketReading => {
  const { orm, clock } = deps;
  const open = (actor: Actor): Db => forWorkspace(orm, actor.workspaceId);
  const ticketById = createById(orm, Ticket);
  const reading: TicketReading = {
    async predict(actor, { title, body }) {
      requireScope(actor, 'TICKETS_READ');
      const db = open(actor);
      const settings = await ensureSettings(db, actor.workspaceId, clock.now());
      const categories = await openCategories(db);
      const asked = {
        workspaceId: actor.workspaceId,
        ticketId: null,
        title: titleOf(title, body),
        body: body.slice(0, MAX_BODY),
        threshold: settings.threshold,
        restrictedChannels: settings.restrictedChannels,
      };
      return (await predictTicket({ orm, models: deps.models, engine: null, log: deps.log }, categories, asked)).prediction;
    },

    async ticket(actor, id) {
      requireScope(actor, 'TICKETS_READ');
      const number = numberOf(id);
      return number === null ? ticketById(actor.workspaceId, id) : open(actor).findOne(Ticket, { number });
    },

    async tickets(actor, filter, page) {
      requireScope(actor, 'TICKETS_READ');
      return findTickets(open(actor), filter, page);
    },

    async ticketEvents(actor, name) {
      requireScope(actor, 'TICKETS_READ');
      const id = await idOf(open(actor), name);
      // Of other subjects only admins hear.
      if (!id || !(await open(actor).findOne(Ticket, { id }, { fields: ['id'] }))) return [];
      return open(actor).find(AuditEvent, { subjectId: id }, { orderBy: { id: 'asc' }, limit: 500 });
    },

    async *watchTicket(actor, name, signal = new AbortController().signal) {
      requireScope(actor, 'TICKETS_READ');
      const id = await idOf(open(actor), name);
      if (!id) throw notFound();
      for await (const ticket of deps.notices.watch(id, signal, () => open(actor).findOne(Ticket, { id }))) {
        if (!ticket) throw notFound();
        yield ticket;
        if (isOver(ticket.state)) return;
      }
    },

    async *watchTicketEvents(actor, id, signal = new AbortController().signal) {
      const told = new Set<string>();
      for await (const _ of reading.watchTicket(actor, id, signal))
        for (const event of await lookPatiently(() => reading.ticketEvents(actor, id), signal))
          if (!told.has(event.id)) {
            told.add(event.id);
            yield event;
          }
    },
  };
  return reading;
};
