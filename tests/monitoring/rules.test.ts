import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createMetrics } from '#monitoring/metrics.ts';
import { printServiceLevels } from '#monitoring/prometheus/service-levels.ts';
import { root } from '#tests/house/source-files.ts';
import { expectProgram, runProgram } from '#tests/support/prometheus.ts';
import { selectorsOf } from '#tests/support/series.ts';

type Alert = { alert: string; expr: string; labels: { severity: string }; annotations: Record<string, string> };
type Recording = { record: string; expr: string };
type Suite = { name: string; promql_expr_test?: { expr: string; exp_samples: unknown[] }[]; alert_rule_test?: Judged[] };
type Judged = { alertname: string; exp_alerts: unknown[] };

const folder = join(root, 'monitoring/prometheus');
const read = async (path: string): Promise<unknown> => parse(await readFile(path, 'utf8'));
const rulesOf = async <Rule>(name: string): Promise<Rule[]> =>
  ((await read(join(folder, 'rules', name))) as { groups: { rules: Rule[] }[] }).groups.flatMap(({ rules }) => rules);

const alerts = await rulesOf<Alert>('alerts.yml');
const recordings = await rulesOf<Recording>('slo.rules.yml');
const suiteFiles = await Array.fromAsync(glob(join(folder, 'tests/*.test.yml')));
const suites = (await Promise.all(suiteFiles.map(async (file) => ((await read(file)) as { tests: Suite[] }).tests))).flat();

describe('alerts', () => {
  test('have names of their own', () => {
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
    expect(alerts.length).toBeGreaterThanOrEqual(20);
  });

  test.each(alerts)('$alert says how bad it is, what it means, and where to read on', async ({ alert, labels, annotations }) => {
    expect(['page', 'ticket', 'none']).toContain(labels.severity);
    expect(annotations['summary']?.length).toBeGreaterThan(10);
    expect(annotations['description']).toMatch(/\.$/);
    expect(annotations['runbook_url']).toBe(`/runbook#${alert.toLowerCase()}`);
    const runbook = await readFile(join(root, 'docs/runbook.md'), 'utf8');
    expect(runbook).toContain(`\n## ${alert}\n\n**${labels.severity}.**`);
  });

  test.each(alerts)('$alert has a test in which it fires and one in which it does not', ({ alert }) => {
    const named = suites.flatMap(({ promql_expr_test = [], alert_rule_test = [] }) => [
      ...promql_expr_test.filter(({ expr }) => namesAlert(expr, alert)).map(({ exp_samples }) => exp_samples),
      ...alert_rule_test.filter(({ alertname }) => alertname === alert).map(({ exp_alerts }) => exp_alerts),
    ]);
    expect(named.some((expected) => expected.length > 0)).toBe(true);
    if (alert === 'Watchdog') return;
    // One that fires for some series and not for others in the same test is told apart by the labels it fires with.
    expect(named.some((expected) => expected.length === 0) || tellsApart(alert)).toBe(true);
  });
});

