import { createServer } from 'node:http';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createSlackChat } from '#bot/chat.ts';
import { createSlackClient } from '#bot/slack-call.ts';
import { isAppError } from '#src/core/errors.ts';
import type { Chat, SlackOrigin } from '#src/core/ports.ts';
import type { Report } from '#src/core/report.ts';
import { freePort } from '#tests/support/free-port.ts';
import { type SlackStandIn, startSlack } from '#tests/support/slack.ts';

let slack: SlackStandIn;
let chat: Chat;
const observed: string[] = [];

beforeAll(async () => {
  slack = await startSlack();
  chat = createSlackChat({
    client: createSlackClient({ token: slack.botToken, apiUrl: slack.apiUrl, timeoutMs: 400 }),
    token: slack.botToken,
    maxFileBytes: 10_000,
    observe: {
      call: (method, outcome) => observed.push(`${method} ${outcome}`),
      rateLimited: (method, seconds) => observed.push(`${method} limited ${seconds}`),
    },
  });
});
afterAll(() => slack.stop());
afterEach(() => {
  slack.heal();
  observed.length = 0;
  expect(slack.violations).toEqual([]);
});

const report = (headline: string, more: Partial<Report> = {}): Report => ({
  headline,
  tone: 'high',
  sections: [],
  charts: [],
  facts: [],
  actions: [],
  ...more,
});
const root = async () => (await slack.post({ text: 'root' })).ts;
const leaving = async () => {};
let deliveries = 0;
const deliver = (threadTs: string | undefined, more: { deliveryId?: string; headline?: string; channel?: string } = {}) =>
  chat.post({
    deliveryId: more.deliveryId ?? `dlv_${++deliveries}`,
    channel: more.channel ?? slack.general,
    threadTs,
    report: report(more.headline ?? 'Hello'),
    leaving,
  });
const errorOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return isAppError(error) ? { code: error.code, message: error.message, retryAfterMs: error.retryAfterMs, effect: error.effect } : error;
};
const read = async (origin: SlackOrigin) => {
  const { title, parts } = await chat.fetch(origin);
  const read: Record<string, string> = {};
  for await (const { name, bytes } of parts) read[name] = Buffer.concat(await Array.fromAsync(bytes)).toString('latin1');
  return { title, parts: read };
};
const asked = () => ({ teamId: slack.teamId, channel: slack.general, user: slack.ana });

test('an answer is posted in its thread, quietly, and edited in place', async () => {
  const threadTs = await root();
  const { ts } = await deliver(threadTs, { deliveryId: 'dlv_a', headline: 'First beat' });
  await chat.update({ deliveryId: 'dlv_a', channel: slack.general, ts, report: report('Second beat'), leaving });
  const replies = slack.messages().filter((message) => message.thread_ts === threadTs);
  expect(replies).toMatchObject([
    {
      ts,
      text: expect.stringContaining('Second beat'),
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: 'aiops_delivery', event_payload: { delivery_id: 'dlv_a' } },
    },
  ]);
  expect(JSON.stringify(replies[0]!.blocks)).toContain('Second beat');
});

test('a rate limit is reported with the milliseconds Slack asked for, and nothing is retried here', async () => {
  slack.fail('chat.postMessage', { kind: 'status', status: 429, retryAfterSeconds: 7 });
  const before = slack.calls('chat.postMessage').length;
  expect(await errorOf(deliver(await root()))).toMatchObject({ code: 'CHAT_RATE_LIMITED', retryAfterMs: 7_000 });
  expect(slack.calls('chat.postMessage')).toHaveLength(before + 1);
  expect(observed).toEqual(['chat.postMessage rate_limited', 'chat.postMessage limited 7']);
});

test.each([{ kind: 'status', status: 500 }, { kind: 'hang' }, { kind: 'cut' }, { kind: 'error', error: 'internal_error' }] as const)(
  'Slack in trouble (%o) is worth another try',
  async (fault) => {
    slack.fail('chat.postMessage', fault);
    expect(await errorOf(deliver(await root()))).toMatchObject({ code: 'CHAT_UNAVAILABLE' });
  },
);

