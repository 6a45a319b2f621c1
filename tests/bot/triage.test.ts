import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createTriageSettings } from '#bot/triage-settings.ts';
import { type SlackStandIn, startSlack } from '#tests/support/slack.ts';
import { inputsOf, type RunningBot, startBot } from './start-bot.ts';

let slack: SlackStandIn;
let bot: RunningBot;

beforeAll(async () => {
  slack = await startSlack();
  bot = await startBot(slack);
});
afterAll(async () => {
  await bot.stop();
  await slack.stop();
});
beforeEach(() => {
  bot.api.mood = 'well';
  bot.api.tickets.length = bot.api.requests.length = bot.api.kept.length = bot.logged.length = 0;
  bot.api.threads.clear();
  slack.heal();
});

const place = () => ({ teamId: slack.teamId, channel: slack.general });
const reporter = (user: string) => `slack:${slack.teamId}:${user}`;
const reacted = (ts: string, more: object = {}) => ({
  type: 'reaction_added',
  user: slack.ana,
  reaction: 'ticket',
  item: { type: 'message', channel: slack.general, ts },
  item_user: slack.ben,
  ...more,
});

/** A message with the emoji on it. */
const postWithEmoji = async (text: string, more: { threadTs?: string } = {}) => {
  const { ts } = await slack.post({ text, ...more });
  await slack.react({ ts, name: 'ticket' });
  return { ts };
};

test('the emoji on a message makes one ticket, answered in its thread, reported by who wrote it', async () => {
  const { ts } = await postWithEmoji('Card payments fail');
  expect((await bot.send.event(reacted(ts))).status).toBe(200);
  expect(bot.api.tickets).toEqual([
    {
      slack: { kind: 'THREAD', ...place(), ts, user: slack.ana },
      reporter: reporter(slack.ben),
      replyTo: { ...place(), user: slack.ana, threadTs: ts },
      byReaction: true,
      idempotencyKey: `slack:ticket:${slack.general}:${ts}`,
    },
  ]);
});

test('the emoji on a reply makes a ticket of it and its thread, answered in that thread', async () => {
  const root = await slack.post({ text: 'root' });
  const { ts } = await postWithEmoji('and payments fail too', { threadTs: root.ts });
  await bot.send.event(reacted(ts));
  expect(bot.api.tickets).toMatchObject([
    {
      slack: { kind: 'MESSAGE', ts, threadTs: root.ts },
      replyTo: { threadTs: root.ts },
      idempotencyKey: `slack:ticket:${slack.general}:${ts}`,
    },
  ]);
});

test('the emoji on an answer of this bot means the thread it is in; on a message of it that stands alone, nothing', async () => {
  const { ts } = await postWithEmoji('Card payments fail');
  await bot.send.event(reacted(ts));
  const answer = await postWithEmoji('T-142 needs a human', { threadTs: ts });
  await bot.send.event(reacted(answer.ts, { item_user: slack.botUserId }));
  const alone = await postWithEmoji('T-7 is with your team');
  await bot.send.event(reacted(alone.ts, { item_user: slack.botUserId }));
  expect(inputsOf(bot, 'CreateTicket')).toMatchObject([{ slack: { ts } }, { slack: { ts } }]);
  expect(bot.api.tickets).toHaveLength(1);
});

test('law 3: a reaction that is delivered again after it was taken back brings nothing back', async () => {
  const { ts } = await postWithEmoji('help');
  await slack.react({ ts, name: 'ticket', back: true });
  expect((await bot.send.event(reacted(ts), { eventId: 'EvLate', retryNum: 2 })).status).toBe(200);
  expect(inputsOf(bot, 'CreateTicket')).toEqual([]);
});

test('a second reaction, by anybody, and a redelivered one do nothing new', async () => {
  const { ts } = await postWithEmoji('help');
  await bot.send.event(reacted(ts), { eventId: 'EvR' });
  await bot.send.event(reacted(ts), { eventId: 'EvR', retryNum: 1 });
  await bot.send.event(reacted(ts, { user: slack.ben, reaction: 'ticket::skin-tone-3' }));
  expect(inputsOf(bot, 'CreateTicket')).toHaveLength(3);
  expect(bot.api.tickets).toHaveLength(1);
});

test('a message of a webhook or a bot is reported by who reacted', async () => {
  const { ts } = await postWithEmoji('ALERT');
  const { item_user: _, ...event } = reacted(ts);
  await bot.send.event(event);
  expect(bot.api.tickets).toMatchObject([{ reporter: reporter(slack.ana) }]);
});

test('another emoji costs neither the API nor Slack anything', async () => {
  await bot.send.event(reacted('1700000000.000100', { reaction: 'eyes' }));
  bot.api.requests.length = 0;
  const before = slack.calls('reactions.get').length + slack.calls('users.info').length;
  for (let each = 0; each < 5; each++) await bot.send.event(reacted('1700000000.000100', { reaction: 'eyes' }));
  expect(bot.api.requests).toEqual([]);
  expect(slack.calls('reactions.get').length + slack.calls('users.info').length).toBe(before);
});

