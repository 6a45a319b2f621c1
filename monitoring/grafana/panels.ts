import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  BigValueColorMode,
  BigValueGraphMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  VizLegendOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  DashboardBuilder,
  DashboardLinkBuilder,
  DashboardLinkType,
  RowBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';

/** What is asked: a PromQL expression, and what its lines are called. */
export type Query = { expr: string; name?: string };

type Panel = {
  title: string;
  /** A sentence on what a person should make of it. */
  about: string;
  /** Grafana's name of the unit: 's', 'percentunit', 'currencyUSD', 'short' … */
  unit?: string;
  queries: Query[];
  /** Columns of 24. */
  width?: number;
};

const datasource = { type: 'prometheus', uid: 'prometheus' };
const TAG = 'ai-ops-assistant';

/** A dashboard of ours: linked to the others, refreshed, the last six hours. */
export const dashboard = (uid: string, title: string, about: string): DashboardBuilder =>
  new DashboardBuilder(title)
    .uid(uid)
    .description(about)
    .tags([TAG])
    .readonly()
    .refresh('30s')
    .time({ from: 'now-6h', to: 'now' })
    .timezone('browser')
    .link(new DashboardLinkBuilder('AI Ops Assistant').type(DashboardLinkType.Dashboards).tags([TAG]).asDropdown(true).keepTime(true));

export const row = (title: string): RowBuilder => new RowBuilder(title);

/** One number, green until `worrying`, then orange, red from `bad`; the other way round when less is worse. */
export const number = (panel: Panel & { worrying?: number; bad?: number; decimals?: number }): StatBuilder => {
  const { worrying, bad } = panel;
  const builder = new StatBuilder()
    .title(panel.title)
    .description(panel.about)
    .unit(panel.unit ?? 'short')
    .datasource(datasource)
    .height(5)
    .span(panel.width ?? 4)
    .graphMode(BigValueGraphMode.Area)
    .colorMode(BigValueColorMode.Value)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .noValue('none yet')
    .targets(targets(panel.queries))
    .thresholds(steps(worrying, bad));
  return panel.decimals === undefined ? builder : builder.decimals(panel.decimals);
};

/** Lines over time. */
export const lines = (panel: Panel & { stacked?: boolean }): TimeseriesBuilder =>
  new TimeseriesBuilder()
    .title(panel.title)
    .description(panel.about)
    .unit(panel.unit ?? 'short')
    .datasource(datasource)
    .height(8)
    .span(panel.width ?? 12)
    .min(0)
    .fillOpacity(panel.stacked ? 30 : 10)
    .legend(new VizLegendOptionsBuilder().displayMode(LegendDisplayMode.List).placement(LegendPlacement.Bottom).showLegend(true))
    .targets(targets(panel.queries));

/** The quantile of a histogram, by its labels. */
export const quantile = (share: number, histogram: string, { by = [], where = '' }: { by?: string[]; where?: string } = {}): string =>
  `histogram_quantile(${share}, sum by (${['le', ...by].join(', ')}) (rate(${histogram}_bucket${where}[$__rate_interval])))`;

const targets = (queries: Query[]): Builder<Dataquery>[] =>
  queries.map(({ expr, name }, index) =>
    new DataqueryBuilder()
      .refId(String.fromCharCode('A'.charCodeAt(0) + index))
      .datasource(datasource)
      .expr(expr)
      .legendFormat(name ?? '__auto')
      .range(),
  );

const steps = (worrying: number | undefined, bad: number | undefined): ThresholdsConfigBuilder => {
  const builder = new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute);
  if (worrying === undefined || bad === undefined) return builder.steps([{ value: null, color: 'blue' }]);
  const coloured =
    worrying < bad
      ? [
          { value: null, color: 'green' },
          { value: worrying, color: 'orange' },
          { value: bad, color: 'red' },
        ]
      : [
          { value: null, color: 'red' },
          { value: bad, color: 'orange' },
          { value: worrying, color: 'green' },
        ];
  return builder.steps(coloured);
};
