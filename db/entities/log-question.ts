import { defineEntity, p } from '@mikro-orm/core';
import type { Receipt } from '#src/core/ports.ts';
import type { Claim } from '#src/logs/summary.ts';
import { Log, type WorkFailure } from './log.ts';
import { workspaceId } from './owned.ts';

/** What was found: the checked claims, and what was looked for in vain. */
export type LogAnswer = {
  claims: Claim[];
  /** Words of the question that stand nowhere in the log. */
  missing: string[];
  linesSearched: number;
  unsupportedDropped: number;
  /** The engine was asked and could not answer: this is what a search found. */
  withoutEngine: boolean;
  receipt: Receipt | null;
};

/** A question about a log, and its answer once there is one. */
const LogQuestionSchema = defineEntity({
  name: 'LogQuestion',
  tableName: 'log_question',
  indexes: [
    { name: 'log_question_by_log', properties: ['logId', 'id'] },
    {
      name: 'log_question_idempotency_key',
      expression: `create unique index "log_question_idempotency_key" on "log_question" ("workspace_id", "idempotency_key") where idempotency_key is not null`,
    },
  ],
  properties: {
    id: p.text().primary(),
    workspaceId: workspaceId(),
    logId: () => p.manyToOne(Log).mapToPk().fieldName('log_id').deleteRule('cascade').updateRule('no action'),
    question: p.text(),
    status: p.text().$type<'QUEUED' | 'SUCCEEDED' | 'FAILED'>(),
    answer: p.json().$type<LogAnswer>().nullable(),
    failure: p.json().$type<WorkFailure>().nullable(),
    createdBy: p.text(),
    actingFor: p.text().nullable(),
    idempotencyKey: p.text().nullable(),
    createdAt: p.datetime(),
    finishedAt: p.datetime().nullable(),
  },
});
export class LogQuestion extends LogQuestionSchema.class {}
LogQuestionSchema.setClass(LogQuestion);

export { LogQuestionSchema };