test('the emoji is asked for once a minute, and while the API is away the last one counts', async () => {
  let at = 0;
  let answer: () => Promise<unknown> = async () => ({ triageSettings: { emoji: 'ticket', restrictedChannels: [] } });
  let asked = 0;
  const request = (() => {
    asked++;
    return answer();
  }) as never;
  const settings = createTriageSettings({ api: { request }, now: () => at });
  const acting = { teamId: 'T1', userId: 'U1', requestId: 'req_1' };
  await Promise.all([settings.read(acting), settings.read(acting)]);
  at = 59_000;
  await settings.read(acting);
  expect(asked).toBe(1);
  at = 61_000;
  answer = async () => ({ triageSettings: { emoji: 'sos', restrictedChannels: [] } });
  expect(await settings.read(acting)).toMatchObject({ emoji: 'sos' });
  at = 200_000;
  answer = async () => Promise.reject(new Error('away'));
  expect(await settings.read(acting)).toMatchObject({ emoji: 'sos' });
  expect(asked).toBe(3);
});

test('reactions of this bot, of other bots and of strangers are nobody asking', async () => {
  const { ts } = await slack.post({ text: 'help' });
  await bot.send.event(reacted(ts, { user: slack.botUserId }));
  await bot.send.event(reacted(ts), { teamId: 'T0STRANGER' });
  const unknowing = await startBot(slack);
  slack.changeUser(slack.ben, { is_bot: true });
  await unknowing.send.event(reacted(ts, { user: slack.ben }));
  slack.changeUser(slack.ben, { is_bot: false, team_id: 'T0OTHER' });
  await unknowing.stop();
  const fresh = await startBot(slack);
  await fresh.send.event(reacted(ts, { user: slack.ben }));
  await fresh.send.event(reacted(ts, { user: slack.ben, type: 'reaction_removed' }));
  slack.changeUser(slack.ben, { team_id: slack.teamId });
  await fresh.stop();
  for (const each of [bot, unknowing, fresh]) expect(each.api.requests.filter(({ query }) => query.includes('mutation'))).toEqual([]);
});

test('when Slack cannot say where the message is, the ticket is made all the same, in time', async () => {
  slack.fail('reactions.get', { kind: 'hang' });
  slack.fail('users.info', { kind: 'hang' });
  const { ts } = await slack.post({ text: 'help' });
  const answer = await bot.send.event(reacted(ts));
  expect(answer.status).toBe(200);
  expect(answer.ms).toBeLessThan(2_900);
  expect(bot.api.tickets).toMatchObject([{ slack: { kind: 'THREAD', ts }, replyTo: { threadTs: ts } }]);
});

test('with the API down a ticket’s reaction is left for Slack to bring again, and other emoji stay silent even before it ever answered', async () => {
  const { ts } = await postWithEmoji('help');
  await bot.send.event(reacted(ts, { reaction: 'eyes' }));
  const [quiet, fresh] = [slack.ephemerals().length, await startBot(slack)];
  fresh.api.mood = bot.api.mood = 'down';
  expect((await fresh.send.event(reacted(ts, { reaction: 'eyes' }))).status).toBe(503);
  await fresh.stop();
  expect(slack.ephemerals()).toHaveLength(quiet);

  expect((await bot.send.event(reacted(ts), { eventId: 'EvDown' })).status).toBe(503);
  await vi.waitFor(() =>
    expect(slack.ephemerals()[quiet]).toMatchObject({ user: slack.ana, text: expect.stringContaining('nothing was kept') }),
  );
  bot.api.mood = 'well';
  expect((await bot.send.event(reacted(ts), { eventId: 'EvDown', retryNum: 1 })).status).toBe(200);
  expect(bot.api.tickets).toHaveLength(1);
});

test('when the last of the emoji is removed, the ticket is withdrawn, and not before', async () => {
  const { ts } = await slack.post({ text: 'help' });
  await slack.react({ ts, name: 'ticket' });
  const removed = reacted(ts, { type: 'reaction_removed', user: slack.ben });
  await bot.send.event(removed);
  expect(inputsOf(bot, 'WithdrawSlackTicket')).toEqual([]);
  await slack.react({ ts, name: 'ticket', back: true });
  await bot.send.event(removed);
  await bot.send.event(reacted(ts, { type: 'reaction_removed', reaction: 'eyes' }));
  expect(inputsOf(bot, 'WithdrawSlackTicket')).toEqual([{ channel: slack.general, ts }]);
});

test('whoever takes the emoji back from a ticket that somebody touched is told so', async () => {
  const { ts } = await slack.post({ text: 'help' });
  const before = slack.ephemerals().length;
  await bot.send.event(reacted(ts, { reaction: 'eyes' }));
  bot.api.mood = { userError: { code: 'CONFLICT', message: 'T-142 is taken by Ben and stays.' } };
  await bot.send.event(reacted(ts, { type: 'reaction_removed' }));
  await vi.waitFor(() => expect(slack.ephemerals()[before]?.text).toContain('T-142 is taken'));
});

test('/triage with text makes a ticket of that text', async () => {
  const answer = await bot.send.slash({
    command: '/triage',
    text: 'orders-db is slow &amp; cold',
    triggerId: 't-1',
    responseUrl: 'https://hooks.slack.com/1',
  });
  expect(answer.json).toEqual({ response_type: 'ephemeral', text: expect.stringContaining('T-142') });
  expect(bot.api.tickets).toEqual([
    {
      text: 'orders-db is slow & cold',
      reporter: reporter(slack.ana),
      replyTo: { ...place(), user: slack.ana, responseUrl: 'https://hooks.slack.com/1' },
      idempotencyKey: 'slack:command:t-1',
    },
  ]);
});