test('a post whose outcome is unknown is found again, under a root and as one', async () => {
  const since = new Date();
  for (const threadTs of [await root(), undefined]) {
    const deliveryId = `dlv_maybe_${threadTs}`;
    slack.fail('chat.postMessage', { kind: 'cut', done: true }, { times: 1 });
    expect(await errorOf(deliver(threadTs, { deliveryId }))).toMatchObject({ code: 'CHAT_UNAVAILABLE', effect: undefined });
    const found = await chat.find({ deliveryId, channel: slack.general, threadTs, since });
    const mine = slack.messages().filter((message) => JSON.stringify(message['metadata'] ?? '').includes(`"${deliveryId}"`));
    expect(mine.map((message) => message.ts)).toEqual([found?.ts]);
    await chat.remove({ channel: slack.general, ts: found?.ts ?? '' });
    await chat.remove({ channel: slack.general, ts: found?.ts ?? '' });
    expect(await chat.find({ deliveryId, channel: slack.general, threadTs, since })).toBeNull();
  }
});

test('a root whose outcome is unknown is found however much was said in its channel since, and nothing older is read', async () => {
  const since = new Date();
  slack.fail('chat.postMessage', { kind: 'cut', done: true }, { times: 1 });
  await errorOf(deliver(undefined, { deliveryId: 'dlv_deep' }));
  const mine = slack.messages().find((message) => JSON.stringify(message['metadata'] ?? '').includes('"dlv_deep"'));
  for (let said = 0; said < 401; said++) await slack.post({ text: `chatter ${said}` });
  const find = async (from: Date) => (await chat.find({ deliveryId: 'dlv_deep', channel: slack.general, since: from }))?.ts;
  expect(await find(since)).toBe(mine?.ts);
  // Slack's clock may be a little behind ours.
  expect(await find(new Date(since.getTime() + 50_000))).toBe(mine?.ts);
  expect(await find(new Date(since.getTime() + 120_000))).toBeUndefined();
  // Told to wait in the middle, the search goes on where it was.
  slack.fail('conversations.history', { kind: 'delay', ms: 0 }, { times: 1 });
  slack.fail('conversations.history', { kind: 'status', status: 429, retryAfterSeconds: 1 }, { times: 1 });
  observed.length = 0;
  expect(await find(since)).toBe(mine?.ts);
  expect(observed.filter((line) => line.startsWith('conversations.history ok'))).toHaveLength(3);
});

test('of a post that went out at a known time only that time is looked through', async () => {
  const since = new Date();
  const { ts } = await deliver(undefined, { deliveryId: 'dlv_when' });
  const find = (from: number, until: number) =>
    chat.find({
      deliveryId: 'dlv_when',
      channel: slack.general,
      since: new Date(since.getTime() + from),
      until: new Date(since.getTime() + until),
    });
  expect((await find(0, 20_000))?.ts).toBe(ts);
  expect(await find(-200_000, -100_000)).toBeNull();
});

test('what is known of a failed post is told: nothing was done, or nothing more will be, or nobody knows', async () => {
  const known: unknown[] = [];
  for (const status of [500, 503, 504]) {
    slack.fail('chat.postMessage', { kind: 'status', status }, { times: 1 });
    known.push(await errorOf(deliver(await root())));
  }
  const nowhere = createSlackClient({ token: slack.botToken, apiUrl: `http://127.0.0.1:${await freePort()}/api/` });
  const away = createSlackChat({ client: nowhere, token: slack.botToken, maxFileBytes: 1 });
  known.push(await errorOf(away.post({ deliveryId: 'dlv_x', channel: slack.general, report: report('x'), leaving })));
  expect(known).toMatchObject([{ effect: 'over' }, { effect: 'over' }, { effect: undefined }, { effect: 'none' }]);
});

test('what is kept back just before it goes out does not go out', async () => {
  const before = slack.messages().length;
  const kept = chat.post({
    deliveryId: 'dlv_kept',
    channel: slack.general,
    report: report('x'),
    leaving: () => Promise.reject(new Error('not yours')),
  });
  await expect(kept).rejects.toThrow('not yours');
  expect(slack.messages()).toHaveLength(before);
});

test('an answer under a message that is gone is known to stand in the channel, also by whoever looks for it later', async () => {
  const threadTs = await root();
  slack.remove(slack.general, threadTs);
  const astray = await chat.post({ deliveryId: 'dlv_astray', channel: slack.general, threadTs, report: report('x'), leaving });
  expect(astray).toMatchObject({ astray: true });
  slack.fail('conversations.replies', { kind: 'error', error: 'thread_not_found' }, { times: 2 });
  const sought = { channel: slack.general, threadTs, since: new Date(Date.now() - 1_000) };
  expect(await chat.find({ deliveryId: 'dlv_astray', ...sought })).toEqual(astray);
  expect(await errorOf(chat.find({ deliveryId: 'dlv_never', ...sought }))).toMatchObject({ code: 'CHAT_DENIED' });
});

