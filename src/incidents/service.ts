import { createHash } from 'node:crypto';
import { LockMode } from '@mikro-orm/core';
import { Incident, type IncidentAlert } from '#db/entities/incident.ts';
import { Workspace } from '#db/entities/workspace.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { recordAudit } from '#src/auth/audit.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { Clock } from '#src/core/ports.ts';
import { deliverJob } from '#src/delivery/deliver-job-spec.ts';
import { enqueueDelivery } from '#src/delivery/enqueue-delivery.ts';
import { newDelivery } from '#src/delivery/new-delivery.ts';
import { followJob } from './follow-incident.ts';
import { readAlerts } from './read-alerts.ts';

export type ReceivedAlerts = { id: string; status: 'FIRING' | 'RESOLVED' } | { ignored: string };

export type IncidentService = {
  /**
   * Takes in what Alertmanager tells of a group of alerts: the first time opens an incident and its thread, later news edit it in place. The same
   * told twice changes nothing. Throws BAD_INPUT.
   */
  receiveAlerts(actor: Actor, input: { door: string; channel: string; body: unknown }): Promise<ReceivedAlerts>;
};

export const createIncidentService = ({ orm, clock }: { orm: Orm; clock: Clock }): IncidentService => ({
  async receiveAlerts(actor, { door, channel, body }) {
    requireScope(actor, 'TICKETS_WRITE');
    const told = readAlerts(body);
    const groupKey = createHash('sha256').update(`${door} ${told.groupKey}`).digest('hex').slice(0, 32);
    return forWorkspace(orm, actor.workspaceId).transactional(async (db) => {
      const now = clock.now();
      const open = await db.findOne(Incident, { groupKey, status: 'FIRING' }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      const alerts = merge(open?.alerts ?? [], told.alerts);
      const firing = alerts.some((alert) => alert.firing);
      if (!open && !firing) return { ignored: 'Nothing of this group was known to fire.' };
      const change = { title: told.title, services: told.services, alerts, status: firing ? ('FIRING' as const) : ('RESOLVED' as const) };
      if (open) {
        const news = JSON.stringify([open.alerts, open.title]) !== JSON.stringify([alerts, told.title]);
        Object.assign(open, change, { resolvedAt: firing ? null : now, updatedAt: now });
        await db.flush();
        if (news) await enqueueDelivery(db, open.id);
        if (!firing) await addJob(db, followJob(open, 'resolved', actor.requestId));
        return { id: open.id, status: open.status };
      }
      const incident = Object.assign(new Incident(), {
        ...change,
        id: newId('inc'),
        workspaceId: actor.workspaceId,
        groupKey,
        channel,
        startedAt: earliest(alerts) ?? now,
        resolvedAt: null,
        updatedAt: now,
      });
      await db.persist(incident).flush();
      await recordAudit(db, actor, 'incident.opened', incident.id);
      await postThread(db, incident, now);
      await addJob(db, followJob(incident, 'opened', actor.requestId));
      return { id: incident.id, status: incident.status };
    });
  },
});

/** What was told of an alert last counts; those a message leaves out stand as they were. */
const merge = (before: readonly IncidentAlert[], told: readonly IncidentAlert[]): IncidentAlert[] => {
  const byFingerprint = new Map(before.map((alert) => [alert.fingerprint, alert]));
  for (const alert of told) byFingerprint.set(alert.fingerprint, alert);
  return [...byFingerprint.values()].slice(-100);
};

const earliest = (alerts: readonly IncidentAlert[]): Date | null => {
  const times = alerts.filter(({ firing }) => firing).map(({ startsAt }) => Date.parse(startsAt));
  return times.length > 0 ? new Date(Math.min(...times)) : null;
};

/** One message per incident, edited as it goes on; what follows goes under it. */
const postThread = async (db: Db, incident: Incident, now: Date): Promise<void> => {
  const { slackTeamId } = await db.findOneOrFail(Workspace, { id: incident.workspaceId });
  if (!slackTeamId)
    throw new AppError('CONFLICT', 'This workspace has no Slack team yet. Use the bot once in Slack, then alerts can be posted there.');
  const replyTo = { kind: 'slack' as const, teamId: slackTeamId, channel: incident.channel, user: '' };
  const delivery = newDelivery(incident.workspaceId, incident.id, replyTo, now);
  await db.persist(delivery).flush();
  await addJob(db, deliverJob(delivery));
};
