import { defineEntity, p } from '@mikro-orm/core';
import type { Receipt } from '#src/core/ports.ts';
import type { Digest } from '#src/logs/digest/types.ts';
import type { Normal } from '#src/logs/memory/normal.ts';
import type { LogSummary } from '#src/logs/summary.ts';
import { Log } from './log.ts';
import { workspaceIdOfWhole } from './owned.ts';

/** What we know about a log: the digest (first beat), then the checked summary with its receipt (second beat). */
const LogResultSchema = defineEntity({
  name: 'LogResult',
  tableName: 'log_result',
  indexes: [
    {
      name: 'log_result_normal',
      expression: `create index "log_result_normal" on "log_result" using gin ("normal" jsonb_path_ops) where normal is not null`,
    },
  ],
  properties: {
    logId: () => p.manyToOne(Log).mapToPk().fieldName('log_id').primary().deleteRule('cascade').updateRule('no action'),
    workspaceId: workspaceIdOfWhole(),
    digest: p.json().$type<Digest>(),
    /** Held against what its source is usually like; null when it names none. */
    normal: p.json().$type<Normal>().nullable(),
    summary: p.json().$type<LogSummary>().nullable(),
    receipt: p.json().$type<Receipt>().nullable(),
    digestedAt: p.datetime(),
    summarizedAt: p.datetime().nullable(),
  },
});
export class LogResult extends LogResultSchema.class {}
LogResultSchema.setClass(LogResult);

export { LogResultSchema };
