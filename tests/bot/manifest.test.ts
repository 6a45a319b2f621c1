import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { createConversations } from '#bot/chat/conversations.ts';
import { createSlackChat } from '#bot/chat.ts';
import { commands } from '#bot/commands/commands.ts';
import { events } from '#bot/events/events.ts';
import { shortcuts } from '#bot/shortcuts/shortcuts.ts';
import { createSlackClient } from '#bot/slack-call.ts';
import { type SlackStandIn, startSlack } from '#tests/support/slack.ts';
import { type RunningBot, startBot } from './start-bot.ts';

type Manifest = {
  features: { slash_commands: { command: string }[]; shortcuts: { name: string; type: string; callback_id: string }[] };
  oauth_config: { scopes: { bot: string[] } };
  settings: { event_subscriptions: { bot_events: string[] }; interactivity: { is_enabled: boolean } };
};
const text = readFileSync(new URL('../../bot/manifest.yml', import.meta.url), 'utf8');
const manifest = parse(text) as Manifest;
const scopes = manifest.oauth_config.scopes.bot;

let slack: SlackStandIn;
let bot: RunningBot;
beforeAll(async () => {
  slack = await startSlack({ scopes });
  bot = await startBot(slack);
});
afterAll(async () => {
  await bot.stop();
  await slack.stop();
});

test('the manifest declares the commands, shortcuts and events the code answers, and no others', () => {
  expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(commands.map(({ name }) => name));
  expect(manifest.features.shortcuts).toMatchObject(shortcuts.map(({ callbackId }) => ({ type: 'message', callback_id: callbackId })));
  expect(manifest.features.shortcuts.map(({ name }) => name)).toEqual(['Summarize as log', 'Create ticket', 'Add to changelog']);
  expect(manifest.settings.event_subscriptions.bot_events.toSorted()).toEqual(
    events.flatMap(({ name, subscriptions }) => subscriptions ?? [name]).toSorted(),
  );
  expect(manifest.settings.interactivity.is_enabled).toBe(true);
});

test('the manifest keeps Slack’s limits', () => {
  const { display_information: about } = parse(text) as { display_information: { name: string; description: string } };
  expect(about.description.length).toBeLessThanOrEqual(140);
  expect(manifest.features.shortcuts.every(({ name }) => name.length <= 24)).toBe(true);
});

test('all addresses are the one that is to be put in place, and the documents say how many there are', () => {
  const addresses = [...text.matchAll(/^\s+(?:request_)?url: (\S+)$/gm)].map(([, address]) => address);
  expect(new Set(addresses)).toEqual(new Set(['https://aiops.example.com/slack/events']));
  const count = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'][addresses.length];
  for (const page of ['../../README.md', '../../docs/slack.md'])
    expect(readFileSync(new URL(page, import.meta.url), 'utf8')).toContain(`${count} times`);
});

test('the page for those who approve the app names every scope and every event', () => {
  const page = readFileSync(new URL('../../docs/slack.md', import.meta.url), 'utf8');
  for (const name of [...scopes, ...manifest.settings.event_subscriptions.bot_events]) expect(page).toContain(`\`${name}\``);
});

test('every scope says what it is for', () => {
  for (const scope of scopes) expect(text).toMatch(new RegExp(`- ${scope} # .+`));
});

// What each method needs, by its page on docs.slack.dev; the stand-in refuses what the token's scopes do not cover as well.
const NEEDS: Record<string, string[]> = {
  'auth.test': [],
  'views.open': [],
  'views.push': [],
  'views.update': [],
  'reactions.get': ['reactions:read'],
  'users.info': ['users:read'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.delete': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'conversations.open': ['im:write'],
  'conversations.info': ['channels:read', 'groups:read', 'im:read'],
  'conversations.members': ['channels:read', 'groups:read', 'im:read'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'files.info': ['files:read'],
  files: ['files:read'],
  response_url: [],
};
const BY_DECLARATION = ['commands', 'app_mentions:read', 'im:history'];

test('with exactly the manifest’s scopes everything the bot does is allowed, and each scope is used', async () => {
  const chat = createSlackChat({
    client: createSlackClient({ token: slack.botToken, apiUrl: slack.apiUrl }),
    token: slack.botToken,
    maxFileBytes: 1_000,
  });
  const conversations = createConversations({
    client: createSlackClient({ token: slack.botToken, apiUrl: slack.apiUrl }),
    token: slack.botToken,
    maxFileBytes: 1_000,
  });
  const report = { headline: 'x', tone: 'info' as const, sections: [], charts: [], facts: [], actions: [] };
  const leaving = async () => {};
  const places = [slack.general, slack.createChannel({ name: 'private', isPrivate: true }), slack.createDirectMessages()];
  for (const channel of places) {
    const from = { teamId: slack.teamId, channel, user: slack.ana };
    const { ts } = await slack.post({ channel, text: 'ERROR' });
    const file = await slack.upload({ name: 'a.log', bytes: 'x', channel });
    for (const origin of [
      { kind: 'message' as const, ts },
      { kind: 'thread' as const, ts },
      { kind: 'history' as const, lastMessages: 5 },
      { kind: 'files' as const, fileIds: [file.id] },
    ])
      for await (const { bytes } of (await chat.fetch({ ...from, ...origin })).parts) await Array.fromAsync(bytes);
    const posted = await chat.post({ deliveryId: 'd', channel, threadTs: ts, report, leaving });
    await chat.find({ deliveryId: 'd', channel, threadTs: ts, since: new Date() });
    await chat.update({ deliveryId: 'd', channel, ts: posted.ts, report, leaving });
    await chat.whisper({ kind: 'slack', ...from }, 'x');
    slack.remove(channel, ts);
    const astray = await chat.post({ deliveryId: 'e', channel, threadTs: ts, report, leaving });
    expect(astray.astray).toBe(true);
    await chat.remove({ channel, ts: astray.ts });
  }
  // A person's id stands for the direct messages with them.
  expect((await chat.post({ deliveryId: 'f', channel: slack.ana, report, leaving })).channel).toMatch(/^D/);
  expect((await bot.send.slash({})).status).toBe(200);
  await bot.send.click({ actionId: 'show_lines', value: '{"logId":"log_1"}' });
  await bot.send.slash({ command: '/aiops', text: 'settings' });
  await vi.waitFor(() => expect(JSON.stringify(slack.views()[2])).toContain('Payments'));
  await bot.send.click({ actionId: 'category_add', value: 'new', viewId: String(slack.views()[2]?.['view_id']) });
  expect(slack.views()).toHaveLength(4);
  for (const channel of places) {
    const { ts } = await slack.post({ channel, text: 'help' });
    await slack.react({ channel, ts, name: 'ticket' });
    expect((await conversations.read({ teamId: slack.teamId, channel, user: slack.ana, ts })).messages).toHaveLength(1);
    const event = { user: slack.ana, reaction: 'ticket', item: { type: 'message', channel, ts }, item_user: slack.ben };
    for (const type of ['reaction_added', 'reaction_removed']) expect((await bot.send.event({ ...event, type })).status).toBe(200);
  }
  expect(bot.api.tickets).toHaveLength(3);
  expect(bot.logged).toEqual([]);

  const used = slack.methods();
  expect(used.filter((method) => !(method in NEEDS))).toEqual([]);
  expect([...new Set([...used.flatMap((method) => NEEDS[method] ?? []), ...BY_DECLARATION])].sort()).toEqual([...scopes].sort());
});