test('/triage with a link makes the ticket a reaction on that message would make, answered where it was asked', async () => {
  const link = (channel: string, query = '') => `https://acme.slack.com/archives/${channel}/p1700000001123456${query}`;
  await bot.send.slash({ command: '/triage', text: link('C0OTHER', '?thread_ts=1700000000.000100&cid=C0OTHER') });
  await bot.send.slash({ command: '/triage', text: `<${link(slack.general)}>` });
  const again = await bot.send.slash({ command: '/triage', text: link(slack.general), user: slack.ben });
  expect(bot.api.tickets).toMatchObject([
    {
      slack: { kind: 'MESSAGE', channel: 'C0OTHER', ts: '1700000001.123456', threadTs: '1700000000.000100', user: slack.ana },
      replyTo: place(),
      idempotencyKey: 'slack:ticket:C0OTHER:1700000001.123456',
    },
    { slack: { kind: 'THREAD', ts: '1700000001.123456' }, replyTo: { threadTs: '1700000001.123456' } },
  ]);
  expect(bot.api.tickets[0]!.replyTo).not.toHaveProperty('threadTs');
  expect(again.json?.['text']).toContain('already: T-142');
});

test('/triage passes on what the API says, and when it is down that nothing was kept', async () => {
  bot.api.mood = { userError: { code: 'TOO_LARGE', message: 'That text is too long.' } };
  expect((await bot.send.slash({ command: '/triage', text: 'x' })).json).toMatchObject({ text: 'That text is too long.' });
  bot.api.mood = 'down';
  expect((await bot.send.slash({ command: '/triage', text: 'x' })).json).toMatchObject({
    text: expect.stringContaining('nothing was kept'),
  });
});

test.each([
  ['/triage', 'help', 'direct message that begins with the word ticket'],
  ['/aiops', 'help', '/triage alone'],
  ['/aiops', '', '/summarize'],
])('%s %s says what can be done', async (command, text, sentence) => {
  expect((await bot.send.slash({ command, text })).json).toMatchObject({ text: expect.stringContaining(sentence) });
  expect(bot.api.kept).toEqual([]);
});

test('/aiops help says as well when the API cannot be reached', async () => {
  bot.api.mood = 'down';
  const { json } = await bot.send.slash({ command: '/aiops', text: 'help' });
  expect(json).toMatchObject({ text: expect.stringMatching(/\/summarize.+I cannot reach the API/s) });
});

type View = { view_id: string; callback_id: string; private_metadata: string; blocks: Record<string, unknown>[] };
const newest = () => slack.views().at(-1) as unknown as View;
const filled = (part: string) => vi.waitFor(() => expect(JSON.stringify(newest().blocks)).toContain(part));
const openOn = async (message: object, more: { channel?: string } = {}) => {
  await bot.send.shortcut({ callbackId: 'create_ticket', message: { user: slack.ben, ...message }, ...more });
  await filled('"static_select"');
  return newest();
};
const submit = (
  view: View,
  { title = '', text, category, sure = false }: { title?: string; text: string; category?: string; sure?: boolean },
) =>
  bot.send.submitView({
    callbackId: view.callback_id,
    privateMetadata: view.private_metadata,
    viewId: view.view_id,
    blocks: view.blocks,
    values: {
      title: { title: { value: title } },
      text: { text: { value: text } },
      categoryId: { categoryId: { selected_option: category ? { value: category } : null } },
      sure: { sure: { selected_options: sure ? [{ value: 'sure' }] : [] } },
    },
  });

test('"Create ticket" opens before the prediction is there and is completed when it arrives', async () => {
  const gate = Promise.withResolvers<void>();
  bot.api.hold = { operation: 'PredictTicket', until: gate.promise };
  const opened = slack.views().length;
  const answer = await bot.send.shortcut({
    callbackId: 'create_ticket',
    message: { ts: '1700000100.000100', user: slack.ben, text: 'Payments fail\nsince noon' },
  });
  expect(answer).toMatchObject({ status: 200, body: '' });
  expect(slack.views()).toHaveLength(opened + 1);
  expect(newest().blocks).toMatchObject([
    { block_id: 'title', element: { initial_value: 'Payments fail' } },
    { block_id: 'text', element: { initial_value: 'Payments fail\nsince noon' } },
    { type: 'context' },
  ]);
  gate.resolve();
  bot.api.hold = null;
  await filled('"static_select"');
  expect(newest().blocks).toMatchObject([
    { block_id: 'title', element: { initial_value: 'Payments fail' } },
    { block_id: 'text' },
    { block_id: 'categoryId', element: { initial_option: { value: 'cat_db' }, options: [{ value: 'cat_db' }, { value: 'cat_pay' }] } },
    { block_id: 'sure' },
    { type: 'context' },
  ]);
  expect(JSON.stringify(newest().blocks)).toContain('Predicted: Database (82 %); else Payments (11 %).');
  expect(inputsOf(bot, 'PredictTicket')).toEqual([{ title: 'Payments fail', text: 'Payments fail\nsince noon' }]);
  expect(slack.violations).toEqual([]);
});

test('what is sent from the window is one ticket, in the thread of the message, under the key of a reaction', async () => {
  const view = await openOn({ ts: '1700000101.000200', thread_ts: '1700000101.000100', text: 'Payments fail' });
  expect((await submit(view, { title: 'Cards', text: 'Card payments fail', category: 'cat_db' })).body).toBe('');
  await submit(view, { title: 'Cards', text: 'Card payments fail', category: 'cat_db' });
  expect(bot.api.tickets).toEqual([
    {
      title: 'Cards',
      text: 'Card payments fail',
      reporter: reporter(slack.ben),
      replyTo: { ...place(), user: slack.ana, threadTs: '1700000101.000100', responseUrl: expect.any(String) },
      oncePerThread: true,
      idempotencyKey: `slack:ticket:${slack.general}:1700000101.000200`,
    },
  ]);
});

