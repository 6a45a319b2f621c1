import { defineEntity, p } from '@mikro-orm/core';
import { Workspace } from './workspace.ts';

/** What a workspace had of remote engines on a day (UTC): what was used, and what calls under way may still use. */
const EngineSpendSchema = defineEntity({
  name: 'EngineSpend',
  tableName: 'engine_spend',
  properties: {
    workspaceId: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace_id').primary().deleteRule('cascade').updateRule('no action'),
    day: p.date().primary(),
    tokens: p.bigint('number'),
    usd: p.double(),
    /** Calls that were answered by the built-in engine instead. */
    refused: p.integer(),
  },
});
export class EngineSpend extends EngineSpendSchema.class {}
EngineSpendSchema.setClass(EngineSpend);

export { EngineSpendSchema };
