import type { Incident, IncidentAlert } from '#db/entities/incident.ts';
import type { Report, ReportItem, Tone } from '#src/core/report.ts';

const MOST_SHOWN = 10;

/** The incident's own message: what fires, since when; edited as alerts come and go. */
export const incidentReport = ({ title, status, alerts, startedAt, resolvedAt }: Incident): Report => {
  const firing = alerts.filter((alert) => alert.firing);
  const runbooks = [...new Set(alerts.flatMap(({ runbookUrl }) => runbookUrl ?? []))].slice(0, 3);
  return {
    headline: status === 'FIRING' ? title : `Resolved: ${title}`,
    tone: status === 'FIRING' ? toneOf(firing) : 'info',
    subtitle:
      status === 'FIRING'
        ? `${firing.length} of ${alerts.length} ${alerts.length === 1 ? 'alert' : 'alerts'} firing since ${clockTime(startedAt)}`
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

/** A log of the service from around the time, as far as it was read. */
export type IncidentLog = { id: string; title: string; headline: string | null; problems: { text: string; count: number; line: number }[] };

/** Under the message: what the logs of that service say of that time. */
export const logsReport = ({ services }: Incident, logs: readonly IncidentLog[]): Report => ({
  headline:
    logs.length === 0
      ? 'No log of this service came in around that time'
      : `What ${logs.length === 1 ? 'a log' : `${logs.length} logs`} of that service ${logs.length === 1 ? 'says' : 'say'}`,
  tone: 'info',
  subtitle: `looked for logs whose source is ${services.length > 0 ? services.join(', ') : 'named in the alert (it names no service)'}`,
  sections: logs.map(({ title, headline, problems }) => ({
    title,
    items: [
      ...(headline ? [{ text: headline }] : []),
      ...problems.map(({ text, count, line }) => ({ text, label: `${count}×`, refs: [`L${line}`] })),
    ],
  })),
  charts: [],
  facts: logs.length === 0 ? ['Send its logs with source set to the service’s name, and they are read and shown here.'] : [],
  actions: logs.slice(0, 1).map(({ id }) => ({ id: 'show_lines', label: 'Show lines', value: id })),
});

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
