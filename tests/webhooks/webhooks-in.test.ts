import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Ticket } from '#db/entities/ticket.ts';
import { Workspace } from '#db/entities/workspace.ts';
import { forWorkspace, unscoped } from '#db/orm.ts';
import { newId } from '#src/core/ids.ts';
import { type App, startApp } from '#tests/support/app.ts';
import { findTicket, ticketThat } from '#tests/support/tickets.ts';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app[Symbol.asyncDispose]());

type Way = { id: string; path: string; secret: string };
type Created = {
  webhook: { id: string; path: string } | null;
  secret: string | null;
  userErrors: { code: string; message: string; field: string | null }[];
};
const create = async (input: Record<string, unknown> = {}): Promise<Created> =>
  (
    await app.gql<{ createWebhookIn: Created }>(
      'mutation ($input: CreateWebhookInInput!) { createWebhookIn(input: $input) { webhook { id path } secret userErrors { code message field } } }',
      { input: { name: 'GitHub', mapping: GITHUB, ...input } },
    )
  ).createWebhookIn;
const open = async (input?: Record<string, unknown>): Promise<Way> => {
  const { webhook, secret, userErrors } = await create(input);
  if (!webhook || !secret) throw new Error(JSON.stringify(userErrors));
  return { ...webhook, secret };
};
const GITHUB = { title: 'issue.title', text: 'issue.body', reporter: 'issue.user.login', key: 'issue.id' };
const issue = (id: number, more: object = {}) => ({
  action: 'opened',
  issue: {
    id,
    title: 'Log-in fails with 500',
    body: 'Since the deploy nobody can log in.',
    user: { login: 'octocat' },
    labels: [{ name: 'bug' }],
    ...more,
  },
});

