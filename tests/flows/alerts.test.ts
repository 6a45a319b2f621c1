import { createHmac } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Incident } from '#db/entities/incident.ts';
import { unscoped } from '#db/orm.ts';
import { findAlertmanager, startAlertmanager } from '#tests/support/alertmanager.ts';
import { until } from '#tests/support/app.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { type SlackApp, startSlackApp } from '#tests/support/slack-app.ts';
import { submit } from '#tests/support/submit.ts';

const TOKEN = 'token-of-the-settings';
let all: SlackApp;
let settingsDoor: Door;
beforeAll(async () => {
  all = await startSlackApp({
    settings: (slack) => {
      settingsDoor = { path: '/webhooks/alerts', secret: TOKEN, channel: slack.createChannel({ name: 'alerts' }) };
      return { ALERTS_TOKEN: TOKEN, ALERTS_CHANNEL: settingsDoor.channel };
    },
  });
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
type Told = { status?: 'firing' | 'resolved'; name?: string; service?: string; group?: string; instance?: string; startsAt?: string };
const BEGAN = `${new Date(Date.now() - 60_000).toISOString().slice(0, 17)}00Z`;
const alert = ({ status = 'firing', name = 'CheckoutFails', service = 'checkout', instance = '1', startsAt = BEGAN }: Told = {}) => ({
  status,
  labels: { alertname: name, service, severity: 'page', instance },
  annotations: {
    summary: 'Checkout fails for one in ten',
    description: 'errors at 12 %',
    runbook_url: 'https://runbooks.example.com/checkout',
  },
  startsAt,
  endsAt: status === 'resolved' ? new Date().toISOString() : '0001-01-01T00:00:00Z',
  fingerprint: `${name}-${instance}`,
});
const told = ({ group = '{}:{alertname="CheckoutFails"}', ...one }: Told = {}) => ({
  version: '4',
  groupKey: group,
  status: one.status ?? 'firing',
  truncatedAlerts: 0,
  receiver: 'bot',
  commonLabels: { alertname: one.name ?? 'CheckoutFails', service: one.service ?? 'checkout', severity: 'page' },
  commonAnnotations: { summary: 'Checkout fails for one in ten' },
  alerts: [alert(one)],
});
const send = async ({ path }: Pick<Door, 'path'>, body: string, headers: Record<string, string>) => {
  const response = await fetch(`${all.app.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: (await response.json()) as Record<string, unknown>,
  };
};
const post = (door: Pick<Door, 'path' | 'secret'>, body: unknown) =>
  send(door, JSON.stringify(body), { authorization: `Bearer ${door.secret}` });
const shown = ({ channel }: Door): string[] => all.slack.messages(channel).map(({ blocks }) => JSON.stringify(blocks));
const roots = ({ channel }: Door) => all.slack.messages(channel).filter(({ thread_ts, ts }) => !thread_ts || thread_ts === ts);
const shows = (door: Door, isRight: (messages: string[]) => boolean) => until(() => shown(door), isRight);

type SeenIncident = {
  id: string;
  title: string;
  status: string;
  postFailure: string | null;
  alerts: { firing: boolean }[];
  logs: { title: string }[];
};
const incidentOf = async (id: unknown): Promise<SeenIncident> =>
  (
    await all.app.gql<{ incident: SeenIncident }>(
      'query ($id: ID!) { incident(id: $id) { id title status postFailure alerts { firing labels { name } } logs { title } } }',
      { id },
    )
  ).incident;

describe('before Slack has been heard of', () => {
  test('an alert is kept, readable by the API, and its sender is told to come again; then it is posted', async () => {
    const first = await post(settingsDoor, told());
    expect(first).toMatchObject({ status: 503, retryAfter: '30', body: { error: { code: 'NOT_POSTED' } } });
    const { incidents } = await all.app.gql<{ incidents: { edges: { node: { title: string; status: string; postFailure: string } }[] } }>(
      '{ incidents(first: 5, filter: { status: [FIRING] }) { edges { node { title status postFailure } } } }',
    );
    expect(incidents.edges.map(({ node }) => node)).toEqual([
      { title: 'Checkout fails for one in ten', status: 'FIRING', postFailure: expect.stringContaining('type /aiops help') },
    ]);
    // What the sentence asks for is enough: with it is known which team the workspace belongs to.
    await all.send.slash({ command: '/aiops', text: 'help' });
    expect((await post(settingsDoor, told())).status).toBe(202);
    await shows(settingsDoor, (messages) => messages.length === 1 && String(messages[0]).includes('Checkout fails'));
  });
});

test('an alert opens one thread with what the service’s logs say, and is edited and followed up when it is over', async () => {
  const { log } = await submit(all.app, { text: sampleLog({ from: Date.parse(BEGAN) }), source: 'checkout', title: 'checkout.log' });
  await all.app.settled(String(log?.id));
  const door = await open();
  const { body } = await post(door, told());
  await shows(door, (messages) => messages.length === 2 && String(messages[1]).includes('checkout.log'));
  const [root, logs] = all.slack.messages(door.channel);
  expect(logs?.thread_ts).toBe(root?.ts);
  expect(shown(door)[0]).toContain('Checkout fails for one in ten');
  expect(shown(door)[0]).toContain('https://runbooks.example.com/checkout');
  // By its name, and what the headline says is not said again.
  expect(shown(door)[0]).toContain('CheckoutFails: errors at 12 %');
  expect(shown(door)[1]).toContain('What a log of checkout says');
  expect(shown(door)[1]).toContain('timeout acquiring connection from pool orders-db');
  expect(await incidentOf(body['id'])).toMatchObject({ status: 'FIRING', logs: [{ title: 'checkout.log' }] });

  expect((await post(door, told({ status: 'resolved' }))).body['status']).toBe('RESOLVED');
  await shows(door, (messages) => messages.length === 3 && String(messages[0]).includes('Resolved'));
  expect(all.slack.messages(door.channel)[2]?.thread_ts).toBe(root?.ts);
  expect(shown(door)[2]).toContain('Over after');
});

test('an alert whose service has sent no log says nothing of logs; one that comes after it is shown in its thread as soon as it is read', async () => {
  const door = await open();
  await post(door, told({ service: 'late', group: 'late' }));
  await shows(door, (messages) => messages.length === 1);
  await submit(all.app, { text: sampleLog({ from: Date.parse(BEGAN) }), source: 'late', title: 'late.log' });
  await shows(door, (messages) => messages.length === 2 && /late\.log.*timeout acquiring connection/.test(String(messages[1])));
});

test('an incident that is opened and shown while a log of its service is being stored shows it all the same, once it is', async () => {
  const door = await open();
  const other = new pg.Client({ connectionString: all.app.database.url });
  await other.connect();
  try {
    // What was read cannot be stored yet.
    await other.query('begin');
    await other.query('lock table log_result in share mode');
    await submit(all.app, { text: sampleLog({ from: Date.parse(BEGAN) }), source: 'crossing', title: 'crossing.log' });
    await until(
      async () => (await other.query("select 1 from pg_locks where not granted and relation = 'log_result'::regclass")).rows,
      ({ length }) => length > 0,
      'the log to be stored',
    );
    await post(door, told({ service: 'crossing', group: 'crossing' }));
    await shows(door, (messages) => messages.length === 2);
    await other.query('commit');
  } finally {
    await other.end();
  }
  await shows(door, (messages) => /crossing\.log.*timeout acquiring connection/.test(String(messages[1])));
});

test('law 10: a log whose summary comes to nothing is shown in the thread of its service by its digest', async () => {
  const door = await open();
  await post(door, told({ service: 'wordless', group: 'wordless' }));
  await shows(door, (messages) => messages.length === 1);
  const client = new pg.Client({ connectionString: all.app.database.url });
  await client.connect();
  try {
    await client.query(
      `create function no_summary() returns trigger language plpgsql as $$ begin raise exception 'no luck' using errcode = 'XX000'; end $$`,
    );
    await client.query('create trigger no_summary before update of summary on log_result for each row execute function no_summary()');
    await submit(all.app, { text: sampleLog({ from: Date.parse(BEGAN) }), source: 'wordless', title: 'wordless.log' });
    await shows(door, (messages) => /wordless\.log.*timeout acquiring connection/.test(String(messages[1])));
  } finally {
    await client.query('drop function no_summary cascade');
    await client.end();
  }
});

const DAY_MS = 24 * 60 * 60_000;

test('of a log that reaches further back only what is from the incident’s time is shown, where it stands in the log', async () => {
  const door = await open();
  const before = sampleLog({ from: Date.parse(BEGAN) - 2 * DAY_MS, failures: 90 });
  const now = `${new Date(BEGAN).toISOString()} ERROR mailer queue is full\n`;
  const { log } = await submit(all.app, { text: before + now, source: 'mailer', title: 'two-days.log' });
  await all.app.settled(String(log?.id));
  await post(door, told({ service: 'mailer', group: 'mailer' }));
  await shows(door, (messages) => messages.length === 2 && String(messages[1]).includes('queue is full'));
  expect(shown(door)[1]).not.toContain('timeout acquiring');
  expect(shown(door)[1]).toContain(`L${before.split('\n').length}`);
});

test('of what also happened at another time the count is said to be of the whole log', async () => {
  const door = await open();
  const line = (ms: number) => `${new Date(ms).toISOString()} ERROR mailer queue is full\n`;
  const text = [Date.parse(BEGAN) - 2 * DAY_MS, Date.parse(BEGAN) - DAY_MS, Date.parse(BEGAN)].map(line).join('');
  const { log } = await submit(all.app, { text, source: 'both', title: 'three-days.log' });
  await all.app.settled(String(log?.id));
  await post(door, told({ service: 'both', group: 'both' }));
  await shows(door, (messages) => messages.length === 2 && /3× in the whole log.*queue is full.*L3/.test(String(messages[1])));
});

test('an incident lasted until the last of its alerts ended, however late its sender tells of that', async () => {
  const door = await open();
  const startsAt = new Date(Date.now() - 50 * 60_000).toISOString();
  await post(door, told({ service: 'slow', group: 'slow', startsAt }));
  await shows(door, (messages) => messages.length === 1 && String(messages[0]).includes('firing since'));
  const over = told({ service: 'slow', group: 'slow', startsAt, status: 'resolved' });
  over.alerts[0]!.endsAt = new Date(Date.parse(startsAt) + 20 * 60_000).toISOString();
  await post(door, over);
  await shows(door, (messages) => messages.length === 2 && String(messages[0]).includes('lasted 20 min'));
  expect((await post(door, over)).body).toMatchObject({ ignored: true });
  expect((await post(door, told({ service: 'slow', group: 'slow', startsAt }))).body).toMatchObject({ ignored: true });
});

test('a log of another time is named, and nothing of it is shown as if it told of the incident', async () => {
  const door = await open();
  const { log } = await submit(all.app, { text: sampleLog({ from: Date.parse(BEGAN) - 2 * DAY_MS }), source: 'old', title: 'old.log' });
  await all.app.settled(String(log?.id));
  const { body } = await post(door, told({ service: 'old', group: 'old' }));
  await shows(door, (messages) => messages.length === 2 && /old\.log.*Nothing in this log is from that time/.test(String(messages[1])));
  expect(shown(door)[1]).not.toContain('timeout acquiring');
  expect((await incidentOf(body['id'])).logs).toEqual([]);
});

test('a log that comes days after an incident is shown in its thread when its lines are from then, and by the API', async () => {
  const door = await open();
  const startsAt = new Date(Date.parse(BEGAN) - 3 * DAY_MS).toISOString();
  const { body } = await post(door, told({ service: 'ledger', group: 'ledger', startsAt }));
  await post(door, told({ service: 'ledger', group: 'ledger', startsAt, status: 'resolved' }));
  await shows(door, (messages) => messages.length === 2);
  await all.app.database.orm.em
    .fork()
    .nativeUpdate(Incident, { id: String(body['id']) }, { resolvedAt: new Date(Date.now() - 2 * DAY_MS) }, unscoped);
  for (const [title, from] of [
    ['of-today.log', BEGAN],
    ['of-then.log', startsAt],
  ] as const) {
    const { log } = await submit(all.app, { text: sampleLog({ from: Date.parse(from) }), source: 'ledger', title });
    await all.app.settled(String(log?.id));
  }
  await shows(door, (messages) => messages.length === 3 && /of-then\.log.*timeout acquiring connection/.test(String(messages[2])));
  expect(shown(door)[2]).not.toContain('of-today.log');
  expect((await incidentOf(body['id'])).logs).toEqual([{ title: 'of-then.log' }]);
});

test('what is told again changes nothing, also after it was over; what fires anew is another incident', async () => {
  const door = await open();
  const message = told({ service: 'search' });
  const first = await post(door, message);
  await Promise.all([post(door, message), post(door, message)]);
  expect((await post(door, message)).body['id']).toBe(first.body['id']);
  await shows(door, (messages) => messages.length === 1);
  const over = told({ service: 'search', status: 'resolved' });
  await post(door, over);
  expect((await post(door, over)).body).toMatchObject({ ignored: true });
  expect((await post(door, message)).body).toMatchObject({ ignored: true });
  const anew = await post(door, told({ service: 'search', startsAt: new Date().toISOString() }));
  expect(anew.body['id']).toMatch(/^inc_/);
  expect(anew.body['id']).not.toBe(first.body['id']);
});

test('six that tell of the same alert at once open one incident, and none of them hears of trouble', async () => {
  const door = await open();
  const answers = await Promise.all(Array.from({ length: 6 }, () => post(door, told({ group: 'at once' }))));
  expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(202));
  expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
});

test('groups are apart: two that fire have a thread each', async () => {
  const door = await open();
  await post(door, told({ group: 'a' }));
  await post(door, told({ group: 'b', name: 'DiskFull' }));
  await until(
    () => roots(door),
    (messages) => messages.length === 2,
  );
});

describe('a group of more alerts than are told', () => {
  const many = (status: 'firing' | 'resolved', count: number) =>
    Array.from({ length: count }, (_, number) => alert({ status, instance: `${status}-${number}` }));

  test('goes on while the sender says that it fires, whatever the alerts it lists', async () => {
    const door = await open();
    const group = 'cut by us';
    const { body } = await post(door, { ...told({ group }), alerts: [...many('resolved', 60), ...many('firing', 10)] });
    expect(body).toMatchObject({ status: 'FIRING' });
    const cut = { ...told({ group }), alerts: many('resolved', 50), truncatedAlerts: 10 };
    expect((await post(door, cut)).body).toMatchObject({ id: body['id'], status: 'FIRING' });
    expect((await incidentOf(body['id'])).alerts.filter(({ firing }) => firing)).toHaveLength(10);
  });

  test('is over for all of them once the sender says so, whatever it leaves out', async () => {
    const door = await open();
    const { body } = await post(door, { ...told({ group: 'over' }), alerts: many('firing', 10) });
    expect((await post(door, { ...told({ group: 'over', status: 'resolved' }), truncatedAlerts: 9 })).body).toMatchObject({
      id: body['id'],
      status: 'RESOLVED',
    });
    expect((await incidentOf(body['id'])).alerts.some(({ firing }) => firing)).toBe(false);
  });
});

test('what is too long or too much is cut, and not refused', async () => {
  const door = await open();
  const message = told({ group: 'g'.repeat(9_000) });
  const alerts = Array.from({ length: 1_500 }, (_, number) => ({
    ...alert({ instance: String(number) }),
    annotations: { summary: 's'.repeat(number < 9 ? 6_000 : 1), description: 'x\u0000y'.repeat(number < 9 ? 9_000 : 1) },
    labels: { alertname: 'Many', long: 'l'.repeat(number < 9 ? 9_000 : 1) },
  }));
  const { status, body } = await post(door, { ...message, commonAnnotations: { summary: `All of it ${'s'.repeat(6_000)}` }, alerts });
  expect(status).toBe(202);
  const { title, alerts: kept } = await incidentOf(body['id']);
  expect([title.slice(0, 9), title.length <= 200, kept.length]).toEqual(['All of it', true, 50]);
  await shows(door, (messages) => String(messages[0]).includes('All of it'));
});

test('where the bot may not post, the API and the next answer say so, and the next news is posted once it may', async () => {
  const door = await open();
  all.slack.fail('chat.postMessage', { kind: 'error', error: 'not_in_channel' });
  const { body } = await post(door, told({ group: 'not in channel' }));
  const refused = await until(
    () => incidentOf(body['id']),
    ({ postFailure }) => postFailure !== null,
  );
  expect(refused.postFailure).toMatch(/channel/i);
  expect(shown(door)).toEqual([]);
  all.slack.heal();
  const again = await post(door, told({ group: 'not in channel' }));
  expect(again).toMatchObject({ status: 202, body: { id: body['id'], notPosted: expect.stringMatching(/channel.*again/is) } });
  await shows(door, (messages) => messages.length === 2);
  expect((await incidentOf(body['id'])).postFailure).toBeNull();
});

describe('the door', () => {
  test('answers a wrong token, another body and an address that is none in words, and keeps nothing', async () => {
    const door = await open();
    const before = await all.app.database.orm.em.fork().count(Incident, {}, unscoped);
    expect((await post({ ...door, secret: 'wrong' }, told())).status).toBe(401);
    expect((await post({ ...settingsDoor, secret: 'wrong' }, told())).status).toBe(401);
    expect((await post({ ...door, path: '/webhooks/alerts/whk_none' }, told())).status).toBe(404);
    const nonsense = await post(door, { hello: 'world' });
    expect([nonsense.status, JSON.stringify(nonsense.body)]).toEqual([400, expect.stringContaining('Alertmanager')]);
    expect(await all.app.database.orm.em.fork().count(Incident, {}, unscoped)).toBe(before);
  });

  test('takes what Grafana signs with the secret, and nothing it signs with another', async () => {
    const door = await open();
    const body = JSON.stringify(told({ group: 'signed' }));
    const signed = (secret: string) => ({ 'x-grafana-alerting-signature': createHmac('sha256', secret).update(body).digest('hex') });
    expect((await send(door, body, signed('another'))).status).toBe(401);
    expect((await send(door, body, signed(door.secret))).status).toBe(202);
  });
});

test('nothing in an alert can mention or call anybody', async () => {
  const door = await open();
  const body = told({ group: 'mention' });
  body.commonAnnotations.summary = 'hey <!channel> and <@U123> see <https://evil.example|this>';
  await post(door, body);
  await shows(door, (messages) => messages.length > 0);
  expect(JSON.stringify(all.slack.messages(door.channel))).not.toMatch(/<!channel>|<@U123>|<https:\/\/evil/);
});

test('an alert’s runbook without a host is this server’s, and leads to the section of the alert', async () => {
  const door = await open();
  const message = told({ group: 'runbook' });
  message.alerts[0]!.annotations.runbook_url = '/runbook#queuestuck';
  await post(door, message);
  await shows(door, (messages) => String(messages[0]).includes(`${all.app.url}/runbook#queuestuck`));
  const page = await fetch(`${all.app.url}/runbook`);
  expect(await page.text()).toContain('<section id="queuestuck"');
});

const alertmanager = await findAlertmanager();

describe.runIf(alertmanager)('a real Alertmanager with our own configuration', () => {
  test('opens a thread, and says when it is over', async () => {
    await using sender = await startAlertmanager(String(alertmanager), { apiUrl: all.app.url, token: TOKEN });
    const one = {
      labels: { alertname: 'QueueStuck', severity: 'page', service: 'aiops' },
      annotations: { summary: 'Work waits', description: 'The oldest job waits.', runbook_url: '/runbook#queuestuck' },
      startsAt: new Date().toISOString(),
    };
    await sender.tell(one);
    await shows(settingsDoor, (messages) => messages.some((message) => message.includes('Work waits')));
    await sender.tell({ ...one, endsAt: new Date().toISOString() });
    await shows(settingsDoor, (messages) => messages.some((message) => message.includes('Resolved: Work waits')));
    expect(roots(settingsDoor)).toHaveLength(2);
  });
});