test('whoever sends the window for a message that is a ticket by now is told so, and nothing is made twice', async () => {
  const { ts } = await postWithEmoji('Payments fail');
  const view = await openOn({ ts, text: 'Payments fail' });
  await bot.send.event(reacted(ts));
  expect((await submit(view, { text: 'Payments fail badly' })).json).toMatchObject({ errors: { text: expect.stringContaining('T-142') } });
  expect(bot.api.tickets).toHaveLength(1);
});

test.each([
  ['another category than the predicted one is the person’s decision', { category: 'cat_pay' }, 'cat_pay'],
  ['so is the predicted one when they say they are sure', { category: 'cat_db', sure: true }, 'cat_db'],
  ['the predicted one left as it was is left to triage', { category: 'cat_db' }, undefined],
  ['and so is none', {}, undefined],
])('%s', async (_, choice, categoryId) => {
  const view = await openOn({ ts: '1700000102.000100', text: 'Payments fail' });
  await submit(view, { text: 'Payments fail', ...choice });
  expect(bot.api.tickets[0]).toEqual(expect.objectContaining(categoryId ? { categoryId } : { text: 'Payments fail' }));
  expect(bot.api.tickets[0]?.categoryId).toBe(categoryId);
});

test('what the window could not show is read from the message, unless the text was edited', async () => {
  for (const [index, message] of [
    { text: 'see file', files: [{ id: 'F1' }] },
    { text: 'x'.repeat(5_000) },
    { text: 'a thread', thread_ts: '1700000203.000100', ts: '1700000203.000100' },
  ].entries()) {
    const ts = `170000020${index + 1}.000100`;
    const view = await openOn({ ts, ...message });
    await submit(view, { title: 'T', text: message.text.slice(0, 3_000) });
    expect(bot.api.tickets.at(-1)).toMatchObject({ title: 'T', slack: { kind: 'THREAD', ts, user: slack.ana } });
    expect(bot.api.tickets.at(-1)).not.toHaveProperty('text');
    bot.api.tickets.length = 0;
    await submit(view, { text: 'mine' });
    expect(bot.api.tickets.at(-1)).toMatchObject({ text: 'mine' });
  }
});

test('of a message that is longer than the window all counts, beside what was written there', async () => {
  const view = await openOn({ ts: '1700000210.000100', text: 'x'.repeat(5_000) });
  expect(JSON.stringify(view.blocks)).toContain('longer than this box');
  await submit(view, { text: 'mine' });
  expect(bot.api.tickets).toMatchObject([{ text: 'mine', slack: { kind: 'THREAD', ts: '1700000210.000100' } }]);
});

test('where a forwarded message comes from goes along from the window', async () => {
  const attachments = [
    { is_share: true, channel_id: 'C0HR', from_url: 'https://acme.slack.com/archives/C0BOARD/p1700000001123456', text: 'salaries' },
  ];
  const view = await openOn({ ts: '1700000211.000100', text: 'see this', attachments });
  await submit(view, { text: 'see this\nsalaries' });
  expect(bot.api.tickets).toMatchObject([{ quotedChannels: ['C0HR', 'C0BOARD'] }]);
});

test('people of other organisations in a shared channel cannot press, open or send anything of tickets, nor be given one', async () => {
  slack.changeUser(slack.ben, { is_stranger: true, team_id: 'T0OTHER' });
  const fresh = await startBot(slack);
  const before = slack.responses().length;
  await fresh.send.click({ actionId: 'ticket_resolve', value: '{"id":"tkt_1"}', user: slack.ben });
  await fresh.send.shortcut({ callbackId: 'create_ticket', message: { ts: '1.1', text: 'x' }, user: slack.ben });
  await vi.waitFor(() => expect(slack.responses().slice(before)).toHaveLength(2));
  for (const { text } of slack.responses().slice(before)) expect(text).toContain('Only people of this Slack workspace');
  expect((await fresh.send.slash({ command: '/triage', text: 'x', user: slack.ben })).json?.['text']).toContain(
    'Only people of this Slack workspace',
  );
  await fresh.send.click({ actionId: 'ticket_assign', value: '{"id":"tkt_1"}', person: slack.ben, user: slack.ana });
  await vi.waitFor(() => expect(slack.responses()[before + 2]?.['text']).toContain('people of this Slack workspace only'));
  expect(fresh.api.requests.filter(({ query }) => query.includes('mutation'))).toEqual([]);
  slack.changeUser(slack.ben, { is_stranger: false, team_id: slack.teamId });
  await fresh.stop();
});

test.each([
  ['user_not_visible', false],
  ['user_not_found', false],
  ['account_inactive', false],
  ['missing_scope', true],
  ['internal_error', true],
])('of somebody of whom Slack says %s, being a colleague is taken for %s', async (error, isColleague) => {
  const fresh = await startBot(slack);
  slack.fail('users.info', { kind: 'error', error });
  const before = slack.responses().length;
  const { ts } = await postWithEmoji('help');
  await fresh.send.event(reacted(ts, { user: 'U0UNSEEN' }));
  await fresh.send.click({ actionId: 'ticket_resolve', value: '{"id":"tkt_1"}', user: 'U0UNSEEN' });
  await fresh.send.click({ actionId: 'ticket_assign', value: '{"id":"tkt_1"}', person: 'U0UNSEEN', user: 'U0UNSEEN' });
  await fresh.stop();
  for (const operation of ['CreateTicket', 'MoveTicket', 'AssignTicket'])
    expect(inputsOf(fresh, operation)).toHaveLength(isColleague ? 1 : 0);
  expect(
    slack
      .responses()
      .slice(before)
      .filter(({ text }) => String(text).startsWith('Only people of this')),
  ).toHaveLength(isColleague ? 0 : 2);
});

