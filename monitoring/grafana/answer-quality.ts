import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard, lines, number, row } from './panels.ts';

const DECISIONS = 'aiops_triage_decisions_total';

const share = (some: string, all: string): string => `sum(increase(${some}[7d])) / sum(increase(${all}[7d]))`;

/** Whether people agree, and whether logs bear out what is said about them. */
export const answerQuality = (): DashboardBuilder =>
  dashboard('aiops-quality', 'AI Ops Assistant / Answer quality', 'Acceptance, corrections, abstentions, and statements without support.')
    .withRow(row('The last seven days'))
    .withPanel(
      number({
        title: 'Categories accepted',
        about: 'Of the categories that were foretold and that people decided on.',
        unit: 'percentunit',
        queries: [
          {
            expr: share(
              `${DECISIONS}{field="category", verdict="accepted"}`,
              `${DECISIONS}{field="category", verdict=~"accepted|corrected"}`,
            ),
          },
        ],
        worrying: 0.8,
        bad: 0.7,
      }),
    )
    .withPanel(
      number({
        title: 'Categories corrected',
        about: 'A correction counts in the very next prediction.',
        decimals: 0,
        queries: [{ expr: `sum(increase(${DECISIONS}{field="category", verdict="corrected"}[7d]))` }],
      }),
    )
    .withPanel(
      number({
        title: 'Priorities accepted',
        about: 'Of the priorities that were foretold and that people set.',
        unit: 'percentunit',
        queries: [{ expr: share(`${DECISIONS}{field="priority", verdict="accepted"}`, `${DECISIONS}{field="priority"}`) }],
        worrying: 0.8,
        bad: 0.7,
      }),
    )
    .withPanel(
      number({
        title: 'Tickets left to people',
        about: 'The triage abstains rather than guess.',
        unit: 'percentunit',
        queries: [{ expr: share('aiops_answers_total{kind="tkt", by="nobody"}', 'aiops_answers_total{kind="tkt"}') }],
        worrying: 0.4,
        bad: 0.6,
      }),
    )
    .withPanel(
      number({
        title: 'Summaries that helped',
        about: 'Of the summaries that somebody rated in Slack or by the API.',
        unit: 'percentunit',
        queries: [{ expr: share('aiops_summary_ratings_total{verdict="helpful"}', 'aiops_summary_ratings_total') }],
        worrying: 0.7,
        bad: 0.5,
      }),
    )
    .withPanel(
      number({
        title: 'Statements without support',
        about: 'Of what an engine said about logs; they are dropped.',
        unit: 'percentunit',
        queries: [{ expr: share('aiops_claims_total{verdict="dropped"}', 'aiops_claims_total') }],
        worrying: 0.1,
        bad: 0.25,
      }),
    )
    .withRow(row('Over time'))
    .withPanel(
      lines({
        title: 'Decisions of people per hour',
        about: 'By field: accepted, corrected, or decided where we had abstained.',
        queries: [{ expr: `sum by (field, verdict) (rate(${DECISIONS}[$__rate_interval])) * 3600`, name: '{{field}} {{verdict}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'Ratings of summaries per hour',
        about: 'Helpful or not, by the engine that wrote them: compare before and after a change of model or prompt.',
        queries: [
          { expr: 'sum by (by, verdict) (rate(aiops_summary_ratings_total[$__rate_interval])) * 3600', name: '{{by}} {{verdict}}' },
        ],
      }),
    )
    .withPanel(
      lines({
        title: 'Who answers',
        about: 'Tickets: look-alikes, the model, the engine, descriptions, or nobody. Logs: which engine wrote.',
        queries: [{ expr: 'sum by (kind, by) (rate(aiops_answers_total[$__rate_interval])) * 3600', name: '{{kind}} {{by}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'Share of statements dropped',
        about: 'By the verifier, because the log does not say so.',
        unit: 'percentunit',
        queries: [
          {
            expr: 'sum(rate(aiops_claims_total{verdict="dropped"}[$__rate_interval])) / sum(rate(aiops_claims_total[$__rate_interval]))',
            name: 'dropped',
          },
        ],
      }),
    )
    .withPanel(
      lines({
        title: 'Share of tickets left to people',
        about: 'Rises when the categories no longer fit what comes in.',
        unit: 'percentunit',
        queries: [
          {
            expr: 'sum(rate(aiops_answers_total{kind="tkt", by="nobody"}[$__rate_interval])) / sum(rate(aiops_answers_total{kind="tkt"}[$__rate_interval]))',
            name: 'left to people',
          },
        ],
      }),
    );
