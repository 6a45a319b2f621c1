import { defineEntity, p } from '@mikro-orm/core';
import { Workspace } from './workspace.ts';

/** A kind of record that a source's logs were seen to hold. */
const PatternMemorySchema = defineEntity({
  name: 'PatternMemory',
  tableName: 'pattern_memory',
  properties: {
    workspaceId: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace_id').primary().deleteRule('cascade').updateRule('no action'),
    source: p.text().primary(),
    /** Hash of the template it was first seen as. */
    key: p.text().primary(),
    /** The most general one so far. */
    template: p.text(),
    level: p.text(),
    logs: p.integer(),
    records: p.bigint('number'),
    /** Hours of its source that had been seen before it. */
    hoursBefore: p.double().runtimeType('number').$type<number>(),
    firstSeen: p.datetime(),
    firstLogId: p.text(),
    lastSeen: p.datetime(),
    /** A person said that there is nothing to look at. */
    noise: p.boolean(),
  },
});
export class PatternMemory extends PatternMemorySchema.class {}
PatternMemorySchema.setClass(PatternMemory);

export { PatternMemorySchema };
