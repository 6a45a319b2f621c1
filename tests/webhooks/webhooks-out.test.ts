import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Ticket } from '#db/entities/ticket.ts';
import { WebhookOut } from '#db/entities/webhook-out.ts';
import { Workspace } from '#db/entities/workspace.ts';
import { forWorkspace } from '#db/orm.ts';
import { newId } from '#src/core/ids.ts';
import { announce } from '#src/webhooks/announce.ts';
import { type App, startApp, until } from '#tests/support/app.ts';
import { categoryNamed, createTicket, moveTicket, saveSettings, setCategory, setPriority } from '#tests/support/tickets.ts';
import { type Got, type Receiver, startReceiver } from './receiver.ts';

let app: App;
let receiver: Receiver;
beforeAll(async () => {
  app = await startApp({ WEBHOOK_ALLOW_PRIVATE: 'on' });
});
afterAll(() => app[Symbol.asyncDispose]());
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  for (const { id } of await list())
    await app.gql('mutation ($id: ID!) { revokeWebhookOut(input: { id: $id }) { webhook { id } } }', { id });
  await receiver.close();
});

const FIELDS = 'id name url events lastSuccessAt lastFailure { at message retryAt } failuresInARow disabledAt disabledReason revokedAt';
type Shown = {
  id: string;
  lastSuccessAt: string | null;
  lastFailure: { message: string; retryAt: string | null } | null;
  failuresInARow: number;
  disabledAt: string | null;
  disabledReason: string | null;
};
type Created = { webhook: Shown | null; secret: string | null; userErrors: { code: string; message: string; field: string | null }[] };
const create = async (url: string, events: string[]): Promise<Created> =>
  (
    await app.gql<{ createWebhookOut: Created }>(
      `mutation ($input: CreateWebhookOutInput!) { createWebhookOut(input: $input) { webhook { ${FIELDS} } secret userErrors { code message field } } }`,
      { input: { name: 'Jira', url, events } },
    )
  ).createWebhookOut;
const list = async (): Promise<Shown[]> => (await app.gql<{ webhooksOut: Shown[] }>(`{ webhooksOut { ${FIELDS} } }`)).webhooksOut;
const follow = async (...events: string[]) => {
  const { webhook, secret } = await create(`${receiver.url}/hook?from=us`, events);
  return { id: (webhook as Shown).id, secret: secret as string };
};
const webhookThat = async (id: string, isRight: (webhook: Shown) => boolean): Promise<Shown> =>
  (await until(
    async () => (await list()).find((one) => one.id === id),
    (one) => one !== undefined && isRight(one),
    'the webhook',
  )) as Shown;
const arrived = (count: number): Promise<Got[]> =>
  until(
    () => receiver.got,
    (got) => got.length >= count,
    'the messages',
  );
const newTicket = async (text = 'The printer on floor 3 is jammed.') => {
  const { ticket } = await createTicket(app, { text });
  if (!ticket) throw new Error('no ticket');
  return ticket;
};
const row = (id: string): Promise<WebhookOut> =>
  forWorkspace(app.database.orm, app.runtime.workspaceId as string).findOneOrFail(WebhookOut, { id });

