import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '#tests/house/source-files.ts';

export type Series = { name: string; labels: Record<string, string> };
export type Selector = { name: string; matchers: { label: string; operator: string; value: string }[] };

/** The recording rules: what they are called, which labels they add, what they read. */
export const readRecorded = async (): Promise<{ name: string; labels: Record<string, string>; expr: string }[]> => {
  const { groups } = parse(await readFile(join(root, 'monitoring/prometheus/rules/slo.rules.yml'), 'utf8')) as {
    groups: { rules: { record: string; expr: string; labels?: Record<string, string> }[] }[];
  };
  return groups.flatMap(({ rules }) => rules.map(({ record, expr, labels = {} }) => ({ name: record, labels, expr })));
};

/** The series on a page of metrics, with the labels a scrape adds. */
export const readSeries = (page: string, given: Record<string, string>): Series[] =>
  page.split('\n').flatMap((line) => {
    const [, name, labels = ''] = /^([a-z_:][a-z0-9_:]*)(?:\{(.*)\})? \S+$/i.exec(line) ?? [];
    if (!name) return [];
    return [
      { name, labels: { ...given, ...Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value])) } },
    ];
  });

/** What an expression reads of our processes; a recorded series is followed to what its rule reads. */
export const selectorsOf = (expr: string, recorded: Awaited<ReturnType<typeof readRecorded>>): Selector[] =>
  [...withoutGrouping(expr).matchAll(/\b((?:aiops|gen_ai|nodejs|process|slo)[\w:]*|up)\b(?:\{([^}]*)\})?/g)].flatMap(
    ([, name = '', inside = '']) => {
      const matchers = [...inside.matchAll(/(\w+)(=~|!~|!=|=)"([^"]*)"/g)].map(([, label = '', operator = '', value = '']) => ({
        label,
        operator,
        value: value.replaceAll('\\\\', '\\'),
      }));
      const rules = recorded.filter((rule) => rule.name === name && matches(rule, { name, matchers }));
      if (name.startsWith('slo:') && rules.length > 0)
        return rules.flatMap((rule) => optional(selectorsOf(rule.expr, recorded), rule.expr));
      return [{ name, matchers }];
    },
  );

// What a rule adds "or vector(0)" to may be missing.
const optional = (selectors: Selector[], expr: string): Selector[] =>
  expr.includes('or vector(0)') ? selectors.filter(({ name }) => name !== 'aiops_jobs_finished_total') : selectors;

export const matches = ({ name, labels }: Series, { name: wanted, matchers }: Selector): boolean =>
  name === wanted &&
  matchers.every(({ label, operator, value }) => {
    const found = labels[label] ?? '';
    if (operator === '=') return found === value;
    if (operator === '!=') return found !== value;
    return new RegExp(`^(?:${value})$`).test(found) === (operator === '=~');
  });

// Names of labels are not names of series.
const withoutGrouping = (expr: string): string => expr.replace(/\b(by|on|without|ignoring)\s*\([^)]*\)/g, '');
