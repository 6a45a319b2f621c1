import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type SlackStandIn, startSlack } from '#tests/support/slack.ts';
import { type SlackSocket, startSlackSocket } from '#tests/support/slack-socket.ts';
import { type RunningBot, startBot } from './start-bot.ts';

let slack: SlackStandIn;
let socket: SlackSocket;
let bot: RunningBot;

beforeAll(async () => {
  slack = await startSlack();
  socket = await startSlackSocket(slack);
  bot = await startBot(slack, { slackMode: 'socket' });
});
afterAll(async () => {
  await bot.stop();
  await socket.stop();
  await slack.stop();
});

const mention = (ts: string) => ({
  type: 'event_callback',
  team_id: slack.teamId,
  event_id: `Ev${ts}`,
  event: { type: 'app_mention', channel: slack.general, user: slack.ana, ts, text: `<@${slack.botUserId}> ERROR a\nERROR b` },
});

test('Socket Mode needs no HTTP listener, and its events end in the same mutation', async () => {
  expect(bot.bot.requestListener).toBeUndefined();
  expect(await socket.send('events_api', mention('1700000001.000100'))).toMatchObject({ envelope_id: expect.any(String) });
  expect(bot.api.kept).toMatchObject([{ text: 'ERROR a\nERROR b', idempotencyKey: `slack:message:${slack.general}:1700000001.000100` }]);
});

test('a command over the socket is answered in its acknowledgement', async () => {
  const command = {
    command: '/summarize',
    text: 'ERROR x',
    user_id: slack.ana,
    channel_id: slack.general,
    team_id: slack.teamId,
    trigger_id: 't1',
    response_url: slack.newResponseUrl(),
  };
  expect(await socket.send('slash_commands', command)).toMatchObject({
    payload: { response_type: 'ephemeral', text: expect.stringContaining('Got it') },
  });
});

test('an event that cannot be stored is not acknowledged, and is kept when Slack brings it again', async () => {
  bot.api.mood = 'down';
  expect(await socket.send('events_api', mention('1700000002.000100'), { waitMs: 700 })).toBeNull();
  await vi.waitFor(() => expect(slack.ephemerals().at(-1)?.text).toContain('nothing was kept'));
  bot.api.mood = 'well';
  expect(await socket.send('events_api', mention('1700000002.000100'), { retryAttempt: 1 })).not.toBeNull();
  expect(bot.api.kept.at(-1)?.idempotencyKey).toContain('1700000002.000100');
});

test('a connection that breaks is made again, also when Slack first answers 503', async () => {
  expect(bot.bot.isReached()).toBe(true);
  await socket.stop();
  await vi.waitFor(() => expect(bot.bot.isReached()).toBe(false), 5_000);
  slack.heal();
  slack.fail('apps.connections.open', { kind: 'status', status: 503 }, { times: 2 });
  socket = await startSlackSocket(slack);
  await vi.waitFor(() => expect(bot.logged.map(({ message }) => message)).toContain('connected to Slack again'), 10_000);
  expect(bot.bot.isReached()).toBe(true);
  expect(await socket.send('events_api', mention('1700000003.000100'))).not.toBeNull();
  expect(bot.api.kept.at(-1)?.idempotencyKey).toContain('1700000003.000100');
});
