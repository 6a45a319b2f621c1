import { defineEntity, p } from '@mikro-orm/core';
import { Log } from './log.ts';
import { workspaceIdOfWhole } from './owned.ts';

/**
 * A piece of a log's text (UTF-8, zstd). `firstLine` is the 1-based number of the line its first byte lies in, `newlines` how many
 * lines end in it: a chunk may begin and end in the middle of a line, so lines of any length fit.
 */
const LogChunkSchema = defineEntity({
  name: 'LogChunk',
  tableName: 'log_chunk',
  properties: {
    logId: () => p.manyToOne(Log).mapToPk().fieldName('log_id').primary().deleteRule('cascade').updateRule('no action'),
    seq: p.integer().primary(),
    workspaceId: workspaceIdOfWhole(),
    firstLine: p.bigint('number'),
    newlines: p.bigint('number'),
    bytes: p.integer(),
    /** Empty when the bytes lie under `blobKey` in the blob store. */
    data: p.blob(),
    blobKey: p.text().nullable(),
  },
});
export class LogChunk extends LogChunkSchema.class {}
LogChunkSchema.setClass(LogChunk);

export { LogChunkSchema };
