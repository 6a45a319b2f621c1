import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { until } from '#tests/support/app.ts';
import { createGate } from '#tests/support/gate.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { newestLog, type SlackApp, startSlackApp } from '#tests/support/slack-app.ts';
import { summaryAnswer } from '#tests/support/summary-answer.ts';

let all: SlackApp;
beforeAll(async () => {
  all = await startSlackApp({ engine: 'openai', settings: { MAX_LOG_BYTES: '200000' } });
});
afterAll(() => all[Symbol.asyncDispose]());
afterEach(() => {
  all.slack.heal();
  all.openai.mock.reset();
});

let channels = 0;
const newChannel = (): string => all.slack.createChannel({ name: `slack-trouble-${++channels}` });
const shown = (channel: string): string => JSON.stringify(all.slack.messages(channel));
const deliveries = (): Promise<{ state: string; failure: string | null }[]> =>
  all.app.database.orm.em.fork().getConnection().execute('select state, failure from delivery order by id desc');

test('Slack answers 429 on a post: the wait is kept, and the answer is posted once', async () => {
  const { slack, openai, send } = all;
  openai.answer(/orders-db/, summaryAnswer());
  const channel = newChannel();
  slack.fail('chat.postMessage', { kind: 'status', status: 429, retryAfterSeconds: 1 }, { times: 1 });
  const begun = Date.now();
  await send.slash({ channel, text: sampleLog() });
  await until(
    () => shown(channel),
    (text) => text.includes('Checkout could not'),
  );
  expect(Date.now() - begun).toBeGreaterThanOrEqual(950);
  expect(slack.messages(channel)).toHaveLength(2);
});

test('Slack answers 429 on an edit: the second beat comes after the wait', async () => {
  const { slack, openai, send } = all;
  const gate = createGate();
  openai.mock.on({ userMessage: /orders-db/ }, async () => {
    await gate.opened;
    return { content: JSON.stringify(summaryAnswer()) };
  });
  const channel = newChannel();
  await send.slash({ channel, text: sampleLog() });
  await until(
    () => slack.messages(channel).length,
    (count) => count === 2,
  );
  slack.fail('chat.update', { kind: 'status', status: 429, retryAfterSeconds: 1 }, { times: 1 });
  gate.open();
  await until(
    () => shown(channel),
    (text) => text.includes('Checkout could not'),
  );
  expect(slack.messages(channel)).toHaveLength(2);
  await until(deliveries, ([latest]) => latest?.state === 'DELIVERED');
});

test.each([
  ['root', 0],
  ['reply', 1],
])('law 3: when Slack posted the %s and its answer was lost, the next try finds it and does not post twice', async (_, earlier) => {
  const { slack, openai, send } = all;
  openai.answer(/orders-db/, summaryAnswer());
  const channel = newChannel();
  // An earlier call that goes through as it is, then one that is done and not answered.
  if (earlier > 0) slack.fail('chat.postMessage', { kind: 'delay', ms: 0 }, { times: earlier });
  slack.fail('chat.postMessage', { kind: 'cut', done: true }, { times: 1 });
  await send.slash({ channel, text: sampleLog() });
  await until(
    () => shown(channel),
    (text) => text.includes('Checkout could not'),
  );
  await until(deliveries, ([latest]) => latest?.state === 'DELIVERED');
  expect(slack.messages(channel)).toHaveLength(2);
});

test('law 3: a reply whose fate is unknown stays unknown while Slack says "slow down", and is not posted twice', async () => {
  const { slack, openai, send } = all;
  openai.answer(/orders-db/, summaryAnswer());
  const channel = newChannel();
  slack.fail('chat.postMessage', { kind: 'delay', ms: 0 }, { times: 1 });
  slack.fail('chat.postMessage', { kind: 'cut', done: true }, { times: 1 });
  slack.fail('conversations.replies', { kind: 'status', status: 429, retryAfterSeconds: 1 }, { times: 1 });
  await send.slash({ channel, text: sampleLog() });
  await until(deliveries, ([latest]) => latest?.state === 'DELIVERED');
  expect(slack.messages(channel)).toHaveLength(2);
  expect(shown(channel)).toContain('Checkout could not');
});

test('a channel the bot is not in: one sentence that says how to mend it, and nothing posted', async () => {
  const { app, slack, send } = all;
  const channel = slack.createChannel({ name: 'private', isPrivate: true, members: [slack.ana] });
  slack.fail('conversations.history', { kind: 'error', error: 'channel_not_found' }, { times: 1 });
  const before = slack.responses().length;
  await send.slash({ channel, text: 'last 50' });
  await until(
    () => slack.responses().length,
    (count) => count > before,
  );
  expect(slack.responses().slice(before)).toMatchObject([{ response_type: 'ephemeral', text: expect.stringMatching(/invite me there/i) }]);
  expect(slack.messages(channel)).toEqual([]);
  expect(await app.settled(await newestLog(app))).toMatchObject({ status: 'FAILED', failure: { code: 'CHAT_DENIED' } });
});

