import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard, lines, number, quantile, row } from './panels.ts';

/** Between Slack and us, both ways. */
export const slack = (): DashboardBuilder =>
  dashboard('aiops-slack', 'AI Ops Assistant / Slack', 'Acknowledgements, redeliveries, rate limits, and what is on its way.')
    .withRow(row('In'))
    .withPanel(
      number({
        title: 'Acknowledgement p99',
        about: 'Slack gives up after three seconds.',
        unit: 's',
        queries: [{ expr: quantile(0.99, 'aiops_slack_ack_seconds') }],
        worrying: 1,
        bad: 2.5,
      }),
    )
    .withPanel(
      number({
        title: 'Sent again in a day',
        about: 'Requests that Slack sent more than once.',
        decimals: 0,
        queries: [{ expr: 'sum(increase(aiops_slack_retries_received_total[1d]))' }],
        worrying: 5,
        bad: 50,
      }),
    )
    .withPanel(
      number({
        title: 'Oldest answer on its way',
        about: 'How long ago somebody asked who sees nothing yet.',
        unit: 's',
        queries: [{ expr: 'max(aiops_outbox_oldest_seconds)' }],
        worrying: 60,
        bad: 300,
      }),
    )
    .withPanel(
      lines({
        title: 'Acknowledgement',
        about: 'p50 and p99 by what was sent.',
        unit: 's',
        queries: [
          { expr: quantile(0.5, 'aiops_slack_ack_seconds', { by: ['kind'] }), name: '{{kind}} p50' },
          { expr: quantile(0.99, 'aiops_slack_ack_seconds', { by: ['kind'] }), name: '{{kind}} p99' },
        ],
      }),
    )
    .withPanel(
      lines({
        title: 'Requests of Slack per minute',
        about: 'By kind; those sent again by the reason Slack gave.',
        queries: [
          { expr: 'sum by (kind) (rate(aiops_slack_ack_seconds_count[$__rate_interval])) * 60', name: '{{kind}}' },
          { expr: 'sum by (reason) (rate(aiops_slack_retries_received_total[$__rate_interval])) * 60', name: 'again: {{reason}}' },
        ],
      }),
    )
    .withRow(row('Out'))
    .withPanel(
      lines({
        title: 'On their way',
        about: 'Answers in the outbox, and the age of the oldest that shows nothing yet.',
        queries: [
          { expr: 'max(aiops_outbox_messages)', name: 'messages' },
          { expr: 'max(aiops_outbox_oldest_seconds)', name: 'oldest, seconds' },
        ],
      }),
    )
    .withPanel(
      lines({
        title: 'From the question to a first sight',
        about: 'Until Slack shows something.',
        unit: 's',
        queries: [
          { expr: quantile(0.5, 'aiops_request_seconds', { by: ['kind'], where: '{beat="shown"}' }), name: '{{kind}} p50' },
          { expr: quantile(0.95, 'aiops_request_seconds', { by: ['kind'], where: '{beat="shown"}' }), name: '{{kind}} p95' },
        ],
      }),
    )
    .withPanel(
      lines({
        title: 'Calls to Slack per minute',
        about: 'By method and outcome.',
        queries: [
          { expr: 'sum by (method, outcome) (rate(aiops_slack_calls_total[$__rate_interval])) * 60', name: '{{method}} {{outcome}}' },
        ],
      }),
    )
    .withPanel(
      lines({
        title: 'Duration of a call, p95',
        about: 'By method.',
        unit: 's',
        queries: [{ expr: quantile(0.95, 'aiops_slack_call_duration_seconds', { by: ['method'] }), name: '{{method}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'Rate limits per minute',
        about: 'Times Slack told us to slow down, by method.',
        queries: [{ expr: 'sum by (method) (rate(aiops_slack_rate_limited_total[$__rate_interval])) * 60', name: '{{method}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'Told to wait',
        about: 'Seconds of waiting that Slack asked for, per second.',
        unit: 's',
        queries: [{ expr: 'sum by (method) (rate(aiops_slack_rate_limited_seconds_total[$__rate_interval]))', name: '{{method}}' }],
      }),
    );
