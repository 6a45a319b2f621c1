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
  /** Why it was tried on fewer than asked for. */
  note?: string | null;
  engine: { answers: number; tokensIn: number; tokensOut: number; costUsd: number | null } | null;
};

/** What a replay with the remote engine is reckoned to take. Each ticket is a question, and a second one where the answer would change something. */
export type ReplayEstimate = {
  tickets: number;
  /** Those that may be shown to the engine. */
  asked: number;
  model: string;
  tokensIn: number;
  tokensOut: number;
  /** Of one question each; null when the model's price is not known. */
  costUsd: number | null;
  /** Of two questions each. */
  mostCostUsd: number | null;
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
    /** Another model of the engine than that of the settings. */
    engineModel: p.text().nullable(),
    /** In place of the workspace's own words to the engine; empty for none. */
    prompt: p.text().nullable(),
    /** It stops before it costs more. */
    mostUsd: p.double().$type<number>().nullable(),
    /** Told before it began; null when no engine is asked. */
    estimate: p.json().$type<ReplayEstimate>().nullable(),
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