test('who follows a ticket is told of each change, once and in order, with a signature that anyone can check', async () => {
  const events = ['TICKET_CREATED', 'TICKET_TRIAGED', 'TICKET_ROUTED', 'TICKET_PRIORITIZED', 'TICKET_MOVED', 'TICKET_RESOLVED'];
  const { id, secret } = await follow(...events);
  const ticket = await newTicket();
  await arrived(2);
  const category = await categoryNamed(app, 'Hardware and software');
  await setCategory(app, { id: ticket.id, categoryId: category.id } as never);
  await setPriority(app, { id: ticket.id, priority: 'P2' } as never);
  await moveTicket(app, { id: ticket.id, move: 'TAKE' } as never);
  await moveTicket(app, { id: ticket.id, move: 'RESOLVE' } as never);
  const got = await arrived(6);
  expect(got.map(({ body }) => body.event)).toEqual([
    'ticket.created',
    'ticket.triaged',
    'ticket.routed',
    'ticket.prioritized',
    'ticket.moved',
    'ticket.resolved',
  ]);
  expect(new Set(got.map(({ headers }) => headers['x-aiops-delivery'])).size).toBe(6);
  for (const { raw, headers, body, path } of got) {
    const timestamp = headers['x-aiops-timestamp'] as string;
    expect(headers['x-aiops-signature']).toBe(`sha256=${createHmac('sha256', secret).update(`${timestamp}.${raw}`).digest('hex')}`);
    expect(Math.abs(Date.now() / 1000 - Number(timestamp))).toBeLessThan(60);
    expect([path, headers['x-aiops-delivery'], headers['x-aiops-event']]).toEqual(['/hook?from=us', body.id, body.event]);
    expect(body.ticket['id']).toBe(ticket.id);
  }
  expect(got.at(-1)?.body.ticket).toMatchObject({
    number: ticket.number,
    title: 'The printer on floor 3 is jammed.',
    text: 'The printer on floor 3 is jammed.',
    state: 'RESOLVED',
    priority: 'P2',
    category: { id: category.id, name: category.name, team: 'IT' },
    external: null,
  });
  expect(await webhookThat(id, ({ lastSuccessAt }) => lastSuccessAt !== null)).toMatchObject({ lastFailure: null, failuresInARow: 0 });
});

test('only the events asked for are sent, and none after it is revoked', async () => {
  const { id } = await follow('TICKET_RESOLVED');
  const first = await newTicket();
  await moveTicket(app, { id: first.id, move: 'RESOLVE' } as never);
  expect((await arrived(1)).map(({ body }) => body.event)).toEqual(['ticket.resolved']);
  await app.gql('mutation ($id: ID!) { revokeWebhookOut(input: { id: $id }) { webhook { id } } }', { id });
  expect((await row(id)).sealedSecret).toBe('');
  await moveTicket(app, { id: (await newTicket()).id, move: 'RESOLVE' } as never);
  await follow('TICKET_RESOLVED');
  const last = await newTicket();
  await moveTicket(app, { id: last.id, move: 'RESOLVE' } as never);
  expect((await arrived(2)).map(({ body }) => body.ticket['id'])).toEqual([first.id, last.id]);
});

test('law 1: a change that is rolled back is told to nobody', async () => {
  await follow('TICKET_RESOLVED');
  const [undone, done] = [await newTicket(), await newTicket()];
  const db = forWorkspace(app.database.orm, app.runtime.workspaceId as string);
  const change = db.transactional(async (tx) => {
    const ticket = await tx.findOneOrFail(Ticket, { id: undone.id });
    ticket.state = 'RESOLVED';
    await announce(tx, ticket, 'TICKET_RESOLVED');
    throw new Error('the database said no');
  });
  await expect(change).rejects.toThrow('the database said no');
  await moveTicket(app, { id: done.id, move: 'RESOLVE' } as never);
  expect((await arrived(1)).map(({ body }) => body.ticket['id'])).toEqual([done.id]);
});

test('a receiver that stumbles is asked again, under the same delivery id, until it takes it', async () => {
  const { id } = await follow('TICKET_CREATED');
  receiver.answer(500, 503, 429, 200);
  await newTicket();
  const got = await arrived(4);
  expect(new Set(got.map(({ headers }) => headers['x-aiops-delivery'])).size).toBe(1);
  const { lastFailure, failuresInARow } = await webhookThat(id, ({ lastSuccessAt }) => lastSuccessAt !== null);
  expect(lastFailure).toMatchObject({
    message: expect.stringMatching(/^127\.0\.0\.1:\d+ answered 429\. \(err_\w+\)$/),
    retryAt: expect.any(String),
  });
  expect(failuresInARow).toBe(0);
});