test('/triage alone opens the window empty; sent, it is one ticket, and without text it says what is missing', async () => {
  await bot.send.slash({ command: '/triage', responseUrl: 'https://hooks.slack.com/2' });
  await filled('"static_select"');
  const view = newest();
  expect(inputsOf(bot, 'PredictTicket')).toEqual([]);
  expect((await submit(view, { text: ' ' })).json).toMatchObject({ response_action: 'errors', errors: { text: expect.any(String) } });
  await submit(view, { text: 'A new laptop', category: 'cat_pay' });
  await submit(view, { text: 'A new laptop', category: 'cat_pay' });
  expect(bot.api.tickets).toEqual([
    {
      text: 'A new laptop',
      categoryId: 'cat_pay',
      reporter: reporter(slack.ana),
      replyTo: { ...place(), user: slack.ana, responseUrl: 'https://hooks.slack.com/2' },
      idempotencyKey: `slack:view:${view.view_id}`,
    },
  ]);
});

test('with the API down the window opens all the same, and keeps what was typed when it cannot be stored', async () => {
  bot.api.mood = 'down';
  await bot.send.slash({ command: '/triage' });
  await filled('Triage chooses the category');
  expect((await submit(newest(), { text: 'help' })).json).toMatchObject({ errors: { text: expect.stringContaining('nothing was kept') } });
});

test('a direct message with "ticket" in front is a ticket, and "tickets" or "ticket-service" are not', async () => {
  const channel = slack.createDirectMessages();
  const event = { type: 'message', channel_type: 'im', channel, user: slack.ana };
  await bot.send.event({ ...event, ts: '1700000300.000100', text: 'Ticket: my laptop is broken' });
  await bot.send.event({
    ...event,
    ts: '1700000301.000100',
    text: 'ticket',
    attachments: [{ is_share: true, text: 'Payments fail &lt;again&gt;' }],
  });
  await bot.send.event({ ...event, ts: '1700000302.000100', text: 'ticket', subtype: 'file_share', files: [{ id: 'F1' }] });
  await bot.send.event({ ...event, ts: '1700000303.000100', text: 'tickets ERROR a\nERROR b' });
  await bot.send.event({ ...event, ts: '1700000304.000100', text: 'ticket-service ERROR a\nERROR b' });
  expect(bot.api.tickets).toMatchObject([
    {
      slack: { kind: 'THREAD', channel, ts: '1700000300.000100' },
      replyTo: { channel, threadTs: '1700000300.000100' },
      idempotencyKey: `slack:ticket:${channel}:1700000300.000100`,
    },
    { slack: { kind: 'THREAD', channel, ts: '1700000301.000100' } },
    { slack: { kind: 'THREAD', channel, ts: '1700000302.000100' } },
  ]);
  expect(bot.api.kept).toHaveLength(2);
});

const mentioned = (text: string, more: object = {}) => ({
  type: 'app_mention',
  channel: slack.general,
  user: slack.ana,
  text: `<@${slack.botUserId}> ${text}`,
  ...more,
});

test.each([
  ['ticket my laptop is broken', {}],
  ['please make a ticket: my laptop is broken', {}],
  ['Can you open a new ticket for the broken laptop, please?', {}],
  ['make a ticket of this', { attachments: [{ is_share: true, text: 'my laptop is broken' }] }],
  ['turn this into a ticket', { files: [{ id: 'F1' }] }],
  ['bitte leg dafür ein Ticket an: mein Laptop ist kaputt', {}],
  ['Kannst du ein Ticket erstellen? Mein Laptop ist kaputt.', {}],
  ['peux-tu ouvrir un ticket : mon portable est en panne', {}],
  ['por favor, crea un ticket: mi portátil no enciende', {}],
])('in a channel, "@aiops %s" is a ticket of that message', async (text, more) => {
  const ts = `17000006${String(text.length).padStart(2, '0')}.000100`;
  await bot.send.event(mentioned(text, { ts, ...more }));
  expect(bot.api.tickets).toMatchObject([{ slack: { kind: 'THREAD', channel: slack.general, ts }, replyTo: { threadTs: ts } }]);
  expect(bot.api.kept).toEqual([]);
});

test('"@aiops make a ticket of this" in a thread is the ticket a reaction on it would make; with more words, one of that reply', async () => {
  const root = '1700000710.000100';
  await bot.send.event(mentioned('please make a ticket of this, thanks!', { ts: '1700000710.000200', thread_ts: root }));
  await bot.send.event(mentioned('ticket', { ts: '1700000710.000300', thread_ts: root }));
  await vi.waitFor(() => expect(slack.ephemerals().at(-1)?.text).toBe('This thread is a ticket already: T-142.'));
  await bot.send.event(mentioned('ticket the printer is broken, too', { ts: '1700000710.000400', thread_ts: root }));
  expect(bot.api.tickets).toMatchObject([
    { slack: { kind: 'THREAD', ts: root }, replyTo: { threadTs: root }, idempotencyKey: `slack:ticket:${slack.general}:${root}` },
    { slack: { kind: 'MESSAGE', ts: '1700000710.000400', threadTs: root } },
  ]);
});

/** The last thing somebody was told alone, with its buttons. */
const asked = () =>
  slack.calls('chat.postEphemeral').at(-1) as { text: string; blocks?: { elements?: { action_id: string; value: string }[] }[] };

