import { Log } from '#db/entities/log.ts';
import { LogResult } from '#db/entities/log-result.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import type { Report } from '#src/core/report.ts';
import type { Renderer } from '#src/delivery/deliver.ts';
import { isFinished } from './log-state.ts';
import { applyNormal } from './memory/apply-normal.ts';
import { logReport } from './report.ts';

/** What a thread shows about a log: the root that starts it, and the answer as far as it is known. */
export const createLogRenderer =
  ({ orm }: { orm: Orm }): Renderer =>
  async (workspaceId, logId) => {
    const db = forWorkspace(orm, workspaceId);
    const log = await db.findOne(Log, { id: logId });
    if (!log) return null;
    const result = await db.findOne(LogResult, { logId });
    const nothingRead = log.status === 'FAILED' && !result;
    return {
      root: rootReport(log),
      reply: toReport(log, result),
      final: isFinished(log.status),
      whisper: nothingRead
        ? `${log.failure?.message ?? 'This log could not be read.'}${log.failure ? ` (${log.failure.id})` : ''}`
        : undefined,
    };
  };

/** The whole answer about a log, for any surface. */
export const toReport = (log: Log, result: LogResult | null): Report =>
  logReport({
    log: { title: log.title, lineCount: log.lineCount ?? null, bytes: log.bytes ?? null },
    status: log.status,
    digest: result ? applyNormal(result.digest, result.normal ?? null) : null,
    normal: result?.normal ?? null,
    summary: result?.summary ?? null,
    receipt: result?.receipt ?? null,
    failure: log.failure ?? null,
    id: log.id,
  });

const rootReport = (log: Log): Report => ({
  ...(log.actingFor ? { by: log.actingFor.split(':')[2] as string } : {}),
  headline: `asked for a summary of ${log.title}`,
  tone: 'info',
  sections: [],
  charts: [],
  facts: [],
  actions: [],
});
