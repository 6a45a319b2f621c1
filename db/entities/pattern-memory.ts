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
    /** Records an hour in each of the last logs it was in, the newest last: one wild hour says little about what is usual. */
    rates: p
      .array((rate) => Number(rate))
      .columnType('float8[]')
      .default([]),
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
