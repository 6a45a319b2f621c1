import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type SlackStandIn, startSlack } from '#tests/support/slack.ts';
import { inputsOf, type RunningBot, someSubscription, startBot } from './start-bot.ts';

let slack: SlackStandIn;
let bot: RunningBot;
beforeEach(async () => {
  slack = await startSlack();
  bot = await startBot(slack);
});
afterEach(async () => {
  await bot.stop();
  await slack.stop();
  expect(slack.violations).toEqual([]);
});

const say = async (text: string, more: Record<string, string> = {}): Promise<string> => {
  const { status, json } = await bot.send.slash({ command: '/changelog', text, ...more });
  expect(status).toBe(200);
  return String(json?.['text'] ?? '');
};
const view = () => slack.views().at(-1) as { blocks: { block_id?: string; element?: Record<string, unknown> }[]; private_metadata: string };
const input = (block: string) => view().blocks.find(({ block_id }) => block_id === block)?.element ?? {};

test('a whole subscription in one line; what was not said is left to the API', async () => {
  expect(await say('subscribe weekly mon 09:00 Europe/Berlin for engineers from acme/api draft always')).toContain(
    'every Monday at 09:00 (Europe/Berlin)',
  );
  await say('subscribe daily 17:30 UTC', { triggerId: 'once.more' });
  expect(inputsOf(bot, 'SubscribeChangelog')).toMatchObject([
    {
      place: { teamId: slack.teamId, channel: slack.general, owner: slack.ana },
      every: 'WEEKLY',
      weekday: 1,
      time: '09:00',
      timeZone: 'Europe/Berlin',
      audience: 'ENGINEERS',
      systems: ['acme/api'],
      draftFirst: true,
      emptyPeriods: 'POSTED',
    },
    { every: 'DAILY', time: '17:30', timeZone: 'UTC', idempotencyKey: 'slack:command:once.more' },
  ]);
  expect(inputsOf(bot, 'SubscribeChangelog')[1]).not.toHaveProperty('audience');
});

test('without a zone it is the person’s own, and where I am not in the channel I say so', async () => {
  slack.changeUser(slack.ana, { tz: 'Asia/Kolkata' });
  const elsewhere = slack.createChannel({ name: 'elsewhere', members: [slack.ana] });
  expect(await say('subscribe weekly fri 16:00', { channel: elsewhere })).toContain('/invite @aiops');
  expect(inputsOf(bot, 'SubscribeChangelog')).toMatchObject([{ timeZone: 'Asia/Kolkata', place: { channel: elsewhere } }]);
});

test('of what nobody has heard yet, whoever subscribes to it is told', async () => {
  bot.api.unknownSystems = ['acme/nosuch'];
  expect(await say('subscribe daily 09:00 UTC from acme/nosuch')).toContain('heard nothing from acme/nosuch');
  await say('subscribe');
  const values = {
    every: { every: { selected_option: { value: 'DAILY:' } } },
    audience: { audience: { selected_option: { value: 'COMPANY' } } },
  };
  await bot.send.submitView({ callbackId: 'changelog_subscribe', values, privateMetadata: view().private_metadata, viewId: 'V2' });
  expect(JSON.stringify(slack.ephemerals())).toContain('heard nothing from acme/nosuch');
});

test('what cannot be understood is answered with the right form, and what the API refuses in its words', async () => {
  expect(await say('subscribe wekly mon 9')).toContain('/changelog subscribe weekly mon 09:00 Europe/Berlin');
  bot.api.mood = { userError: { code: 'BAD_INPUT', message: 'That time zone is not known.' } };
  expect(await say('subscribe daily 09:00 Europe/Atlantis')).toBe('That time zone is not known.');
  bot.api.mood = 'down';
  expect(await say('list')).toContain('try again in a minute');
});

