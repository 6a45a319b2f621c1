import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { CREATE_TOKEN, createTestApi, SUBMIT_LOG, type TestApi } from './test-api.ts';

let database: TestDatabase;
let api: TestApi;
let token: string;
let bot: string;
beforeAll(async () => {
  database = await createTestDatabase();
  api = createTestApi(database.orm);
  ({ token } = await api.person('ADMIN', await api.workspace()));
  const input = { name: 'bot', kind: 'SERVICE', scopes: ['LOGS_READ', 'LOGS_WRITE', 'ACT_FOR_SLACK'] };
  bot = (await api.ask(CREATE_TOKEN, { token, variables: { input } })).data.createToken.secret;
});
afterAll(() => database.drop());

const submit = async (input: object, as = token, headers: Record<string, string> = as === bot ? { 'x-acting-for': 'slack:T1:U1' } : {}) =>
  (await api.ask(SUBMIT_LOG, { token: as, headers, variables: { input } })).data.submitLog;
const REPLY_TO = { teamId: 'T1', channel: 'C1', user: 'U1', threadTs: '1700000000.000100', responseUrl: 'https://hooks.slack.com/x' };

test('a log comes in as text', async () => {
  const payload = await submit({ text: 'ü line\n', title: ' My log ', source: 'api', idempotencyKey: 'k1' });
  expect(payload).toMatchObject({ log: { title: 'My log' }, replayed: false, userErrors: [] });
  expect(api.logs.received.at(-1)).toMatchObject({
    text: 'ü line\n',
    input: { entry: 'API', source: 'api', idempotencyKey: 'k1', content: { kind: 'bytes', maxBytes: 100_000 } },
  });
});

const upload = async (content: BlobPart, name = 'api-gateway.log') => {
  const form = new FormData();
  form.set('operations', JSON.stringify({ query: SUBMIT_LOG, variables: { input: { upload: null } } }));
  form.set('map', JSON.stringify({ 0: ['variables.input.upload'] }));
  form.set('0', new File([content], name));
  const response = await api.fetch(
    new Request('http://localhost/graphql', { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: form }),
  );
  return ((await response.json()) as { data: { submitLog: { log: { title: string } | null; userErrors: { code: string }[] } } }).data
    .submitLog;
};

test('a log comes in as a file, and its name is the title', async () => {
  expect(await upload('a line\nanother\n')).toMatchObject({ log: { title: 'api-gateway.log' }, userErrors: [] });
  expect(api.logs.received.at(-1)?.text).toBe('a line\nanother\n');
});

test('a file beyond the limit is a user error', async () => {
  expect(await upload('x'.repeat(200_000))).toMatchObject({ log: null, userErrors: [{ code: 'TOO_LARGE' }] });
});

test('exactly one of text, upload and slack is taken', async () => {
  expect((await submit({})).userErrors).toMatchObject([{ code: 'BAD_INPUT' }]);
  const slack = { kind: 'THREAD', teamId: 'T1', channel: 'C1', user: 'U1', ts: '1.2' };
  expect((await submit({ text: 'a', slack }, bot)).userErrors).toMatchObject([{ code: 'BAD_INPUT' }]);
});

