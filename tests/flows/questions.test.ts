import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, startApp, until } from '#tests/support/app.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { newestLog, type SlackApp, startSlackApp } from '#tests/support/slack-app.ts';
import { submitText } from '#tests/support/submit.ts';

let all: SlackApp;
let app: App;
beforeAll(async () => {
  [all, app] = await Promise.all([startSlackApp({ engine: 'openai' }), startApp()]);
});
afterAll(async () => {
  await Promise.all([all[Symbol.asyncDispose](), app[Symbol.asyncDispose]()]);
});

type Question = {
  id: string;
  status: string;
  answer: {
    text: string;
    evidence: { quote: string | null; lines: { from: number; to: number } | null; pattern: { id: string } | null }[];
  }[];
  missing: string[];
  linesSearched: number;
  unsupportedDropped: number;
  withoutEngine: boolean;
};
const ASK = 'mutation ($input: AskLogInput!) { askLog(input: $input) { question { id } replayed userErrors { code message field } } }';
const ANSWER = `query ($id: ID!) { logQuestion(id: $id) { id status missing linesSearched unsupportedDropped withoutEngine
  answer { text evidence { quote lines { from to } pattern { id } } } } }`;
const ask = async (on: App, input: Record<string, unknown>) =>
  (await on.gql<{ askLog: { question: { id: string } | null; replayed: boolean; userErrors: { code: string }[] } }>(ASK, { input })).askLog;
const answered = async (on: App, logId: string, question: string): Promise<Question> => {
  const { question: asked } = await ask(on, { logId, question });
  return until(
    async () => (await on.gql<{ logQuestion: Question }>(ANSWER, { id: asked?.id })).logQuestion,
    ({ status }) => status !== 'QUEUED',
  );
};
const readLog = async (on: App, text = sampleLog()): Promise<string> => {
  const id = await submitText(on, text);
  await on.settled(id);
  return id;
};

test('a question for an id is answered with the line it stands in, and how many there are', async () => {
  const { answer, linesSearched, missing } = await answered(app, await readLog(app), 'What happened to order 9007?');
  expect(answer[0]?.text).toContain('One line contains');
  expect(answer[0]?.evidence).toEqual([{ quote: expect.stringContaining('(order 9007)'), lines: { from: 54, to: 54 }, pattern: null }]);
  expect([linesSearched, missing]).toEqual([81, []]);
});

test('a question for words is answered by the kind of record they stand in, counted, with its times', async () => {
  const { answer } = await answered(app, await readLog(app), 'how many timeouts were there?');
  expect(answer[0]?.text).toContain('timeout acquiring connection');
  expect(answer[0]?.text).toMatch(/\b20 times|25 times|5 times/);
  expect(answer[0]?.evidence[0]?.pattern?.id).toMatch(/^P\d+$/);
});

test('requests that a proxy quotes are counted whether they went well or not, and none is denied', async () => {
  const clock = (at: number): string => new Date(Date.UTC(2026, 10, 28, 2, 0, at)).toISOString().slice(11, 19);
  const line = (at: number): string => {
    const down = at % 5 === 4;
    const [server, waited, status, ended] = down ? ['<NOSRV>', -1, 503, 'SC--'] : [`app${at % 3}`, 20 + (at % 30), 200, '----'];
    const times = `0/0/${down ? -1 : 1}/${waited}/${21 + (at % 30)}`;
    return `Nov 28 ${clock(at)} lb1 haproxy[2212]: 10.0.0.${at % 9}:${51_000 + at} [28/Nov/2026:${clock(at)}.123] fe be/${server} ${times} ${status} ${1520 + at} - - ${ended} 12/12/3/1/0 0/0 "GET /cart/${at} HTTP/1.1"`;
  };
  const id = await submitText(app, Array.from({ length: 300 }, (_, at) => line(at)).join('\n'));
  await app.settled(id);
  expect((await answered(app, id, 'how many 200s?')).answer[0]?.text).toMatch(/^240 requests got 200/);
  expect((await answered(app, id, 'how many 503s?')).answer[0]?.text).toMatch(/^60 requests got 503/);
  expect((await answered(app, id, 'were there any 418s?')).answer[0]?.text).toMatch(/^None of the 300 requests got 418/);
});