test('an answer whose blocks Slack refuses arrives as text', async () => {
  const threadTs = await root();
  slack.fail('chat.postMessage', { kind: 'error', error: 'invalid_blocks' }, { times: 1 });
  const { ts } = await deliver(threadTs, { headline: 'Still here' });
  slack.fail('chat.update', { kind: 'error', error: 'msg_blocks_too_long' }, { times: 1 });
  await chat.update({ deliveryId: 'dlv_t', channel: slack.general, ts, report: report('And here'), leaving });
  expect(slack.messages().find((message) => message.ts === ts)).toMatchObject({ text: expect.stringContaining('And here') });
});

test.each([
  ['not_in_channel', {}, '/invite @aiops'],
  ['channel_not_found', {}, '/invite @aiops'],
  ['missing_scope', { needed: 'chat:write' }, 'chat:write'],
  ['is_archived', {}, 'archived'],
])('%s is denied with a sentence that says how to mend it', async (error, more, words) => {
  slack.fail('chat.postMessage', { kind: 'error', error, more });
  expect(await errorOf(deliver(undefined))).toMatchObject({ code: 'CHAT_DENIED', message: expect.stringContaining(words) });
});

test('a token that is refused is something else than a channel that is: an admin mends it, and then it works again', async () => {
  for (const error of ['token_revoked', 'invalid_auth']) {
    slack.fail('chat.postMessage', { kind: 'error', error }, { times: 1 });
    expect(await errorOf(deliver(undefined))).toMatchObject({ code: 'CHAT_TOKEN_REFUSED', message: expect.stringContaining('reinstall') });
  }
});

test('a whisper goes to the response_url, when that is spent as an ephemeral, when that cannot be as a direct message', async () => {
  const to = { kind: 'slack' as const, ...asked(), responseUrl: slack.newResponseUrl() };
  for (let count = 1; count <= 6; count++) await chat.whisper(to, `word ${count} <!channel>`);
  expect(slack.responses().map((body) => body['text'])).toEqual([1, 2, 3, 4, 5].map((count) => `word ${count} &lt;!channel&gt;`));
  expect(slack.ephemerals().at(-1)).toMatchObject({ channel: slack.general, user: slack.ana, text: 'word 6 &lt;!channel&gt;' });
  slack.fail('chat.postEphemeral', { kind: 'error', error: 'not_in_channel' });
  await chat.whisper({ ...to, responseUrl: undefined }, 'psst');
  expect(slack.calls('chat.postMessage').at(-1)).toMatchObject({ channel: slack.ana, text: 'psst' });
});

test('an answer is never sent to a response_url that is not Slack’s', async () => {
  await using stranger = await startStranger();
  await chat.whisper({ kind: 'slack', ...asked(), responseUrl: stranger.url }, 'secret');
  expect(stranger.seen).toEqual([]);
});

test('a linked message is read with its attachments, as lines, also when it is a reply', async () => {
  const { ts } = await slack.post({ text: 'Seen:\n```ERROR &lt;a&gt;\nERROR b```', attachments: [{ text: 'more' }] });
  expect(await read({ kind: 'message', ...asked(), ts })).toEqual({
    title: 'a message in #ops',
    parts: { 'message.txt': 'Seen:\nERROR <a>\nERROR b\nmore\n' },
  });
  const reply = await slack.post({ text: 'ERROR in a reply', threadTs: ts });
  for (const threadTs of [ts, undefined])
    expect((await read({ kind: 'message', ...asked(), ts: reply.ts, threadTs })).parts).toEqual({ 'message.txt': 'ERROR in a reply\n' });
});

test('a thread is read to its last page, without our own words and without the call for us', async () => {
  const { ts } = await slack.post({ text: '2026-11-01 ERROR root' });
  for (let count = 1; count <= 250; count++) await slack.post({ text: `2026-11-01 ERROR ${count}`, threadTs: ts });
  await slack.post({ text: `<@${slack.botUserId}> summarize`, threadTs: ts });
  await deliver(ts);
  const { parts } = await read({ kind: 'thread', ...asked(), ts });
  const lines = parts['message.txt']!.trim().split('\n');
  expect([lines.length, lines[0], lines.at(-1)]).toEqual([251, '2026-11-01 ERROR root', '2026-11-01 ERROR 250']);
});

