import { z } from 'zod';
import type { IncidentAlert } from '#db/entities/incident.ts';
import { AppError } from '#src/core/errors.ts';

const words = z.record(z.string().max(200), z.string().max(5_000)).default({});

/** What Alertmanager posts (version 4 of its webhook): https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
const posted = z.object({
  groupKey: z.string().min(1).max(5_000),
  commonLabels: words,
  commonAnnotations: words,
  alerts: z
    .array(
      z.object({
        status: z.enum(['firing', 'resolved']),
        labels: words,
        annotations: words,
        startsAt: z.iso.datetime({ offset: true }),
        endsAt: z.string().default(''),
        fingerprint: z.string().max(200).default(''),
      }),
    )
    .min(1)
    .max(1_000),
});

export type ToldAlerts = { groupKey: string; title: string; services: string[]; alerts: IncidentAlert[] };

const MOST_ALERTS = 50;
// By which a service is named in labels, most telling first.
const SERVICE_LABELS = ['service', 'app', 'application', 'container', 'deployment', 'job', 'namespace'] as const;

/** A group of alerts as we keep it. Throws BAD_INPUT when it is not what Alertmanager posts. */
export const readAlerts = (body: unknown): ToldAlerts => {
  const parsed = posted.safeParse(body);
  if (!parsed.success) {
    const [problem] = parsed.error.issues;
    throw new AppError(
      'BAD_INPUT',
      `This is not what Alertmanager posts: ${problem?.path.join('.') || 'the body'}: ${problem?.message}. Point a webhook_configs entry at this address.`,
    );
  }
  const { groupKey, commonLabels, commonAnnotations, alerts } = parsed.data;
  const name = commonLabels['alertname'] ?? alerts[0]?.labels['alertname'] ?? 'Alert';
  return {
    groupKey,
    title: line(commonAnnotations['summary'] ?? alerts[0]?.annotations['summary'] ?? name, 200),
    services: [...new Set(alerts.flatMap(({ labels }) => SERVICE_LABELS.flatMap((label) => labels[label] ?? [])))].slice(0, 20),
    alerts: alerts.slice(0, MOST_ALERTS).map(({ status, labels, annotations, startsAt, endsAt, fingerprint }) => ({
      fingerprint: fingerprint || JSON.stringify(Object.entries(labels).sort()),
      name: line(labels['alertname'] ?? name, 200),
      firing: status === 'firing',
      severity: labels['severity'] ?? null,
      summary: annotations['summary'] ? line(annotations['summary'], 300) : null,
      description: annotations['description'] ? line(annotations['description'], 1_000) : null,
      runbookUrl: httpUrl(annotations['runbook_url'] ?? annotations['runbook']),
      labels,
      startsAt,
      endsAt: status === 'resolved' && Date.parse(endsAt) > 0 ? endsAt : null,
    })),
  };
};

const line = (text: string, longest: number): string =>
  text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, longest);

const httpUrl = (text: string | undefined): string | null =>
  text && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : null;