test('"which …" lists the values that were seen', async () => {
  const { answer } = await answered(app, await readLog(app), 'which GET orders were slow?');
  expect(answer[0]?.text).toMatch(/^\d+ different orders in “[^”]*GET/);
});

test.each<[string, RegExp, RegExp?]>([
  // The numbers of the log's orders and durations hold 503 and 200, too; seconds look like minutes.
  ['how many requests failed with 503?', /^108 requests got 503, all for \/checkout/],
  ['how many connections were refused?', /, without regard to “refused”$/],
  ['count 200', /^123 requests got 200/],
  ['were there any 418s?', /^None of the \d+ requests got 418$/],
  ['what happened between 12:04 and 12:05?', /^Between 12:04:00 and 12:05:59 the log has 54 lines, from line 173 to line 226$/, /18 times/],
  ['did anything happen after 12:13?', /has 141 lines, from line 419 to line 559$/],
  ['which orders timed out?', /^108 different orders in “POST \/checkout[^”]*”: among them 48388/],
  ['which users were affected?', /name no user; values in other records are no answer$/, /^108 different orders/],
  ['when did it start?', /began at 12:04:14 on line 178; the last of 108 came at 12:13:39, 9 min 2[45] s later$/],
  ['how long did the outage last?', /began at 12:04:14/],
  ['did it recover?', /came at 12:13:39, on line 438; the log goes on until 12:18:00 without it$/],
  ['does it still happen at the end?', /came at 12:13:39, on line 438; the log goes on until 12:18:00 without it$/],
  ['is the database down?', /timeout acquiring connection from pool orders-db/],
  ['why did checkout fail?', /^Connections of a pool are used up: all connections/, /release 2\.14\.0 is live.*44 s before/],
  ['what should I do?', /^See what holds the connections/],
  ['what does P4 mean?', /^“release 2\.14\.0 is live/],
  ['was there a deploy?', /^“release 2\.14\.0 is live/],
])('the built-in engine is asked “%s” of the example in the docs', async (question, said, then) => {
  example ??= readLog(app, await readFile('docs/examples/checkout-outage.txt', 'utf8'));
  const { answer, unsupportedDropped } = await answered(app, await example, question);
  expect(answer[0]?.text).toMatch(said);
  if (then) expect(answer[1]?.text).toMatch(then);
  expect(unsupportedDropped).toBe(0);
});
let example: Promise<string> | undefined;

test('the first error is quoted up to a border of words, so that half an address is not', async () => {
  const line = (at: number) =>
    `2026/11/28 02:11:0${at} [error] 31#31: *${at} connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.8${at}, server: shop.example.com, request: "GET /api/items/31 HTTP/1.1", upstream: "http://10.1.0.7:8080/api/items/31", host: "shop.example.com"`;
  const { answer } = await answered(app, await readLog(app, `${[1, 2, 3].map(line).join('\n')}\n`), 'what was the first error?');
  expect(answer).toHaveLength(1);
  expect(answer[0]?.text).toMatch(/^The first record of level error or worse is on line 1: “.*upstream:”$/);
});

const TENANTS = ['acme', 'initech', 'hooli', 'globex-eu'];
const trace = (tenant: string): string =>
  [
    'java.lang.IllegalStateException: stock is gone',
    ...Array.from({ length: 24 }, (_, at) => `\tat com.acme.Stock.take(Stock.java:${at})`),
    `\tat com.acme.Tenant.run(tenant ${tenant})`,
  ].join('\n');