test('410, a redirect and the like are final: said once, not followed, and nothing of the answer is kept', async () => {
  const { id } = await follow('TICKET_CREATED');
  receiver.answer(410, { status: 302, headers: { location: `${receiver.url}/elsewhere` } });
  await newTicket();
  expect((await webhookThat(id, ({ lastFailure }) => lastFailure !== null)).lastFailure).toMatchObject({
    message: expect.stringContaining('answered 410'),
    retryAt: null,
  });
  await newTicket();
  const shown = await webhookThat(id, ({ failuresInARow }) => failuresInARow === 2);
  expect(shown.lastFailure?.message).toContain('redirects are not followed');
  expect(JSON.stringify(shown)).not.toContain('secrets of whoever answered');
  expect(receiver.got.map(({ path }) => path)).toEqual(['/hook?from=us', '/hook?from=us']);
});

test('after a hundred failures in a row it is disabled and says so; an admin switches it on again', async () => {
  const { id } = await follow('TICKET_CREATED');
  await forWorkspace(app.database.orm, app.runtime.workspaceId as string).nativeUpdate(WebhookOut, { id }, { failuresInARow: 99 });
  receiver.answer(404, 200);
  await newTicket();
  const disabled = await webhookThat(id, ({ disabledAt }) => disabledAt !== null);
  expect(disabled.disabledReason).toMatch(/last 100 messages.*enableWebhookOut/);
  await newTicket();
  await app.gql('mutation ($id: ID!) { enableWebhookOut(input: { id: $id }) { webhook { id } } }', { id });
  const last = await newTicket();
  await webhookThat(id, ({ lastSuccessAt, failuresInARow }) => lastSuccessAt !== null && failuresInARow === 0);
  expect(receiver.got.slice(1).map(({ body }) => body.ticket['id'])).toEqual([last.id]);
});

test('law 11: another workspace is told nothing of ours', async () => {
  const theirs = newId('ws');
  await app.database.orm.em.fork().insert(Workspace, { id: theirs, name: 'Another', slackTeamId: null, createdAt: new Date() });
  const { id } = await follow('TICKET_CREATED');
  const { workspaceId: _, ...ours } = await row(id);
  const crossing = { ...ours, id: newId('who'), workspaceId: theirs, url: `${receiver.url}/theirs` };
  await forWorkspace(app.database.orm, theirs).insert(WebhookOut, crossing as never);
  await newTicket();
  await newTicket();
  expect((await arrived(2)).map(({ path }) => path)).toEqual(['/hook?from=us', '/hook?from=us']);
  expect(await list()).toHaveLength(1);
});

test('of a ticket from a restricted channel no words leave', async () => {
  await follow('TICKET_CREATED', 'TICKET_RESOLVED');
  await saveSettings(app, { restrictedChannels: ['CHR'] });
  const ticket = await newTicket('My salary is wrong.');
  await arrived(1);
  await forWorkspace(app.database.orm, app.runtime.workspaceId as string).nativeUpdate(
    Ticket,
    { id: ticket.id },
    { channels: ['C1', 'CHR'] },
  );
  await moveTicket(app, { id: ticket.id, move: 'RESOLVE' } as never);
  const told = (await arrived(2))[1] as Got;
  expect(told.body.ticket).toMatchObject({ title: `T-${ticket.number}`, text: null, restricted: true });
  expect(told.raw).not.toContain('salary');
});

test('the secret is in the answer that made it and nowhere else, at rest only encrypted', async () => {
  const { id, secret } = await follow('TICKET_CREATED');
  expect(secret).toMatch(/^whsec_[0-9a-f]{64}$/);
  const stored = await app.database.orm.em.fork().getConnection().execute('select * from webhook_out where id = ?', [id]);
  const everything = JSON.stringify([await list(), stored, await app.gql('{ auditEvents(first: 100) { action actor subjectId } }')]);
  expect(everything).not.toContain(secret);
  expect(everything).not.toContain(secret.slice(6));
  expect(everything).toContain('webhook_out.created');
});

