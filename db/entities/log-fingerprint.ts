import { defineEntity, p } from '@mikro-orm/core';
import { Log } from './log.ts';
import { workspaceIdOfWhole } from './owned.ts';

/** What kind of record it is, its template, and the kind of failure it is known as. */
export type LeadingProblem = { key: string; template: string; failure: string | null };

/** A log's leading problems, by which another incident of the same kind is known again. */
const LogFingerprintSchema = defineEntity({
  name: 'LogFingerprint',
  tableName: 'log_fingerprint',
  indexes: [{ name: 'log_fingerprint_by_source', properties: ['workspaceId', 'source', 'at'] }],
  properties: {
    logId: () => p.manyToOne(Log).mapToPk().fieldName('log_id').primary().deleteRule('cascade').updateRule('no action'),
    workspaceId: workspaceIdOfWhole(),
    source: p.text(),
    /** Keys of kinds of records. */
    keys: p.array(),
    /** The same problems, by rank, with what makes others like them; empty in what was stored long ago. */
    problems: p.json().$type<LeadingProblem[]>().default([]),
    /** Of each problem its longest run of words that never vary: a ticket that holds one speaks of this log. */
    phrases: p.array().default([]),
    at: p.datetime(),
  },
});
export class LogFingerprint extends LogFingerprintSchema.class {}
LogFingerprintSchema.setClass(LogFingerprint);

export { LogFingerprintSchema };