test.each([
  ['forwarded', { text: '', attachments: [{ is_share: true, text: 'My laptop does not start\nand the monitor is broken' }] }],
  ['written', { text: 'my laptop does not start any more' }],
])('of what is %s to the bot and is no log it asks which: a ticket, or a log after all; each once', async (_, post) => {
  const channel = slack.createDirectMessages();
  const ts = `17000008${'attachments' in post ? '01' : '02'}.000100`;
  const before = slack.ephemerals().length;
  await bot.send.event({ type: 'message', channel_type: 'im', channel, user: slack.ana, ts, ...post });
  await vi.waitFor(() => expect(slack.ephemerals()).toHaveLength(before + 1));
  const { blocks, text } = asked();
  expect(text).toContain('does not read like a log');
  expect(bot.api.requests).toEqual([]);
  const [ticket, log] = blocks?.[1]?.elements ?? [];
  const answered = slack.responses().length;
  for (const button of [ticket, ticket, log])
    await bot.send.click({ actionId: button?.action_id ?? '', value: button?.value ?? '', channel });
  // The question turns into what was chosen.
  await vi.waitFor(() => expect(slack.responses().slice(answered)).toHaveLength(3));
  for (const words of ['You chose a ticket', 'is a ticket already', 'You chose a summary'])
    expect(slack.responses().slice(answered)).toContainEqual(
      expect.objectContaining({ replace_original: true, text: expect.stringContaining(words) }),
    );
  expect(bot.api.tickets).toMatchObject([
    { slack: { kind: 'THREAD', channel, ts }, replyTo: { threadTs: ts }, idempotencyKey: `slack:ticket:${channel}:${ts}` },
  ]);
  expect(bot.api.kept).toMatchObject([
    { slack: { kind: 'MESSAGE', channel, ts }, replyTo: { threadTs: ts }, idempotencyKey: `slack:message:${channel}:${ts}` },
  ]);
  expect(slack.violations).toEqual([]);
});

test.each([
  ['a forwarded log', { text: 'have a look at this one please', attachments: [{ is_share: true, text: 'ERROR forwarded' }] }, 1],
  ['a log of prose and a stamp', { text: 'it went down\n2026-05-04 10:00:00 worker left' }, 1],
  ['thanks', { text: 'thanks a lot' }, 0],
])('%s is asked nothing about', async (_, post, kept) => {
  const channel = slack.createDirectMessages();
  const before = slack.ephemerals().length;
  await bot.send.event({ type: 'message', channel_type: 'im', channel, user: slack.ana, ts: '1700000820.000100', ...post });
  expect(bot.api.kept).toHaveLength(kept);
  if (kept === 0) await vi.waitFor(() => expect(slack.ephemerals().length).toBeGreaterThan(before));
  if (kept === 0) expect(asked().blocks).toBeUndefined();
});

test('"ticket" alone is answered with what a ticket needs', async () => {
  const channel = slack.createDirectMessages();
  const before = slack.ephemerals().length;
  await bot.send.event({ type: 'message', channel_type: 'im', channel, user: slack.ana, ts: '1700000310.000100', text: 'ticket' });
  await vi.waitFor(() => expect(slack.ephemerals()[before]?.text).toContain('/triage'));
  expect(bot.api.requests).toEqual([]);
});

test('what is said in a ticket’s thread counts for it; a thread is asked about once a minute, and this bot is not listened to', async () => {
  const said = (thread_ts: string, more: object = {}) =>
    bot.send.event({
      type: 'message',
      channel_type: 'channel',
      channel: slack.general,
      user: slack.ana,
      ts: `${Date.now()}.000100`,
      thread_ts,
      text: 'it is worse now',
      ...more,
    });
  await said('1700000400.000100', { bot_id: 'B0BOT', user: slack.botUserId });
  expect(bot.api.requests).toEqual([]);
  for (let each = 0; each < 3; each++) await said('1700000400.000100');
  expect(inputsOf(bot, 'RefreshSlackTicket')).toEqual([{ channel: slack.general, ts: '1700000400.000100' }]);
  bot.api.mood = 'down';
  expect((await said('1700000401.000100')).status).toBe(200);
  expect(bot.api.kept).toEqual([]);
});

test('what a message says now counts as well; a link that Slack unfolds in it is no edit', async () => {
  const channel = slack.general;
  const edited = (ts: string, before: string, now: string, more: object = {}) =>
    bot.send.event({
      type: 'message',
      subtype: 'message_changed',
      channel,
      channel_type: 'channel',
      message: { type: 'message', user: slack.ana, ts, text: now, ...more },
      previous_message: { type: 'message', user: slack.ana, ts, text: before },
    });
  await edited('1700000410.000100', 'see http://x', 'see http://x', { attachments: [] });
  await edited('1700000411.000100', 'bot', 'bot!', { bot_id: 'B0OTHER' });
  expect(inputsOf(bot, 'RefreshSlackTicket')).toEqual([]);
  await edited('1700000412.000100', 'my mouse', 'my monitor');
  await edited('1700000413.000200', 'my mouse', 'my monitor', { thread_ts: '1700000413.000100' });
  expect(inputsOf(bot, 'RefreshSlackTicket')).toEqual(['1700000412.000100', '1700000413.000100'].map((ts) => ({ channel, ts })));
});

