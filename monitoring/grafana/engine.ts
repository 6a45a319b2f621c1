import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard, lines, number, quantile, row } from './panels.ts';

const CALLS = 'gen_ai_client_operation_duration_seconds';

/** Whoever writes: how fast, how dear, how careful. */
export const engine = (): DashboardBuilder =>
  dashboard('aiops-engine', 'AI Ops Assistant / Engine', 'Latency, tokens and cost of the engine; what was masked, refused and dropped.')
    .withRow(row('Calls'))
    .withPanel(
      number({
        title: 'Calls that fail',
        about: 'Share of the last hour; refusals included.',
        unit: 'percentunit',
        queries: [{ expr: `sum(increase(${CALLS}_count{error_type!=""}[1h])) / sum(increase(${CALLS}_count[1h]))` }],
        worrying: 0.05,
        bad: 0.5,
      }),
    )
    .withPanel(
      number({
        title: 'Refusals in a day',
        about: 'Calls the model or its filters declined.',
        decimals: 0,
        queries: [{ expr: `sum(increase(${CALLS}_count{error_type="refused"}[1d]))` }],
        worrying: 1,
        bad: 20,
      }),
    )
    .withPanel(
      number({
        title: 'Cost in a day',
        about: 'Where the price table knows the model.',
        unit: 'currencyUSD',
        queries: [{ expr: 'sum(increase(aiops_engine_cost_usd_total[1d]))' }],
      }),
    )
    .withPanel(
      number({
        title: 'Over budget in a day',
        about: "Calls that were not made because a workspace's budget of the day was used up; the built-in engine answered.",
        decimals: 0,
        queries: [{ expr: 'sum(increase(aiops_engine_over_budget_total[1d]))' }],
        worrying: 1,
        bad: 100,
      }),
    )
    .withPanel(
      number({
        title: 'Masked in a day',
        about: 'Secrets and personal data replaced before a text left.',
        decimals: 0,
        queries: [{ expr: 'sum(increase(aiops_engine_masked_total[1d]))' }],
      }),
    )
    .withPanel(
      number({
        title: 'Statements dropped',
        about: "Share of the engine's statements of a day that the log does not bear out. Nobody sees them.",
        unit: 'percentunit',
        queries: [{ expr: 'sum(increase(aiops_claims_total{verdict="dropped"}[1d])) / sum(increase(aiops_claims_total[1d]))' }],
        worrying: 0.1,
        bad: 0.25,
      }),
    )
    .withPanel(
      lines({
        title: 'Latency',
        about: 'By engine and task.',
        unit: 's',
        queries: [
          { expr: quantile(0.5, CALLS, { by: ['gen_ai_provider_name', 'task'] }), name: '{{gen_ai_provider_name}} {{task}} p50' },
          { expr: quantile(0.95, CALLS, { by: ['gen_ai_provider_name', 'task'] }), name: '{{gen_ai_provider_name}} {{task}} p95' },
        ],
      }),
    )
    .withPanel(
      lines({
        title: 'Failures per minute',
        about: 'By kind. rate_limited and unavailable heal; denied needs a look at the key.',
        queries: [{ expr: `sum by (error_type) (rate(${CALLS}_count{error_type!=""}[$__rate_interval])) * 60`, name: '{{error_type}}' }],
      }),
    )
    .withRow(row('Tokens and money'))
    .withPanel(
      lines({
        title: 'Tokens per minute',
        about: 'In and out, by model.',
        queries: [
          {
            expr: 'sum by (gen_ai_request_model, gen_ai_token_type) (rate(gen_ai_client_token_usage_sum[$__rate_interval])) * 60',
            name: '{{gen_ai_request_model}} {{gen_ai_token_type}}',
          },
        ],
      }),
    )
    .withPanel(
      lines({
        title: 'USD per hour',
        about: 'By task.',
        unit: 'currencyUSD',
        queries: [{ expr: 'sum by (task) (rate(aiops_engine_cost_usd_total[$__rate_interval])) * 3600', name: '{{task}}' }],
      }),
    )
    .withRow(row('Care'))
    .withPanel(
      lines({
        title: 'Masked per minute',
        about: 'By kind of secret or personal data.',
        queries: [{ expr: 'sum by (kind) (rate(aiops_engine_masked_total[$__rate_interval])) * 60', name: '{{kind}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'Statements checked per minute',
        about: 'Kept, and dropped because the log does not say so.',
        queries: [{ expr: 'sum by (verdict) (rate(aiops_claims_total[$__rate_interval])) * 60', name: '{{verdict}}' }],
      }),
    );