test('a question about a few records of a long log is answered as if all of it were read: every count, first and last', async () => {
  const wanted = new Set([7, 401, 402, 15_000, 15_500, 29_999]);
  const lines: string[] = [];
  const at = new Map<number, number>();
  for (let record = 0; record < 30_000; record++) {
    const time = new Date(Date.UTC(2026, 10, 24, 2, 0, record)).toISOString();
    at.set(record, lines.length + 1);
    const tenant = wanted.has(record) ? 'globex' : (TENANTS[record % TENANTS.length] as string);
    const fails = wanted.has(record) || record % 97 === 0;
    // Half of them name the tenant many lines below the line that tells level and time.
    const text = !fails
      ? `INFO order ${record} placed for tenant ${tenant}, parcel ${record * 7} of shelf ${record % 400}`
      : record % 2 === 0
        ? `ERROR order ${record} failed\n${trace(tenant)}`
        : `ERROR order ${record} failed for tenant ${tenant}`;
    lines.push(...`${time} ${text}`.split('\n'));
  }
  const text = `${lines.join('\n')}\n`;
  expect(text.length).toBeGreaterThan(2_000_000);
  const id = await readLog(app, text);
  const { answer, linesSearched, missing, unsupportedDropped } = await answered(app, id, 'how many errors were there for tenant globex?');
  expect(answer.map(({ text: said }) => said)).toEqual([
    'With “globex”: 6 records of level error or worse',
    'With “globex”: “order … failed java.lang.IllegalStateException: stock is gone”: 3 times between 02:06:42 and 06:18:20',
    '“order … failed for tenant globex”: 3 times between 02:00:07 and 10:19:59',
  ]);
  const cited = answer.map(({ evidence: [piece] }) => [piece?.quote, piece?.lines?.from]);
  expect(cited[1]).toEqual(['order 402 failed', at.get(402)]);
  expect(cited[2]).toEqual(['order 7 failed for tenant globex', at.get(7)]);
  expect([linesSearched, missing, unsupportedDropped]).toEqual([lines.length, [], 0]);
});

const clockAt = (second: number): string => new Date(Date.UTC(2026, 10, 22, 9, 0, second)).toISOString().slice(11, 19);

test('a status is asked for, and no size or query with the same number is taken for it; so in four languages', async () => {
  const line = (at: number): string => {
    const [path, status] =
      at >= 100 && at % 4 === 0 ? [`/api/cart/${at}`, 500] : [at % 7 === 0 ? `/search?limit=500&page=${at}` : `/p/${at}`, 200];
    return `10.1.0.${at % 9} - user${at % 11} [22/Nov/2026:${clockAt(at)} +0000] "GET ${path} HTTP/1.1" ${status} ${at % 13 === 0 ? 500 : 900 + at} "-" "curl/8"`;
  };
  const id = await readLog(app, Array.from({ length: 200 }, (_, at) => line(at)).join('\n'));
  for (const question of [
    'when did the 500s start?',
    'when did the 5xx start?',
    'Wann begannen die 500er?',
    'Quand les erreurs 500 ont-elles commencé ?',
    '¿Cuándo empezaron los errores 500?',
  ]) {
    const { answer } = await answered(app, id, question);
    expect([question, answer[0]?.text, answer[0]?.evidence[0]?.lines]).toEqual([
      question,
      expect.stringMatching(/began at 09:01:40 on line 101; the last of 25/),
      { from: 101, to: 101 },
    ]);
  }
  expect((await answered(app, id, 'are the 500s over?')).answer[0]?.text).toMatch(/came at 09:03:16, on line 197; it is still there/);
  expect((await answered(app, id, 'how many 5xx?')).answer[0]?.text).toMatch(/^25 requests got 500/);
  expect((await answered(app, id, 'how many requests in total?')).answer[0]?.text).toMatch(/^200 requests/);
  for (const question of [
    'how many different users were hit?',
    'Wie viele Benutzer sind betroffen?',
    'Combien d’utilisateurs sont touchés ?',
    '¿Cuántos usuarios fueron afectados?',
  ])
    expect((await answered(app, id, question)).answer[0]?.text).toMatch(/^11 different users in /);
});

test('who logged in are those who got in, and where nobody did, that is said', async () => {
  const failed = Array.from(
    { length: 30 },
    (_, at) =>
      `Nov 22 ${clockAt(at)} web1 sshd[${200 + at}]: Failed password for ${at % 2 ? 'root' : 'admin'} from 203.0.113.${at % 4} port ${40_000 + at} ssh2`,
  );
  const entered = `Nov 22 ${clockAt(40)} web1 sshd[300]: Accepted password for maria from 10.0.0.9 port 51180 ssh2`;
  const id = await readLog(app, [...failed, entered].join('\n'));
  for (const question of ['who logged in?', 'Wer hat sich angemeldet?', 'Qui s’est connecté ?', '¿Quién inició sesión?']) {
    const { answer } = await answered(app, id, question);
    expect([question, ...answer.map(({ text }) => text)]).toEqual([
      question,
      expect.stringMatching(/Accepted password for maria from 10.0.0.9/),
    ]);
  }
  expect((await answered(app, await readLog(app, failed.join('\n')), 'who logged in?')).answer.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^The log tells of no login that went well, only of refused ones: “.*Failed password/),
  ]);
});