describe('the runbook', () => {
  test('has no section for an alert that does not exist', async () => {
    const sections = [...(await readFile(join(root, 'docs/runbook.md'), 'utf8')).matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
    expect(sections.sort()).toEqual(alerts.map(({ alert }) => alert).sort());
  });
});

describe('service levels', () => {
  // After a change: node monitoring/prometheus/write-rules.ts
  test('are the rules that the script makes', async () => {
    await expect(printServiceLevels()).toMatchFileSnapshot(join(folder, 'rules/slo.rules.yml'));
  });
});

describe('expressions', () => {
  test('read only metrics and recordings that exist', () => {
    const known = new Set(
      createMetrics()
        .registry.getMetricsAsArray()
        .map(({ name }) => name),
    );
    for (const { record } of recordings) known.add(record);
    known.add('up');
    const read = [...alerts, ...recordings].flatMap(({ expr }) => selectorsOf(expr, []).map(({ name }) => name));
    expect(read.length).toBeGreaterThan(50);
    expect([...new Set(read)].filter((name) => !known.has(name) && !known.has(name.replace(/_(bucket|count|sum)$/, '')))).toEqual([]);
  });

  test('bounds that are promised are bounds of a bucket', async () => {
    const page = createMetrics();
    page.requests.observe({ kind: 'log', beat: 'first' }, 1);
    page.slackAck.observe({ kind: 'event' }, 1);
    const text = await page.print();
    for (const { expr } of recordings)
      for (const [, metric, bound] of expr.matchAll(/(\w+_bucket)\{[^}]*le=~"(\d+)\(/g))
        expect(text, `${metric} ${bound}`).toMatch(new RegExp(`^${metric}\\{le="${bound}"`, 'm'));
  });
});

const TO_THE_BOT = 'alertmanager.yml';
const PAST_THE_BOT = 'alertmanager-past-the-bot.yml';
const promtool = await expectProgram('promtool');
const amtool = await expectProgram('amtool');

describe.runIf(promtool)('promtool', () => {
  test('takes the configuration and the rules', async () => {
    await runProgram(promtool as string, ['check', 'config', join(folder, 'prometheus.yml')]);
  });

  test.each(suiteFiles.map((file) => file.slice(folder.length + 1)))('agrees with %s', { timeout: 120_000 }, async (file) => {
    await runProgram(promtool as string, ['test', 'rules', join(folder, file)]);
  });
});

describe.runIf(amtool)('amtool', () => {
  const config = (name: string): string => join(root, 'monitoring/alertmanager', name);
  const routed = async (name: string, ...labels: string[]): Promise<string | undefined> =>
    (await runProgram(amtool as string, ['config', 'routes', 'test', `--config.file=${config(name)}`, ...labels])).split('\n')[0];

  test.each([TO_THE_BOT, PAST_THE_BOT])('takes %s', async (name) => {
    await runProgram(amtool as string, ['check-config', config(name)]);
  });

  test('routes everything to the bot, and with a webhook of Slack’s what gets somebody up past it as well', async () => {
    expect(await routed(TO_THE_BOT, 'alertname=QueueStuck', 'severity=page')).toBe('bot');
    expect(await routed(TO_THE_BOT, 'alertname=MemoryHigh', 'severity=ticket')).toBe('bot');
    expect(await routed(PAST_THE_BOT, 'alertname=QueueStuck', 'severity=page')).toBe('past-the-bot,bot');
    expect(await routed(PAST_THE_BOT, 'alertname=MemoryHigh', 'severity=ticket')).toBe('bot');
    expect(await routed(PAST_THE_BOT, 'alertname=Unknown')).toBe('bot');
    for (const name of [TO_THE_BOT, PAST_THE_BOT]) expect(await routed(name, 'alertname=Watchdog', 'severity=none')).toBe('watchdog');
  });
});

test('the two ways of Alertmanager differ only in what also goes past the bot', async () => {
  type Way = { route: { routes: { receiver: string; continue?: boolean }[] }; receivers: { name: string }[] };
  const [bot, past] = (await Promise.all([TO_THE_BOT, PAST_THE_BOT].map((name) => read(join(root, 'monitoring/alertmanager', name))))) as [
    Way,
    Way,
  ];
  const [watchdog, first, ...rest] = past.route.routes;
  expect(first).toMatchObject({ receiver: 'past-the-bot', continue: true });
  expect(past.receivers[2]).toMatchObject({ name: 'past-the-bot', slack_configs: [{ api_url_file: '/run/secrets/alerts_slack_webhook' }] });
  // The bot makes a runbook's address whole; past it the page in this repository is named.
  expect(JSON.stringify(past.receivers[2])).toContain('docs/runbook.md#');
  expect({ ...past, route: { ...past.route, routes: [watchdog, ...rest] }, receivers: past.receivers.slice(0, 2) }).toEqual(bot);
});

test('Alertmanager tells the API of the compose file, at the door and with the token that its settings open', async () => {
  const { receivers } = (await read(join(root, 'monitoring/alertmanager', TO_THE_BOT))) as { receivers: { webhook_configs: object[] }[] };
  const { services } = (await read(join(root, 'docker-compose.yml'))) as {
    services: Record<string, { environment: Record<string, string>; secrets: string[] }>;
  };
  expect(receivers[1]?.webhook_configs[0]).toMatchObject({
    url: 'http://api:3000/webhooks/alerts',
    http_config: { authorization: { type: 'Bearer', credentials_file: services['api']?.environment['ALERTS_TOKEN_FILE'] } },
  });
  expect(services['api']?.environment).toHaveProperty('ALERTS_CHANNEL');
  for (const name of ['api', 'alertmanager']) expect(services[name]?.secrets).toContain('alerts_token');
});

const namesAlert = (expr: string, alert: string): boolean => {
  const [, operator, value = ''] = /alertname(=~|=)"([^"]+)"/.exec(expr) ?? [];
  return operator === '=' ? value === alert : operator === '=~' && new RegExp(`^(?:${value})$`).test(alert);
};

const tellsApart = (alert: string): boolean =>
  suites.some(
    ({ promql_expr_test = [], ...suite }) =>
      promql_expr_test.some(
        ({ expr, exp_samples }) => namesAlert(expr, alert) && expr.startsWith('count by') && exp_samples.length === 1,
      ) && JSON.stringify(suite).includes(alert),
  );
