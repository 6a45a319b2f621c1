import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type SlackStandIn, startSlack } from '#tests/support/slack.ts';
import { type RunningBot, startBot } from './start-bot.ts';

let slack: SlackStandIn;
let bot: RunningBot;
const acked: string[] = [];
const retries: string[] = [];

beforeAll(async () => {
  slack = await startSlack();
  bot = await startBot(slack, { observe: { acked: (kind) => acked.push(kind), retryReceived: (reason) => retries.push(reason) } });
});
afterAll(async () => {
  await bot.stop();
  await slack.stop();
});
beforeEach(() => {
  bot.api.mood = 'well';
  bot.api.submitted.length = bot.api.kept.length = bot.api.requests.length = 0;
  bot.logged.length = 0;
  slack.heal();
});

const replyTo = (more: object) => ({ teamId: slack.teamId, channel: slack.general, user: slack.ana, ...more });

test('/summarize with text submits that text once and leaves the thread to the delivery', async () => {
  const answer = await bot.send.slash({
    text: 'ERROR a &lt;b&gt; &amp; c\nERROR d',
    triggerId: 'trigger-1',
    responseUrl: 'https://hooks.slack.com/commands/1',
  });
  expect(answer.json).toEqual({ response_type: 'ephemeral', text: expect.stringContaining('Got it') });
  expect(bot.api.submitted).toEqual([
    {
      text: 'ERROR a <b> & c\nERROR d',
      title: 'pasted log',
      idempotencyKey: 'slack:command:trigger-1',
      replyTo: replyTo({ responseUrl: 'https://hooks.slack.com/commands/1' }),
    },
  ]);
});

test('every request names the Slack user it is made for and carries a request id', async () => {
  await bot.send.slash({ text: 'ERROR x' });
  const { headers } = bot.api.requests[0]!;
  expect(headers['x-acting-for']).toBe(`slack:${slack.teamId}:${slack.ana}`);
  expect(headers.authorization).toBe('Bearer service-token');
  expect(headers['x-request-id']).toMatch(/^req_/);
});

test('/summarize with a link submits that message, answered where it was asked', async () => {
  await bot.send.slash({ text: 'https://acme.slack.com/archives/C0OTHER/p1700000001123456?thread_ts=1700000000.000100&cid=C0OTHER' });
  expect(bot.api.submitted).toMatchObject([
    {
      slack: { kind: 'MESSAGE', channel: 'C0OTHER', ts: '1700000001.123456', threadTs: '1700000000.000100', user: slack.ana },
      replyTo: { channel: slack.general },
    },
  ]);
  expect(bot.api.submitted[0]!.replyTo).not.toHaveProperty('threadTs');
});

test('/summarize last 2h and last 200 submit the channel they are typed in', async () => {
  await bot.send.slash({ text: 'last 2h' });
  await bot.send.slash({ text: 'last 200' });
  const channel = slack.general;
  expect(bot.api.submitted).toMatchObject([
    { slack: { kind: 'HISTORY', channel, sinceSeconds: 7200 } },
    { slack: { kind: 'HISTORY', channel, lastMessages: 200 } },
  ]);
  expect(Number(bot.api.submitted[0]!.slack!.before)).toBeCloseTo(Date.now() / 1000, -2);
});

test('/summarize alone opens a window whose text and files are submitted once, however often it is sent', async () => {
  const opened = slack.views().length;
  const answer = await bot.send.slash({ responseUrl: 'https://hooks.slack.com/commands/2' });
  expect(answer).toMatchObject({ status: 200, body: '' });
  const view = slack.views()[opened]! as { callback_id: string; private_metadata: string };
  const submission = {
    callbackId: view.callback_id,
    privateMetadata: view.private_metadata,
    viewId: 'V1',
    values: { log_text: { log_text: { value: 'ERROR boom' } }, log_files: { log_files: { files: [{ id: 'F1' }] } } },
  };
  expect((await bot.send.submitView(submission)).body).toBe('');
  await bot.send.submitView(submission);
  expect(bot.api.kept).toEqual([
    {
      slack: { kind: 'FILES', ...replyTo({}), fileIds: ['F1'], text: 'ERROR boom' },
      replyTo: replyTo({ responseUrl: 'https://hooks.slack.com/commands/2' }),
      idempotencyKey: 'slack:view:V1',
    },
  ]);
});

