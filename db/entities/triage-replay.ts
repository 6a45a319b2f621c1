import { defineEntity, p } from '@mikro-orm/core';
import type { WorkFailure, WorkStatus } from './log.ts';
import { workspaceId } from './owned.ts';

export type ReplayModel = 'CURRENT' | 'NEW';

/** Shares of `tickets`; together one. */
export type ReplayShares = { tickets: number; right: number; wrong: number; abstained: number };

export type ReplayResult = {
  now: ReplayShares;
  /** As it was foretold then; of tickets decided before anything was foretold there is nothing to compare. */
  before: ReplayShares;
  differences: { ticketId: string; wasId: string | null; wouldBeId: string | null; actualId: string }[];
  /** Decided tickets the model learned from. */
  trainedOn: number | null;
  engine: { answers: number; tokensIn: number; tokensOut: number; costUsd: number | null } | null;
};

/** A shadow run on past tickets: what would have been said, before anything is switched. */
const TriageReplaySchema = defineEntity({
  name: 'TriageReplay',
  tableName: 'triage_replay',
  indexes: [{ name: 'triage_replay_by_workspace', properties: ['workspaceId', 'id'] }],
  properties: {
    id: p.text().primary(),
    workspaceId: workspaceId(),
    model: p.text().$type<ReplayModel>(),
    last: p.integer(),
    engine: p.boolean(),
    status: p.text().$type<WorkStatus>(),
    failure: p.json().$type<WorkFailure>().nullable(),
    result: p.json().$type<ReplayResult>().nullable(),
    createdAt: p.datetime(),
    finishedAt: p.datetime().nullable(),
  },
});
export class TriageReplay extends TriageReplaySchema.class {}
TriageReplaySchema.setClass(TriageReplay);

export { TriageReplaySchema };
