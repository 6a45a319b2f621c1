import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type BotConfig, createBot } from '#bot/app.ts';
import { type SlackStandIn, startSlack } from '#tests/support/slack.ts';
import { logTo } from './start-bot.ts';

let slack: SlackStandIn;
beforeAll(async () => {
  slack = await startSlack();
});
afterAll(() => slack.stop());
afterEach(() => slack.heal());

const make = (config: Partial<BotConfig> = {}) =>
  createBot({
    config: {
      slackMode: 'http',
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      ...config,
    },
    api: { request: () => Promise.reject(new Error('unused')) },
    log: logTo([]),
  });

test.each([
  ['http', 'SLACK_SIGNING_SECRET'],
  ['socket', 'SLACK_APP_TOKEN'],
] as const)('the bot does not start in %s mode with an empty %s', (slackMode, name) => {
  expect(() => make({ slackMode, SLACK_SIGNING_SECRET: ' ', SLACK_APP_TOKEN: '' })).toThrow(name);
});

test('the bot starts while Slack is away, but not with a token Slack refuses', async () => {
  slack.fail('auth.test', { kind: 'status', status: 503 });
  await make().start();
  slack.heal();
  slack.fail('auth.test', { kind: 'error', error: 'token_revoked' });
  await expect(make().start()).rejects.toMatchObject({ code: 'CHAT_TOKEN_REFUSED', message: expect.stringContaining('SLACK_BOT_TOKEN') });
});

test('what is not a POST of Slack is answered, not thrown into the server', async () => {
  const server = createServer(make().requestListener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const statuses = [];
  for (const [path, method] of [
    ['/slack/events', 'GET'],
    ['/elsewhere', 'POST'],
    ['/slack/events', 'POST'],
  ] as const)
    statuses.push((await fetch(`http://127.0.0.1:${port}${path}`, { method })).status);
  expect(statuses).toEqual([404, 404, 401]);
  await new Promise((resolve) => server.close(resolve));
});