test('"subscribe" alone opens a window; a second send of it is the same request, and a refusal stands where it was typed', async () => {
  slack.changeUser(slack.ana, { tz: 'America/New_York' });
  expect(await say('subscribe')).toBe('');
  expect(input('timeZone')['initial_value']).toBe('America/New_York');
  const values = {
    every: { every: { selected_option: { value: 'MONTHLY:31' } } },
    time: { time: { selected_time: '08:30' } },
    timeZone: { timeZone: { value: 'America/New_York' } },
    audience: { audience: { selected_option: { value: 'CUSTOMERS' } } },
    systems: { systems: { value: 'acme/api, billing' } },
    options: { options: { selected_options: [{ value: 'draftFirst' }] } },
  };
  const submission = { callbackId: 'changelog_subscribe', values, privateMetadata: view().private_metadata, viewId: 'V1' };
  expect((await bot.send.submitView(submission)).body).toBe('');
  expect(inputsOf(bot, 'SubscribeChangelog')).toMatchObject([
    {
      place: { channel: slack.general, owner: slack.ana },
      every: 'MONTHLY',
      monthDay: 31,
      weekday: null,
      time: '08:30',
      audience: 'CUSTOMERS',
      systems: ['acme/api', 'billing'],
      draftFirst: true,
      emptyPeriods: 'SILENT',
      idempotencyKey: 'slack:view:V1',
    },
  ]);
  bot.api.mood = { userError: { code: 'BAD_INPUT', message: 'Not a zone.', field: 'timeZone' } };
  expect((await bot.send.submitView(submission)).json).toMatchObject({ response_action: 'errors', errors: { timeZone: 'Not a zone.' } });
});

test('the list has numbers, and they say which one is meant', async () => {
  bot.api.subscriptions = [
    someSubscription(),
    someSubscription({
      id: 'csb_2',
      // The second one has ended.
      number: 3,
      audience: 'ENGINEERS',
      systems: ['acme/api'],
      pausedAt: '2026-11-20T00:00:00Z',
      pausedReason: 'Archived.',
    }),
  ];
  expect(await say('list')).toBe(
    [
      '1. every Monday at 09:00 (Europe/Berlin), for the whole company, silent when nothing changed',
      '   next on Monday 23 November 2026 at 09:00',
      '3. every Monday at 09:00 (Europe/Berlin), for engineers, from acme/api, silent when nothing changed',
      '   paused: Archived.',
    ].join('\n'),
  );
  expect(await say('unsubscribe')).toContain('2 changelogs');
  expect(await say('unsubscribe 7')).toContain('no such changelog');
  expect(await say('unsubscribe 3')).toBe(
    'That is over: every Monday at 09:00 (Europe/Berlin), for engineers, from acme/api, silent when nothing changed. What was posted stays.',
  );
  expect(await say('resume engineers')).toContain('It goes on: every Monday at 09:00 (Europe/Berlin), for engineers');
  expect(await say('pause 1')).toContain('Paused: every Monday at 09:00 (Europe/Berlin), for the whole company');
  expect(await say('resume 1')).toMatch(/not paused.*23 November/);
  await say('preview 3');
  expect(inputsOf(bot, 'UnsubscribeChangelog')).toEqual([{ id: 'csb_2' }]);
  expect(inputsOf(bot, 'UpdateChangelogSubscription')).toEqual([
    { id: 'csb_2', paused: false },
    { id: 'csb_1', paused: true },
  ]);
  expect(inputsOf(bot, 'PreviewChangelog')).toMatchObject([{ subscriptionId: 'csb_2', place: { owner: slack.ana } }]);
  bot.api.subscriptions = [];
  expect(await say('unsubscribe')).toContain('no changelog yet');
  expect(await say('now')).toContain('seven days');
  expect(inputsOf(bot, 'PostChangelogNow')).toMatchObject([{ subscriptionId: null, place: { channel: slack.general } }]);
});

test('a sentence is a change, with the rest of its lines behind it', async () => {
  expect(await say('add The office in Lyon opens on Monday\nBring your badge.')).toBe(
    'Noted: The office in Lyon opens on Monday. It will be in the next changelog for the company and for engineers.',
  );
  expect(await say('add')).toContain('/changelog add The office');
  await say(`add ${'long '.repeat(120)}`);
  const { title, body } = inputsOf(bot, 'AddChange')[1] as { title: string; body: string };
  expect([title.length <= 500, title.endsWith('…'), body.length]).toEqual([true, true, 599]);
  expect(inputsOf(bot, 'AddChange')).toMatchObject([
    { title: 'The office in Lyon opens on Monday', body: 'Bring your badge.', slack: { channel: slack.general } },
    {},
  ]);
});

