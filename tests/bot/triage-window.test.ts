import { expect, test, vi } from 'vitest';
import { inputsOf, startBot } from './start-bot.ts';
import { bot, filled, newest, place, postWithEmoji, reacted, reporter, slack, useBot, type View } from './use-bot.ts';

useBot();

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
