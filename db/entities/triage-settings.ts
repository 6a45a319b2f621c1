import { defineEntity, p } from '@mikro-orm/core';
import type { Priority } from './ticket.ts';
import { Workspace } from './workspace.ts';

/** Monday is 1. Times are local to `timeZone`. `closedDays`: '2026-12-28', '2026-12-28..2027-01-02', or each year '12-25', '12-24..12-31'. */
export type BusinessHours = { timeZone: string; days: number[]; from: string; to: string; closedDays?: string[] };

/** How long a ticket may wait for an answer: in business hours, or around the clock. */
export type AnswerWithin = { minutes: number; aroundTheClock: boolean };

/** How a workspace wants its tickets triaged; one row each. */
const TriageSettingsSchema = defineEntity({
  name: 'TriageSettings',
  tableName: 'triage_settings',
  properties: {
    workspaceId: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace_id').primary().deleteRule('cascade').updateRule('no action'),
    /** Reaction that makes a ticket, without colons. */
    emoji: p.text(),
    /** Below this probability nothing is applied: a human decides. */
    threshold: p.float(),
    /** People can be first for so long. */
    delaySeconds: p.integer(),
    /** Channels whose text is never sent to any engine but the built-in one. */
    restrictedChannels: p.array(),
    businessHours: p.json().$type<BusinessHours>(),
    /** For priorities that differ from what is usual. */
    answerWithin: p.json().$type<Partial<Record<Priority, AnswerWithin>>>().nullable(),
    /** What a remote engine is told of how this workspace sorts, besides its instructions. */
    enginePrompt: p.text().nullable(),
    /** Where advice and demotions are told; null for nowhere. */
    adminChannel: p.text().nullable(),
    nextNumber: p.integer(),
    /** The working day (there) on which the teams were last told what waits for an answer, e.g. '2026-11-23'. */
    unansweredToldOn: p.text().nullable(),
    updatedAt: p.datetime(),
  },
});
export class TriageSettings extends TriageSettingsSchema.class {}
TriageSettingsSchema.setClass(TriageSettings);

export { TriageSettingsSchema };