test('an empty window says what is missing, and one that cannot be stored keeps what was typed', async () => {
  const send = (value: string | null) =>
    bot.send.submitView({
      callbackId: 'summarize_modal',
      privateMetadata: JSON.stringify({ channel: slack.general }),
      values: { log_text: { log_text: { value } }, log_files: { log_files: { files: [] } } },
    });
  expect((await send(null)).json).toEqual({ response_action: 'errors', errors: { log_text: expect.stringContaining('Paste a log') } });
  bot.api.mood = 'down';
  expect((await send('ERROR x')).json).toEqual({
    response_action: 'errors',
    errors: { log_text: expect.stringContaining('nothing was kept') },
  });
});

test('"Summarize as log" takes the message from the payload: a double click does the work once', async () => {
  const message = await slack.post({
    text: 'Look:\n```ERROR one\nERROR two```',
    attachments: [{ pretext: 'alert', text: 'ERROR three &amp; four', fields: [{ title: 'host', value: 'db-1' }] }],
  });
  await bot.send.shortcut({ message });
  await bot.send.shortcut({ message });
  expect(bot.api.submitted).toHaveLength(2);
  expect(bot.api.kept).toEqual([
    {
      text: 'Look:\nERROR one\nERROR two\nalert\nERROR three & four\nhost: db-1',
      title: 'a message',
      idempotencyKey: `slack:shortcut:${slack.general}:${message.ts}:${slack.ana}`,
      replyTo: replyTo({ threadTs: message.ts, responseUrl: expect.any(String) }),
    },
  ]);
  await vi.waitFor(() =>
    expect(slack.responses().at(-1)).toMatchObject({
      response_type: 'ephemeral',
      replace_original: false,
      text: expect.stringContaining('before'),
    }),
  );
});

test('of an alert whose text is only the line of the notification, the blocks are read too, each thing once and in order', async () => {
  const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
  const plain = (text: string) => ({ type: 'text', text });
  await bot.send.shortcut({
    message: {
      ts: '1700000000.000420',
      bot_id: 'B0ALERTS',
      text: '[FIRING] error spike',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: '[FIRING] error spike' } },
        {
          type: 'section',
          text: mrkdwn('ERROR pool exhausted &amp; no *free* connection'),
          fields: [mrkdwn('*Host*\ndb-1'), mrkdwn('*Count*\n412')],
        },
        { type: 'rich_text', elements: [{ type: 'rich_text_preformatted', elements: [plain('ERROR a\n'), plain('ERROR b')] }] },
        { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Acknowledge' } }] },
        { type: 'context', elements: [mrkdwn('since 12:04 UTC')] },
      ],
      attachments: [
        {
          title: 'Error spike',
          fallback: 'Error spike',
          blocks: [
            { type: 'section', text: mrkdwn('Error spike') },
            { type: 'section', text: mrkdwn('FATAL no slots') },
          ],
        },
      ],
    },
  });
  expect(bot.api.submitted.map(({ text }) => text)).toEqual([
    '[FIRING] error spike\nERROR pool exhausted & no *free* connection\n*Host*\ndb-1\n*Count*\n412\nERROR a\nERROR b\nsince 12:04 UTC\nError spike\nFATAL no slots',
  ]);
});

test('a table is read row by row, and a picture by its title', async () => {
  const cell = (text: string) => ({ type: 'raw_text', text });
  const rich = { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'ERROR no slots' }] }] };
  const blocks = [
    {
      type: 'table',
      rows: [
        [cell('host'), cell('last error')],
        [cell('db-1'), rich],
      ],
    },
    { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'graph', title: { type: 'plain_text', text: 'Errors since 12:04' } },
  ];
  await bot.send.shortcut({ message: { ts: '1700000000.000423', text: '', bot_id: 'B1', blocks } });
  expect(bot.api.submitted.map(({ text }) => text)).toEqual(['host | last error\ndb-1 | ERROR no slots\nErrors since 12:04']);
});

test('of a bot’s message that somebody forwards, the blocks are read too', async () => {
  const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'ERROR pool exhausted\nERROR no connection' } }];
  const attachments = [{ is_share: true, text: '[FIRING] error spike', message_blocks: [{ channel: slack.general, message: { blocks } }] }];
  await bot.send.shortcut({ message: { ts: '1700000000.000422', text: '', attachments } });
  expect(bot.api.submitted.map(({ text }) => text)).toEqual(['[FIRING] error spike\nERROR pool exhausted\nERROR no connection']);
});

