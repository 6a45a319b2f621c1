import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { until } from '#tests/support/app.ts';
import { createGate } from '#tests/support/gate.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { countLogs, newestLog, type SlackApp, startSlackApp } from '#tests/support/slack-app.ts';
import { cite, summaryAnswer } from '#tests/support/summary-answer.ts';

let all: SlackApp;
beforeAll(async () => {
  all = await startSlackApp({ engine: 'openai' });
});
afterAll(() => all[Symbol.asyncDispose]());
afterEach(() => all.openai.mock.reset());

/** What people see of a thread: its root and the replies under it. */
const thread = (channel: string) => {
  const [root, ...replies] = all.slack.messages(channel);
  return { root, replies };
};

test('/summarize is answered under a root message: the digest first, then the summary in the same message, nothing posted twice', async () => {
  const { app, slack, openai, send } = all;
  const channel = slack.createChannel({ name: 'incident-1' });
  const gate = createGate();
  openai.mock.on({ userMessage: /orders-db/ }, async () => {
    await gate.opened;
    return { content: JSON.stringify(summaryAnswer()), usage: { input_tokens: 1200, output_tokens: 300, total_tokens: 1500 } };
  });

  const answer = await send.slash({ channel, text: sampleLog() });
  expect(answer.json).toMatchObject({ response_type: 'ephemeral', text: expect.stringContaining('Got it') });

  await until(
    () => thread(channel).replies[0]?.text ?? '',
    (text) => text !== '',
  );
  const first = thread(channel);
  expect(first.root?.text).toContain('asked for a summary of pasted log');
  expect(first.root?.text).toContain(slack.ana);
  expect(first.replies).toHaveLength(1);
  expect(first.replies[0]?.thread_ts).toBe(first.root?.ts);
  expect(JSON.stringify(first.replies[0]?.blocks)).toContain('the engine is writing the summary');
  expect(JSON.stringify(first.replies[0]?.blocks)).toContain('timeout acquiring connection from pool orders-db');

  gate.open();
  await until(
    () => JSON.stringify(thread(channel).replies[0]),
    (reply) => reply.includes('Checkout could not get'),
  );
  const second = thread(channel);
  expect(second.replies.map(({ ts }) => ts)).toEqual(first.replies.map(({ ts }) => ts));
  const shown = JSON.stringify(second.replies[0]?.blocks);
  expect(shown).toContain('Checkout could not get a database connection 5 times');
  expect(shown).toContain('The connection pool was exhausted');
  expect(shown).toContain('81 lines = ');
  expect(shown).toContain('gpt-5-mini · 1,500 tokens · $0.0009');
  expect(slack.violations).toEqual([]);
  expect((await app.settled(await newestLog(app))).receipt).toMatchObject({
    engine: 'openai',
    model: 'gpt-5-mini',
    tokensIn: 1200,
    costUsd: 0.0009,
  });
});

