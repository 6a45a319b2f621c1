import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard, lines, number, quantile, row } from './panels.ts';

/** Is it working, for the people who use it? */
export const overview = (): DashboardBuilder =>
  dashboard('aiops-overview', 'AI Ops Assistant / Overview', 'Is it working: the jobs people ask for, and how much error budget is left.')
    .withRow(row('Promises'))
    .withPanel(
      number({
        title: 'First beat: budget left',
        about: '99 % of logs have their patterns within 2 s; over three days.',
        unit: 'percentunit',
        queries: [{ expr: '1 - slo:error_ratio:rate3d{slo="first_beat"} / on(slo) slo:error_budget:ratio' }],
        worrying: 0.5,
        bad: 0,
      }),
    )
    .withPanel(
      number({
        title: 'Result: budget left',
        about: '95 % of requests have their answer within 60 s; what was given up counts as too late.',
        unit: 'percentunit',
        queries: [{ expr: '1 - slo:error_ratio:rate3d{slo="result"} / on(slo) slo:error_budget:ratio' }],
        worrying: 0.5,
        bad: 0,
      }),
    )
    .withPanel(
      number({
        title: 'Acknowledgement: budget left',
        about: "99.9 % of Slack's requests are acknowledged within 1 s.",
        unit: 'percentunit',
        queries: [{ expr: '1 - slo:error_ratio:rate3d{slo="ack"} / on(slo) slo:error_budget:ratio' }],
        worrying: 0.5,
        bad: 0,
      }),
    )
    .withPanel(
      number({
        title: 'Oldest job',
        about: 'How long the oldest job that could run has waited.',
        unit: 's',
        queries: [{ expr: 'max(aiops_queue_oldest_job_seconds)' }],
        worrying: 30,
        bad: 120,
      }),
    )
    .withPanel(
      number({
        title: 'Oldest answer on its way',
        about: 'How long ago somebody asked who sees nothing in Slack yet.',
        unit: 's',
        queries: [{ expr: 'max(aiops_outbox_oldest_seconds)' }],
        worrying: 60,
        bad: 300,
      }),
    )
    .withPanel(
      number({
        title: 'Processes',
        about: 'How many answer, by part.',
        queries: [{ expr: 'sum by (role) (up{job="aiops"})', name: '{{role}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'What is missing',
        about: 'Parts whose processes lack something they need: 1 is well, 0 is missing everywhere.',
        width: 24,
        queries: [{ expr: 'max by (role, need) (aiops_ready)', name: '{{role}} {{need}}' }],
      }),
    )
    .withRow(row('What people ask for'))
    .withPanel(
      lines({
        title: 'Answers per minute',
        about: 'By kind: log (summaries), tkt (triage), and whatever else was added.',
        queries: [{ expr: 'sum by (kind) (rate(aiops_request_seconds_count{beat="result"}[$__rate_interval])) * 60', name: '{{kind}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'Wait for an answer',
        about: 'Half of the people wait less than the lower line, 95 of 100 less than the upper.',
        unit: 's',
        queries: [
          { expr: quantile(0.5, 'aiops_request_seconds', { by: ['kind'], where: '{beat="result"}' }), name: '{{kind}} p50' },
          { expr: quantile(0.95, 'aiops_request_seconds', { by: ['kind'], where: '{beat="result"}' }), name: '{{kind}} p95' },
        ],
      }),
    )
    .withPanel(
      lines({
        title: 'Wait for the first beat',
        about: 'Until the patterns of a log are stored, and until Slack shows something.',
        unit: 's',
        queries: [
          { expr: quantile(0.95, 'aiops_request_seconds', { where: '{beat="first"}' }), name: 'patterns p95' },
          { expr: quantile(0.95, 'aiops_request_seconds', { where: '{beat="shown"}' }), name: 'shown in Slack p95' },
        ],
      }),
    )
    .withPanel(
      lines({
        title: 'Requests at the door',
        about: 'GraphQL operations by outcome: failed is ours, refused the caller can mend.',
        queries: [{ expr: 'sum by (outcome) (rate(aiops_graphql_requests_total[$__rate_interval]))', name: '{{outcome}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'Responses at the door',
        about: 'By status, uploads and webhooks too. 503 is a full queue, or a database that is away or full: who asked was told.',
        queries: [
          {
            expr: 'sum by (status) (rate(aiops_http_requests_total{route!~"/(readyz|healthz|startedz|metrics)"}[$__rate_interval]))',
            name: '{{status}}',
          },
        ],
      }),
    )
    .withPanel(
      lines({
        title: 'GraphQL operations, p95',
        about: 'Which is slow, by root field.',
        unit: 's',
        queries: [{ expr: quantile(0.95, 'aiops_graphql_request_duration_seconds', { by: ['operation'] }), name: '{{operation}}' }],
      }),
    )
    .withRow(row('The machine'))
    .withPanel(
      lines({
        title: 'Processor',
        about: 'Cores in use, by process.',
        width: 8,
        queries: [{ expr: 'rate(process_cpu_seconds_total{job="aiops"}[$__rate_interval])', name: '{{role}} {{instance}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'Memory',
        about: 'Resident memory, by process.',
        unit: 'bytes',
        width: 8,
        queries: [{ expr: 'process_resident_memory_bytes{job="aiops"}', name: '{{role}} {{instance}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'Event loop',
        about: 'One in a hundred turns takes longer than this.',
        unit: 's',
        width: 8,
        queries: [{ expr: 'nodejs_eventloop_lag_p99_seconds{job="aiops"}', name: '{{role}} {{instance}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'Size of the database',
        about: 'And what it would be in a week, at the pace of the last three days. Its disk is the first thing to be full.',
        unit: 'bytes',
        width: 24,
        queries: [
          { expr: 'max(aiops_database_bytes)', name: 'now' },
          { expr: 'max(predict_linear(aiops_database_bytes[3d], 7 * 86400))', name: 'in a week' },
        ],
      }),
    );