test('what somebody types is read once, though Slack sends it as text and as blocks', async () => {
  const link = { type: 'link', url: 'https://status.example.com/a', text: 'status' };
  const typed = [
    { type: 'text', text: 'ERROR a & b on ' },
    { type: 'text', text: 'db-1', style: { bold: true } },
    link,
    { type: 'emoji', name: 'fire' },
  ];
  await bot.send.shortcut({
    message: {
      ts: '1700000000.000421',
      text: 'ERROR a &amp; b on *db-1* <https://status.example.com/a|status> :fire:',
      blocks: [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: typed }] }],
    },
  });
  expect(bot.api.submitted.map(({ text }) => text)).toEqual(['ERROR a & b on *db-1* status :fire:']);
});

test('"Summarize as log" on a message with files names the files, and answers in the thread the message is in', async () => {
  await bot.send.shortcut({
    message: {
      type: 'message',
      ts: '1700000002.000200',
      thread_ts: '1700000001.000100',
      text: 'have a look',
      files: [
        { id: 'F7', name: 'app.log' },
        { id: 'F8', file_access: 'check_file_info' },
      ],
    },
  });
  expect(bot.api.submitted).toMatchObject([
    { slack: { kind: 'FILES', fileIds: ['F7', 'F8'], text: null }, replyTo: { threadTs: '1700000001.000100' } },
  ]);
});

test('a forwarded message and a file sent directly are each submitted and answered in their thread', async () => {
  const channel = slack.createDirectMessages();
  const event = { type: 'message', channel_type: 'im', channel, user: slack.ana };
  await bot.send.event({
    ...event,
    ts: '1700000003.000100',
    text: '',
    attachments: [{ is_share: true, text: 'ERROR forwarded\nERROR again', author_name: 'Ben' }],
  });
  await bot.send.event({ ...event, ts: '1700000004.000100', subtype: 'file_share', text: '', files: [{ id: 'F9', name: 'app.log.gz' }] });
  expect(bot.api.kept).toMatchObject([
    { text: 'ERROR forwarded\nERROR again', replyTo: { channel, threadTs: '1700000003.000100' } },
    { slack: { kind: 'FILES', fileIds: ['F9'] }, replyTo: { channel, threadTs: '1700000004.000100' } },
  ]);
});

test('a mention in a thread submits the thread, a mention with a file the file', async () => {
  const event = { type: 'app_mention', channel: slack.general, user: slack.ana };
  await bot.send.event({
    ...event,
    ts: '1700000005.000200',
    thread_ts: '1700000005.000100',
    text: `<@${slack.botUserId}> what is this error?`,
  });
  await bot.send.event({ ...event, ts: '1700000006.000100', text: `<@${slack.botUserId}>`, files: [{ id: 'F10' }] });
  expect(bot.api.kept).toMatchObject([
    { slack: { kind: 'THREAD', ts: '1700000005.000100' }, replyTo: { threadTs: '1700000005.000100' } },
    { slack: { kind: 'FILES', fileIds: ['F10'] }, replyTo: { threadTs: '1700000006.000100' } },
  ]);
});

test('a mention with nothing to read is answered with what can be done, to the asker alone', async () => {
  const before = slack.ephemerals().length;
  await bot.send.event({
    type: 'app_mention',
    channel: slack.general,
    user: slack.ana,
    ts: '1700000007.000100',
    text: `<@${slack.botUserId}> hello`,
  });
  await vi.waitFor(() =>
    expect(slack.ephemerals()[before]).toMatchObject({
      channel: slack.general,
      user: slack.ana,
      text: expect.stringMatching(/^([^\n]+\n){2}\/aiops help shows everything[^\n]*$/),
    }),
  );
  expect(bot.api.submitted).toEqual([]);
});

test('an event delivered again is not dropped and does the work once', async () => {
  const event = { type: 'message', channel_type: 'im', channel: 'D0X', user: slack.ana, ts: '1700000008.000100', text: 'ERROR a\nERROR b' };
  const first = await bot.send.event(event, { eventId: 'Ev1' });
  const second = await bot.send.event(event, { eventId: 'Ev1', retryNum: 1, retryReason: 'http_timeout' });
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(bot.api.submitted).toHaveLength(2);
  expect(bot.api.kept).toHaveLength(1);
  expect(retries).toEqual(['http_timeout']);
});

