import { expect, test, vi } from 'vitest';
import { createTriageSettings } from '#bot/triage-settings.ts';
import { inputsOf, startBot } from './start-bot.ts';
import { bot, place, postWithEmoji, reacted, reporter, slack, useBot } from './use-bot.ts';

useBot();

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