test('what is down now is what did not come back, and how long the others were away', async () => {
  const lines = [
    'Server web/app2 is DOWN, reason: Layer4 connection problem, check duration: 0ms. 3 active and 0 backup servers left.',
    'Server web/app2 is UP, reason: Layer7 check passed, code: 200, check duration: 2ms. 4 active and 0 backup servers online.',
    'Server web/app3 is DOWN, reason: Layer7 timeout, check duration: 2001ms. 3 active and 0 backup servers left.',
    'Proxy api started.',
  ];
  const id = await readLog(app, lines.map((line, at) => `Nov 22 ${clockAt(at * 50)} lb1 haproxy[991]: ${line}`).join('\n'));
  for (const question of [
    'which server is down now?',
    'Welcher Server ist gerade down?',
    'Quel serveur est en panne maintenant ?',
    '¿Qué servidor está caído ahora?',
  ])
    expect([question, ...(await answered(app, id, question)).answer.map(({ text }) => text)]).toEqual([
      question,
      '“web/app3” is down since 09:01:40 (line 3), and nothing in the log says that it came back',
      '“web/app2” went down at 09:00:00 (line 1) and is back at 09:00:50 (line 2), 50 s later',
    ]);
  expect((await answered(app, id, 'is app2 up again?')).answer.map(({ text }) => text)).toEqual([expect.stringContaining('50 s later')]);
});

test('what happened right before the first error is what was seldom, and the lines just in front of it', async () => {
  const at = (second: number, said: string): string => `2026-11-22 ${clockAt(second)},000 ${said}`;
  const jobs = Array.from({ length: 40 }, (_, job) => at(job * 5, `INFO worker.jobs: job ${700 + job} finished in ${20 + job} ms`));
  const id = await readLog(
    app,
    [
      ...jobs,
      at(141, 'INFO worker.config: reloaded settings from /etc/worker.yml'),
      at(142, 'WARNING worker.db: pool size is now 2'),
      at(146, 'ERROR worker.db: could not get connection from pool (job 729)'),
    ]
      .toSorted()
      .join('\n'),
  );
  for (const question of [
    'what happened right before the first error?',
    'Was geschah direkt vor dem ersten Fehler?',
    "Que s'est-il passé juste avant la première erreur ?",
    '¿Qué pasó justo antes del primer error?',
  ])
    expect([question, ...(await answered(app, id, question)).answer.map(({ text }) => text)]).toEqual([
      question,
      expect.stringContaining('reloaded settings'),
      expect.stringContaining('pool size is now 2'),
      expect.stringMatching(/^Just before: .*job 729 finished/),
      expect.stringMatching(/^It begins on line 33: “worker.db: could not get connection/),
    ]);
  // What nobody remembers is not answered with a guess.
  for (const question of ['was it already there yesterday?', 'War das gestern auch schon so?'])
    expect((await answered(app, id, question)).answer[0]?.text).toMatch(
      /^Whether it was there before cannot be told: this log names no source/,
    );
});

