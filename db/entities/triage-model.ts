import { defineEntity, p } from '@mikro-orm/core';
import { workspaceId } from './owned.ts';

/** A classifier trained on a workspace's history; the newest active one predicts. */
const TriageModelSchema = defineEntity({
  name: 'TriageModel',
  tableName: 'triage_model',
  uniques: [{ name: 'triage_model_version', properties: ['workspaceId', 'version'] }],
  properties: {
    id: p.text().primary(),
    workspaceId: workspaceId(),
    version: p.integer(),
    data: p.blob(),
    /** Tickets it was trained on, and what it scored on those held back. */
    report: p.json().$type<Record<string, unknown>>(),
    createdAt: p.datetime(),
  },
});
export class TriageModel extends TriageModelSchema.class {}
TriageModelSchema.setClass(TriageModel);

export { TriageModelSchema };