type Documented = { name: string; url: string; headers: { name: string; value: string }[] };
/** The inputs of createWebhookOut that docs/api.md shows, told to the stand-in instead of their own hosts. */
const documented = async (): Promise<Documented[]> =>
  [...(await readFile('docs/api.md', 'utf8')).matchAll(/```json\n(\{\n {2}"name"[\s\S]*?)\n```/g)].map(([, json]): Documented => {
    const input: Documented = JSON.parse(json as string);
    const headers = input.headers.map(({ name, value }) => ({ name, value: value.replace('…', 'hidden-value') }));
    return { ...input, url: input.url.replace('…', 'x').replace(/^https:\/\/[^/]+/, receiver.url), headers };
  });

test('the documented webhooks for GitHub, Zendesk and Jira say what those want to hear, with their keys, and once where it makes something', async () => {
  const inputs = await documented();
  expect(inputs.map(({ name }) => name)).toEqual([
    'GitHub issues',
    'GitHub workflow',
    'Zendesk',
    'Zendesk, solved',
    'Jira',
    'Jira automation',
  ]);
  for (const input of inputs) {
    const { createWebhookOut } = await app.gql<{ createWebhookOut: Created }>(
      `mutation ($input: CreateWebhookOutInput!) { createWebhookOut(input: $input) { webhook { ${FIELDS} headerNames } secret userErrors { code message field } } }`,
      { input },
    );
    expect(createWebhookOut).toMatchObject({
      userErrors: [],
      webhook: { headerNames: expect.arrayContaining([input.headers[0]?.name.toLowerCase()]) },
    });
  }
  const text = 'The "printer" on floor 3 is jammed.\nSays: "}],"labels":["urgent"]';
  const ticket = await newTicket(text);
  await until(
    () => receiver.got.filter(({ path }) => path.endsWith('/issues')).length,
    (count) => count === 1,
    'the first issue',
  );
  const category = await categoryNamed(app, 'Hardware and software');
  await setCategory(app, { id: ticket.id, categoryId: category.id } as never);
  await moveTicket(app, { id: ticket.id, move: 'RESOLVE' } as never);
  // Three that make something once, two who follow twice, one solved.
  const got = await arrived(8);
  const at = (path: string) => got.filter((one) => one.path.startsWith(path)).map(({ raw }) => JSON.parse(raw));
  const title = `[T-${ticket.number}] The "printer" on floor 3 is jammed.`;
  expect(at('/repos/OWNER/REPOSITORY/issues')).toEqual([
    { title, body: expect.stringContaining(text), labels: ['triage', expect.stringMatching(/^P\d$/)] },
  ]);
  expect(at('/repos/OWNER/REPOSITORY/dispatches')).toMatchObject([
    { event_type: 'ticket.routed', client_payload: { ticket: { id: ticket.id, state: expect.any(String) } } },
    { event_type: 'ticket.resolved', client_payload: { ticket: { id: ticket.id, state: 'RESOLVED' } } },
  ]);
  expect(at('/api/v2/tickets.json')).toMatchObject([
    { ticket: { external_id: ticket.id, comment: { body: `${text}\n\nT-${ticket.number}` } } },
  ]);
  expect(at(`/api/v2/tickets/update_many.json?external_ids=${ticket.id}`)).toEqual([{ ticket: { status: 'solved' } }]);
  expect(at('/rest/api/2/issue')).toMatchObject([
    { fields: { project: { key: 'OPS' }, summary: title, description: text, labels: [`aiops-${ticket.number}`] } },
  ]);
  expect(at('/automation/webhooks').map(({ event }) => event)).toEqual(['ticket.routed', 'ticket.resolved']);
  expect(got.find(({ path }) => path.includes('update_many'))?.method).toBe('PUT');
  for (const { headers, path } of got) {
    expect(JSON.stringify(headers)).toContain('hidden-value');
    expect([path, headers['x-aiops-signature'], headers['content-type']]).toEqual([
      path,
      expect.stringMatching(/^sha256=/),
      'application/json',
    ]);
  }
  // What the keys say is nowhere: not in answers, not in the trail, not at rest.
  const stored = await app.database.orm.em.fork().getConnection().execute('select * from webhook_out');
  expect(JSON.stringify([await list(), stored, await app.gql('{ auditEvents(first: 100) { action actor subjectId } }')])).not.toContain(
    'hidden-value',
  );
});

