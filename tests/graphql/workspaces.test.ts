import { GraphQLObjectType } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AuditEvent } from '#db/entities/audit-event.ts';
import { Log } from '#db/entities/log.ts';
import { Ticket } from '#db/entities/ticket.ts';
import { TriageAdvice } from '#db/entities/triage-advice.ts';
import { TriageNight } from '#db/entities/triage-night.ts';
import { TriageReplay } from '#db/entities/triage-replay.ts';
import { User } from '#db/entities/user.ts';
import { WebhookIn } from '#db/entities/webhook-in.ts';
import { WebhookOut } from '#db/entities/webhook-out.ts';
import { createNotices, type Notices } from '#db/notices.ts';
import { forWorkspace, unscoped } from '#db/orm.ts';
import { createGraphSchema } from '#graphql/schema.ts';
import { inRow } from '#src/blobs/in-row.ts';
import { createIncidentService } from '#src/incidents/service.ts';
import { createLogService } from '#src/logs/service.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { type Answer, CREATE_TOKEN, createTestApi, PASSWORD, SUBMIT_LOG, type TestApi } from './test-api.ts';

type Side = {
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

let database: TestDatabase;
let notices: Notices;
let api: TestApi;
let theirs: Side;
let ours: Side;
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

const createSide = async (): Promise<Side> => {
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

const incidentOf = async (workspaceId: string): Promise<string> => {
  const incidents = createIncidentService({ orm: database.orm, clock: { now: () => new Date() }, url: 'http://localhost' });
  const alerts = [{ status: 'firing', labels: { alertname: 'x' }, annotations: {}, startsAt: new Date().toISOString() }];
  const door = { id: 'settings', workspaceId, channel: null, requestId: 'req_1' };
  const received = await incidents.receiveAlerts(door, { groupKey: 'g', status: 'firing', alerts });
  return 'id' in received ? received.id : '';
};

const ASK_LOG = 'mutation ($id: ID!) { askLog(input: { logId: $id, question: "why" }) { question { id } userErrors { code } } }';
const createWebhookIn = 'mutation { createWebhookIn(input: { name: "x", mapping: { title: "a", key: "b" } }) { webhook { id } } }';
const createWebhookOut =
  'mutation { createWebhookOut(input: { name: "x", url: "https://example.com", events: [TICKET_MERGED] }) { webhook { id } } }';
const CREATE_TICKET =
  'mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { id } replayed userErrors { code } } }';
const SUBSCRIBE =
  'mutation { subscribeChangelog(input: { place: { teamId: "T1", channel: "C1", owner: "U1" }, weekday: 1, idempotencyKey: "k" }) { subscription { id } replayed } }';
const POST_NOW =
  'mutation ($id: ID!) { postChangelogNow(input: { place: { teamId: "T1", channel: "C1", owner: "U1" }, subscriptionId: $id, idempotencyKey: "k" }) { post { id } replayed userErrors { code } } }';
const subscriptionOf = async (token: string): Promise<string> =>
  (await api.ask(SUBSCRIBE, { token })).data.subscribeChangelog.subscription.id;
const postOf = async (token: string, id: string): Promise<string> =>
  (await api.ask(POST_NOW, { token, variables: { id } })).data.postChangelogNow.post.id;
/** A mutation that answers with a subscription or a post, tried on one of theirs: not found. */
const findsNothing = async (mutation: string, type: string, field: 'subscription' | 'post', input: object) => {
  const answer = await ask(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${field} { id } userErrors { code } } }`, { input });
  expect(answer.data[mutation]).toEqual({ [field]: null, userErrors: [{ code: 'NOT_FOUND' }] });
};
const GENERATE =
  'mutation { generateChangelog(input: { from: "2026-01-01T00:00:00Z", idempotencyKey: "k" }) { changelog { id } replayed } }';
const addChange = async (token: string, title: string) =>
  (
    await api.ask(
      'mutation ($title: String!) { addChange(input: { title: $title, idempotencyKey: "k" }) { change { id title } replayed } }',
      {
        token,
        variables: { title },
      },
    )
  ).data.addChange;
const MESSAGE = { channel: 'C1', ts: '1700000000.000100' };
const MESSAGE_KEY = `slack:ticket:${MESSAGE.channel}:${MESSAGE.ts}`;
/** What stands in their ticket now; a try that changed it has crossed. */
const theirTicket = async () =>
  JSON.stringify(await database.orm.em.fork().findOneOrFail(Ticket, { id: theirs.ticketId }, { ...unscoped, fields: ['*'] }));
const leavesTheirTicket = async (mutation: string, type: string, input: object) => {
  const before = await theirTicket();
  const name = /\w+/.exec(mutation)?.[0] as string;
  const answer = await ask(`mutation ($input: ${type}!) { ${name}(input: $input) { ticket { id } userErrors { code } } }`, { input });
  expect(await theirTicket()).toBe(before);
  nothingOfTheirs(answer);
  return answer.data[name];
};
const notFound = { ticket: null, userErrors: [{ code: 'NOT_FOUND' }] };

const ask = (query: string, variables: Record<string, unknown> = {}) => api.ask(query, { token: ours.admin.token, variables });
const all = (side: Side) => [
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
const nothingOfTheirs = (answer: Answer) => {
  for (const word of all(theirs)) expect(JSON.stringify([answer.data, answer.errors])).not.toContain(word);
};

/** One try to cross per field: ours asks for what is theirs. A field without a try fails the first test below. */
const tries: Record<string, () => Promise<void>> = {
  'Query.me': async () => {
    const answer = await ask('{ me { user { id email } workspace { id } } }');
    expect(answer.data.me.workspace.id).toBe(ours.workspaceId);
    nothingOfTheirs(answer);
  },
  'Query.tokens': async () => {
    const answer = await ask('{ tokens { id } }');
    expect(answer.data.tokens).toContainEqual({ id: ours.tokenId });
    nothingOfTheirs(answer);
  },
  'Query.users': async () => {
    const answer = await ask('{ users { id email } }');
    expect(answer.data.users).toEqual([{ id: ours.admin.id, email: ours.admin.email }]);
  },
  'Query.auditEvents': async () => {
    const every = await ask('{ auditEvents(first: 100) { actor subjectId } }');
    expect(every.data.auditEvents).toContainEqual({ actor: ours.admin.id, subjectId: ours.tokenId });
    nothingOfTheirs(every);
    const named = await ask('query ($id: ID!) { auditEvents(first: 100, subjectId: $id) { id } }', { id: theirs.tokenId });
    expect(named.data.auditEvents).toEqual([]);
  },
  'Query.log': async () => {
    expect((await ask('query ($id: ID!) { log(id: $id) { id } }', { id: theirs.logId })).data).toEqual({ log: null });
  },
  'Query.logs': async () => {
    const answer = await ask('{ logs(first: 100) { edges { node { id } } } }');
    expect(answer.data.logs.edges).toEqual([{ node: { id: ours.logId } }]);
  },
  'Query.logSummary': async () => {
    expect((await ask('query ($id: ID!) { logSummary(logId: $id) { logId } }', { id: theirs.logId })).data).toEqual({ logSummary: null });
  },
  'Query.logLines': async () => {
    const answer = await ask('query ($id: ID!) { logLines(logId: $id, from: 1, to: 9) { text } }', { id: theirs.logId });
    expect(answer.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  },
  'Mutation.markNoise': async () => {
    const mutation = 'mutation ($id: ID!) { markNoise(input: { logId: $id, patternId: "P1" }) { log { id } userErrors { code } } }';
    expect((await ask(mutation, { id: theirs.logId })).data.markNoise).toEqual({ log: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Query.logQuestion': async () => {
    const them = await api.ask(ASK_LOG, { token: theirs.admin.token, variables: { id: theirs.logId } });
    const id = them.data.askLog.question?.id ?? 'qst_none';
    expect((await ask('query ($id: ID!) { logQuestion(id: $id) { id } }', { id })).data).toEqual({ logQuestion: null });
  },
  'Mutation.askLog': async () => {
    const answer = await ask(ASK_LOG, { id: theirs.logId });
    expect(answer.data.askLog).toEqual({ question: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.rateLog': async () => {
    const answer = await ask('mutation ($id: ID!) { rateLog(input: { logId: $id, helpful: true }) { log { id } userErrors { code } } }', {
      id: theirs.logId,
    });
    expect(answer.data.rateLog).toEqual({ log: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.cancelLog': async () => {
    const answer = await ask('mutation ($id: ID!) { cancelLog(input: { id: $id }) { log { id } userErrors { code } } }', {
      id: theirs.logId,
    });
    expect(answer.data.cancelLog).toEqual({ log: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.retryLog': async () => {
    const answer = await ask('mutation ($id: ID!) { retryLog(input: { id: $id }) { log { id } userErrors { code } } }', {
      id: theirs.logId,
    });
    expect(answer.data.retryLog).toEqual({ log: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.deleteLog': async () => {
    const answer = await ask('mutation ($id: ID!) { deleteLog(input: { id: $id }) { deletedId userErrors { code } } }', {
      id: theirs.logId,
    });
    expect(answer.data.deleteLog).toEqual({ deletedId: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.submitLog': async () => {
    const input = { text: 'a line', idempotencyKey: 'the same key' };
    const them = await api.ask(SUBMIT_LOG, { token: theirs.admin.token, variables: { input } });
    const { log, replayed } = (await ask(SUBMIT_LOG, { input })).data.submitLog;
    expect([replayed, log.id === them.data.submitLog.log.id]).toEqual([false, false]);
    expect((await database.orm.em.fork().findOneOrFail(Log, { id: log.id }, unscoped)).workspaceId).toBe(ours.workspaceId);
  },
  'Query.ticket': async () => {
    expect((await ask('query ($id: ID!) { ticket(id: $id) { id } }', { id: theirs.ticketId })).data).toEqual({ ticket: null });
  },
  'Query.tickets': async () => {
    const every = '{ tickets(first: 100) { edges { node { id } } } }';
    const found = await ask(every);
    expect(found.data.tickets.edges).toContainEqual({ node: { id: ours.ticketId } });
    nothingOfTheirs(found);
    for (const filter of [`categoryId: "${theirs.categoryId}"`, `search: "${theirs.workspaceId}"`])
      expect((await ask(every.replace('first: 100', `first: 100, filter: { ${filter} }`))).data.tickets.edges).toEqual([]);
  },
  'Query.ticketEvents': async () => {
    expect((await ask('query ($id: ID!) { ticketEvents(ticketId: $id) { id } }', { id: theirs.ticketId })).data.ticketEvents).toEqual([]);
    expect((await ask('query ($id: ID!) { ticketEvents(ticketId: $id) { action } }', { id: ours.ticketId })).data.ticketEvents[0]).toEqual({
      action: 'ticket.created',
    });
  },
  'Query.categories': async () => {
    const answer = await ask('{ categories(includeRetired: true) { id } }');
    expect(answer.data.categories).toContainEqual({ id: ours.categoryId });
    nothingOfTheirs(answer);
  },
  'Query.triageSettings': async () => {
    const set = 'mutation ($emoji: String!) { saveTriageSettings(input: { emoji: $emoji }) { settings { emoji } } }';
    await api.ask(set, { token: theirs.admin.token, variables: { emoji: 'theirs' } });
    await ask(set, { emoji: 'ours' });
    expect((await ask('{ triageSettings { emoji } }')).data.triageSettings.emoji).toBe('ours');
  },
  'Query.triageReport': async () => {
    const report = '{ triageReport { decided confusion { actual { id } } perCategory { category { id } } } }';
    await decide(theirs);
    expect((await ask(report)).data.triageReport).toEqual({ decided: 0, confusion: [], perCategory: [] });
    expect((await api.ask(report, { token: theirs.admin.token })).data.triageReport.decided).toBe(1);
  },
  'Query.triageAdvice': async () => {
    const advice = '{ triageAdvice { id } }';
    await advised(theirs);
    expect((await ask(advice)).data).toEqual({ triageAdvice: null });
    expect((await api.ask(advice, { token: theirs.admin.token })).data.triageAdvice.id).toBe(`adv_${theirs.workspaceId}`);
  },
  'Query.triageNights': async () => {
    const nights = '{ triageNights { day } }';
    const report = { from: '', tickets: 0, decided: 0, right: 0, perCategory: [], drift: null, demoted: [], model: null };
    const night = { id: `ngt_${theirs.workspaceId}`, workspaceId: theirs.workspaceId, day: '2026-11-23', report, createdAt: new Date() };
    await forWorkspace(database.orm, theirs.workspaceId).insert(TriageNight, night);
    expect((await ask(nights)).data).toEqual({ triageNights: [] });
    expect((await api.ask(nights, { token: theirs.admin.token })).data.triageNights).toEqual([{ day: '2026-11-23' }]);
  },
  'Mutation.triageReplay': async () => {
    const { replay } = (await ask('mutation { triageReplay(input: { last: 1 }) { replay { id } } }')).data.triageReplay;
    expect((await database.orm.em.fork().findOneOrFail(TriageReplay, { id: replay.id }, unscoped)).workspaceId).toBe(ours.workspaceId);
  },
  'Query.triageReplay': async () => {
    const { replay } = (await api.ask('mutation { triageReplay(input: { last: 1 }) { replay { id } } }', { token: theirs.admin.token }))
      .data.triageReplay;
    expect((await ask('query ($id: ID!) { triageReplay(id: $id) { id } }', { id: replay.id })).data).toEqual({ triageReplay: null });
  },
  'Query.triageReplayEstimate': async () => {
    const estimate = '{ triageReplayEstimate(input: { engine: true }) { tickets } }';
    await decide(theirs);
    expect((await ask(estimate)).data).toEqual({ triageReplayEstimate: { tickets: 0 } });
    expect((await api.ask(estimate, { token: theirs.admin.token })).data).toEqual({ triageReplayEstimate: { tickets: 1 } });
  },
  'Mutation.createTicket': async () => {
    const replayed = await leavesTheirTicket('createTicket', 'CreateTicketInput', { text: 'x', idempotencyKey: MESSAGE_KEY });
    expect(replayed.ticket.id).toBe(ours.ticketId);
    expect(await leavesTheirTicket('createTicket', 'CreateTicketInput', { text: 'x', categoryId: theirs.categoryId })).toEqual(notFound);
  },
  'Mutation.setTicketCategory': async () => {
    const set = (id: string, categoryId: string) => leavesTheirTicket('setTicketCategory', 'SetTicketCategoryInput', { id, categoryId });
    expect(await set(theirs.ticketId, ours.categoryId)).toEqual(notFound);
    expect(await set(ours.ticketId, theirs.categoryId)).toEqual(notFound);
  },
  'Mutation.setTicketPriority': async () => {
    expect(await leavesTheirTicket('setTicketPriority', 'SetTicketPriorityInput', { id: theirs.ticketId, priority: 'P1' })).toEqual(
      notFound,
    );
  },
  'Mutation.moveTicket': async () => {
    expect(await leavesTheirTicket('moveTicket', 'MoveTicketInput', { id: theirs.ticketId, move: 'RESOLVE' })).toEqual(notFound);
  },
  'Mutation.assignTicket': async () => {
    expect(await leavesTheirTicket('assignTicket', 'AssignTicketInput', { id: theirs.ticketId, assignee: 'slack:T1:U1' })).toEqual(
      notFound,
    );
  },
  'Mutation.mergeTicket': async () => {
    for (const [id, intoId] of [
      [theirs.ticketId, ours.ticketId],
      [ours.ticketId, theirs.ticketId],
    ])
      expect(await leavesTheirTicket('mergeTicket', 'MergeTicketInput', { id, intoId })).toEqual(notFound);
  },
  'Mutation.withdrawSlackTicket': async () => {
    expect((await leavesTheirTicket('withdrawSlackTicket', 'SlackMessageInput', MESSAGE)).ticket.id).toBe(ours.ticketId);
  },
  'Mutation.refreshSlackTicket': async () => {
    const origin = { kind: 'thread' as const, teamId: 'T1', user: 'U1', ...MESSAGE };
    await database.orm.em.fork().nativeUpdate(Ticket, { id: { $in: [theirs.ticketId, ours.ticketId] } }, { origin }, unscoped);
    expect((await leavesTheirTicket('refreshSlackTicket', 'SlackMessageInput', MESSAGE)).ticket.id).toBe(ours.ticketId);
  },
  'Mutation.predictTicket': async () => {
    await decide(theirs);
    const answer = await ask(
      'mutation { predictTicket(input: { text: "The printer is jammed." }) { prediction { category { id } alternatives { category { id } } lookAlikes { ticket { id } } } } }',
    );
    expect(answer.data.predictTicket.prediction.alternatives).not.toEqual([]);
    nothingOfTheirs(answer);
  },
  'Mutation.saveCategory': async () => {
    const input = { id: theirs.categoryId, name: 'Taken over', description: 'x', team: 'x' };
    const answer = await ask(
      'mutation ($input: SaveCategoryInput!) { saveCategory(input: $input) { category { id } userErrors { code } } }',
      { input },
    );
    expect(answer.data.saveCategory).toEqual({ category: null, userErrors: [{ code: 'NOT_FOUND' }] });
    const { data } = await api.ask('{ categories { name } }', { token: theirs.admin.token });
    expect(data.categories).not.toContainEqual({ name: 'Taken over' });
  },
  'Mutation.retireCategory': async () => {
    const answer = await ask('mutation ($id: ID!) { retireCategory(input: { id: $id }) { category { id } userErrors { code } } }', {
      id: theirs.categoryId,
    });
    expect(answer.data.retireCategory).toEqual({ category: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.reviveCategory': async () => {
    const answer = await ask('mutation ($id: ID!) { reviveCategory(input: { id: $id }) { category { id } userErrors { code } } }', {
      id: theirs.categoryId,
    });
    expect(answer.data.reviveCategory).toEqual({ category: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.saveTriageSettings': async () => {
    await ask('mutation { saveTriageSettings(input: { restrictedChannels: ["C9"] }) { settings { emoji } } }');
    const { data } = await api.ask('{ triageSettings { restrictedChannels } }', { token: theirs.admin.token });
    expect(data.triageSettings.restrictedChannels).toEqual([]);
  },
  'Query.change': async () => {
    expect((await ask('query ($id: ID!) { change(id: $id) { id } }', { id: theirs.changeId })).data).toEqual({ change: null });
  },
  'Query.changes': async () => {
    const answer = await ask('{ changes(first: 100) { edges { node { id title } } } }');
    expect(answer.data.changes.edges.map(({ node }: { node: { id: string } }) => node.id)).toContain(ours.changeId);
    nothingOfTheirs(answer);
  },
  'Query.changelog': async () => {
    const query = 'query ($id: ID!) { changelog(id: $id) { id entries { key } omittedCounts { count } rendered(format: JSON) } }';
    expect((await ask(query, { id: theirs.changelogId })).data).toEqual({ changelog: null });
  },
  'Query.changelogs': async () => {
    const answer = await ask('{ changelogs(first: 100) { edges { node { id } } } }');
    expect(answer.data.changelogs.edges).toEqual([{ node: { id: ours.changelogId } }]);
  },
  'Query.changelogSettings': async () => {
    const save = 'mutation ($list: [String!]) { saveChangelogSettings(input: { leakList: $list }) { settings { leakList } } }';
    await api.ask(save, { token: theirs.admin.token, variables: { list: ['theirs'] } });
    expect((await ask('{ changelogSettings { leakList } }')).data.changelogSettings.leakList).not.toContain('theirs');
  },
  'Mutation.saveChangelogSettings': async () => {
    await ask('mutation { saveChangelogSettings(input: { eventChannels: ["COURS"] }) { settings { leakList } } }');
    const { data } = await api.ask('{ changelogSettings { eventChannels } }', { token: theirs.admin.token });
    expect(data.changelogSettings.eventChannels).not.toContain('COURS');
  },
  'Mutation.recordChanges': async () => {
    const input = { changes: [{ system: 'x', kind: 'NOTE', title: 'x', time: '2026-01-01T00:00:00Z', key: 'the same key' }] };
    const record = 'mutation ($input: RecordChangesInput!) { recordChanges(input: $input) { created ids } }';
    const them = await api.ask(record, { token: theirs.admin.token, variables: { input } });
    const { created, ids } = (await ask(record, { input })).data.recordChanges;
    expect([created, ids[0] === them.data.recordChanges.ids[0]]).toEqual([1, false]);
  },
  'Mutation.addChange': async () => {
    const { change, replayed } = await addChange(ours.admin.token, `Only in ${ours.workspaceId}`);
    expect([change.id, replayed]).toEqual([ours.changeId, true]);
  },
  'Mutation.recordChangeEvent': async () => {
    const save = 'mutation { saveChangelogSettings(input: { eventChannels: ["CTHEIRS"] }) { settings { leakList } } }';
    await api.ask(save, { token: theirs.admin.token });
    const bot = await ask(CREATE_TOKEN, { input: { name: 'bot', kind: 'SERVICE', scopes: ['CHANGES_WRITE', 'ACT_FOR_SLACK'] } });
    const answer = await api.ask(
      'mutation { recordChangeEvent(input: { teamId: "T1", channel: "CTHEIRS", ts: "1.0", text: "Deployed api 2.14.0" }) { change { id } } }',
      { token: bot.data.createToken.secret },
    );
    expect(answer.data).toEqual({ recordChangeEvent: { change: null } });
  },
  'Mutation.generateChangelog': async () => {
    expect((await ask(GENERATE)).data.generateChangelog).toEqual({ changelog: { id: ours.changelogId }, replayed: true });
  },
  'Query.changelogSubscriptions': async () => {
    const answer = await ask('{ changelogSubscriptions { id posts(first: 10) { id } } }');
    expect(answer.data.changelogSubscriptions).toEqual([{ id: ours.subscriptionId, posts: [{ id: ours.postId }] }]);
  },
  'Query.changelogSubscription': async () => {
    const answer = await ask('query ($id: ID!) { changelogSubscription(id: $id) { id } }', { id: theirs.subscriptionId });
    expect(answer.data).toEqual({ changelogSubscription: null });
  },
  'Query.changelogPost': async () => {
    expect((await ask('query ($id: ID!) { changelogPost(id: $id) { id } }', { id: theirs.postId })).data).toEqual({ changelogPost: null });
  },
  'Mutation.subscribeChangelog': async () => {
    expect((await ask(SUBSCRIBE)).data.subscribeChangelog).toEqual({ subscription: { id: ours.subscriptionId }, replayed: true });
  },
  'Mutation.updateChangelogSubscription': () =>
    findsNothing('updateChangelogSubscription', 'UpdateChangelogSubscriptionInput', 'subscription', {
      id: theirs.subscriptionId,
      paused: true,
    }),
  'Mutation.unsubscribeChangelog': () =>
    findsNothing('unsubscribeChangelog', 'ChangelogSubscriptionInput', 'subscription', { id: theirs.subscriptionId }),
  'Mutation.postChangelogNow': () =>
    findsNothing('postChangelogNow', 'AskChangelogInput', 'post', {
      place: { teamId: 'T1', channel: 'C1', owner: 'U1' },
      subscriptionId: theirs.subscriptionId,
    }),
  'Mutation.previewChangelog': () =>
    findsNothing('previewChangelog', 'AskChangelogInput', 'post', {
      place: { teamId: 'T1', channel: 'C1', owner: 'U1' },
      subscriptionId: theirs.subscriptionId,
    }),
  'Mutation.approveChangelogPost': () => findsNothing('approveChangelogPost', 'ChangelogPostInput', 'post', { id: theirs.postId }),
  'Mutation.skipChangelogPost': () => findsNothing('skipChangelogPost', 'ChangelogPostInput', 'post', { id: theirs.postId }),
  'Mutation.recomposeChangelogPost': () => findsNothing('recomposeChangelogPost', 'ChangelogPostInput', 'post', { id: theirs.postId }),
  'Mutation.editChangelogPost': () =>
    findsNothing('editChangelogPost', 'EditChangelogPostInput', 'post', { id: theirs.postId, entries: [{ key: 'x', text: 'Theirs' }] }),
  'Mutation.includeChanges': async () => {
    const answer = await ask(
      'mutation ($id: ID!) { includeChanges(input: { changelogId: $id, changes: ["chg_1"] }) { userErrors { code } } }',
      { id: theirs.changelogId },
    );
    expect(answer.data.includeChanges).toEqual({ userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.editChangelogEntry': async () => {
    const answer = await ask(
      'mutation ($id: ID!) { editChangelogEntry(input: { changelogId: $id, key: "x", text: "x" }) { entry { key } userErrors { code } } }',
      { id: theirs.changelogId },
    );
    expect(answer.data.editChangelogEntry).toEqual({ entry: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Subscription.changelogProgress': async () => {
    const text = await subscribe(`subscription { changelogProgress(changelogId: "${theirs.changelogId}") { status } }`);
    expect(text).toContain('NOT_FOUND');
    expect(text).not.toContain('QUEUED');
  },
  'Query.incident': async () => {
    expect((await ask('query ($id: ID!) { incident(id: $id) { id } }', { id: theirs.incidentId })).data).toEqual({ incident: null });
  },
  'Query.incidents': async () => {
    const answer = await ask('{ incidents(first: 100) { edges { node { id } } } }');
    expect(answer.data.incidents.edges).toEqual([{ node: { id: ours.incidentId } }]);
  },
  'Query.webhooksIn': async () => {
    expect((await ask('{ webhooksIn { id } }')).data.webhooksIn).toEqual([{ id: ours.webhookInId }]);
  },
  'Query.webhooksOut': async () => {
    expect((await ask('{ webhooksOut { id } }')).data.webhooksOut).toEqual([{ id: ours.webhookOutId }]);
  },
  'Mutation.createWebhookIn': async () => {
    const { webhook } = (await ask(createWebhookIn)).data.createWebhookIn;
    expect((await database.orm.em.fork().findOneOrFail(WebhookIn, { id: webhook.id }, unscoped)).workspaceId).toBe(ours.workspaceId);
  },
  'Mutation.createWebhookOut': async () => {
    const { webhook } = (await ask(createWebhookOut)).data.createWebhookOut;
    expect((await database.orm.em.fork().findOneOrFail(WebhookOut, { id: webhook.id }, unscoped)).workspaceId).toBe(ours.workspaceId);
  },
  'Mutation.revokeWebhookIn': async () => {
    const answer = await ask('mutation ($id: ID!) { revokeWebhookIn(input: { id: $id }) { webhook { id } userErrors { code } } }', {
      id: theirs.webhookInId,
    });
    expect(answer.data.revokeWebhookIn).toEqual({ webhook: null, userErrors: [{ code: 'NOT_FOUND' }] });
    expect((await database.orm.em.fork().findOneOrFail(WebhookIn, { id: theirs.webhookInId }, unscoped)).revokedAt).toBeNull();
  },
  'Mutation.enableWebhookOut': async () => {
    const answer = await ask('mutation ($id: ID!) { enableWebhookOut(input: { id: $id }) { webhook { id } userErrors { code } } }', {
      id: theirs.webhookOutId,
    });
    expect(answer.data.enableWebhookOut).toEqual({ webhook: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.revokeWebhookOut': async () => {
    const answer = await ask('mutation ($id: ID!) { revokeWebhookOut(input: { id: $id }) { webhook { id } userErrors { code } } }', {
      id: theirs.webhookOutId,
    });
    expect(answer.data.revokeWebhookOut).toEqual({ webhook: null, userErrors: [{ code: 'NOT_FOUND' }] });
    expect((await database.orm.em.fork().findOneOrFail(WebhookOut, { id: theirs.webhookOutId }, unscoped)).revokedAt).toBeNull();
  },
  'Subscription.ticketChanges': async () => {
    const text = await subscribe(`subscription { ticketChanges(ticketId: "${theirs.ticketId}") { title } }`);
    expect(text).toContain('NOT_FOUND');
    expect(text).not.toContain('Printer');
  },
  'Subscription.ticketEvents': async () => {
    const text = await subscribe(`subscription { ticketEvents(ticketId: "${theirs.ticketId}") { action } }`);
    expect(text).toContain('NOT_FOUND');
    expect(text).not.toContain('Printer');
  },
  'Mutation.revokeToken': async () => {
    const answer = await ask('mutation ($id: ID!) { revokeToken(input: { id: $id }) { token { id } userErrors { code } } }', {
      id: theirs.tokenId,
    });
    expect(answer.data.revokeToken).toEqual({ token: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.createToken': async () => {
    const answer = await ask(CREATE_TOKEN, { input: { name: 'x', kind: 'SERVICE', scopes: ['ADMIN'] } });
    const me = await api.ask('{ me { workspace { id } } users { id } }', { token: answer.data.createToken.secret });
    expect(me.data.me.workspace.id).toBe(ours.workspaceId);
    nothingOfTheirs(me);
  },
  'Mutation.createUser': async () => {
    const input = { email: 'crossing@example.com', name: 'x', role: 'ADMIN', password: PASSWORD };
    const answer = await ask('mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }', { input });
    const made = await database.orm.em.fork().findOneOrFail(User, { id: answer.data.createUser.user.id }, unscoped);
    expect(made.workspaceId).toBe(ours.workspaceId);
  },
  'Mutation.changeRole': async () => {
    const answer = await ask('mutation ($id: ID!) { changeRole(input: { id: $id, role: VIEWER }) { user { id } userErrors { code } } }', {
      id: theirs.admin.id,
    });
    expect(answer.data.changeRole).toEqual({ user: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.resetPassword': async () => {
    const answer = await ask(
      'mutation ($id: ID!) { resetPassword(input: { id: $id, newPassword: "a password of ours" }) { user { id } userErrors { code } } }',
      { id: theirs.admin.id },
    );
    expect(answer.data.resetPassword).toEqual({ user: null, userErrors: [{ code: 'NOT_FOUND' }] });
    expect((await api.ask('{ me { role } }', { token: theirs.admin.token })).data.me.role).toBe('ADMIN');
  },
  'Mutation.removeUser': async () => {
    const answer = await ask('mutation ($id: ID!) { removeUser(input: { id: $id }) { user { id } userErrors { code } } }', {
      id: theirs.admin.id,
    });
    expect(answer.data.removeUser).toEqual({ user: null, userErrors: [{ code: 'NOT_FOUND' }] });
    expect((await api.ask('{ me { role } }', { token: theirs.admin.token })).data.me.role).toBe('ADMIN');
  },
  'Mutation.changePassword': async () => {
    const input = { currentPassword: PASSWORD, newPassword: 'a password of ours' };
    const { token } = await api.person('MEMBER', ours.workspaceId);
    const changed = await api.ask('mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { user { id } } }', {
      token,
      variables: { input },
    });
    nothingOfTheirs(changed);
    const them = await api.ask('{ me { role } }', { token: theirs.admin.token });
    expect(them.data.me.role).toBe('ADMIN');
  },
  // No actor: what is handed in is the key, and it opens the workspace it was made for.
  'Mutation.signIn': async () => {
    const answer = await ask('mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }', {
      input: { email: theirs.admin.email, password: PASSWORD },
    });
    expect(await workspaceOf(answer.data.signIn.session.accessToken)).toBe(theirs.workspaceId);
  },
  'Mutation.refreshSession': async () => {
    const { refreshToken } = await api.person('MEMBER', theirs.workspaceId);
    const answer = await ask('mutation ($token: String!) { refreshSession(input: { refreshToken: $token }) { session { accessToken } } }', {
      token: refreshToken,
    });
    expect(await workspaceOf(answer.data.refreshSession.session.accessToken)).toBe(theirs.workspaceId);
  },
  'Mutation.signOut': async () => {
    const { id, refreshToken } = await api.person('MEMBER', theirs.workspaceId);
    await ask('mutation ($token: String!) { signOut(input: { refreshToken: $token }) { signedOut } }', { token: refreshToken });
    const events = await database.orm.em.fork().find(AuditEvent, { actor: id, action: 'session.ended' }, unscoped);
    expect(events.map(({ workspaceId }) => workspaceId)).toEqual([theirs.workspaceId]);
  },
  'Mutation.createFirstAdmin': async () => {
    const input = { setupToken: 'guess', email: 'x@example.com', name: 'x', password: PASSWORD };
    const answer = await ask(
      'mutation ($input: CreateFirstAdminInput!) { createFirstAdmin(input: $input) { session { accessToken } userErrors { code } } }',
      { input },
    );
    expect(answer.data.createFirstAdmin).toEqual({ session: null, userErrors: [{ code: 'FORBIDDEN' }] });
  },
  'Subscription.logProgress': async () => {
    const text = await subscribe(`subscription { logProgress(logId: "${theirs.logId}") { status } }`);
    expect(text).toContain('NOT_FOUND');
    expect(text).not.toContain('QUEUED');
  },
};

const subscribe = async (query: string): Promise<string> => {
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${ours.admin.token}` };
  return (await api.fetch(new Request('http://localhost/graphql', { method: 'POST', headers, body: JSON.stringify({ query }) }))).text();
};