test('a reply to a ticket in direct messages is for the ticket, not a log', async () => {
  const channel = slack.createDirectMessages();
  bot.api.threads.add(`${channel}:1700000500.000100`);
  const event = { type: 'message', channel_type: 'im', channel, user: slack.ana, text: 'ERROR a\nERROR b' };
  await bot.send.event({ ...event, ts: '1700000500.000200', thread_ts: '1700000500.000100' });
  expect(bot.api.kept).toEqual([]);
  await bot.send.event({ ...event, ts: '1700000501.000200', thread_ts: '1700000501.000100' });
  expect(bot.api.kept).toHaveLength(1);
});

test.each([
  ['ticket_confirm', { id: 'tkt_1', categoryId: 'cat_db' }, false, 'SetTicketCategory', { id: 'tkt_1', categoryId: 'cat_db' }],
  ['ticket_category', { id: 'tkt_1', categoryId: 'cat_pay' }, true, 'SetTicketCategory', { id: 'tkt_1', categoryId: 'cat_pay' }],
  ['ticket_priority', { id: 'tkt_1', priority: 'P1' }, true, 'SetTicketPriority', { id: 'tkt_1', priority: 'P1' }],
  ['ticket_take', { id: 'tkt_1' }, false, 'MoveTicket', { id: 'tkt_1', move: 'TAKE' }],
  ['ticket_take_over', { id: 'tkt_1' }, false, 'MoveTicket', { id: 'tkt_1', move: 'TAKE_OVER' }],
  ['ticket_return', { id: 'tkt_1' }, false, 'MoveTicket', { id: 'tkt_1', move: 'RETURN' }],
  ['ticket_snooze', { id: 'tkt_1' }, false, 'MoveTicket', { id: 'tkt_1', move: 'SNOOZE' }],
  [
    'ticket_snooze',
    { id: 'tkt_1', until: '2026-05-04T09:00:00Z' },
    true,
    'MoveTicket',
    { id: 'tkt_1', move: 'SNOOZE', until: '2026-05-04T09:00:00Z' },
  ],
  ['ticket_more', { id: 'tkt_1', do: 'SNOOZE' }, true, 'MoveTicket', { id: 'tkt_1', move: 'SNOOZE' }],
  ['ticket_more', { id: 'tkt_1', do: 'RETURN' }, true, 'MoveTicket', { id: 'tkt_1', move: 'RETURN' }],
  ['ticket_resolve:2', { id: 'tkt_1' }, false, 'MoveTicket', { id: 'tkt_1', move: 'RESOLVE' }],
  ['ticket_reopen', { id: 'tkt_1' }, false, 'MoveTicket', { id: 'tkt_1', move: 'REOPEN' }],
  ['ticket_not', { id: 'tkt_1' }, false, 'MoveTicket', { id: 'tkt_1', move: 'NOT_A_TICKET' }],
  ['ticket_merge', { id: 'tkt_1', intoId: 'tkt_2' }, false, 'MergeTicket', { id: 'tkt_1', intoId: 'tkt_2' }],
])('%s with %o does one thing, in the name of whoever clicked', async (actionId, value, menu, operation, input) => {
  await bot.send.click({ actionId, value: JSON.stringify(value), menu, user: slack.ben });
  expect(bot.api.requests).toMatchObject([
    {
      query: expect.stringContaining(`mutation ${operation}`),
      variables: { input },
      headers: { 'x-acting-for': `slack:${slack.teamId}:${slack.ben}` },
    },
  ]);
});

test('beyond the room of a message a category is chosen in a window that has all of them, to be searched by typing', async () => {
  const few = bot.api.triage.categories;
  bot.api.triage.categories = Array.from({ length: 250 }, (_, nth) => ({ ...few[0]!, id: `cat_${nth}`, name: `Team ${nth}` }));
  await bot.send.click({ actionId: 'ticket_category', value: '{"id":"tkt_1","all":"categories"}', menu: true });
  await filled('cat_249');
  bot.api.triage.categories = few;
  const view = newest();
  const { option_groups: groups } = view.blocks[0]!['element'] as { option_groups: { options: { value: string }[] }[] };
  expect(groups.map(({ options }) => options.length)).toEqual([100, 100, 50]);
  const choose = () =>
    bot.send.submitView({
      callbackId: view.callback_id,
      privateMetadata: view.private_metadata,
      blocks: view.blocks,
      values: { categoryId: { categoryId: { selected_option: { value: 'cat_249' } } } },
    });
  expect((await choose()).body).toBe('');
  expect(inputsOf(bot, 'SetTicketCategory')).toEqual([{ id: 'tkt_1', categoryId: 'cat_249' }]);
  bot.api.mood = { userError: { code: 'CONFLICT', message: 'Team 249 is retired.' } };
  expect((await choose()).json).toMatchObject({ errors: { categoryId: 'Team 249 is retired.' } });
  expect(slack.violations).toEqual([]);
});

test('a ticket is given to whoever is chosen', async () => {
  await bot.send.click({ actionId: 'ticket_assign', value: '{"id":"tkt_1"}', person: slack.ana });
  expect(bot.api.requests).toMatchObject([{ variables: { input: { id: 'tkt_1', assignee: `slack:${slack.teamId}:${slack.ana}` } } }]);
});

test('/triage with the name of a ticket says how it stands, and makes none', async () => {
  bot.api.mood = { data: { ticket: { state: 'TAKEN', priority: 'P2', category: { name: 'Bug', team: 'A & B' }, mergedInto: null } } };
  const { json } = await bot.send.slash({ command: '/triage', text: 't-142' });
  expect(json?.['text']).toBe('T-142 · taken · Bug → A &amp; B · P2');
  bot.api.mood = { data: { ticket: null } };
  expect((await bot.send.slash({ command: '/triage', text: 'T-143' })).json?.['text']).toBe('There is no T-143 here.');
  expect(bot.api.requests.map(({ variables }) => variables)).toEqual([{ id: 'T-142' }, { id: 'T-143' }]);
});