test('message and app_mention of one post do the work once', async () => {
  const post = {
    channel: 'D0Y',
    channel_type: 'im',
    user: slack.ana,
    ts: '1700000009.000100',
    text: `<@${slack.botUserId}> ERROR a\nERROR b`,
  };
  await Promise.all([bot.send.event({ ...post, type: 'message' }), bot.send.event({ ...post, type: 'app_mention' })]);
  expect(bot.api.kept).toHaveLength(1);
  expect(bot.api.submitted[0]).toEqual(bot.api.submitted[1]);
});

test('bots (this one among them), edits, deletions and joins are not requests', async () => {
  const event = { type: 'message', channel_type: 'im', channel: 'D0Z', user: slack.ana, ts: '1700000010.000100', text: 'ERROR a\nERROR b' };
  for (const more of [
    { bot_id: 'B0OTHER' },
    { user: slack.botUserId },
    { subtype: 'bot_message' },
    { subtype: 'message_changed', message: event },
    { subtype: 'message_deleted' },
    { subtype: 'channel_join' },
  ])
    expect((await bot.send.event({ ...event, ...more })).status).toBe(200);
  // What is edited may count for a ticket; nobody is answered.
  expect(bot.api.requests.filter(({ query }) => !query.includes('RefreshSlackTicket'))).toEqual([]);
});

test('Slack hears "ok" only after the mutation came back', async () => {
  bot.api.mood = 'slow';
  const event = { type: 'message', channel_type: 'im', channel: 'D0A', user: slack.ana, ts: '1700000011.000100', text: 'ERROR a\nERROR b' };
  const sent = [
    () => bot.send.event(event),
    () => bot.send.slash({ text: 'ERROR x' }),
    () => bot.send.shortcut({ message: { ts: '1.2', text: 'ERROR y' } }),
  ];
  for (const each of sent) {
    const count = bot.api.kept.length;
    const answer = await each();
    expect(answer.status).toBe(200);
    expect(answer.ms).toBeGreaterThan(290);
    expect(bot.api.kept).toHaveLength(count + 1);
  }
  expect(acked).toEqual(expect.arrayContaining(['command', 'shortcut', 'event', 'view']));
});

const mention = (ts: string) => ({
  type: 'app_mention',
  channel: slack.general,
  user: slack.ana,
  ts,
  text: `<@${slack.botUserId}> ERROR a\nERROR b`,
});

test.each(['down', 'hangs'] as const)('when the API %s, whoever asked is told at once that nothing was kept', async (mood) => {
  bot.api.mood = mood;
  const command = await bot.send.slash({ text: 'ERROR x' });
  expect(command.json).toEqual({ response_type: 'ephemeral', text: expect.stringContaining('nothing was kept') });
  const [told, whispered] = [slack.responses().length, slack.ephemerals().length];
  const shortcut = await bot.send.shortcut({ message: { ts: '1.3', text: 'ERROR y' } });
  const event = mention('1700000012.000100');
  const first = await bot.send.event(event, { eventId: 'Ev2' });
  await bot.send.event(event, { eventId: 'Ev2', retryNum: 1 });
  await vi.waitFor(() => expect(slack.responses()[told]?.['text']).toContain('nothing was kept'));
  await vi.waitFor(() => expect(slack.ephemerals()[whispered]?.text).toContain('nothing was kept'));
  expect(Math.max(command.ms, shortcut.ms, first.ms)).toBeLessThan(2_900);
  expect(slack.ephemerals()).toHaveLength(whispered + 1);

  // Not acknowledged, so Slack brings it again, and then it is kept.
  expect(first.status).toBe(503);
  bot.api.mood = 'well';
  expect((await bot.send.event(event, { eventId: 'Ev2', retryNum: 2 })).status).toBe(200);
  expect(bot.api.kept.filter((each) => each.idempotencyKey?.endsWith('1700000012.000100'))).toHaveLength(1);
});

test('while Slack is busy or away for a moment, what only one person is told is said again until it is heard', async () => {
  const whispered = slack.ephemerals().length;
  slack.fail('chat.postEphemeral', { kind: 'error', error: 'service_unavailable' }, { times: 1 });
  slack.fail('chat.postEphemeral', { kind: 'status', status: 429, retryAfterSeconds: 1 }, { times: 1 });
  bot.api.mood = { userError: { code: 'TOO_LARGE', message: 'That log has 11 MB; the limit is 10 MB.' } };
  await bot.send.event(mention('1700000013.000100'));
  await vi.waitFor(() => expect(slack.ephemerals()[whispered]?.text).toContain('the limit is 10 MB'), { timeout: 20_000 });
});