test('names stand for what logs shorten, in a package for nobody; the code that fails and what came after are told', async () => {
  const at = (second: number, said: string): string => `2026-11-22T${clockAt(second)}.000Z ${said}`;
  const lines = [
    ...Array.from({ length: 60 }, (_, turn) =>
      at(turn * 2, `INFO c.a.Shop - tenant=${['acme', 'globex'][turn % 2]} db=crm user=u${turn % 10} cart saved`),
    ),
    ...Array.from({ length: 6 }, (_, turn) =>
      at(
        60 + turn * 3,
        `ERROR c.a.Shop - tenant=globex db=${['crm', 'erp'][turn % 2]} user=u${turn} payment declined\njava.lang.IllegalStateException: declined\n\tat java.util.List.of(List.java:1)\n\tat com.acme.shop.Pay.charge(Pay.java:41)`,
      ),
    ),
    at(200, 'INFO c.a.Shop - circuit breaker closed again'),
  ];
  const id = await readLog(app, lines.toSorted().join('\n'));
  for (const question of [
    'which databases failed?',
    'Welche Datenbanken sind fehlgeschlagen?',
    'Quelles bases de données sont en échec ?',
    '¿Qué bases de datos fallaron?',
  ])
    expect([question, (await answered(app, id, question)).answer[0]?.text]).toEqual([
      question,
      expect.stringMatching(/^2 different databases in .*: crm \(3\), erp \(3\)$/),
    ]);
  // 'com.acme.shop' in a trace is no tenant.
  expect((await answered(app, id, 'how many users of acme?')).answer.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^With “acme”: 5 different users in .*cart saved/),
  ]);
  expect((await answered(app, id, 'where in the code does it fail?')).answer[0]?.text).toMatch(
    /^“at com\.acme\.shop\.Pay\.charge.*” is the first frame of our own code/,
  );
  const after = (await answered(app, id, 'what happened after the last error?')).answer.map(({ text }) => text);
  expect(after[0]).toMatch(/^The last is on line \d+: /);
  expect(after.at(-1)).toMatch(/circuit breaker closed again|cart saved/);
});

test('lines asked for by number are shown as they stand', async () => {
  const { answer } = await answered(app, await readLog(app), 'show me lines 41 to 43');
  expect(answer.map(({ evidence }) => evidence[0]?.lines)).toEqual([
    { from: 41, to: 41 },
    { from: 42, to: 42 },
    { from: 43, to: 43 },
  ]);
  expect(answer[1]?.text).toContain('java.sql.SQLTransientConnectionException');
});

test('what stands nowhere in the log is said to stand nowhere, and nothing is claimed', async () => {
  const { answer, missing, status } = await answered(app, await readLog(app), 'did "kafka-7" restart?');
  expect(status).toBe('SUCCEEDED');
  expect(missing).toEqual(['kafka-7', 'restart']);
  expect(answer.filter(({ text }) => /kafka/.test(text))).toEqual([]);
});

const ports = [
  '2026-11-24T02:00:00Z INFO order=15034 placed in 12.503 s for tenant globex',
  '2026-11-24T02:00:01Z ERROR connect ECONNREFUSED 172.18.0.2:5432 from host db-1:5432 at UserService.java:42:13',
  '2026-11-24T02:00:02Z ERROR connect ECONNREFUSED db-1',
  '2026-11-24T02:00:03Z ERROR connect ECONNREFUSED db-1',
].join('\n');
test.each<[question: string, said: RegExp | null, missing: string[]]>([
  ['what about 172.18.0.2?', /^One line contains “172\.18\.0\.2”/, []],
  ['is db-1 ok?', /^3 lines contain “db-1”/, []],
  ['where is UserService.java:42?', /UserService\.java:42/, []],
  ['what uses 5432?', /“5432”/, []],
  ['what about 503?', null, ['503']],
  ['how many ECONNREFUSED?', /^3 records contain “econnrefused”/, []],
  ['was there a rollback?', null, ['rollback']],
  ['kafka?', null, ['kafka']],
  ['did payment fail?', null, ['payment']],
])('hosts with ports, codes and words are found or said to be missing: %s', async (question, said, missing) => {
  withPorts ??= readLog(app, ports);
  const { answer, missing: nowhere, unsupportedDropped } = await answered(app, await withPorts, question);
  if (said) expect(answer.map(({ text }) => text)).toEqual(expect.arrayContaining([expect.stringMatching(said)]));
  else expect(answer).toEqual([]);
  expect([nowhere, unsupportedDropped]).toEqual([missing, 0]);
});
let withPorts: Promise<string> | undefined;

