import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard, lines, number, quantile, row } from './panels.ts';

/** The queue: how deep, how old, how long, how often again. */
export const jobs = (): DashboardBuilder =>
  dashboard('aiops-jobs', 'AI Ops Assistant / Jobs', 'The queue: depth, age, waits, durations and retries by task.')
    .withRow(row('Now'))
    .withPanel(
      number({
        title: 'In the queue',
        about: 'Ready jobs could run and wait for a worker; scheduled ones wait for their time.',
        queries: [{ expr: 'max by (state) (sum by (state, instance) (aiops_queue_jobs))', name: '{{state}}' }],
        worrying: 500,
        bad: 5000,
      }),
    )
    .withPanel(
      number({
        title: 'Oldest ready job',
        about: 'What workers are scaled on.',
        unit: 's',
        queries: [{ expr: 'max(aiops_queue_oldest_job_seconds)' }],
        worrying: 30,
        bad: 120,
      }),
    )
    .withPanel(
      number({
        title: 'Given up in a day',
        about: 'Jobs that failed after their last try; somebody asked for each of them.',
        decimals: 0,
        queries: [{ expr: 'sum(increase(aiops_jobs_finished_total{outcome="failed"}[1d]))' }],
        worrying: 1,
        bad: 10,
      }),
    )
    .withPanel(
      lines({
        title: 'Jobs in the queue',
        about: 'By task and state. Every process sees the same queue, so the largest count is taken.',
        queries: [{ expr: 'max by (task, state) (aiops_queue_jobs)', name: '{{task}} {{state}}' }],
      }),
    )
    .withRow(row('Work'))
    .withPanel(
      lines({
        title: 'Tries ended per second',
        about: 'By task.',
        queries: [{ expr: 'sum by (task) (rate(aiops_jobs_finished_total[$__rate_interval]))', name: '{{task}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'Tries that did not succeed',
        about: 'retried: another try is planned. refused: the person can mend it. failed: given up.',
        queries: [
          {
            expr: 'sum by (task, outcome) (rate(aiops_jobs_finished_total{outcome!="succeeded"}[$__rate_interval]))',
            name: '{{task}} {{outcome}}',
          },
        ],
      }),
    )
    .withPanel(
      lines({
        title: 'Wait before a job begins, p95',
        about: 'Grows first when there are too few workers.',
        unit: 's',
        queries: [{ expr: quantile(0.95, 'aiops_job_wait_seconds', { by: ['task'] }), name: '{{task}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'Duration of a try, p95',
        about: 'By task.',
        unit: 's',
        queries: [{ expr: quantile(0.95, 'aiops_job_duration_seconds', { by: ['task'] }), name: '{{task}}' }],
      }),
    )
    .withRow(row('Digest'))
    .withPanel(
      lines({
        title: 'Log read per second',
        about: 'Bytes digested, all workers.',
        unit: 'Bps',
        width: 8,
        queries: [{ expr: 'sum(rate(aiops_digest_bytes_total[$__rate_interval]))', name: 'bytes' }],
      }),
    )
    .withPanel(
      lines({
        title: 'Lines per pattern',
        about: 'How far logs are compacted: lines read for each pattern shown.',
        width: 8,
        queries: [
          {
            expr: 'sum(rate(aiops_digest_lines_total[$__rate_interval])) / sum(rate(aiops_digest_patterns_sum[$__rate_interval]))',
            name: 'lines per pattern',
          },
        ],
      }),
    )
    .withPanel(
      lines({
        title: 'Time to digest a log',
        about: 'p50 and p99.',
        unit: 's',
        width: 8,
        queries: [
          { expr: quantile(0.5, 'aiops_digest_duration_seconds'), name: 'p50' },
          { expr: quantile(0.99, 'aiops_digest_duration_seconds'), name: 'p99' },
        ],
      }),
    );