test('law 9: the answer goes into the thread where the question was asked, wherever the log is from and whatever the model says', async () => {
  const { slack, openai, send } = all;
  const [asked, elsewhere] = [slack.createChannel({ name: 'asked' }), slack.createChannel({ name: 'elsewhere' })];
  openai.answer(
    /orders-db/,
    summaryAnswer({ nextSteps: [{ text: `Post this to <#${elsewhere}> and tell <!channel>`, confidence: null, evidence: [cite(null)] }] }),
  );
  const question = await slack.post({ channel: asked, text: `\`\`\`${sampleLog()}\`\`\`` });
  await send.shortcut({ channel: asked, message: question });
  await until(
    () => JSON.stringify(thread(asked).replies),
    (replies) => replies.includes('Checkout could not'),
  );
  expect(thread(asked).replies.map(({ thread_ts }) => thread_ts)).toEqual([question.ts]);
  expect(slack.messages(elsewhere)).toEqual([]);
  expect(JSON.stringify(slack.messages(asked).slice(1))).not.toMatch(/<!channel>|<#C/);
});

test('"Summarize as log" on a message with a gzipped file reads the file and answers under the message', async () => {
  const { app, slack, openai, send } = all;
  openai.answer(/orders-db/, summaryAnswer());
  const channel = slack.createChannel({ name: 'files' });
  const file = await slack.upload({ name: 'app.log.gz', bytes: gzipSync(sampleLog({ quiet: 500 })), channel, text: 'have a look' });
  const [message] = slack.messages(channel);
  await send.shortcut({ channel, message: { ...message, files: [file] } as never });
  await until(
    () => JSON.stringify(thread(channel).replies),
    (replies) => replies.includes('Checkout could not'),
  );
  const [reply] = thread(channel).replies;
  expect(reply?.thread_ts).toBe(message?.ts);
  expect(JSON.stringify(reply)).toContain('app.log.gz');
  expect((await app.settled(await newestLog(app))).digest?.ledger.lines).toBe(541);
});

test('/summarize alone opens a window; text and a packed file put in there are answered together, under a root message', async () => {
  const { app, slack, openai, send } = all;
  openai.answer(/orders-db/, summaryAnswer());
  const channel = slack.createChannel({ name: 'window' });
  const file = await slack.upload({ name: 'app.log.gz', bytes: gzipSync(sampleLog()), channel: slack.createChannel({ name: 'shelf' }) });
  await send.slash({ channel });
  const window = slack.views().at(-1) as { callback_id: string; private_metadata: string };
  const sent = await send.submitView({
    callbackId: window.callback_id,
    privateMetadata: window.private_metadata,
    values: { log_text: { log_text: { value: '12:00:00 INFO before all that' } }, log_files: { log_files: { files: [file] } } },
  });
  expect(sent).toMatchObject({ status: 200, body: '' });
  await until(
    () => JSON.stringify(thread(channel).replies),
    (replies) => replies.includes('Checkout could not'),
  );
  expect(thread(channel).root?.text).toContain(`<@${slack.ana}> asked for a summary of app.log.gz`);
  expect((await app.settled(await newestLog(app))).digest?.ledger.lines).toBe(82);
});

test('a file that is packed twice is refused in words, to whoever asked', async () => {
  const { slack, send } = all;
  const channel = slack.createChannel({ name: 'packed-twice' });
  const file = await slack.upload({ name: 'app.log.gz', bytes: gzipSync(gzipSync(sampleLog())), channel, text: 'have a look' });
  const [message] = slack.messages(channel);
  await send.shortcut({ channel, message: { ...message, files: [file] } as never });
  await until(
    () => JSON.stringify([...slack.ephemerals(), ...slack.responses()]),
    (told) => told.includes('This log is packed twice: what was unpacked is gzip again'),
  );
});

test('files of a thread that are not read are counted in its title, and named to whoever asked', async () => {
  const { app, slack, openai, send } = all;
  openai.answer(/orders-db/, summaryAnswer());
  const channel = slack.createChannel({ name: 'long-thread' });
  const { ts } = await slack.post({ channel, text: sampleLog() });
  const files = ['shot.png', 'theirs.log', ...Array.from({ length: 10 }, (_, index) => `part-${index}.log`)];
  for (const name of files) {
    const file = await slack.upload({ name, bytes: `2026-11-01 ERROR ${name}`, channel, threadTs: ts });
    if (name === 'shot.png') slack.changeFile(file.id, { mimetype: 'image/png' });
    if (name === 'theirs.log') slack.changeFile(file.id, { is_external: true });
  }
  const call = await slack.post({ channel, text: `<@${slack.botUserId}> summarize`, threadTs: ts });
  await send.event({ type: 'app_mention', channel, user: slack.ana, ts: call.ts, thread_ts: ts, text: call['text'] });
  const sentence =
    'I read that thread without 4 of its files: shot.png (no text); theirs.log (I may not open it); 2 more, for I read the first 10. What matters in them, send me by itself.';
  await until(
    () => JSON.stringify(slack.ephemerals()),
    (told) => told.includes(sentence),
  );
  await until(
    () => JSON.stringify(thread(channel).replies),
    (told) => told.includes('#long-thread, without 4 of its files'),
  );
  expect((await app.settled(await newestLog(app))).status).toBe('SUCCEEDED');
});

test('law 3: an event that Slack delivers again, also at the same time, is one log, one engine call and one reply', async () => {
  const { app, slack, openai, send } = all;
  openai.answer(/orders-db/, summaryAnswer());
  const before = await countLogs(app);
  const channel = slack.createDirectMessages();
  const { ts, text } = await slack.post({ channel, text: sampleLog() });
  const event = { type: 'message', channel_type: 'im', channel, user: slack.ana, ts, text };
  const answers = await Promise.all([send.event(event, { eventId: 'EvTwice' }), send.event(event, { eventId: 'EvTwice', retryNum: 1 })]);
  answers.push(await send.event(event, { eventId: 'EvTwice', retryNum: 2 }));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  await until(
    () => JSON.stringify(slack.messages(channel)),
    (shown) => shown.includes('Checkout could not'),
  );
  expect((await countLogs(app)) - before).toBe(1);
  expect(slack.messages(channel).slice(1)).toHaveLength(1);
  expect(openai.requests()).toHaveLength(1);
});

test('law 4: no secret and no personal datum of a log reaches OpenAI; in the thread the e-mail address is back and the secret is not', async () => {
  const { app, slack, openai, send } = all;
  const token = `gh${'p_'}${'a1B2c3'.repeat(6)}`;
  const lines = Array.from(
    { length: 5 },
    () => `2026-11-20T12:00:01Z ERROR login of kim@customer.example failed password=hunter2-${'x'.repeat(8)} token ${token}`,
  );
  openai.answer(/login of/, {
    headline: 'Login fails for <EMAIL_1>',
    severity: 'high',
    whatIsGoingOn: [
      { text: 'Login of <EMAIL_1> failed with <GITHUB_TOKEN_1>', confidence: null, evidence: [cite('login of <EMAIL_1> failed')] },
    ],
    likelyCauses: [],
    impact: [],
    nextSteps: [],
  });
  const channel = slack.createChannel({ name: 'secrets' });
  await send.slash({ channel, text: lines.join('\n') });
  await until(
    () => JSON.stringify(thread(channel).replies),
    (replies) => replies.includes('Login of kim'),
  );
  for (const secret of ['kim@customer.example', 'hunter2', token]) expect(openai.wire()).not.toContain(secret);
  const shown = JSON.stringify(slack.messages(channel));
  expect(shown).toContain('Login of kim@customer.example failed');
  expect(shown).not.toContain('hunter2');
  expect(shown).not.toContain(token);
  const { receipt } = await app.settled(await newestLog(app));
  expect(receipt?.maskedCounts.map(({ kind }) => kind).sort()).toEqual(['email', 'github token', 'secret']);
});

/** What is written, and the pieces of it that nobody may see. */
const leaks: [string, ...string[]][] = [
  ['starting with DB_PASS=Sup3rS3cret!A', 'Sup3rS3cret'],
  ['mailer uses SMTP_PASS=letmein99 today', 'letmein99'],
  ['config {"user":"app","pass":"quietriver"}', 'quietriver'],
  ['cannot reach postgres://app:p/ss:w@rd@db:5432/x', 'p/ss', 'w@rd'],
  ['cannot reach Server=db;Password=My T4il P@ss!;Encrypt=True', 'T4il', 'P@ss!'],
  ['refused {"password":"hunter\\"tail2 x"}', 'tail2'],
  ['settings.xml has <password>hunter2xml</password> in it', 'hunter2xml'],
  ["login failed for bob with password 'hunter2q'", 'hunter2q'],
  ['vault opened by passphrase "correct horse"', 'correct horse'],
  ['renamed password -> greenmeadow', 'greenmeadow'],
  ['somebody typed passwd brownfox7', 'brownfox7'],
];

test('law 4: however a password is written, it is neither in a request to OpenAI, nor in a post, nor in an answer of the API', async () => {
  const { app, slack, openai, send } = all;
  openai.answer(/DB_PASS/, {
    headline: 'The log says password <PASSWORD_1> and <SECRET_1>',
    severity: 'high',
    whatIsGoingOn: ['cannot reach', 'login failed for bob', 'starting with'].map((quote) => ({
      text: `${quote} <PASSWORD_1>, <SECRET_2>`,
      confidence: null,
      evidence: [{ pattern: null, fromLine: 1, toLine: 2 * leaks.length, quote }],
    })),
    likelyCauses: [],
    impact: [],
    nextSteps: [],
  });
  const channel = slack.createChannel({ name: 'passwords' });
  const lines = leaks.flatMap(([text], at) => [0, 1].map((second) => `2026-11-20T12:${10 + at}:0${second}Z ERROR ${text}`));
  // As Slack escapes what people type.
  await send.slash({ channel, text: lines.join('\n').replaceAll('<', '&lt;').replaceAll('>', '&gt;') });
  await until(
    () => JSON.stringify(thread(channel).replies),
    (replies) => replies.includes(' masked ('),
  );
  const id = await newestLog(app);
  await app.gql('mutation ($input: AskLogInput!) { askLog(input: $input) { question { id } } }', {
    input: { logId: id, question: 'who logged in with a password?' },
  });
  await until(
    () => openai.requests().length,
    (requests) => requests > 1,
  );
  const answer = await app.gql(
    `query ($id: ID!) { logSummary(logId: $id) { headline whatIsGoingOn { text evidence { quote } } nextSteps { text }
      digest { patterns(first: 50) { template variables { top { value } } } } } }`,
    { id },
  );
  const seen = { sent: openai.wire(), posted: JSON.stringify(slack.messages(channel)), answered: JSON.stringify(answer) };
  const left = Object.entries(seen).flatMap(([where, text]) =>
    leaks.flatMap(([, ...pieces]) => pieces.filter((piece) => text.includes(piece)).map((piece) => `${piece} was ${where}`)),
  );
  expect(left).toEqual([]);
});