test('Slack’s inputs are for tokens that act for Slack users', async () => {
  expect((await submit({ text: 'a', replyTo: REPLY_TO })).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
  expect((await submit({ text: 'a', replyTo: REPLY_TO }, bot, {})).userErrors).toMatchObject([
    { code: 'BAD_INPUT', message: expect.stringContaining('x-acting-for') },
  ]);
  expect((await submit({ text: 'a', replyTo: REPLY_TO }, bot)).userErrors).toEqual([]);
  expect(api.logs.received.at(-1)?.input).toMatchObject({ entry: 'SLACK', replyTo: { kind: 'slack', ...REPLY_TO } });
});

test('every kind of Slack content reaches the service, and each names what it needs', async () => {
  const place = { teamId: 'T1', channel: 'C1', user: 'U1' };
  const good = [
    [
      { kind: 'MESSAGE', ts: '1.2', threadTs: '1.1' },
      { kind: 'message', ts: '1.2', threadTs: '1.1' },
    ],
    [
      { kind: 'THREAD', ts: '1.2' },
      { kind: 'thread', ts: '1.2' },
    ],
    [
      { kind: 'HISTORY', lastMessages: 50, before: '9.9' },
      { kind: 'history', lastMessages: 50, before: '9.9' },
    ],
    [
      { kind: 'FILES', fileIds: ['F1', 'F2'], text: 'hi' },
      { kind: 'files', fileIds: ['F1', 'F2'], text: 'hi' },
    ],
  ] as const;
  for (const [input, origin] of good) {
    expect((await submit({ slack: { ...place, ...input } }, bot)).userErrors).toEqual([]);
    expect(api.logs.received.at(-1)?.input.content).toMatchObject({ kind: 'slack', origin: { ...place, ...origin } });
  }
  const bad = [
    { kind: 'MESSAGE' },
    { kind: 'THREAD', ts: 'now' },
    { kind: 'FILES' },
    { kind: 'HISTORY', lastMessages: 0 },
    { kind: 'THREAD', ts: '1.2', channel: '<!channel>' },
  ];
  for (const input of bad) expect((await submit({ slack: { ...place, ...input } }, bot)).userErrors).toMatchObject([{ code: 'BAD_INPUT' }]);
});

test('a summary shows both beats, with the pattern a claim stands on', async () => {
  const { log } = await submit({ text: 'a line' });
  const query = `query ($id: ID!) { log(id: $id) { lineCount summary { logId status headline severity unsupportedDropped
    whatIsGoingOn { text confidence evidence { quote lines { from to } pattern { id level count variables { kind distinct top { value count } } } } }
    nextSteps { text confidence evidence { quote } }
    digest { records patternCount levels { level records } ledger { lines blank unreadBytes } time { zoneStated zoneAssumed durationMs } histogram { all } patterns { id firstLine samples { text lines { from } } } }
    receipt { engine durationMs maskedCounts { kind count } } } } }`;
  const { data, errors } = await api.ask(query, { token, variables: { id: log.id } });
  expect(errors).toBeUndefined();
  expect(data.log).toMatchObject({
    // GraphQL's largest Int: the log has more lines.
    lineCount: 2_147_483_647,
    summary: {
      logId: log.id,
      headline: 'Calls timed out',
      severity: 'HIGH',
      unsupportedDropped: 1,
      whatIsGoingOn: [
        {
          confidence: 'HIGH',
          evidence: [
            {
              quote: 'timeout after 30 ms',
              lines: { from: 2, to: 9 },
              pattern: { id: 'P1', level: 'ERROR', count: 4, variables: [{ kind: 'num', distinct: 2 }] },
            },
          ],
        },
      ],
      nextSteps: [{ confidence: null, evidence: [] }],
      digest: {
        patternCount: 3,
        levels: [
          { level: 'ERROR', records: 4 },
          { level: 'INFO', records: 5 },
        ],
        ledger: { lines: 10, blank: 1, unreadBytes: 70 },
        time: { zoneStated: false, zoneAssumed: true, durationMs: 60_000 },
        histogram: null,
        patterns: [{ id: 'P1', firstLine: 2 }],
      },
      receipt: { durationMs: 1, maskedCounts: [{ kind: 'email', count: 2 }] },
    },
  });
});

const watch = (logId: string, as = token) =>
  api.fetch(
    new Request('http://localhost/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${as}` },
      body: JSON.stringify({
        query: 'subscription ($id: ID!) { logProgress(logId: $id) { logId status progress } }',
        variables: { id: logId },
      }),
    }),
  );

test('progress is told as server-sent events until the log is finished', async () => {
  const { log } = await submit({ text: 'a line' });
  const response = await watch(log.id);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const events = [...(await response.text()).matchAll(/data: (\{.*\})/g)].map(([, json]) => JSON.parse(json ?? '').data.logProgress);
  expect(events.map(({ status }) => status)).toEqual(['QUEUED', 'DIGESTED', 'SUCCEEDED']);
  expect(events[0].logId).toBe(log.id);
});

test('a watcher who leaves is not waited for', async () => {
  const { log } = await submit({ text: 'a line', title: 'never done' });
  const reader = (await watch(log.id)).body?.getReader();
  let seen = '';
  while (!seen.includes('DIGESTED')) seen += new TextDecoder().decode((await reader?.read())?.value);
  await reader?.cancel();
  await expect.poll(() => api.logs.ended).toBe(1);
});

test('watching needs a token, and a log of one’s own', async () => {
  expect(await (await watch('log_1', 'nobody')).text()).toContain('UNAUTHENTICATED');
  expect(await (await watch('log_1')).text()).toContain('NOT_FOUND');
});