test('"Add to changelog" shows what the message says, and the message is one change however often it is added', async () => {
  const message = {
    type: 'message',
    ts: '1700000000.000100',
    user: slack.ben,
    text: 'VPN &amp; badge are needed from May on\nAsk IT for both.',
  };
  expect((await bot.send.shortcut({ callbackId: 'add_to_changelog', message })).status).toBe(200);
  expect([input('title')['initial_value'], input('body')['initial_value']]).toEqual([
    'VPN & badge are needed from May on',
    'Ask IT for both.',
  ]);
  const values = {
    title: { title: { value: 'VPN and badge are needed' } },
    body: { body: { value: null } },
    kind: { kind: { selected_option: { value: 'POLICY' } } },
    breaking: { breaking: { selected_options: [{ value: 'breaking' }] } },
  };
  const submission = { callbackId: 'changelog_add', values, privateMetadata: view().private_metadata };
  expect((await bot.send.submitView(submission)).body).toBe('');
  expect(inputsOf(bot, 'AddChange')).toMatchObject([
    {
      title: 'VPN and badge are needed',
      kind: 'POLICY',
      breaking: true,
      time: '2023-11-14T22:13:20.000Z',
      slack: { channel: slack.general, ts: '1700000000.000100' },
    },
  ]);
  bot.api.mood = { userError: { code: 'BAD_INPUT', message: 'Too long.', field: 'title' } };
  expect((await bot.send.submitView(submission)).json).toMatchObject({ errors: { title: 'Too long.' } });
});

test('a message of any length fits into the window', async () => {
  const message = { type: 'message', ts: '1.1', text: `${'long words '.repeat(600)}\nend` };
  await bot.send.shortcut({ callbackId: 'add_to_changelog', message });
  expect(String(input('title')['initial_value'])).toHaveLength(299);
});

const botPost = (more: Record<string, unknown> = {}) => ({
  type: 'message',
  subtype: 'bot_message',
  channel: slack.general,
  ts: '1700000000.000200',
  bot_id: 'B0DEPLOY',
  text: 'Deployed <https://ci.example.com/7|api 2.14.0> to production',
  ...more,
});

test('in chosen channels other bots’ messages are changes; elsewhere, and of people and ourselves, they are not', async () => {
  await bot.send.event(botPost());
  expect(inputsOf(bot, 'RecordChangeEvent')).toEqual([]);
  await bot.stop();
  bot = await startBot(slack);
  bot.api.eventChannels = [slack.general];
  expect((await bot.send.event(botPost())).status).toBe(200);
  await bot.send.event(
    botPost({ ts: '1700000000.000300', subtype: undefined, user: 'U0CI', text: '', attachments: [{ title: 'Flag new-search is on' }] }),
  );
  await bot.send.event(botPost({ bot_id: 'B0BOT', user: slack.botUserId }));
  await bot.send.event(botPost({ bot_id: 'B0BOT', user: undefined }));
  await bot.send.event(botPost({ subtype: 'message_changed' }));
  const edited = botPost({ text: 'Deployed *web* 3.1 to production', edited: { ts: '1700000009.000100' } });
  await bot.send.event({ type: 'message', subtype: 'message_changed', channel: slack.general, ts: '1700000009.000100', message: edited });
  await bot.send.event(botPost({ metadata: { event_type: 'aiops_delivery', event_payload: {} } }));
  await bot.send.event({ type: 'message', channel: slack.general, ts: '1.2', user: slack.ben, text: 'Deployed by hand' });
  expect(inputsOf(bot, 'RecordChangeEvent')).toEqual([
    {
      teamId: slack.teamId,
      channel: slack.general,
      ts: '1700000000.000200',
      text: 'Deployed <https://ci.example.com/7|api 2.14.0> to production',
    },
    { teamId: slack.teamId, channel: slack.general, ts: '1700000000.000300', text: 'Flag new-search is on' },
    {
      ...{ teamId: slack.teamId, channel: slack.general, ts: '1700000000.000200', editedTs: '1700000009.000100' },
      text: 'Deployed *web* 3.1 to production',
    },
  ]);
});

