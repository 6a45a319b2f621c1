import { z } from 'zod';
import type { IncidentAlert } from '#db/entities/incident.ts';
import { AppError } from '#src/core/errors.ts';

const MOST_ALERTS = 50;
const MOST_WORDS = 60;

const cut = (text: string, longest: number): string =>
  text
    .slice(0, longest * 4)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, longest);

// What is too long is cut and what is too much is left out: a sender that is refused drops the alert, and nobody hears of it.
const words = (longest: number) =>
  z
    .record(z.string(), z.string())
    .nullish()
    .transform((given) =>
      Object.fromEntries(
        Object.entries(given ?? {})
          .slice(0, MOST_WORDS)
          .map(([name, value]) => [cut(name, 100), cut(value, longest)]),
      ),
    );
const labels = words(300);
const annotations = words(2_000);

/** What Alertmanager posts (version 4 of its webhook): https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
const posted = z.object({
  groupKey: z.string().min(1),
  status: z.enum(['firing', 'resolved']).optional(),
  truncatedAlerts: z.number().nullish(),
  commonLabels: labels,
  commonAnnotations: annotations,
  alerts: z
    .array(
      z.object({
        status: z.enum(['firing', 'resolved']),
        labels,
        annotations,
        startsAt: z.iso.datetime({ offset: true }),
        endsAt: z.string().nullish(),
        fingerprint: z.string().nullish(),
      }),
    )
    .min(1),
});

export type ToldAlerts = {
  groupKey: string;
  title: string;
  services: string[];
  /** Those that fire first. */
  alerts: IncidentAlert[];
  /** Of the group as a whole, whatever alerts were left out. */
  firing: boolean;
  /** Every alert of the group is among `alerts`: what is not, is over. */
  complete: boolean;
};

// By which a service is named in labels, most telling first.
const SERVICE_LABELS = ['service', 'app', 'application', 'container', 'deployment', 'job', 'namespace'] as const;

/** A group of alerts as we keep it. `base` is where a runbook without a host lies. Throws BAD_INPUT when it is not what Alertmanager posts. */
export const readAlerts = (body: unknown, { now, base }: { now: Date; base: string }): ToldAlerts => {
  const parsed = posted.safeParse(body);
  if (!parsed.success) {
    const [problem] = parsed.error.issues;
    throw new AppError(
      'BAD_INPUT',
      `This is not what Alertmanager posts: ${problem?.path.join('.') || 'the body'}: ${problem?.message}. Point a webhook_configs entry at this address.`,
    );
  }
  const { groupKey, status, truncatedAlerts, commonLabels, commonAnnotations, alerts } = parsed.data;
  const name = commonLabels['alertname'] ?? alerts[0]?.labels['alertname'] ?? 'Alert';
  const kept = alerts.toSorted((a, b) => Number(b.status === 'firing') - Number(a.status === 'firing')).slice(0, MOST_ALERTS);
  return {
    groupKey,
    title: cut(commonAnnotations['summary'] ?? alerts[0]?.annotations['summary'] ?? name, 200),
    services: [...new Set(alerts.flatMap((alert) => SERVICE_LABELS.flatMap((label) => alert.labels[label] || [])))].slice(0, 20),
    firing: status ? status === 'firing' : alerts.some((alert) => alert.status === 'firing'),
    complete: !truncatedAlerts && kept.length === alerts.length,
    alerts: kept.map((alert) => ({
      fingerprint: cut(alert.fingerprint || JSON.stringify(Object.entries(alert.labels).sort()), 1_000),
      name: cut(alert.labels['alertname'] ?? name, 200),
      firing: alert.status === 'firing',
      severity: alert.labels['severity'] ?? null,
      summary: alert.annotations['summary'] ? cut(alert.annotations['summary'], 300) : null,
      description: alert.annotations['description'] ? cut(alert.annotations['description'], 1_000) : null,
      runbookUrl: webAddress(alert.annotations['runbook_url'] ?? alert.annotations['runbook'], base),
      labels: alert.labels,
      startsAt: alert.startsAt,
      endsAt: alert.status === 'resolved' && alert.endsAt && Date.parse(alert.endsAt) > 0 ? cut(alert.endsAt, 50) : null,
      toldAt: now.toISOString(),
    })),
  };
};

const webAddress = (text: string | undefined, base: string): string | null => {
  const url = text ? URL.parse(text, base) : null;
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
};