const line = (minute: number, text: string): string => `2026-11-24T02:${String(minute).padStart(2, '0')}:00Z ${text}`;
const shop = [
  line(0, 'INFO server started'),
  line(1, 'WARN config set maxmemory-policy noeviction by admin from 10.0.4.17'),
  line(2, 'ERROR tenant initech: quota exceeded for user 13'),
  ...[3, 4, 5].map((user) => line(user, `ERROR tenant globex: quota exceeded for user ${user}`)),
  ...[6, 7, 8, 9].map((user) => line(user, `ERROR tenant acme: quota exceeded for user ${user % 2}`)),
  line(10, 'ERROR order ord_1 failed: ECONNRESET'),
  line(11, 'ERROR order ord_2 failed: EPIPE'),
  line(12, 'ERROR order ord_3 failed: EPIPE'),
  line(13, 'ERROR order ord_4 failed: ETIMEDOUT after 13 tries'),
  ...[10, 20, 30, 60].map((ms, at) => line(20 + at, `INFO GET /cart/${at} 200 ${ms}ms user=u${at}`)),
  line(30, 'ERROR tenant globex-eu: quota exceeded for user 77'),
  line(31, 'FATAL [api] health check failed 3 times, exiting with code 137'),
  line(32, 'INFO last line of the log'),
].join('\n');
test.each<[question: string, said: RegExp | null, no?: RegExp]>([
  ['how many users hit their quota for globex?', /^3 different users in “tenant globex: .*: 3, 4, 5$/, /77/],
  ['how many orders failed with EPIPE?', /^2 different orders in “[^”]*EPIPE”: ord_2, ord_3$/, /ord_1/],
  ['how many quota errors?', /^In records of level error or worse: “tenant …: quota exceeded for user …”: 9 times/],
  ['how many disk errors?', /without regard to “disk”$/],
  ['how many errors today?', /^14 records of level error or worse, without regard to “today”$/],
  ['how often was cart 2 read?', /^With “cart 2”: One record/],
  ['how many errors for acme?', /^With “acme”: 4 records of level error or worse$/],
  // Not at 02:13:00, nor after 13 tries.
  ['how often did user 13 exceed the quota?', /user 13”: once, at 02:02:00$/],
  ['how many carts did user u2 get?', /^One cart in .*\/cart\/2/],
  ['how many users hit their quota for foocorp?', /different users in .*, without regard to “foocorp”$/],
  ['how many errors from redis-9?', null],
  ['what was the first error?', /^The first record of level error or worse is on line 3: “.*initech/],
  ['last error', /^The last record of level error or worse is on line 20: “.*exiting with code 137”$/],
  ['last error of globex?', /is on line 6: “.*globex.*user 5”$/],
  ['how many errors between 02:06 and 02:11?', /^Between 02:06:00 and 02:11:59: 6 records of level error or worse$/],
  ['how many errors in the last 5 minutes?', /^Between 02:27:00 and 02:32:00: 2 records of level error or worse$/],
  ['which tenant failed most?', /^In records of level error or worse: 4 different tenants in .*: acme \(4\), globex \(3\)/],
  ['how long did GET /cart take on average?', /took 30 ms on average over 4 records, from 10ms to 60ms$/],
  ['what is the slowest request?', /^The longest took 60ms, on line 18: /],
  ['what is the median latency?', null],
  ['who changed maxmemory-policy?', /^“config set maxmemory-policy noeviction by admin from 10\.0\.4\.17”: once, at 02:01:00$/],
  ['why did the api exit?', /exiting with code 137/],
  ['any timeouts?', /ETIMEDOUT/],
])('what a question names narrows what is counted, listed or timed: %s', async (question, said, no) => {
  ofShop ??= readLog(app, shop);
  const { answer, unsupportedDropped } = await answered(app, await ofShop, question);
  if (said) expect(answer[0]?.text).toMatch(said);
  else expect(answer).toEqual([]);
  if (no) expect(answer.map(({ text }) => text).join('\n')).not.toMatch(no);
  expect(answer.flatMap(({ evidence }) => evidence.filter(({ lines }) => lines === null))).toEqual([]);
  expect(unsupportedDropped).toBe(0);
});
let ofShop: Promise<string> | undefined;

test('a secret in a line that was found is not shown', async () => {
  const id = await readLog(app, `${sampleLog()}2026-11-20T12:05:00Z INFO login user=ana password=hunter2-Zx9 ok\n`);
  const { answer } = await answered(app, id, 'what did user=ana do?');
  expect(JSON.stringify(answer)).toContain('[masked: ');
  expect(JSON.stringify(answer)).not.toContain('hunter2');
});

