import { afterAll, beforeAll, expect, test } from 'vitest';
import { Incident } from '#db/entities/incident.ts';
import { unscoped } from '#db/orm.ts';
import { until } from '#tests/support/app.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { type SlackApp, startSlackApp } from '#tests/support/slack-app.ts';
import { submit } from '#tests/support/submit.ts';

let all: SlackApp;
beforeAll(async () => {
  all = await startSlackApp();
  // The first request from Slack tells which team the workspace belongs to.
  await all.send.slash({ text: 'last 1' });
});
afterAll(() => all[Symbol.asyncDispose]());

type Door = { path: string; secret: string; channel: string };
const open = async (): Promise<Door> => {
  const channel = all.slack.createChannel({ name: `alerts-${Math.random()}` });
  const { createWebhookIn } = await all.app.gql<{ createWebhookIn: { webhook: { path: string }; secret: string; userErrors: unknown[] } }>(
    'mutation ($input: CreateWebhookInInput!) { createWebhookIn(input: $input) { webhook { path } secret userErrors { message } } }',
    { input: { name: 'Alertmanager', kind: 'ALERTS', channel } },
  );
  return { path: createWebhookIn.webhook.path, secret: createWebhookIn.secret, channel };
};
type Told = { status?: 'firing' | 'resolved'; name?: string; service?: string; group?: string };
const told = ({
  status = 'firing',
  name = 'CheckoutFails',
  service = 'checkout',
  group = '{}:{alertname="CheckoutFails"}',
}: Told = {}) => ({
  version: '4',
  groupKey: group,
  status,
  receiver: 'bot',
  commonLabels: { alertname: name, service, severity: 'page' },
  commonAnnotations: { summary: 'Checkout fails for one in ten' },
  alerts: [
    {
      status,
      labels: { alertname: name, service, severity: 'page', instance: '10.0.0.7:3000' },
      annotations: {
        summary: 'Checkout fails for one in ten',
        description: 'errors at 12 %',
        runbook_url: 'https://runbooks.example.com/checkout',
      },
      startsAt: new Date(Date.now() - 60_000).toISOString().slice(0, 17).concat('00Z'),
      endsAt: status === 'resolved' ? new Date().toISOString().slice(0, 17).concat('30Z') : '0001-01-01T00:00:00Z',
      fingerprint: `${name}-1`,
    },
  ],
});
const post = async ({ path, secret }: Pick<Door, 'path' | 'secret'>, body: unknown) => {
  const response = await fetch(`${all.app.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const shown = ({ channel }: Door): string[] => all.slack.messages(channel).map(({ blocks }) => JSON.stringify(blocks));

test('an alert opens one thread with what the service’s logs say, and is edited and followed up when it is over', async () => {
  const { log } = await submit(all.app, { text: sampleLog(), source: 'checkout', title: 'checkout.log' });
  await all.app.settled(String(log?.id));
  const door = await open();
  expect((await post(door, told())).status).toBe(202);
  await until(
    () => shown(door),
    (messages) => messages.length === 2 && String(messages[1]).includes('checkout.log'),
  );
  const [root, logs] = all.slack.messages(door.channel);
  expect(logs?.thread_ts).toBe(root?.ts);
  expect(shown(door)[0]).toContain('Checkout fails for one in ten');
  expect(shown(door)[0]).toContain('https://runbooks.example.com/checkout');
  expect(shown(door)[1]).toContain('timeout acquiring connection from pool orders-db');

  expect((await post(door, told({ status: 'resolved' }))).body['status']).toBe('RESOLVED');
  await until(
    () => shown(door),
    (messages) => messages.length === 3 && String(messages[0]).includes('Resolved'),
  );
  expect(all.slack.messages(door.channel)[2]?.thread_ts).toBe(root?.ts);
  expect(shown(door)[2]).toContain('Over after');
});

test('what is told again changes nothing, and what fires again after it was over is another incident', async () => {
  const door = await open();
  const message = told({ service: 'search' });
  const first = await post(door, message);
  await Promise.all([post(door, message), post(door, message)]);
  const second = await post(door, message);
  expect(second.body['id']).toBe(first.body['id']);
  await until(
    () => shown(door),
    (messages) => messages.length === 2,
  );
  const over = told({ service: 'search', status: 'resolved' });
  await post(door, over);
  expect((await post(door, over)).body).toMatchObject({ ignored: true });
  expect((await post(door, told({ service: 'search' }))).body['id']).not.toBe(first.body['id']);
});

test('groups are apart: two that fire have a thread each', async () => {
  const door = await open();
  await post(door, told({ group: 'a' }));
  await post(door, told({ group: 'b', name: 'DiskFull' }));
  await until(
    () => all.slack.messages(door.channel).filter(({ thread_ts, ts }) => !thread_ts || thread_ts === ts),
    (roots) => roots.length === 2,
  );
});

test('a wrong token, another body and an address that is none are answered in words, and nothing is kept', async () => {
  const door = await open();
  const before = await all.app.database.orm.em.fork().count(Incident, {}, unscoped);
  expect((await post({ ...door, secret: 'wrong' }, told())).status).toBe(401);
  expect((await post({ ...door, path: '/webhooks/alerts/whk_none' }, told())).status).toBe(404);
  const nonsense = await post(door, { hello: 'world' });
  expect([nonsense.status, JSON.stringify(nonsense.body)]).toEqual([400, expect.stringContaining('Alertmanager')]);
  expect(await all.app.database.orm.em.fork().count(Incident, {}, unscoped)).toBe(before);
});

test('nothing in an alert can mention or call anybody', async () => {
  const door = await open();
  const body = told({ group: 'mention' });
  body.commonAnnotations.summary = 'hey <!channel> and <@U123> see <https://evil.example|this>';
  await post(door, body);
  await until(
    () => shown(door),
    (messages) => messages.length > 0,
  );
  expect(JSON.stringify(all.slack.messages(door.channel))).not.toMatch(/<!channel>|<@U123>|<https:\/\/evil/);
});