test('the last hours of a channel that says more than is read are called what they are', async () => {
  const channel = slack.createChannel({ name: 'flood' });
  const { ts } = await slack.post({ channel, text: 'alert' });
  const many = (count: number) => ({
    kind: 'rewrite' as const,
    answer: () => ({ ok: true, messages: Array.from({ length: count }, (_, index) => ({ ts, user: slack.ben, text: `alert ${index}` })) }),
  });
  const origin = { kind: 'history', ...asked(), channel, sinceSeconds: 7200 } as const;
  slack.fail('conversations.history', many(5_001), { times: 1 });
  const { title, leftOut } = await chat.fetch(origin);
  expect(title).toBe('#flood, the newest 5,000 messages of the last 2 h');
  expect(leftOut).toContain('I read the newest 5,000.');
  slack.fail('conversations.history', many(5_000), { times: 1 });
  expect(await chat.fetch(origin)).toMatchObject({ title: '#flood, last 2 h' });
  slack.heal();
});

test('a channel is read back as far as asked, oldest first, with clocks where the lines have none', async () => {
  const channel = slack.createChannel({ name: 'alerts' });
  const posted: string[] = [];
  for (let count = 1; count <= 230; count++) posted.push((await slack.post({ channel, text: `alert ${count}` })).ts);
  await deliver(undefined, { channel });
  const last = await read({ kind: 'history', ...asked(), channel, lastMessages: 220 });
  const lines = last.parts['message.txt']!.trim().split('\n');
  expect(last.title).toBe('#alerts, last 220 messages');
  expect(lines).toHaveLength(220);
  expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z alert 11$/);
  expect(lines.at(-1)).toMatch(/alert 230$/);
  const before = posted[99]!;
  const since = await read({ kind: 'history', ...asked(), channel, sinceSeconds: 7200, before });
  expect(since).toMatchObject({ title: '#alerts, last 2 h' });
  expect(since.parts['message.txt']!.trim().split('\n')).toHaveLength(100);
});

test('nobody reads a private channel through us that they are not in', async () => {
  const channel = slack.createChannel({ name: 'secret', isPrivate: true });
  const { ts } = await slack.post({ channel, text: 'ERROR secret' });
  expect((await read({ kind: 'message', ...asked(), channel, ts })).parts).toEqual({ 'message.txt': 'ERROR secret\n' });
  const closed = slack.createChannel({ name: 'closed', isPrivate: true, members: [slack.ben, slack.botUserId] });
  expect(await errorOf(read({ kind: 'message', ...asked(), channel: closed, ts }))).toMatchObject({
    code: 'CHAT_DENIED',
    message: expect.stringContaining('not part of'),
  });
});

test('a channel we are not in, a missing permission, a message that is gone: each says how to mend it', async () => {
  const channel = slack.createChannel({ name: 'private', isPrivate: true, members: [slack.ana] });
  slack.fail('conversations.info', { kind: 'error', error: 'channel_not_found' }, { times: 1 });
  expect(await errorOf(read({ kind: 'history', ...asked(), channel, lastMessages: 5 }))).toMatchObject({
    code: 'CHAT_DENIED',
    message: expect.stringContaining('/invite @aiops'),
  });
  slack.fail('conversations.history', { kind: 'error', error: 'missing_scope', more: { needed: 'groups:history' } });
  expect(await errorOf(read({ kind: 'history', ...asked(), lastMessages: 5 }))).toMatchObject({
    code: 'CHAT_DENIED',
    message: expect.stringContaining('groups:history'),
  });
  slack.heal();
  expect(await errorOf(read({ kind: 'message', ...asked(), ts: '1600000000.000100' }))).toMatchObject({
    code: 'CHAT_DENIED',
    message: expect.stringContaining('is gone'),
  });
});

test('files arrive byte for byte with the text beside them, packed ones packed', async () => {
  const packed = gzipSync('ERROR packed\n');
  const one = await slack.upload({ name: 'app.log', bytes: 'ERROR plain\n', channel: slack.general });
  const two = await slack.upload({ name: 'app.log.gz', bytes: packed, channel: slack.general });
  const { title, parts } = await read({ kind: 'files', ...asked(), fileIds: [one.id, two.id], text: 'ERROR typed' });
  expect(title).toBe('app.log and 1 more');
  expect(parts).toMatchObject({ 'message.txt': 'ERROR typed\n', 'app.log': 'ERROR plain\n' });
  expect(gunzipSync(Buffer.from(parts['app.log.gz']!, 'latin1')).toString()).toBe('ERROR packed\n');
});