test('of a bot’s message the blocks, the attachments and the names around them are read, each thing once', async () => {
  bot.api.eventChannels = [slack.general];
  const blocks = [
    { type: 'header', text: { type: 'plain_text', text: 'checkout-api → production' } },
    { type: 'section', fields: [{ type: 'mrkdwn', text: '*Version:*\n`v2.14.3`' }] },
  ];
  await bot.send.event(botPost({ text: 'checkout-api → production', blocks }));
  const attachments = [
    {
      ...{ author_name: 'helmrelease/payments.shop', title: 'payments', title_link: 'https://argo.example.com/payments' },
      ...{ text: 'Helm upgrade succeeded', fields: [{ title: 'revision', value: '2.1.0' }], footer: 'acme/deploy' },
    },
  ];
  await bot.send.event(botPost({ ts: '1700000000.000300', text: '', attachments }));
  expect(inputsOf(bot, 'RecordChangeEvent').map((input) => (input as { text: string }).text)).toEqual([
    'checkout-api → production\n*Version:*\n`v2.14.3`',
    'helmrelease/payments.shop\n<https://argo.example.com/payments|payments>\nHelm upgrade succeeded\nrevision: 2.1.0\nacme/deploy',
  ]);
});

test('law 2: a bot’s message that could not be stored is left for Slack to bring again, and nobody is told', async () => {
  bot.api.eventChannels = [slack.general];
  bot.api.mood = 'down';
  expect((await bot.send.event(botPost())).status).toBe(503);
  bot.api.mood = 'well';
  expect((await bot.send.event(botPost(), { retryNum: 1 })).status).toBe(200);
  expect(inputsOf(bot, 'RecordChangeEvent')).toHaveLength(1);
  expect(slack.ephemerals()).toEqual([]);
});

test('only admins choose the channels in which bots are listened to', async () => {
  bot.api.eventChannels = ['C0OTHER'];
  expect(await say('listen', { user: slack.ben })).toContain('Only admins');
  expect(await say('listen')).toContain('From now on');
  expect(await say('unlisten')).toContain('no longer');
  expect(inputsOf(bot, 'SaveChangelogSettings')).toEqual([{ eventChannels: ['C0OTHER', slack.general] }, { eventChannels: ['C0OTHER'] }]);
});

test('the buttons of a draft: approve, skip, compose again, and a window with every entry', async () => {
  bot.api.draft = {
    id: 'pst_1',
    state: 'DRAFT',
    changelog: {
      audience: 'ENGINEERS',
      entries: Array.from({ length: 120 }, (_, number) => ({
        refs: [`#${number}`],
        originalTitle: `feat: entry ${number}`,
        key: `key${number}`,
        section: 'ADDED' as const,
        text: `Entry ${number}`,
        breaking: number === 0,
      })),
    },
  };
  const value = JSON.stringify({ id: 'pst_1' });
  for (const actionId of ['changelog_approve', 'changelog_skip', 'changelog_again']) await bot.send.click({ actionId, value });
  await bot.send.click({ actionId: 'changelog_resume', value: JSON.stringify({ id: 'csb_1' }) });
  await bot.send.click({ actionId: 'changelog_edit', value });
  await vi.waitFor(() => expect(view().blocks).toHaveLength(97));
  expect(input('key0')['initial_value']).toBe('Entry 0');
  const values = { key0: { key0: { value: 'Better words' } }, key1: { key1: { value: 'Entry 1' } } };
  await bot.send.submitView({ callbackId: 'changelog_edit', values, privateMetadata: view().private_metadata });
  for (const operation of ['ApproveChangelogPost', 'SkipChangelogPost', 'RecomposeChangelogPost'])
    expect(inputsOf(bot, operation)).toEqual([{ id: 'pst_1' }]);
  expect(inputsOf(bot, 'UpdateChangelogSubscription')).toEqual([{ id: 'csb_1', paused: false }]);
  expect(inputsOf(bot, 'EditChangelogPost')).toEqual([
    {
      id: 'pst_1',
      entries: [
        { key: 'key0', text: 'Better words' },
        { key: 'key1', text: 'Entry 1' },
      ],
    },
  ]);
  bot.api.mood = { userError: { code: 'BAD_INPUT', message: 'Names a customer.', field: 'key0' } };
  const refused = await bot.send.submitView({ callbackId: 'changelog_edit', values, privateMetadata: JSON.stringify({ id: 'pst_1' }) });
  expect(refused.json).toMatchObject({ errors: { key0: 'Names a customer.' } });
});

