import type { Incident, IncidentAlert } from '#db/entities/incident.ts';
import type { Report, ReportItem, Tone } from '#src/core/report.ts';

const MOST_SHOWN = 10;

/** The incident's own message: what fires, since when; edited as alerts come and go. */
export const incidentReport = ({ title, status, alerts, services, startedAt, resolvedAt }: Incident): Report => {
  const firing = alerts.filter((alert) => alert.firing);
  const runbooks = [...new Set(alerts.flatMap(({ runbookUrl }) => runbookUrl ?? []))].slice(0, 3);
  return {
    headline: status === 'FIRING' ? title : `Resolved: ${title}`,
    tone: status === 'FIRING' ? toneOf(firing) : 'info',
    subtitle:
      status === 'FIRING'
        ? `${firing.length} of ${alerts.length} ${alerts.length === 1 ? 'alert' : 'alerts'} firing, since ${clockTime(startedAt)}`
        : `lasted ${lasting(startedAt, resolvedAt ?? startedAt)}, from ${clockTime(startedAt)} to ${clockTime(resolvedAt ?? startedAt)}`,
    sections: [
      {
        title: 'Alerts',
        items: alerts
          .toSorted((a, b) => Number(b.firing) - Number(a.firing))
          .slice(0, MOST_SHOWN)
          .map(alertItem),
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

const alertItem = ({ name, firing, summary, description, labels }: IncidentAlert): ReportItem => ({
  text: [summary ?? name, ...(description && description !== summary ? [description] : [])].join(': '),
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
  headline: string | null;
  problems: { text: string; count: number; line: number }[] | 'of another time' | null;
};

/** Under the message: what the logs of that service say of that time. */
export const logsReport = ({ services }: Incident, logs: readonly IncidentLog[]): Report => {
  const read = logs.filter(({ problems }) => problems !== null);
  const underWay = logs.length - read.length;
  return {
    headline: logsHeadline(read.length, underWay),
    tone: 'info',
    subtitle: `looked for logs whose source is ${services.join(', ')}`,
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
  return problems.map(({ text, count, line }) => ({ text, label: `${count}×`, refs: [`L${line}`] }));
};

const logsHeadline = (read: number, underWay: number): string => {
  if (read === 0) return underWay === 1 ? 'A log of that service is being read' : `${underWay} logs of that service are being read`;
  return `What ${read === 1 ? 'a log' : `${read} logs`} of that service ${read === 1 ? 'says' : 'say'}`;
};

export const resolvedReport = ({ title, startedAt, resolvedAt }: Incident): Report => ({
  headline: `Over after ${lasting(startedAt, resolvedAt ?? startedAt)}: ${title}`,
  tone: 'info',
  sections: [],
  charts: [],
  facts: [],
  actions: [],
});

const clockTime = (date: Date): string => `${date.toISOString().slice(11, 16)} UTC`;

const lasting = (from: Date, to: Date): string => {
  const minutes = Math.max(0, Math.round((to.getTime() - from.getTime()) / 60_000));
  return minutes < 1 ? 'less than a minute' : minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
};
