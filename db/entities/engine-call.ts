import { defineEntity, p } from '@mikro-orm/core';
import type { Receipt } from '#src/core/ports.ts';
import { workspaceId } from './owned.ts';

/** One call of a remote engine, also one that failed: what left is on record (law 4). STARTED until its end is known. */
const EngineCallSchema = defineEntity({
  name: 'EngineCall',
  tableName: 'engine_call',
  properties: {
    id: p.text().primary(),
    workspaceId: workspaceId(),
    subjectId: p.text().index(),
    at: p.datetime(),
    outcome: p.text(),
    receipt: p.json().$type<Receipt>().nullable(),
  },
});
export class EngineCall extends EngineCallSchema.class {}
EngineCallSchema.setClass(EngineCall);

export { EngineCallSchema };