test('the window of a draft shows reference and original title; an empty box leaves the entry out, a menu moves it', async () => {
  const entry = (number: number) => ({
    ...{ key: `key${number}`, section: 'FIXED' as const, text: `Entry ${number}`, breaking: number === 0 },
    ...{ refs: [`#${number}`], originalTitle: `fix: entry ${number} (#${number})` },
  });
  bot.api.draft = { id: 'pst_1', state: 'DRAFT', changelog: { audience: 'ENGINEERS', entries: [entry(0), entry(1), entry(2)] } };
  await bot.send.click({ actionId: 'changelog_edit', value: JSON.stringify({ id: 'pst_1' }) });
  await vi.waitFor(() => expect(view().blocks).toHaveLength(7));
  expect(view().blocks[1]).toMatchObject({
    ...{ block_id: 'key0', optional: true, label: { text: 'Fixed · breaking · #0' }, hint: { text: 'Originally: fix: entry 0 (#0)' } },
  });
  expect(JSON.stringify(view().blocks[0])).toContain('An empty box leaves the entry out');
  const menu = (input('section:key0')['options'] as { value: string }[]).map(({ value }) => value);
  expect(menu).toEqual(['ADDED', 'CHANGED', 'DEPRECATED', 'REMOVED', 'FIXED', 'SECURITY']);
  const values = {
    key0: { key0: { value: null } },
    'section:key0': { 'section:key0': { selected_option: { value: 'FIXED' } } },
    key1: { key1: { value: 'Entry 1' } },
    'section:key1': { 'section:key1': { selected_option: { value: 'SECURITY' } } },
  };
  await bot.send.submitView({ callbackId: 'changelog_edit', values, privateMetadata: view().private_metadata });
  expect(inputsOf(bot, 'EditChangelogPost')).toEqual([
    {
      id: 'pst_1',
      entries: [
        { key: 'key0', leaveOut: true },
        { key: 'key1', text: 'Entry 1', section: 'SECURITY' },
      ],
    },
  ]);
});

test('what was left out is shown with its reason to full members, and what is ticked is put back', async () => {
  const left = (number: number, reason: 'TRIVIAL' | 'PRIVATE') => ({
    node: { reason, title: reason === 'PRIVATE' ? 'something private' : `Change ${number}`, of: null, change: { id: `chg_${number}` } },
  });
  const edges = [...Array.from({ length: 12 }, (_, number) => left(number, 'TRIVIAL')), left(12, 'PRIVATE'), left(13, 'PRIVATE')];
  bot.api.omitted = { id: 'pst_1', state: 'DRAFT', changelog: { id: 'clg_1', omitted: { edges, pageInfo: { hasNextPage: false } } } };
  await bot.send.click({ actionId: 'changelog_omitted', value: JSON.stringify({ id: 'pst_1' }) });
  await vi.waitFor(() => expect(view().blocks.map(({ block_id }) => block_id)).toEqual([undefined, 'left0', 'left1', undefined]));
  expect(JSON.stringify(input('left1'))).toContain('Change 11');
  expect(JSON.stringify(view().blocks.at(-1))).toContain('Beside these: something private (private) ×2');
  expect(JSON.stringify([input('left0'), input('left1')])).not.toContain('chg_12');
  const ticked = { selected_options: [{ value: 'chg_3' }] };
  await bot.send.submitView({
    callbackId: 'changelog_omitted',
    values: { left0: { left0: ticked } },
    privateMetadata: view().private_metadata,
  });
  expect(inputsOf(bot, 'IncludeChanges')).toEqual([{ changelogId: 'clg_1', changes: ['chg_3'] }]);
  expect(inputsOf(bot, 'RecomposeChangelogPost')).toEqual([{ id: 'pst_1' }]);

  // A guest of the channel.
  slack.changeUser(slack.ben, { is_restricted: true });
  const [windows, answers] = [slack.views().length, slack.responses().length];
  await bot.send.click({ actionId: 'changelog_omitted', value: JSON.stringify({ id: 'pst_1' }), user: slack.ben });
  await vi.waitFor(() => expect(slack.responses()[answers]?.['text']).toContain('Only full members'));
  expect(slack.views()).toHaveLength(windows);
});
