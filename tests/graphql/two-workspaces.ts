import { afterAll, beforeAll, expect } from 'vitest';
import { Ticket } from '#db/entities/ticket.ts';
import { TriageAdvice } from '#db/entities/triage-advice.ts';
import { createNotices, type Notices } from '#db/notices.ts';
import { forWorkspace, unscoped } from '#db/orm.ts';
import { inRow } from '#src/blobs/in-row.ts';
import { createIncidentService } from '#src/incidents/service.ts';
import { createLogService } from '#src/logs/service.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { type Answer, CREATE_TOKEN, createTestApi, SUBMIT_LOG, type TestApi } from './test-api.ts';

/** A workspace with something of everything in it. */
export type Side = {
  workspaceId: string;
  admin: Awaited<ReturnType<TestApi['person']>>;
  tokenId: string;
  logId: string;
  ticketId: string;
  categoryId: string;
  changeId: string;
  changelogId: string;
  subscriptionId: string;
  postId: string;
  webhookInId: string;
  webhookOutId: string;
  incidentId: string;
};

export let database: TestDatabase;
export let notices: Notices;
export let api: TestApi;
export let theirs: Side;
export let ours: Side;
/** Makes both before the tests of a file: ours asks, theirs is not to be seen. */
export const useTwoWorkspaces = (): void => {
  beforeAll(async () => {
    database = await createTestDatabase();
    notices = createNotices(database.url);
    const logs = createLogService({
      orm: database.orm,
      notices,
      clock: { now: () => new Date() },
      blobs: inRow,
      limits: { maxUnpackRatio: 1000 },
    });
    api = createTestApi(database.orm, {}, logs, notices);
    theirs = await createSide();
    ours = await createSide();
  });
  afterAll(async () => {
    await notices.close();
    await database.drop();
  });
};

export const createSide = async (): Promise<Side> => {
  const workspaceId = await api.workspace();
  const admin = await api.person('ADMIN', workspaceId);
  const created = await api.ask(CREATE_TOKEN, { token: admin.token, variables: { input: { name: 'ci', scopes: ['LOGS_READ'] } } });
  const submitted = await api.ask(SUBMIT_LOG, { token: admin.token, variables: { input: { text: 'a line' } } });
  const input = { title: `Printer of ${workspaceId}`, text: 'The printer is jammed.', idempotencyKey: MESSAGE_KEY };
  const ticket = await api.ask(CREATE_TICKET, { token: admin.token, variables: { input } });
  const list = await api.ask('{ categories { id } }', { token: admin.token });
  const subscriptionId = await subscriptionOf(admin.token);
  return {
    workspaceId,
    admin,
    tokenId: created.data.createToken.token.id,
    logId: submitted.data.submitLog.log.id,
    ticketId: ticket.data.createTicket.ticket.id,
    categoryId: list.data.categories[0].id,
    changeId: (await addChange(admin.token, `Only in ${workspaceId}`)).change.id,
    changelogId: (await api.ask(GENERATE, { token: admin.token })).data.generateChangelog.changelog.id,
    subscriptionId,
    postId: await postOf(admin.token, subscriptionId),
    webhookInId: (await api.ask(createWebhookIn, { token: admin.token })).data.createWebhookIn.webhook.id,
    webhookOutId: (await api.ask(createWebhookOut, { token: admin.token })).data.createWebhookOut.webhook.id,
    incidentId: await incidentOf(workspaceId),
  };
};

export const incidentOf = async (workspaceId: string): Promise<string> => {
  const incidents = createIncidentService({ orm: database.orm, clock: { now: () => new Date() }, url: 'http://localhost' });
  const alerts = [{ status: 'firing', labels: { alertname: 'x' }, annotations: {}, startsAt: new Date().toISOString() }];
  const door = { id: 'settings', workspaceId, channel: null, requestId: 'req_1' };
  const received = await incidents.receiveAlerts(door, { groupKey: 'g', status: 'firing', alerts });
  return 'id' in received ? received.id : '';
};

export const ASK_LOG = 'mutation ($id: ID!) { askLog(input: { logId: $id, question: "why" }) { question { id } userErrors { code } } }';
export const createWebhookIn = 'mutation { createWebhookIn(input: { name: "x", mapping: { title: "a", key: "b" } }) { webhook { id } } }';
export const createWebhookOut =
  'mutation { createWebhookOut(input: { name: "x", url: "https://example.com", events: [TICKET_MERGED] }) { webhook { id } } }';
export const CREATE_TICKET =
  'mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { id } replayed userErrors { code } } }';
