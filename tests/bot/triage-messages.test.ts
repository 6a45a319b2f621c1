import { expect, test, vi } from 'vitest';
import { withoutWish } from '#bot/ticket-wish.ts';
import { inputsOf } from './start-bot.ts';
import { bot, slack, useBot } from './use-bot.ts';

useBot();

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
  ['ticket :fire: my screen is black', ':fire: my screen is black'],
  ['Ticket: my screen is black', 'my screen is black'],
  ['ticket :: my screen', 'my screen'],
  ['ticket:fire alarm of floor 2', 'fire alarm of floor 2'],
])('of %j the words are %j: an emoji keeps its colons', (text, words) => {
  expect(withoutWish(text)).toBe(words);
});