const advised = async ({ workspaceId }: Side): Promise<void> => {
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
const decide = async ({ workspaceId, ticketId, categoryId }: Side): Promise<void> => {
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

const workspaceOf = async (token: string): Promise<string> =>
  (await api.ask('{ me { workspace { id } } }', { token })).data.me.workspace.id;

const schema = createGraphSchema();
const rootTypes = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(
  (type) => type instanceof GraphQLObjectType,
);
const fields = rootTypes.flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));

test('every query, mutation and subscription has a try to cross, and no try is left over', () => {
  expect(Object.keys(tries).sort()).toEqual(fields.sort());
});

test.each(fields)('a workspace never sees or touches another’s rows by %s', async (field) => {
  await tries[field]?.();
});

test.each(fields.filter((field) => !/createFirstAdmin|signIn|refreshSession|signOut/.test(field)))(
  '%s wants to know who asks',
  async (field) => {
    const [operation = '', name = ''] = field.split('.');
    const args =
      {
        ...(operation === 'Query' ? { triageReplay: '(id: "1")' } : {}),
        log: '(id: "1")',
        logs: '(first: 1)',
        logSummary: '(logId: "1")',
        logQuestion: '(id: "1")',
        logLines: '(logId: "1", from: 1, to: 1)',
        logProgress: '(logId: "1")',
        auditEvents: '(first: 1)',
        incident: '(id: "1")',
        incidents: '(first: 1)',
        ticket: '(id: "1")',
        triageReplayEstimate: '(input: { last: 1 })',
        tickets: '(first: 1)',
        ticketEvents: '(ticketId: "1")',
        ticketChanges: '(ticketId: "1")',
        change: '(id: "1")',
        changes: '(first: 1)',
        changelog: '(id: "1")',
        changelogs: '(first: 1)',
        changelogSubscription: '(id: "1")',
        changelogPost: '(id: "1")',
        changelogProgress: '(changelogId: "1")',
      }[name] ??
      inputs[name] ??
      '';
    const answer = await api.ask(`${operation.toLowerCase()} { ${name}${args} { __typename } }`);
    expect(answer.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  },
);

const inputs: Record<string, string> = {
  subscribeChangelog: '(input: { place: { teamId: "T1", channel: "C1", owner: "U1" } })',
  postChangelogNow: '(input: { place: { teamId: "T1", channel: "C1", owner: "U1" } })',
  previewChangelog: '(input: { place: { teamId: "T1", channel: "C1", owner: "U1" } })',
  updateChangelogSubscription: '(input: { id: "1" })',
  unsubscribeChangelog: '(input: { id: "1" })',
  approveChangelogPost: '(input: { id: "1" })',
  skipChangelogPost: '(input: { id: "1" })',
  recomposeChangelogPost: '(input: { id: "1" })',
  editChangelogPost: '(input: { id: "1", entries: [] })',
  markNoise: '(input: { logId: "1", patternId: "P1" })',
  askLog: '(input: { logId: "1", question: "a" })',
  cancelLog: '(input: { id: "1" })',
  retryLog: '(input: { id: "1" })',
  deleteLog: '(input: { id: "1" })',
  rateLog: '(input: { logId: "1", helpful: true })',
  submitLog: '(input: { text: "a" })',
  revokeToken: '(input: { id: "1" })',
  createToken: '(input: { name: "a", scopes: [ADMIN] })',
  changeRole: '(input: { id: "1", role: VIEWER })',
  resetPassword: '(input: { id: "1", newPassword: "twelve letters" })',
  removeUser: '(input: { id: "1" })',
  createUser: '(input: { email: "a@example.com", name: "a", role: ADMIN, password: "twelve letters" })',
  createTicket: '(input: { text: "a" })',
  setTicketCategory: '(input: { id: "1", categoryId: "1" })',
  setTicketPriority: '(input: { id: "1", priority: P1 })',
  moveTicket: '(input: { id: "1", move: TAKE })',
  assignTicket: '(input: { id: "1", assignee: "slack:T1:U1" })',
  mergeTicket: '(input: { id: "1", intoId: "2" })',
  withdrawSlackTicket: '(input: { channel: "C1", ts: "1.0" })',
  refreshSlackTicket: '(input: { channel: "C1", ts: "1.0" })',
  predictTicket: '(input: { text: "a" })',
  saveCategory: '(input: { name: "a", description: "a", team: "a" })',
  retireCategory: '(input: { id: "1" })',
  reviveCategory: '(input: { id: "1" })',
  saveTriageSettings: '(input: { emoji: "a" })',
  triageReplay: '(input: { last: 1 })',
  recordChanges: '(input: { changes: [] })',
  addChange: '(input: { title: "a" })',
  recordChangeEvent: '(input: { teamId: "T1", channel: "C1", ts: "1.0", text: "a" })',
  generateChangelog: '(input: {})',
  editChangelogEntry: '(input: { changelogId: "1", key: "1", text: "a" })',
  includeChanges: '(input: { changelogId: "1", changes: ["1"] })',
  saveChangelogSettings: '(input: { leakList: [] })',
  createWebhookIn: '(input: { name: "a", mapping: { title: "a", key: "b" } })',
  revokeWebhookIn: '(input: { id: "1" })',
  createWebhookOut: '(input: { name: "a", url: "https://a.example", events: [TICKET_MOVED] })',
  enableWebhookOut: '(input: { id: "1" })',
  revokeWebhookOut: '(input: { id: "1" })',
  changePassword: '(input: { currentPassword: "a", newPassword: "twelve letters" })',
};

test('no type of the schema has a field for a password’s or token’s hash', () => {
  const secretive = Object.values(schema.getTypeMap())
    .filter((type) => type instanceof GraphQLObjectType)
    .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`))
    .filter((field) => /hash|password/i.test(field) && field !== 'Receipt.sentHash');
  expect(secretive).toEqual(['Mutation.changePassword', 'Mutation.resetPassword']);
});