test('Slack is asked again no earlier than it says; whoever stops the bot does not wait for that, and it is said once more', async () => {
  const stopped = await startBot(slack);
  const asked = slack.calls('chat.postEphemeral').length;
  slack.fail('chat.postEphemeral', { kind: 'status', status: 429, retryAfterSeconds: 50 });
  stopped.api.mood = { userError: { code: 'TOO_LARGE', message: 'That log has 11 MB; the limit is 10 MB.' } };
  await stopped.send.event(mention('1700000014.000100'));
  await vi.waitFor(() => expect(slack.calls('chat.postEphemeral')).toHaveLength(asked + 1));
  await stopped.stop();
  expect(slack.calls('chat.postEphemeral')).toHaveLength(asked + 2);
  expect(stopped.logged).toContainEqual(expect.objectContaining({ message: 'A person could not be told' }));
});

test('what the API refuses is passed on in its words', async () => {
  bot.api.mood = { userError: { code: 'TOO_LARGE', message: 'That log has 11 MB; the limit is 10 MB.' } };
  expect((await bot.send.slash({ text: 'ERROR x' })).json).toMatchObject({ text: 'That log has 11 MB; the limit is 10 MB.' });
});

test('an unexpected failure is logged once and told with the same id', async () => {
  bot.api.mood = { data: { submitLog: null } };
  const { json } = await bot.send.slash({ text: 'ERROR x' });
  const [id] = /err_\w+/.exec(String(json?.['text'])) ?? [];
  expect(bot.logged.filter((line) => line.level === 'error').map((line) => line.fields['errorId'])).toEqual([id]);
});

test.each([
  ['the future', { secondsOff: 400 }],
  ['too long ago', { secondsOff: -400 }],
  ['another secret', { secret: 'wrong-secret' }],
])('a signature from %s is refused', async (_, signing) => {
  expect((await bot.send.slash({ text: 'ERROR x', triggerId: 't' }, signing)).status).toBe(401);
  expect(bot.api.requests).toEqual([]);
});

test('the address check of the Events API is answered', async () => {
  expect(await bot.send.raw(JSON.stringify({ type: 'url_verification', challenge: 'abc' }), 'application/json')).toMatchObject({
    status: 200,
    json: { challenge: 'abc' },
  });
});

test('cancel stops the log of the button, in the name of whoever clicked', async () => {
  await bot.send.click({ actionId: 'cancel', value: 'log_7', user: slack.ben });
  expect(bot.api.requests).toMatchObject([
    { variables: { input: { logId: 'log_7' } }, headers: { 'x-acting-for': `slack:${slack.teamId}:${slack.ben}` } },
  ]);
});

test('show lines opens a window with the lines, none of which can call the channel', async () => {
  const opened = slack.views().length;
  await bot.send.click({ actionId: 'show_lines:2', value: '{"logId":"log_7","from":5,"to":400}' });
  const view = JSON.stringify(slack.views()[opened]);
  expect(bot.api.requests).toMatchObject([{ variables: { logId: 'log_7', from: 5, to: 104 } }]);
  expect(view).toContain('5  line 5 &lt;!channel&gt;');
  expect(view).toContain('… (296 more)');
  expect(slack.violations).toEqual([]);
});

test('an old button says so', async () => {
  const before = slack.responses().length;
  await bot.send.click({ actionId: 'cancel', value: '{"id":1}' });
  await vi.waitFor(() => expect(slack.responses()[before]?.['text']).toContain('older version'));
});

test('a button this version does not know is answered all the same', async () => {
  const before = slack.responses().length;
  expect((await bot.send.click({ actionId: 'from_the_future', value: 'x' })).status).toBe(200);
  await vi.waitFor(() => expect(slack.responses()[before]?.['text']).toContain('does nothing'));
});

test.each([
  ['help', 'Give me a log'],
  ['last 5000', 'last 2h'],
  ['previous 2h', 'does not look like a log'],
  ['summarize this', 'does not look like a log'],
  ['https://acme.slack.com/archives/C1', 'Copy link'],
])('/summarize %s gets a sentence and stores nothing', async (text, sentence) => {
  expect((await bot.send.slash({ text })).json).toMatchObject({ response_type: 'ephemeral', text: expect.stringContaining(sentence) });
  expect(bot.api.requests).toEqual([]);
});
