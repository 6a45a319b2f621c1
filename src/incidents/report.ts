import type { Incident, IncidentAlert } from '#db/entities/incident.ts';
import type { Report, ReportItem, Tone } from '#src/core/report.ts';
import { timeAround } from './of-that-time.ts';

const MOST_SHOWN = 10;

/** The incident's own message: what fires, since when; edited as alerts come and go. */
export const incidentReport = ({ title, status, alerts, services, startedAt, resolvedAt, updatedAt }: Incident): Report => {
  const firing = alerts.filter((alert) => alert.firing);
  const runbooks = [...new Set(alerts.flatMap(({ runbookUrl }) => runbookUrl ?? []))].slice(0, 3);
  return {
    headline: status === 'FIRING' ? title : `Resolved: ${title}`,
    tone: status === 'FIRING' ? toneOf(firing) : 'info',
    subtitle:
      status === 'FIRING'
        ? `${alerts.length === 1 ? 'firing' : `${firing.length} of ${alerts.length} alerts firing,`} since ${clockTime(startedAt, updatedAt)}`
        : `lasted ${lasting(startedAt, resolvedAt ?? startedAt)}, from ${clockTime(startedAt, resolvedAt ?? startedAt)} to ${clockTime(resolvedAt ?? startedAt)}`,
    sections: [
      {
        title: 'Alerts',
        items: alerts
          .toSorted((a, b) => Number(b.firing) - Number(a.firing))
          .slice(0, MOST_SHOWN)
          .map((alert) => alertItem(alert, title)),
      },
    ],
    charts: [],
    facts: [
      ...(alerts.length > MOST_SHOWN ? [`and ${alerts.length - MOST_SHOWN} more`] : []),
      ...runbooks.map((url) => `What to do: ${url}`),
      ...(services.length === 0 ? ['No label of these alerts names a service (service, app, job, …), so no logs were looked for.'] : []),
    ],
    actions: [],
  };
};

/** By its name, under which Alertmanager and the rules know it; what the headline says is not said again. */
const alertItem = ({ name, firing, summary, description, labels }: IncidentAlert, title: string): ReportItem => ({
  text: [
    ...new Set([name, ...(summary && summary !== title ? [summary] : []), ...(description && description !== title ? [description] : [])]),
  ].join(': '),
  label: firing ? 'firing' : 'over',
  refs: Object.entries(labels)
    .filter(([label]) => !/^(?:alertname|severity|prometheus|monitor)$/.test(label))
    .slice(0, 4)
    .map(([label, value]) => `${label}=${value.slice(0, 60)}`),
});

const toneOf = (firing: readonly IncidentAlert[]): Tone => {
  const severities = firing.map(({ severity }) => severity?.toLowerCase() ?? '');
  if (severities.some((severity) => /^(?:page|critical|emergency|p1)$/.test(severity))) return 'critical';
  return severities.every((severity) => /^(?:info|none|low)$/.test(severity)) ? 'low' : 'high';
};

/** A log of the service that came in around the time, with what in it is from then; `problems` is null while it is read. */
export type IncidentLog = {
  id: string;
  title: string;
  source: string;
  headline: string | null;
  problems: { text: string; count: number; line: number; allThen: boolean }[] | 'of another time' | null;
};

/** Under the message: what the logs of that service say of that time. */
export const logsReport = (incident: Incident, logs: readonly IncidentLog[]): Report => {
  const read = logs.filter(({ problems }) => problems !== null);
  const underWay = logs.length - read.length;
  return {
    headline: logsHeadline(logs, read.length),
    tone: 'info',
    subtitle: `looked for lines ${when(incident)}, in logs whose source is ${incident.services.join(', ')}`,
    sections: read.map(({ title, headline, problems }) => ({
      title,
      items: [...(headline ? [{ text: headline }] : []), ...problemItems(problems ?? [])],
    })),
    charts: [],
    facts: underWay > 0 ? [`${underWay}${read.length > 0 ? ' more' : ''} ${underWay === 1 ? 'is' : 'are'} being read`] : [],
    actions: read.slice(0, 1).map(({ id }) => ({ id: 'show_lines', label: 'Show lines', value: id })),
  };
};

const problemItems = (problems: NonNullable<IncidentLog['problems']>): ReportItem[] => {
  if (problems === 'of another time') return [{ text: 'Nothing in this log is from that time.' }];
  if (problems.length === 0) return [{ text: 'No error and no warning in this log is from that time.' }];
  return problems.map(({ text, count, line, allThen }) => ({
    text,
    label: allThen ? `${count}×` : `${count}× in the whole log`,
    refs: [`L${line}`],
  }));
};

const logsHeadline = (logs: readonly IncidentLog[], read: number): string => {
  const of = [...new Set(logs.map(({ source }) => source))].join(' and ');
  if (read === 0) return logs.length === 1 ? `A log of ${of} is being read` : `${logs.length} logs of ${of} are being read`;
  return `What ${read === 1 ? 'a log' : `${read} logs`} of ${of} ${read === 1 ? 'says' : 'say'}`;
};

const when = (incident: Incident): string => {
  const { from, to } = timeAround(incident);
  return to ? `from ${clockTime(from, to)} to ${clockTime(to)}` : `from ${clockTime(from, incident.updatedAt)} on`;
};

export const resolvedReport = ({ title, startedAt, resolvedAt }: Incident): Report => ({
  headline: `Over after ${lasting(startedAt, resolvedAt ?? startedAt)}: ${title}`,
  tone: 'info',
  sections: [],
  charts: [],
  facts: [],
  actions: [],
});

/** With its day where that is not the other's. */
const clockTime = (date: Date, other = date): string => {
  const [day, time] = date.toISOString().slice(0, 16).split('T');
  return other.toISOString().startsWith(String(day)) ? `${time} UTC` : `${day} ${time} UTC`;
};

const lasting = (from: Date, to: Date): string => {
  const minutes = Math.max(0, Math.round((to.getTime() - from.getTime()) / 60_000));
  if (minutes < 120) return minutes < 1 ? 'less than a minute' : `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 60 / 24)} days`;
};