test.each([
  [{ headers: [{ name: 'Host', value: 'x' }] }, 'headers', 'set by us'],
  [{ headers: [{ name: 'X-A', value: 'secret\r\nX-B: c' }] }, 'headers', 'plain characters'],
  [{ headers: [{ name: 'a b', value: 'c' }] }, 'headers', 'letters, digits'],
  [{ bodyTemplate: '{"title":{{ticket.title}}}' }, 'bodyTemplate', 'JSON'],
  [{ bodyTemplate: '{"title":"{{ticket.titel}}"}' }, 'bodyTemplate', '{{ticket.titel}}'],
  [{ url: 'https://{{ticket.title}}/hook' }, 'url', 'path and query only'],
  [{ url: 'https:/{{ticket.title}}/hook' }, 'url', 'path and query only'],
  [{ url: 'https://example.com/{{secret}}' }, 'url', '{{secret}}'],
])('law 13: a form nobody can use is refused in words, and no secret is said again: %o', async (more, field, sentence) => {
  const input = { name: 'x', url: 'https://example.com', events: ['TICKET_MOVED'], ...more };
  const { createWebhookOut } = await app.gql<{ createWebhookOut: Created }>(
    'mutation ($input: CreateWebhookOutInput!) { createWebhookOut(input: $input) { webhook { id } userErrors { code field message } } }',
    { input },
  );
  expect(createWebhookOut).toEqual({
    webhook: null,
    userErrors: [{ code: 'BAD_INPUT', field, message: expect.stringContaining(sentence) }],
  });
  expect(JSON.stringify(createWebhookOut)).not.toContain('X-B');
});

test.each([
  ['http://example.com/hook', 'https://'],
  ['ftp://example.com', 'https://'],
  ['https://user:pw@example.com', 'password out of the address'],
  ['not an address', 'not an address'],
])('law 13: %s is refused in words', async (url, sentence) => {
  const { webhook, secret, userErrors } = await create(url, ['TICKET_CREATED']);
  expect([webhook, secret]).toEqual([null, null]);
  expect(userErrors).toEqual([{ code: 'BAD_INPUT', field: 'url', message: expect.stringContaining(sentence) }]);
});

test('only admins see, make and revoke webhooks', async () => {
  const { createToken } = await app.gql<{ createToken: { secret: string } }>(
    'mutation { createToken(input: { name: "x", scopes: [TICKETS_READ, TICKETS_WRITE] }) { secret } }',
  );
  await expect(app.gql('{ webhooksOut { id } }', {}, createToken.secret)).rejects.toThrow('ADMIN');
  await expect(app.gql('{ webhooksIn { id } }', {}, createToken.secret)).rejects.toThrow('ADMIN');
  const made = await app.gql<{ createWebhookOut: Created }>(
    'mutation { createWebhookOut(input: { name: "x", url: "https://example.com", events: [TICKET_MOVED] }) { webhook { id } userErrors { code } } }',
    {},
    createToken.secret,
  );
  expect(made.createWebhookOut).toEqual({ webhook: null, userErrors: [{ code: 'FORBIDDEN' }] });
});