export const SUBSCRIBE =
  'mutation { subscribeChangelog(input: { place: { teamId: "T1", channel: "C1", owner: "U1" }, weekday: 1, idempotencyKey: "k" }) { subscription { id } replayed } }';
export const POST_NOW =
  'mutation ($id: ID!) { postChangelogNow(input: { place: { teamId: "T1", channel: "C1", owner: "U1" }, subscriptionId: $id, idempotencyKey: "k" }) { post { id } replayed userErrors { code } } }';
export const subscriptionOf = async (token: string): Promise<string> =>
  (await api.ask(SUBSCRIBE, { token })).data.subscribeChangelog.subscription.id;
export const postOf = async (token: string, id: string): Promise<string> =>
  (await api.ask(POST_NOW, { token, variables: { id } })).data.postChangelogNow.post.id;
/** A mutation that answers with a subscription or a post, tried on one of theirs: not found. */
export const findsNothing = async (mutation: string, type: string, field: 'subscription' | 'post', input: object) => {
  const answer = await ask(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${field} { id } userErrors { code } } }`, { input });
  expect(answer.data[mutation]).toEqual({ [field]: null, userErrors: [{ code: 'NOT_FOUND' }] });
};
export const GENERATE =
  'mutation { generateChangelog(input: { from: "2026-01-01T00:00:00Z", idempotencyKey: "k" }) { changelog { id } replayed } }';
export const addChange = async (token: string, title: string) =>
  (
    await api.ask(
      'mutation ($title: String!) { addChange(input: { title: $title, idempotencyKey: "k" }) { change { id title } replayed } }',
      {
        token,
        variables: { title },
      },
    )
  ).data.addChange;
export const MESSAGE = { channel: 'C1', ts: '1700000000.000100' };
export const MESSAGE_KEY = `slack:ticket:${MESSAGE.channel}:${MESSAGE.ts}`;
/** What stands in their ticket now; a try that changed it has crossed. */
export const theirTicket = async () =>
  JSON.stringify(await database.orm.em.fork().findOneOrFail(Ticket, { id: theirs.ticketId }, { ...unscoped, fields: ['*'] }));
export const leavesTheirTicket = async (mutation: string, type: string, input: object) => {
  const before = await theirTicket();
  const name = /\w+/.exec(mutation)?.[0] as string;
  const answer = await ask(`mutation ($input: ${type}!) { ${name}(input: $input) { ticket { id } userErrors { code } } }`, { input });
  expect(await theirTicket()).toBe(before);
  nothingOfTheirs(answer);
  return answer.data[name];
};
export const notFound = { ticket: null, userErrors: [{ code: 'NOT_FOUND' }] };

export const ask = (query: string, variables: Record<string, unknown> = {}) => api.ask(query, { token: ours.admin.token, variables });
export const all = (side: Side) => [
  side.workspaceId,
  side.admin.id,
  side.admin.email,
  side.tokenId,
  side.logId,
  side.ticketId,
  side.categoryId,
  side.changeId,
  side.changelogId,
  side.subscriptionId,
  side.postId,
  side.webhookInId,
  side.webhookOutId,
];
export const nothingOfTheirs = (answer: Answer) => {
  for (const word of all(theirs)) expect(JSON.stringify([answer.data, answer.errors])).not.toContain(word);
};

export const subscribe = async (query: string): Promise<string> => {
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${ours.admin.token}` };
  return (await api.fetch(new Request('http://localhost/graphql', { method: 'POST', headers, body: JSON.stringify({ query }) }))).text();
};

export const advised = async ({ workspaceId }: Side): Promise<void> => {
  const content = { overlaps: [], unused: [], clusters: [], drift: null, perCategory: [], demoted: [] };
  await forWorkspace(database.orm, workspaceId).insert(TriageAdvice, {
    id: `adv_${workspaceId}`,
    workspaceId,
    week: '2026-11-23',
    content: { from: '', until: '', tickets: 0, decided: 0, right: 0, ...content },
    createdAt: new Date(),
  });
};

/** Somebody there decides on a ticket that was predicted otherwise. */
export const decide = async ({ workspaceId, ticketId, categoryId }: Side): Promise<void> => {
  const prediction = {
    categoryId,
    probability: 0.9,
    alternatives: [],
    abstained: false,
    priority: 'P3' as const,
    priorityWords: [],
    reason: '',
    by: 'model',
    modelVersion: null,
    lookAlikes: [],
  };
  await forWorkspace(database.orm, workspaceId).nativeUpdate(Ticket, { id: ticketId }, { categoryId, categoryBy: 'PERSON', prediction });
};

export const workspaceOf = async (token: string): Promise<string> =>
  (await api.ask('{ me { workspace { id } } }', { token })).data.me.workspace.id;