test('a token that Slack refuses while the messages are fetched is told to the asker alone, and the answer comes once it is mended', async () => {
  const { slack, openai, send } = all;
  openai.answer(/orders-db/, summaryAnswer());
  const channel = newChannel();
  await slack.post({ text: sampleLog(), channel });
  slack.fail('conversations.history', { kind: 'error', error: 'token_revoked' });
  const before = slack.responses().length;
  const sorries = () => slack.responses().slice(before);
  await send.slash({ channel, text: 'last 50' });
  await until(sorries, ({ length }) => length > 0);
  await until(
    () => slack.calls('conversations.history').filter((call) => call['channel'] === channel).length,
    (count) => count > 2,
  );
  expect(slack.messages(channel)).toHaveLength(1);
  slack.heal();
  await until(
    () => shown(channel),
    (text) => text.includes('Checkout could not'),
  );
  expect(sorries()).toMatchObject([
    { response_type: 'ephemeral', text: expect.stringMatching(/reinstall the Slack app.*\(err_\w+\) What you asked for is kept/) },
  ]);
  expect(shown(channel)).not.toContain('reinstall');
});

test('a token that Slack refuses when the answer is posted is told to the asker once, and the answer comes once it is mended', async () => {
  const { slack, openai, send } = all;
  openai.answer(/orders-db/, summaryAnswer());
  const channel = newChannel();
  slack.fail('chat.postMessage', { kind: 'error', error: 'token_revoked' });
  const before = slack.responses().length;
  const sorries = () => slack.responses().slice(before);
  await send.slash({ channel, text: sampleLog() });
  await until(sorries, ({ length }) => length > 0);
  const tried = slack.calls('chat.postMessage').length;
  await until(
    () => slack.calls('chat.postMessage').length,
    (count) => count > tried + 1,
  );
  slack.heal();
  await until(
    () => shown(channel),
    (text) => text.includes('Checkout could not'),
  );
  expect(sorries()).toMatchObject([
    { text: expect.stringMatching(/reinstall the Slack app.*The answer is kept, and comes here then: log_/) },
  ]);
  await until(deliveries, ([latest]) => latest?.state === 'DELIVERED' && latest.failure === null);
});

test('a missing permission: one sentence that names it', async () => {
  const { slack, send } = all;
  slack.fail('conversations.history', { kind: 'error', error: 'missing_scope', more: { needed: 'channels:history' } }, { times: 1 });
  const before = slack.responses().length;
  await send.slash({ channel: newChannel(), text: 'last 50' });
  await until(
    () => slack.responses().length,
    (count) => count > before,
  );
  expect(slack.responses().slice(before)).toMatchObject([{ text: expect.stringContaining('channels:history') }]);
});

test.each([
  ['too big', { size: 900_000 }, /the most I read is/],
  ["a stranger's", { file_access: 'check_file_info', user_team: 'T0OTHER' }, /belongs to another workspace/],
  ['a picture', { mimetype: 'image/png' }, /is an image, not a log/],
])('a file that is %s: one sentence, to the asker alone, and nothing kept', async (_, fields, sentence) => {
  const { app, slack, send } = all;
  const channel = newChannel();
  const file = await slack.upload({ name: 'app.log', bytes: sampleLog(), channel });
  slack.fail('files.info', { kind: 'rewrite', answer: (json) => ({ ...json, file: { ...(json['file'] as object), ...fields } }) });
  const [message] = slack.messages(channel);
  const before = slack.responses().length;
  await send.shortcut({ channel, message: { ...message, files: [{ id: file.id, name: 'app.log' }] } as never });
  // "Got it" comes first and through the same address.
  await until(
    () =>
      slack
        .responses()
        .slice(before)
        .map(({ text }) => String(text)),
    (texts) => texts.some((text) => sentence.test(text)),
  );
  expect(slack.responses().slice(before)).toHaveLength(2);
  expect(slack.messages(channel)).toHaveLength(1);
  expect((await app.settled(await newestLog(app))).digest).toBeNull();
});

test('law 10: while Slack is down the result waits in the API, and is posted when Slack is back', async () => {
  const { app, slack, openai, send } = all;
  openai.answer(/orders-db/, summaryAnswer());
  const channel = newChannel();
  slack.fail('chat.postMessage', { kind: 'status', status: 503 });
  await send.slash({ channel, text: sampleLog() });
  expect(await app.settled(await newestLog(app))).toMatchObject({
    status: 'SUCCEEDED',
    headline: expect.stringContaining('Checkout could not'),
  });
  expect(slack.messages(channel)).toEqual([]);
  slack.heal();
  await until(
    () => shown(channel),
    (text) => text.includes('Checkout could not'),
  );
  expect(openai.requests()).toHaveLength(1);
});

