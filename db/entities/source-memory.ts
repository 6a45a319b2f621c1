import { defineEntity, p } from '@mikro-orm/core';
import { Workspace } from './workspace.ts';

export type Unlisted = 'NONE' | 'ROUTINE' | 'PROBLEMS';

/** A source (service or channel) whose logs were seen: how many, and the hours they cover. */
const SourceMemorySchema = defineEntity({
  name: 'SourceMemory',
  tableName: 'source_memory',
  properties: {
    workspaceId: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace_id').primary().deleteRule('cascade').updateRule('no action'),
    source: p.text().primary(),
    logs: p.integer(),
    hours: p.double().runtimeType('number').$type<number>(),
    /** What its logs held beyond the patterns that were listed, and so remembered: nothing, routine, or errors and warnings, too. */
    unlisted: p.text().$type<Unlisted>().default('NONE'),
    lastSeen: p.datetime(),
  },
});
export class SourceMemory extends SourceMemorySchema.class {}
SourceMemorySchema.setClass(SourceMemory);

export { SourceMemorySchema };