test.each(['T-6 same T-5', 't-6 is the same as T-5.', 'merge T6 into t5', 'T-6 = T-5', 'T-6 duplicate of T-5'])(
  '/triage %s merges the one into the other, in the name of whoever says so',
  async (text) => {
    const { json } = await bot.send.slash({ command: '/triage', text });
    expect(json?.['text']).toContain('T-6 is the same as T-5 now');
    expect(inputsOf(bot, 'MergeTicket')).toEqual([{ id: 'T-6', intoId: 'T-5' }]);
    expect(bot.api.tickets).toEqual([]);
  },
);

test.each(['status', 'list', 'T-1 please', 'T-1 is broken again', 'T1 now', 'close T-4', 'merge'])(
  '/triage %s makes no ticket and says how it is used',
  async (text) => {
    expect((await bot.send.slash({ command: '/triage', text })).json?.['text']).toContain('/triage T-142 says how');
    expect(bot.api.requests).toEqual([]);
  },
);

test.each(['T1 line to Berlin is down', 'list of printers is empty', 'status page shows an error'])(
  '/triage %s is a ticket',
  async (text) => {
    await bot.send.slash({ command: '/triage', text });
    expect(bot.api.tickets).toMatchObject([{ text }]);
  },
);

test('any ticket is merged into any other in a window: those that look like it first, and all by number', async () => {
  const alike = { score: 0.71, ticket: { id: 'tkt_5', number: 5, state: 'TAKEN' } };
  bot.api.mood = { data: { ticket: { prediction: { lookAlikes: [alike] } } } };
  await bot.send.click({ actionId: 'ticket_more', value: '{"id":"tkt_6","do":"MERGE"}', menu: true });
  await filled('T-5 · taken · 71 % alike');
  bot.api.mood = 'well';
  const view = newest();
  const choose = (like: string | null, number: string | null) =>
    bot.send.submitView({
      callbackId: view.callback_id,
      privateMetadata: view.private_metadata,
      blocks: view.blocks,
      values: { like: { like: { selected_option: like ? { value: like } : null } }, intoId: { intoId: { value: number } } },
    });
  expect((await choose('tkt_5', null)).body).toBe('');
  expect((await choose('tkt_5', ' t-4 ')).body).toBe('');
  for (const nothing of [null, 'the other'])
    expect((await choose(null, nothing)).json).toMatchObject({ errors: { intoId: expect.any(String) } });
  expect(inputsOf(bot, 'MergeTicket')).toEqual([
    { id: 'tkt_6', intoId: 'tkt_5' },
    { id: 'tkt_6', intoId: 'T-4' },
  ]);
  bot.api.mood = { userError: { code: 'NOT_FOUND', message: 'That ticket was not found.', field: 'intoId' } };
  expect((await choose(null, '99')).json).toMatchObject({ errors: { intoId: 'That ticket was not found.' } });
  expect(slack.violations).toEqual([]);
});

test('a ticket sleeps an hour by one entry of the menu, and until any time by a window', async () => {
  await bot.send.click({ actionId: 'ticket_more', value: '{"id":"tkt_6","do":"SNOOZE","hours":1}', menu: true });
  await vi.waitFor(() => expect(inputsOf(bot, 'MoveTicket')).toHaveLength(1));
  const [anHour] = inputsOf(bot, 'MoveTicket') as [{ id: string; move: string; until: string }];
  expect(anHour).toMatchObject({ id: 'tkt_6', move: 'SNOOZE' });
  expect(Math.abs(Date.parse(anHour.until) - Date.now() - 3_600_000)).toBeLessThan(60_000);

  await bot.send.click({ actionId: 'ticket_more', value: '{"id":"tkt_6","do":"SNOOZE_UNTIL"}', menu: true });
  await vi.waitFor(() => expect(newest().callback_id).toBe('snooze_ticket'));
  const view = newest();
  const choose = (selected_date_time: number | null) =>
    bot.send.submitView({
      callbackId: view.callback_id,
      privateMetadata: view.private_metadata,
      blocks: view.blocks,
      values: { until: { until: { selected_date_time } } },
    });
  expect((await choose(1_799_999_940)).body).toBe('');
  expect((await choose(null)).json).toEqual({ response_action: 'errors', errors: { until: 'Choose a day and a time.' } });
  expect(inputsOf(bot, 'MoveTicket')[1]).toEqual({ id: 'tkt_6', move: 'SNOOZE', until: '2027-01-15T07:59:00.000Z' });
  expect(slack.violations).toEqual([]);
});

test('what cannot be done with a ticket, and a button of another version, get a sentence only the clicker sees', async () => {
  const before = slack.responses().length;
  bot.api.mood = { userError: { code: 'CONFLICT', message: 'Ben took T-142 a minute ago.' } };
  await bot.send.click({ actionId: 'ticket_take', value: '{"id":"tkt_1"}' });
  await vi.waitFor(() =>
    expect(slack.responses()[before]).toMatchObject({ response_type: 'ephemeral', text: 'Ben took T-142 a minute ago.' }),
  );
  await bot.send.click({ actionId: 'ticket_merge', value: '{"id":"tkt_1"}' });
  await vi.waitFor(() => expect(slack.responses()[before + 1]?.['text']).toContain('older version'));
});