const sorryFor = async (act: () => Promise<unknown>, sentence: RegExp): Promise<void> => {
  const before = all.slack.responses().length;
  await act();
  const said = () => all.slack.responses().slice(before);
  await until(said, (responses) => responses.some(({ text }) => sentence.test(String(text))), 'the asker to be told');
  expect(said().filter(({ text }) => sentence.test(String(text)))).toHaveLength(1);
  await until(deliveries, ([latest]) => latest?.state === 'FAILED' && /^err_\w+ CHAT_DENIED$/.test(latest.failure ?? ''));
};

test('the message that was asked about is deleted before the answer: nothing stands in the channel, the asker is told, and the answer is kept', async () => {
  const { app, slack, openai, send } = all;
  openai.answer(/orders-db/, summaryAnswer());
  const channel = newChannel();
  const question = await slack.post({ channel, text: `\`\`\`${sampleLog()}\`\`\`` });
  // The first try is put off, and the message goes meanwhile.
  slack.fail('chat.postMessage', { kind: 'status', status: 429, retryAfterSeconds: 1 }, { times: 1 });
  const posts = () => slack.calls('chat.postMessage').filter((call) => call['channel'] === channel).length;
  const ask = async () => {
    await send.shortcut({ channel, message: question });
    await until(posts, (count) => count > 0);
    slack.remove(channel, question.ts);
  };
  await sorryFor(ask, /message I was to answer under is gone.*\(err_\w+\) The answer is kept: log_/);
  expect(slack.messages(channel)).toEqual([]);
  expect(await app.settled(await newestLog(app))).toMatchObject({ status: 'SUCCEEDED' });
});

test.each([
  ['at first, it does so later', { kind: 'status', status: 500 }, 2, 0],
  ['for good, the asker is told what stands where', { kind: 'error', error: 'cant_delete_message' }, 9, 1],
] as const)(
  'an answer under a message that is gone is taken back; when Slack does not let the bot %s',
  async (_, fault, times, standing) => {
    const { slack, openai, send } = all;
    openai.answer(/orders-db/, summaryAnswer());
    const channel = newChannel();
    const question = await slack.post({ channel, text: `\`\`\`${sampleLog()}\`\`\`` });
    slack.remove(channel, question.ts);
    slack.fail('chat.delete', fault, { times });
    const before = slack.responses().length;
    await send.shortcut({ channel, message: question });
    const said = () => slack.responses().slice(before);
    const told = () => said().filter(({ text }) => /could not take it back: .*cant_delete_message/.test(String(text)));
    await until(
      said,
      (responses) => responses.some(({ text }) => /message I was to answer under is gone/.test(String(text))),
      'the asker to be told',
    );
    await until(
      () => [slack.messages(channel).length, told().length],
      ([stands, heard]) => stands === standing && heard === standing,
      'what becomes of the message',
    );
    slack.heal();
  },
);

test('law 10: who asked hears that their answer was refused, also when Slack is away just then', async () => {
  const { slack, send } = all;
  const channel = newChannel();
  slack.fail('chat.postMessage', { kind: 'error', error: 'is_archived' }, { times: 1 });
  slack.fail('response_url', { kind: 'status', status: 500 }, { times: 2 });
  slack.fail('chat.postEphemeral', { kind: 'status', status: 503 }, { times: 2 });
  const before = slack.responses().length;
  await send.slash({ channel, text: sampleLog() });
  const told = () =>
    slack
      .responses()
      .slice(before)
      .filter(({ text }) => /archived.*The answer is kept: log_/.test(String(text)));
  await until(told, ({ length }) => length === 1, 'the asker to be told');
  slack.heal();
});

test.each([
  ['before anything is posted', 'chat.postMessage', 0],
  ['between digest and summary', 'chat.update', 2],
])('the channel is archived %s: the asker is told, what stands there stays, and the answer is kept', async (_, method, standing) => {
  const { app, slack, openai, send } = all;
  const gate = createGate();
  openai.mock.on({ userMessage: /orders-db/ }, async () => {
    await gate.opened;
    return { content: JSON.stringify(summaryAnswer()) };
  });
  const channel = newChannel();
  const ask = async () => {
    if (standing === 0) slack.fail(method, { kind: 'error', error: 'is_archived' });
    await send.slash({ channel, text: sampleLog() });
    await until(
      () => slack.messages(channel).length,
      (count) => count === standing,
    );
    if (standing > 0) slack.fail(method, { kind: 'error', error: 'is_archived' });
    gate.open();
  };
  await sorryFor(ask, /That channel is archived\. Unarchive it.*\(err_\w+\) The answer is kept: log_/);
  expect(slack.messages(channel)).toHaveLength(standing);
  expect(await app.settled(await newestLog(app))).toMatchObject({
    status: 'SUCCEEDED',
    headline: expect.stringContaining('Checkout could not'),
  });
});