test.each([
  ['a picture', { mimetype: 'image/png' }, 'BAD_INPUT', 'an image'],
  ['a PDF', { mimetype: 'application/pdf' }, 'BAD_INPUT', 'a PDF'],
  ['a file that is too large', { size: 20_000 }, 'TOO_LARGE', '9.8 KB'],
  ['a stranger’s file', { team_id: 'T0STRANGER' }, 'CHAT_DENIED', 'another workspace'],
  ['a file outside Slack', { is_external: true }, 'CHAT_DENIED', 'outside Slack'],
  ['a deleted file', { mode: 'tombstone' }, 'CHAT_DENIED', 'gone'],
])('%s is refused in words before a byte is read', async (_, fields, code, words) => {
  const file = await slack.upload({ name: 'x.log', bytes: 'x', channel: slack.general });
  slack.changeFile(file.id, fields);
  const before = slack.calls('files').length;
  expect(await errorOf(read({ kind: 'files', ...asked(), fileIds: [file.id] }))).toMatchObject({
    code,
    message: expect.stringContaining(words),
  });
  expect(slack.calls('files')).toHaveLength(before);
});

test('a stub of a stranger’s file is refused', async () => {
  const file = await slack.upload({ name: 'x.log', bytes: 'x', channel: slack.general });
  slack.fail('files.info', { kind: 'rewrite', answer: () => ({ ok: true, file: { id: file.id, file_access: 'check_file_info' } }) });
  expect(await errorOf(read({ kind: 'files', ...asked(), fileIds: [file.id] }))).toMatchObject({
    code: 'CHAT_DENIED',
    message: expect.stringContaining('another workspace'),
  });
});

test.each([
  ['pretends to be text', { kind: 'reply', headers: { 'content-type': 'text/plain' }, body: '%PDF-1.7' }, 'BAD_INPUT', 'a PDF'],
  [
    'is a sign-in page',
    { kind: 'reply', headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<!DOCTYPE html>' },
    'CHAT_DENIED',
    'files:read',
  ],
  ['is longer than announced', { kind: 'reply', headers: {}, body: 'x'.repeat(10_001) }, 'TOO_LARGE', 'the most I read'],
  ['breaks off', { kind: 'reply', headers: { 'content-length': '50' }, body: 'x' }, 'CHAT_UNAVAILABLE', ''],
  ['meets a rate limit', { kind: 'status', status: 429, retryAfterSeconds: 3 }, 'CHAT_RATE_LIMITED', ''],
] as const)('a download that %s does not pass for a log', async (_, fault, code, words) => {
  const file = await slack.upload({ name: 'x.log', bytes: 'x', channel: slack.general });
  slack.fail('files', fault);
  expect(await errorOf(read({ kind: 'files', ...asked(), fileIds: [file.id] }))).toMatchObject({
    code,
    message: expect.stringContaining(words),
  });
});

test('the token is never sent off Slack’s hosts, neither by a file’s address nor by a redirect', async () => {
  await using stranger = await startStranger();
  const file = await slack.upload({ name: 'x.log', bytes: 'x', channel: slack.general });
  slack.fail('files', { kind: 'reply', status: 302, headers: { location: stranger.url }, body: '' });
  expect(await errorOf(read({ kind: 'files', ...asked(), fileIds: [file.id] }))).toMatchObject({ code: 'CHAT_DENIED' });
  slack.changeFile(file.id, { url_private_download: stranger.url });
  expect(await errorOf(read({ kind: 'files', ...asked(), fileIds: [file.id] }))).toMatchObject({ code: 'CHAT_DENIED' });
  expect(stranger.seen).toEqual([]);
});

test('a message with nothing in it is answered in words', async () => {
  expect(await errorOf(read({ kind: 'files', ...asked(), fileIds: [] }))).toMatchObject({ code: 'BAD_INPUT' });
});

/** A host that is not Slack's, and what it got to see. */
const startStranger = async () => {
  const seen: unknown[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    response.end('x');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    seen,
    url: `http://127.0.0.1:${port}/steal`,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
};
