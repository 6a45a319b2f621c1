import { defineEntity, p } from '@mikro-orm/core';
import type { SlackOrigin } from '#src/core/ports.ts';
import { Category } from './category.ts';
import type { WorkFailure, WorkStatus } from './log.ts';
import { workspaceId } from './owned.ts';

export type TicketState =
  | 'NEW'
  | 'SUGGESTED'
  | 'NEEDS_HUMAN'
  | 'ROUTED'
  | 'TAKEN'
  | 'SNOOZED'
  | 'RESOLVED'
  | 'MERGED'
  | 'WITHDRAWN'
  | 'NOT_A_TICKET';
export type TicketEntry = 'SLACK' | 'API' | 'WEBHOOK';
export type Priority = 'P1' | 'P2' | 'P3' | 'P4';
/** Who set a value; what a person set, no model overwrites (law 12). */
export type SetBy = 'MODEL' | 'PERSON';

/** The Slack message a ticket is made of, with the thread it is in; read again when more is said there. */
export type TicketOrigin = Extract<SlackOrigin, { kind: 'message' | 'thread' }>;

export type TicketPrediction = {
  categoryId: string | null;
  /** Calibrated: of predictions said with 0.8, eight in ten are right. */
  probability: number;
  /** The three most likely others; with the leader in front when it abstained. */
  alternatives: { categoryId: string; probability: number }[];
  abstained: boolean;
  priority: Priority;
  /** The ticket's words that made the priority so. */
  priorityWords: string[];
  /** The same words, what each speaks of, and which way it moved the priority. */
  priorityReasons?: { quote: string; says: string; raises: boolean }[];
  /** Its words say nothing of it, and tickets of this category have it usually. */
  priorityUsualOf?: string;
  /** One sentence that quotes the ticket. */
  reason: string;
  /** What decided: 'look-alikes', 'model', 'engine', 'descriptions'. */
  by: string;
  modelVersion: number | null;
  lookAlikes: { ticketId: string; number: number; score: number; duplicate: boolean }[];
  /** What was foretold before more was said in the thread, when that changed it; null for nothing sure. */
  changedFrom?: string | null;
  /** The priority before more was said, when that changed it. */
  priorityFrom?: Priority;
  /** What each judge said, the classifier's likeliest first, of `of` categories: from this it is learned how much each counts. */
  votes?: {
    own: { categoryId: string; probability: number }[];
    of: number;
    alike: { categoryId: string; score: number }[];
    engine: string | null;
  };
  /** The classifier was sure and the engine said something else. */
  disputed?: boolean;
  /** Only the engine leads there: it is suggested, never applied. */
  engineAlone?: boolean;
  /** Why the engine's word does not count: the text speaks to whoever sorts it, it said something else when asked in another way, or there was no budget to ask. */
  engineLeftOut?: 'INSTRUCTS' | 'UNSTABLE' | 'BUDGET';
  /** The number of a ticket that reads nearly the same, whose priority a person set. */
  priorityLike?: number;
  /** A part of the text speaks to whoever sorts it, and was not read. */
  priorityUnread?: boolean;
  /** The number of one that reads nearly the same, and that a person said is no ticket. */
  notATicketLike?: number;
  /** Made after a person had decided: it knows the answer and is not judged by it. */
  late?: boolean;
};

/** Found in the text, quoted, never invented. */
export type TicketField = { kind: string; value: string };

const TicketSchema = defineEntity({
  name: 'Ticket',
  tableName: 'ticket',
  uniques: [{ name: 'ticket_number', properties: ['workspaceId', 'number'] }],
  indexes: [
    {
      name: 'ticket_idempotency_key',
      expression: `create unique index "ticket_idempotency_key" on "ticket" ("workspace_id", "idempotency_key") where idempotency_key is not null`,
    },
    { name: 'ticket_by_state', properties: ['workspaceId', 'state', 'id'] },
    {
      name: 'ticket_thread',
      expression: `create index "ticket_thread" on "ticket" ((origin->>'channel'), (coalesce(origin->>'threadTs', origin->>'ts'))) where origin is not null`,
    },
    { name: 'ticket_merged', expression: `create index "ticket_merged" on "ticket" ("merged_into") where merged_into is not null` },
    {
      name: 'ticket_decided',
      expression: `create index "ticket_decided" on "ticket" ("workspace_id", "updated_at") where category_by = 'PERSON'`,
    },
    {
      name: 'ticket_search',
      expression: `create index "ticket_search" on "ticket" using gin (to_tsvector('simple', "title" || ' ' || left("body", 50000)))`,
    },
    { name: 'ticket_title_trigrams', expression: 'create index "ticket_title_trigrams" on "ticket" using gin ("title" gin_trgm_ops)' },
  ],
  properties: {
    id: p.text().primary(),
    workspaceId: workspaceId(),
    /** Shown as T-142; counts up within the workspace. */
    number: p.integer(),
    title: p.text(),
    /** The text, with everything said in the thread so far. */
    body: p.text(),
    /** What a person typed in a form, a command or a call; `body` adds what is said in the thread. */
    typed: p.text().nullable(),
    entry: p.text().$type<TicketEntry>(),
    origin: p.json().$type<TicketOrigin>().nullable(),
    /** In Slack: where it was said, where it was asked, and where what it quotes comes from. */
    channels: p.array().default([]),
    /** Every member of the workspace could read all of those channels when it was last looked at. */
    openly: p.boolean().default(false),
    /** Names of files in its thread that were not read: pictures, archives, what may not be opened. */
    unreadFiles: p.array().default([]),
    /** Webhooks that are told of a ticket once, and were. */
    toldOnce: p.array().default([]),
    /** Made by a reaction: taking it back withdraws it. */
    byReaction: p.boolean().default(false),
    /** e.g. 'slack:T1:U1', a user id, or what a webhook said. */
    reporter: p.text(),
    status: p.text().$type<WorkStatus>(),
    failure: p.json().$type<WorkFailure>().nullable(),
    state: p.text().$type<TicketState>(),
    categoryId: () => p.manyToOne(Category).mapToPk().fieldName('category_id').nullable().deleteRule('set null').updateRule('no action'),
    categoryBy: p.text().$type<SetBy>().nullable(),
    priority: p.text().$type<Priority>().nullable(),
    priorityBy: p.text().$type<SetBy>().nullable(),
    assignee: p.text().nullable(),
    snoozedUntil: p.datetime().nullable(),
    dueAt: p.datetime().nullable(),
    mergedInto: p.text().nullable(),
    prediction: p.json().$type<TicketPrediction>().nullable(),
    fields: p.json().$type<TicketField[]>(),
    /** A person did something with it: models keep their hands off, and removing the reaction withdraws it no more. */
    touched: p.boolean(),
    createdBy: p.text(),
    actingFor: p.text().nullable(),
    idempotencyKey: p.text().nullable(),
    requestId: p.text().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    resolvedAt: p.datetime().nullable(),
  },
});
export class Ticket extends TicketSchema.class {}
TicketSchema.setClass(Ticket);

export { TicketSchema };
