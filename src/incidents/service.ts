import { createHash } from 'node:crypto';
import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import { Delivery } from '#db/entities/delivery.ts';
import { Incident } from '#db/entities/incident.ts';
import { Workspace } from '#db/entities/workspace.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { type Connection, findPage, type Page } from '#db/page.ts';
import { addJob, type JobSpec } from '#db/queue.ts';
import { recordAudit } from '#src/auth/audit.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { newId } from '#src/core/ids.ts';
import type { Clock } from '#src/core/ports.ts';
import { deliverJob } from '#src/delivery/deliver-job-spec.ts';
import { newDelivery } from '#src/delivery/new-delivery.ts';
import { findIncidentLogs, findIncidentsOf, type IncidentLogs } from './incident-logs.ts';
import type { IncidentView } from './incident-view.ts';
import { mergeAlerts } from './merge-alerts.ts';
import { readAlerts, type ToldAlerts } from './read-alerts.ts';
import { followingSubject } from './render-incident.ts';

/** `notPosted` says why nobody in Slack sees it yet; `again` that telling us once more will help. */
export type ReceivedAlerts = { id: string; status: Incident['status']; notPosted?: string; again?: boolean } | { ignored: string };

/** Whose door alerts came in by. Without a channel they are kept, and read by the API alone. */
export type AlertsDoor = { id: string; workspaceId: string; channel: string | null; requestId: string };

export type IncidentFilter = { status?: readonly Incident['status'][] | undefined };

export type IncidentService = {
  /**
   * Takes in what Alertmanager tells of a group of alerts: the first time opens an incident and its thread, later news edit it in place. The same
   * told twice changes nothing, also after the incident is over. Throws BAD_INPUT.
   */
  receiveAlerts(door: AlertsDoor, body: unknown): Promise<ReceivedAlerts>;
  incident(actor: Actor, id: string): Promise<IncidentView | null>;
  /** Throws BAD_INPUT unless exactly one of first and last is 1 to 100. */
  incidents(actor: Actor, filter: IncidentFilter, page: Page): Promise<Connection<IncidentView>>;
  /** The logs of its services from its time: by the time their lines say, or else by when they came. */
  incidentLogs(actor: Actor, incident: IncidentView): Promise<IncidentLogs>;
};

export type IncidentServiceDeps = {
  orm: Orm;
  clock: Clock;
  /** This server's address: where a runbook lies whose address has no host. */
  url: string;
};

// A sender that heard no answer, or a second Alertmanager, repeats itself within seconds. What comes later with the same beginning fires again.
const REPEATED_MS = 2 * 60_000;
const MOST_TRIES = 5;

export const createIncidentService = ({ orm, clock, url }: IncidentServiceDeps): IncidentService => ({
  async receiveAlerts(door, body) {
    const told = readAlerts(body, { now: clock.now(), base: url });
    for (let tries = 1; ; tries++)
      try {
        return await forWorkspace(orm, door.workspaceId).transactional((db) => keep(db, door, told, clock.now()));
      } catch (error) {
        // Somebody else opened it just now; the next look finds it.
        if (!(error instanceof UniqueConstraintViolationException) || tries === MOST_TRIES) throw error;
      }
  },

  async incident(actor, id) {
    requireScope(actor, 'LOGS_READ');
    return forWorkspace(orm, actor.workspaceId).findOne(Incident, { id });
  },

  async incidents(actor, { status }, page) {
    requireScope(actor, 'LOGS_READ');
    return findPage(forWorkspace(orm, actor.workspaceId), Incident, 'inc', status ? { status: { $in: [...status] } } : {}, page);
  },

  async incidentLogs(actor, incident) {
    requireScope(actor, 'LOGS_READ');
    return (await findIncidentLogs(forWorkspace(orm, actor.workspaceId), incident)).filter(({ ofThen }) => ofThen);
  },
});

type ReadLog = { workspaceId: string; source: string | null; firstAt: Date | null; lastAt: Date | null };

/** The jobs that show a log where incidents of its service are told of; for whoever has just read it. */
export const createShownInIncidents =
  ({ orm, clock }: { orm: Orm; clock: Clock }) =>
  async ({ workspaceId, source, firstAt, lastAt }: ReadLog): Promise<JobSpec[]> => {
    if (source === null) return [];
    const db = forWorkspace(orm, workspaceId);
    const ids = await findIncidentsOf(db, { workspaceId, source, firstAt, lastAt, now: clock.now() });
    if (ids.length === 0) return [];
    const shown = await db.find(Delivery, { subjectId: { $in: ids.flatMap((id) => [id, followingSubject(id, 'opened')]) } });
    // The first log of an incident begins the reply about them, which the incident's own message does.
    return ids.flatMap((id) => {
      const delivery =
        shown.find(({ subjectId }) => subjectId === followingSubject(id, 'opened')) ?? shown.find(({ subjectId }) => subjectId === id);
      return delivery ? [deliverJob(delivery)] : [];
    });
  };

