import { defineEntity, p } from '@mikro-orm/core';
import type { SlackOrigin } from '#src/core/ports.ts';
import { workspaceId } from './owned.ts';

export type WorkStatus = 'QUEUED' | 'RUNNING' | 'DIGESTED' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
export type LogEntry = 'API' | 'STREAM' | 'SLACK' | 'TERMINAL';
export type WorkFailure = { id: string; code: string; message: string; retryAt: string | null };

const LogSchema = defineEntity({
  name: 'Log',
  tableName: 'log',
  indexes: [
    { name: 'log_by_workspace', properties: ['workspaceId', 'id'] },
    {
      name: 'log_idempotency_key',
      expression: `create unique index "log_idempotency_key" on "log" ("workspace_id", "idempotency_key") where idempotency_key is not null`,
    },
    {
      name: 'log_by_own_time',
      expression: `create index "log_by_own_time" on "log" ("workspace_id", "source", "last_at", "first_at") where source is not null and last_at is not null`,
    },
  ],
  properties: {
    id: p.text().primary(),
    workspaceId: workspaceId(),
    title: p.text(),
    source: p.text().nullable(),
    entry: p.text().$type<LogEntry>(),
    /** Set while the content still has to be fetched from Slack by a job. */
    origin: p.json().$type<SlackOrigin>().nullable(),
    status: p.text().$type<WorkStatus>(),
    progress: p.float(),
    /** Of text, unpacked; null until it was read. */
    bytes: p.bigint('number').nullable(),
    lineCount: p.bigint('number').nullable(),
    failure: p.json().$type<WorkFailure>().nullable(),
    createdBy: p.text(),
    actingFor: p.text().nullable(),
    idempotencyKey: p.text().nullable(),
    requestId: p.text().nullable(),
    createdAt: p.datetime(),
    finishedAt: p.datetime().nullable(),
    /** When its text was forgotten for its age; what was found in it stands. */
    textDeletedAt: p.datetime().nullable(),
    /** From when to when its lines are, at the widest (src/logs/own-time.ts); null until it was read, and where they say no time. */
    firstAt: p.datetime().nullable(),
    lastAt: p.datetime().nullable(),
  },
});
export class Log extends LogSchema.class {}
LogSchema.setClass(Log);

export { LogSchema };
