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
import { problemsAround } from './of-that-time.ts';
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
    if (what === 'opened') {
      const logs = await findIncidentLogs(db, incident);
      return logs.length > 0 ? { root, reply: logsReport(incident, logs.map(toShown(incident))), final: true } : null;
    }
    return {
      root,
      reply: null,
      final: incident.status === 'RESOLVED',
      async afterwards(own, place) {
        await own.nativeUpdate(Incident, { id, postFailure: { $ne: null } }, { postFailure: null });
        // Once there is a log of that service: createShownInIncidents comes back here for one that is read later.
        if ((await findIncidentLogs(own, incident)).length > 0) await follow(own, incident, 'opened', place, clock.now());
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

const toShown =
  (incident: Incident) =>
  ({ log: { id, title, source }, result }: IncidentLogs[number]): IncidentLog => {
    const of = { id, title, source: source ?? '' };
    if (!result) return { ...of, headline: null, problems: null };
    const then = problemsAround(result.digest, incident);
    if (!then) return { ...of, headline: null, problems: 'of another time' };
    return {
      ...of,
      headline: (then.worst && result.summary?.headline) || null,
      problems: then.problems
        .slice(0, MOST_PROBLEMS)
        .map(({ template, ...where }) => ({ text: redactSecrets(template.replace(/\s+/g, ' ').slice(0, 200)), ...where })),
    };
  };