const sign = (secret: string, raw: string | Buffer): string => `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;
type Answer = {
  status: number;
  body: {
    id?: string;
    number?: number;
    replayed?: boolean;
    notes?: string[];
    ignored?: boolean;
    error?: { code: string; message: string };
  };
};
const post = async ({ path, secret }: Way, payload: unknown, headers: Record<string, string> = {}): Promise<Answer> => {
  const raw = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const signed = { 'content-type': 'application/json', 'x-hub-signature-256': sign(secret, raw) };
  const response = await fetch(`${app.url}${path}`, { method: 'POST', headers: { ...signed, ...headers }, body: raw });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
};
const tickets = (): Promise<number> => app.database.orm.em.fork().count(Ticket, {}, unscoped);

test('a signed issue becomes a ticket that is triaged like any other, and says where it came from', async () => {
  const way = await open();
  const { status, body } = await post(way, issue(101));
  expect([status, body]).toEqual([202, { id: expect.stringMatching(/^tkt_/), number: expect.any(Number), state: 'NEW', replayed: false }]);
  const ticket = await ticketThat(app, body.id as string);
  expect(ticket).toMatchObject({
    title: 'Log-in fails with 500',
    body: 'Since the deploy nobody can log in.',
    reporter: 'webhook:octocat',
    status: 'SUCCEEDED',
  });
  expect(ticket.prediction).not.toBeNull();
  const { ticketEvents } = await app.gql<{ ticketEvents: { actor: string; action: string }[] }>(
    'query ($id: ID!) { ticketEvents(ticketId: $id) { actor action } }',
    { id: ticket.id },
  );
  expect(ticketEvents[0]).toEqual({ actor: way.id, action: 'ticket.created' });
  const { webhooksIn } = await app.gql<{ webhooksIn: { id: string; lastReceivedAt: string | null }[] }>(
    '{ webhooksIn { id lastReceivedAt } }',
  );
  expect(webhooksIn.find(({ id }) => id === way.id)?.lastReceivedAt).not.toBeNull();
});

test('law 13: what stands where a text was meant and is none is left out, and that is said', async () => {
  const { status, body } = await post(await open(), issue(102, { body: ['1', '2'], user: { login: { name: 'x' } } }));
  expect(status).toBe(202);
  expect(body.notes).toEqual([expect.stringMatching(/"issue.body" is a list/), expect.stringMatching(/"issue.user.login" is an object/)]);
});

test('law 3: the same issue again is the same ticket, also when both come at once; another webhook has keys of its own', async () => {
  const way = await open();
  const before = await tickets();
  const answers = await Promise.all([1, 2, 3].map(() => post(way, issue(7))));
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  expect(answers.filter(({ body }) => !body.replayed)).toHaveLength(1);
  expect((await post(way, issue(7, { title: 'Edited since' }))).body).toMatchObject({ id: answers[0]?.body.id, replayed: true });
  expect((await post(await open(), issue(7))).body.replayed).toBe(false);
  expect(await tickets()).toBe(before + 2);
});

test('without a key the sender’s delivery id tells what was sent twice; with neither nothing is kept', async () => {
  const way = await open({ mapping: { title: 'alerts.0.name' }, deliveryHeader: 'X-GitHub-Delivery' });
  const alert = { alerts: [{ name: 'Disk full on db-1' }] };
  const first = await post(way, alert, { 'x-github-delivery': 'one' });
  expect([first.status, (await findTicket(app, first.body.id as string)).title]).toEqual([202, 'Disk full on db-1']);
  expect((await post(way, alert, { 'x-github-delivery': 'one' })).body).toMatchObject({ id: first.body.id, replayed: true });
  expect((await post(way, alert, { 'x-github-delivery': 'two' })).body.replayed).toBe(false);
  const before = await tickets();
  const { status, body } = await post(way, alert);
  expect([status, body.error?.message]).toEqual([400, expect.stringContaining('x-github-delivery')]);
  expect(await tickets()).toBe(before);
});

test('a wrong, missing or someone else’s signature is 401 and makes nothing', async () => {
  const [way, other] = [await open(), await open()];
  const raw = JSON.stringify(issue(9));
  const before = await tickets();
  const wrong = [
    'sha256=',
    '',
    'x',
    `sha256=${'0'.repeat(64)}`,
    sign(other.secret, raw),
    sign(way.secret, `${raw} `),
    sign(way.secret, raw).slice(7),
    `${sign(way.secret, raw)}00`,
  ];
  for (const signature of wrong) {
    const { status, body } = await post(way, raw, { 'x-hub-signature-256': signature });
    expect([status, body.error?.code], signature).toEqual([401, 'UNAUTHENTICATED']);
    expect(JSON.stringify(body)).not.toContain(way.secret);
  }
  expect(await tickets()).toBe(before);
});

test('other headers and ways to write the signature, and a secret the sender made', async () => {
  const secret = 'made-by-the-sender-1234';
  const hex = await open({ secret, signatureHeader: 'Linear-Signature', signatureScheme: 'HEX' });
  expect(hex.secret).toBe(secret);
  const digest = createHmac('sha256', secret).update(JSON.stringify(issue(1)));
  expect((await post(hex, issue(1), { 'linear-signature': digest.digest('hex') })).status).toBe(202);
  expect((await post(hex, issue(1))).status).toBe(401);
  const base64 = await open({ signatureHeader: 'X-Signature', signatureScheme: 'BASE64' });
  const signed = createHmac('sha256', base64.secret)
    .update(JSON.stringify(issue(1)))
    .digest('base64');
  expect((await post(base64, issue(1), { 'x-signature': signed })).status).toBe(202);
});

test('what the filter leaves out is answered kindly and makes nothing', async () => {
  const way = await open({
    filter: [
      { path: 'action', equals: 'opened' },
      { path: 'issue.labels.0.name', equals: 'bug' },
    ],
  });
  const before = await tickets();
  for (const payload of [{ zen: 'Keep it logically awesome.' }, { ...issue(1), action: 'closed' }, issue(1, { labels: [] })]) {
    const { status, body } = await post(way, payload);
    expect([status, body.ignored]).toEqual([200, true]);
  }
  expect(await tickets()).toBe(before);
  expect((await post(way, issue(1))).status).toBe(202);
});

test.each([
  ['not JSON', '{"issue":', 'not JSON'],
  ['nothing where the mapping points', { zen: 'x' }, '"issue.title" or "issue.body"'],
  ['an object where text should be', { issue: { id: 1, title: { a: 1 }, body: ['x'] } }, '"issue.title"'],
  ['what only a prototype has', { issue: 'text' }, '"issue.title"'],
  ['no key', { issue: { title: 'x' } }, '"issue.id" of the body'],
])('law 13: %s is 400 in words', async (_, payload, sentence) => {
  const { status, body } = await post(await open(), payload);
  expect([status, body.error?.message]).toEqual([400, expect.stringContaining(sentence)]);
});

test('unknown, revoked and foreign shapes of address are 404; other methods are told', async () => {
  const way = await open();
  await app.gql('mutation ($id: ID!) { revokeWebhookIn(input: { id: $id }) { webhook { id } } }', { id: way.id });
  for (const path of [way.path, `/webhooks/tickets/${newId('whk')}`, '/webhooks/tickets', '/webhooks/tickets/%00', `${way.path}/below`])
    expect((await post({ ...way, path }, issue(1))).status, path).toBe(404);
  expect((await fetch(`${app.url}${way.path}`)).status).toBe(405);
});

test('more than 1 MiB is refused, said or not', async () => {
  const way = await open();
  const large = JSON.stringify(issue(1, { body: 'x'.repeat(1024 * 1024) }));
  expect((await post(way, large)).status).toBe(413);
  const stream = new Blob([large]).stream();
  const streamed = await fetch(`${app.url}${way.path}`, {
    method: 'POST',
    body: stream,
    duplex: 'half',
    headers: { 'x-hub-signature-256': sign(way.secret, large) },
  } as RequestInit);
  expect(streamed.status).toBe(413);
  expect((await post(way, issue(2, { body: 'x'.repeat(900 * 1024) }))).status).toBe(202);
});

test('hostile values are only text: control characters, long keys and reporters, names that look like ours', async () => {
  const way = await open();
  const { status, body } = await post(
    way,
    issue(1, { id: `k\u0000${'x'.repeat(5000)}`, title: 'a\u0000b\nc', user: { login: 'slack:T1:U1' } }),
  );
  expect(status).toBe(202);
  expect(await findTicket(app, body.id as string)).toMatchObject({ title: 'a b c', reporter: 'webhook:slack:T1:U1' });
});

test('the secret is in the answer that made it and nowhere else, at rest only encrypted', async () => {
  const way = await open();
  await post(way, issue(1));
  const connection = app.database.orm.em.fork().getConnection();
  const everything = JSON.stringify([
    await app.gql(
      '{ webhooksIn { id name path mapping { title key } filter { path } signatureHeader signatureScheme } auditEvents(first: 100) { action subjectId } }',
    ),
    await connection.execute('select * from webhook_in'),
    await connection.execute('select * from graphile_worker._private_jobs'),
  ]);
  expect(everything).toContain('webhook_in.created');
  expect(everything).not.toContain(way.secret.slice(6));
});

test('law 11: a ticket lands in the workspace of its webhook, whoever else there is', async () => {
  const id = newId('ws');
  await app.database.orm.em.fork().insert(Workspace, { id, name: 'Another', slackTeamId: null, createdAt: new Date() });
  const { body } = await post(await open(), issue(55));
  expect(await forWorkspace(app.database.orm, id).count(Ticket, {})).toBe(0);
  expect(await forWorkspace(app.database.orm, app.runtime.workspaceId as string).count(Ticket, { id: body.id as string })).toBe(1);
});

test.each([
  [{ mapping: { key: 'id' } }, 'mapping', 'title or the text'],
  [{ mapping: { title: 'a' } }, 'mapping', 'key'],
  [{ mapping: { title: 'a..b', key: 'id' } }, 'mapping.title', 'path'],
  [{ signatureHeader: 'two words' }, 'signatureHeader', 'header'],
  [{ secret: 'short' }, 'secret', '16'],
])('law 13: a webhook that could not work is refused: %o', async (input, field, sentence) => {
  const { webhook, secret, userErrors } = await create(input);
  expect([webhook, secret, userErrors]).toEqual([null, null, [{ code: 'BAD_INPUT', field, message: expect.stringContaining(sentence) }]]);
});