const keep = async (db: Db, door: AlertsDoor, told: ToldAlerts, now: Date): Promise<ReceivedAlerts> => {
  const groupKey = createHash('sha256').update(`${door.id} ${told.groupKey}`).digest('hex').slice(0, 32);
  const open = await db.findOne(Incident, { groupKey, status: 'FIRING' }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!open && !told.firing) return { ignored: 'Nothing of this group was known to fire.' };
  if (!open && (await isRepeated(db, groupKey, told, now))) return { ignored: 'This was told before, and is over.' };
  const incident = open ? await changed(db, door, open, told, now) : await opened(db, door, groupKey, told, now);
  const { id, status } = incident;
  return { id, status, ...(await post(db, incident, now)) };
};

/** Whether all that fires was known, with the same beginning, to an incident that has just ended. */
const isRepeated = async (db: Db, groupKey: string, { alerts }: ToldAlerts, now: Date): Promise<boolean> => {
  const last = await db.findOne(Incident, { groupKey }, { orderBy: { id: 'desc' } });
  if (!last?.resolvedAt || now.getTime() - last.updatedAt.getTime() > REPEATED_MS) return false;
  const firing = alerts.filter((alert) => alert.firing);
  const known = new Set(last.alerts.map(({ fingerprint, startsAt }) => `${fingerprint} ${Date.parse(startsAt)}`));
  return firing.length > 0 && firing.every(({ fingerprint, startsAt }) => known.has(`${fingerprint} ${Date.parse(startsAt)}`));
};

const changed = async (db: Db, { channel }: AlertsDoor, incident: Incident, told: ToldAlerts, now: Date): Promise<Incident> => {
  Object.assign(incident, {
    title: told.title,
    // It may have been named since.
    channel: incident.channel ?? channel,
    services: [...new Set([...told.services, ...incident.services])].slice(0, 20),
    alerts: mergeAlerts(incident.alerts, told, now),
    status: told.firing ? ('FIRING' as const) : ('RESOLVED' as const),
    resolvedAt: told.firing ? null : endOf(incident.startedAt, told, now),
    updatedAt: now,
  });
  await db.flush();
  return incident;
};

const opened = async (db: Db, door: AlertsDoor, groupKey: string, told: ToldAlerts, now: Date): Promise<Incident> => {
  const { workspaceId, channel, requestId } = door;
  const incident = Object.assign(new Incident(), {
    id: newId('inc'),
    workspaceId,
    groupKey,
    status: 'FIRING' as const,
    channel,
    postFailure: null,
    title: told.title,
    services: told.services,
    alerts: mergeAlerts([], told, now),
    startedAt: earliest(told) ?? now,
    resolvedAt: null,
    updatedAt: now,
  });
  await db.persist(incident).flush();
  await recordAudit(db, { workspaceId, id: door.id, actingFor: null, requestId }, 'incident.opened', incident.id);
  return incident;
};

/** When the last of its alerts ended, which a sender that groups tells minutes later; now, where it does not say. */
const endOf = (startedAt: Date, { alerts, complete }: ToldAlerts, now: Date): Date => {
  const ends = alerts.flatMap(({ endsAt }) => (endsAt ? Date.parse(endsAt) : []));
  const end = Math.max(...ends);
  return complete && ends.length === alerts.length && end >= startedAt.getTime() && end <= now.getTime() ? new Date(end) : now;
};

const earliest = ({ alerts }: ToldAlerts): Date | null => {
  const times = alerts.filter(({ firing }) => firing).map(({ startsAt }) => Date.parse(startsAt));
  return times.length > 0 ? new Date(Math.min(...times)) : null;
};

const UNKNOWN_TEAM = 'It is kept, and posted once the bot has been used in Slack: type /aiops help there.';

type Unposted = { notPosted?: string; again?: boolean };

/** One message per incident, edited as it goes on; what follows goes under it once it is there. One that Slack would not take is tried anew. */
const post = async (db: Db, incident: Incident, now: Date): Promise<Unposted> => {
  const { id, workspaceId, channel, postFailure } = incident;
  if (!channel) return {};
  const known = await db.findOne(Delivery, { subjectId: id }, { disableIdentityMap: true });
  if (known) {
    if (known.state === 'FAILED') await db.nativeUpdate(Delivery, { id: known.id }, { state: 'WAITING', failure: null, updatedAt: now });
    await addJob(db, deliverJob(known));
    return known.state === 'FAILED' ? { notPosted: `${postFailure ?? 'Slack would not take it.'} It is tried again now.` } : {};
  }
  const { slackTeamId } = await db.findOneOrFail(Workspace, { id: workspaceId });
  if (!slackTeamId) {
    if (postFailure !== UNKNOWN_TEAM) await db.nativeUpdate(Incident, { id }, { postFailure: UNKNOWN_TEAM });
    return { notPosted: UNKNOWN_TEAM, again: true };
  }
  const delivery = newDelivery(workspaceId, id, { kind: 'slack', teamId: slackTeamId, channel, user: '' }, now);
  await db.persist(delivery).flush();
  await addJob(db, deliverJob(delivery));
  return {};
};
