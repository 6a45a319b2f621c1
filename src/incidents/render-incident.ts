import { Incident } from '#db/entities/incident.ts';
import { Log } from '#db/entities/log.ts';
import { LogResult } from '#db/entities/log-result.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { redactSecrets } from '#src/core/sensitive/redact-secrets.ts';
import type { Renderer } from '#src/delivery/deliver.ts';
import { type IncidentLog, incidentReport, logsReport, resolvedReport } from './report.ts';

const BEFORE_MS = 60 * 60_000;
const AFTER_MS = 30 * 60_000;
const MOST_LOGS = 3;
const MOST_PROBLEMS = 3;

/** An incident's message, and what goes under it. */
export const createIncidentRenderer =
  ({ orm }: { orm: Orm }): Renderer =>
  async (workspaceId, subjectId) => {
    const [id = '', what] = subjectId.split(':');
    const db = forWorkspace(orm, workspaceId);
    const incident = await db.findOne(Incident, { id });
    if (!incident) return null;
    if (!what) return { root: incidentReport(incident), reply: null, final: incident.status === 'RESOLVED' };
    const reply = what === 'opened' ? logsReport(incident, await findLogs(db, incident)) : resolvedReport(incident);
    return { root: incidentReport(incident), reply, final: true };
  };

/** Logs of the services the alerts name that came in around the time, newest first. */
const findLogs = async (db: Db, { services, startedAt }: Incident): Promise<IncidentLog[]> => {
  if (services.length === 0) return [];
  const window = { $gte: new Date(startedAt.getTime() - BEFORE_MS), $lte: new Date(startedAt.getTime() + AFTER_MS) };
  const logs = await db.find(Log, { source: { $in: services }, createdAt: window }, { orderBy: { id: 'desc' }, limit: MOST_LOGS });
  const results = await db.find(LogResult, { logId: { $in: logs.map(({ id }) => id) } });
  return logs.flatMap(({ id, title }) => {
    const result = results.find(({ logId }) => logId === id);
    if (!result) return [];
    const grave = result.digest.patterns.filter(({ level }) => level === 'fatal' || level === 'error' || level === 'warn');
    const problems = grave
      .slice(0, MOST_PROBLEMS)
      .map(({ template, count, first }) => ({ text: redactSecrets(template.replace(/\s+/g, ' ').slice(0, 200)), count, line: first.line }));
    return [{ id, title, headline: result.summary?.headline ?? null, problems }];
  });
};