test('bad questions get a sentence: an empty one, no log, two logs, a log that is not there', async () => {
  const logId = await readLog(app);
  const codes = [];
  for (const input of [
    { logId, question: '   ' },
    { question: 'why?' },
    { logId, thread: { channel: 'C1', ts: '1.1' }, question: 'why?' },
    { logId: 'log_none', question: 'why?' },
  ])
    codes.push((await ask(app, input)).userErrors[0]?.code);
  expect(codes).toEqual(['BAD_INPUT', 'BAD_INPUT', 'FORBIDDEN', 'NOT_FOUND']);
});

test('law 3: the same key asks once', async () => {
  const input = { logId: await readLog(app), question: 'how many timeouts?', idempotencyKey: 'click-1' };
  const answers = await Promise.all([ask(app, input), ask(app, input)]);
  answers.push(await ask(app, input));
  expect(new Set(answers.map(({ question }) => question?.id)).size).toBe(1);
});

const summarized = async (name: string) => {
  const { slack, send } = all;
  const channel = slack.createChannel({ name });
  await send.slash({ channel, text: sampleLog() });
  await until(
    () => slack.messages(channel),
    (messages) => messages.length === 2,
  );
  await all.app.settled(await newestLog(all.app));
  return { channel, root: String(slack.messages(channel)[0]?.ts) };
};
const replies = (channel: string) => all.slack.messages(channel).slice(2);
const say = async (channel: string, threadTs: string, text: string) => {
  const message = await all.slack.post({ channel, text, threadTs });
  await all.send.event({
    type: 'message',
    channel,
    channel_type: 'channel',
    user: all.slack.ana,
    ts: message.ts,
    thread_ts: threadTs,
    text,
  });
};

test('a question in the thread of a summary needs no mention; talk, and what is said to somebody else, is left alone', async () => {
  const { openai, slack } = all;
  openai.mock.reset();
  openai.answer(/<question>/, {
    answer: [
      {
        text: 'The pool timed out {P1.count} times',
        confidence: null,
        evidence: [{ pattern: 'P1', fromLine: null, toLine: null, quote: null }],
      },
      { text: 'It was 4711 orders', confidence: null, evidence: [{ pattern: 'P1', fromLine: null, toLine: null, quote: null }] },
    ],
  });
  const { channel, root } = await summarized('follow-up');
  for (const talk of ['thanks, that helps', `<@${slack.ana}> can you look at this?`]) await say(channel, root, talk);
  await say(channel, root, 'how many timeouts of the pool were there?');
  await until(
    () => JSON.stringify(replies(channel)),
    (shown) => shown.includes('The pool timed out'),
  );
  const ours = replies(channel).filter(({ blocks }) => blocks);
  expect(ours).toHaveLength(1);
  expect(ours[0]?.thread_ts).toBe(root);
  const shown = JSON.stringify(ours[0]?.blocks);
  expect(shown).toContain('1 unsupported claim dropped');
  expect(shown).not.toContain('4711');
});

test('law 10: when the engine cannot be asked, what a search found is the answer, and says so', async () => {
  all.openai.mock.reset();
  const { channel, root } = await summarized('engine-away');
  await say(channel, root, 'what about order 9003?');
  await until(
    () => JSON.stringify(replies(channel)),
    (shown) => shown.includes('order 9003'),
  );
  const shown = JSON.stringify(replies(channel));
  await until(
    () => JSON.stringify(replies(channel)),
    (text) => text.includes('The engine could not be asked'),
  );
  expect(shown).toContain('what about order 9003?');
});

test('the button "Ask" opens a window, and the answer comes in the thread', async () => {
  const { send, slack } = all;
  const { channel, root } = await summarized('button');
  const [, report] = slack.messages(channel);
  const logId = await newestLog(all.app);
  await send.click({ actionId: 'ask_log', value: logId, message: report as never, channel });
  const privateMetadata = JSON.stringify({ logId, channel, threadTs: root });
  await send.submitView({ callbackId: 'ask_log_modal', privateMetadata, values: { question: { question: { value: 'order 9001?' } } } });
  await until(
    () => JSON.stringify(replies(channel)),
    (shown) => shown.includes('order 9001?') && shown.includes('One line contains'),
  );
});
