import { defineEntity, p } from '@mikro-orm/core';
import { workspaceId } from './owned.ts';

/** One alert of a group, as it was last told. */
export type IncidentAlert = {
  /** What tells it from others of its group, however often it is told. */
  fingerprint: string;
  name: string;
  firing: boolean;
  severity: string | null;
  summary: string | null;
  description: string | null;
  runbookUrl: string | null;
  labels: Record<string, string>;
  /** RFC 3339. */
  startsAt: string;
  endsAt: string | null;
  /** When it was last in what we were told; RFC 3339. */
  toldAt: string;
};

/** A group of alerts that fire together; one thread. */
const IncidentSchema = defineEntity({
  name: 'Incident',
  tableName: 'incident',
  indexes: [
    {
      name: 'incident_open_group',
      expression: `create unique index "incident_open_group" on "incident" ("workspace_id", "group_key") where status = 'FIRING'`,
    },
    { name: 'incident_by_workspace', properties: ['workspaceId', 'id'] },
    { name: 'incident_by_group', properties: ['workspaceId', 'groupKey', 'id'] },
    { name: 'incident_by_end', properties: ['workspaceId', 'resolvedAt'] },
  ],
  properties: {
    id: p.text().primary(),
    workspaceId: workspaceId(),
    /** Of the webhook and the group in it. */
    groupKey: p.text(),
    status: p.text().$type<'FIRING' | 'RESOLVED'>(),
    /** Null when it is only kept, to be read by the API. */
    channel: p.text().nullable(),
    /** Why Slack took no message for it, in words; null once it did, or while that is not known. */
    postFailure: p.text().nullable(),
    title: p.text(),
    /** The service or job it is about, as its labels name it; its logs are looked for by these. */
    services: p.array(),
    alerts: p.json().$type<IncidentAlert[]>(),
    startedAt: p.datetime(),
    resolvedAt: p.datetime().nullable(),
    updatedAt: p.datetime(),
  },
});
export class Incident extends IncidentSchema.class {}
IncidentSchema.setClass(Incident);

export { IncidentSchema };
