import { Delivery } from '#db/entities/delivery.ts';
import { Incident } from '#db/entities/incident.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import type { Clock, ReplyTo } from '#src/core/ports.ts';
import { redactSecrets } from '#src/core/sensitive/redact-secrets.ts';
import type { Renderer } from '#src/delivery/deliver.ts';
import { deliverJob } from '#src/delivery/deliver-job-spec.ts';
import { newDelivery } from '#src/delivery/new-delivery.ts';
import { findIncidentLogs, type IncidentLogs } from './incident-logs.ts';
import { type IncidentLog, incidentReport, logsReport, resolvedReport } from './report.ts';

/** What is said under an incident's message: what its service's logs tell, and that it is over. */
export type Following = 'opened' | 'resolved';

export const followingSubject = (incidentId: string, what: Following): string => `${incidentId}:${what}`;

const MOST_PROBLEMS = 3;

/** An incident's message, and what goes under it. */
export const createIncidentRenderer =
  ({ orm, clock }: { orm: Orm; clock: Clock }): Renderer =>
  async (workspaceId, subjectId) => {
    const [id = '', what] = subjectId.split(':');
    const db = forWorkspace(orm, workspaceId);
    const incident = await db.findOne(Incident, { id });
    if (!incident) return null;
    const root = incidentReport(incident);
    if (what === 'resolved') return { root, reply: resolvedReport(incident), final: true };
    if (what === 'opened') return { root, reply: logsReport(incident, (await findIncidentLogs(db, incident)).map(toShown)), final: true };
    return {
      root,
      reply: null,
      final: incident.status === 'RESOLVED',
      async afterwards(own, place) {
        await own.nativeUpdate(Incident, { id, postFailure: { $ne: null } }, { postFailure: null });
        if (incident.services.length > 0) await follow(own, incident, 'opened', place, clock.now());
        if (incident.status === 'RESOLVED') await follow(own, incident, 'resolved', place, clock.now());
      },
      async refused(own, { message }) {
        await own.nativeUpdate(Incident, { id }, { postFailure: message });
        // Nobody asked, so nobody is told; the next news of the group tries again, and the API says why there is nothing.
        return null;
      },
    };
  };

/** One reply of each kind, brought up to date whenever the message is. */
const follow = async (db: Db, { id, workspaceId }: Incident, what: Following, place: ReplyTo, now: Date): Promise<void> => {
  const subjectId = followingSubject(id, what);
  const known = await db.findOne(Delivery, { subjectId }, { disableIdentityMap: true });
  const delivery = known ?? newDelivery(workspaceId, subjectId, place, now);
  if (!known) await db.persist(delivery).flush();
  await addJob(db, deliverJob(delivery));
};

const toShown = ({ log: { id, title }, result }: IncidentLogs[number]): IncidentLog => {
  if (!result) return { id, title, headline: null, problems: null };
  const grave = result.digest.patterns.filter(({ level }) => level === 'fatal' || level === 'error' || level === 'warn');
  const problems = grave
    .slice(0, MOST_PROBLEMS)
    .map(({ template, count, first }) => ({ text: redactSecrets(template.replace(/\s+/g, ' ').slice(0, 200)), count, line: first.line }));
  return { id, title, headline: result.summary?.headline ?? null, problems };
};
