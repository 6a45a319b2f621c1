import { defineEntity, p } from '@mikro-orm/core';
import type { Weights } from '#src/tickets/prediction/combine.ts';
import { workspaceId } from './owned.ts';

/** A classifier trained on a workspace's history, with what was learned about how much each judge counts; the newest one predicts. */
const TriageModelSchema = defineEntity({
  name: 'TriageModel',
  tableName: 'triage_model',
  uniques: [{ name: 'triage_model_version', properties: ['workspaceId', 'version'] }],
  properties: {
    id: p.text().primary(),
    workspaceId: workspaceId(),
    version: p.integer(),
    data: p.blob(),
    /** How much the classifier, look-alikes and a remote engine count; null before there was anything to learn from. */
    weights: p.json().$type<Weights>().nullable(),
    /** Tickets it was trained on, and what it scored on those held back. */
    report: p.json().$type<Record<string, unknown>>(),
    createdAt: p.datetime(),
  },
});
export class TriageModel extends TriageModelSchema.class {}
TriageModelSchema.setClass(TriageModel);

export { TriageModelSchema };
