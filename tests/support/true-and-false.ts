import { readFileSync } from 'node:fs';

/** Said of a log: the sentence, then words of the patterns it cites. `{0.count}` is a fact of the first of them. */
export type Said = readonly [text: string, ...cites: string[]];

/** Logs, and what a person who read them would call true and false, in the words of a remote model. */
export type Told = {
  lines: readonly string[];
  truths: readonly Said[];
  /** True as well, and not believed, for what they take to be known is not in a digest. */
  beyondUs: readonly Said[];
  lies: readonly Said[];
};

const clock = (second: number): string =>
  `2026-11-22T09:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}Z`;
const many = (count: number, line: (at: number) => string): string[] => Array.from({ length: count }, (_, at) => line(at));

const POOL = 'timeout acquiring';
const RETRY = 'gateway answered';
const SLOW = 'slow query';
const LIVE = 'is live';
const OK = 'user=<email>';
const HEALTH = 'health check ok';
const RECEIPT = 'sent receipt';
const ITEMS = '200 in <num> ms';

const outage: Told = {
  lines: readFileSync(new URL('../../docs/examples/checkout-outage.txt', import.meta.url), 'utf8').split('\n'),
  truths: [
    [
      '{0.count} checkout requests failed with HTTP 503 between {0.first} and {0.last} because no connection could be acquired from pool orders-db',
      POOL,
    ],
    ['The orders-db connection pool (size 20) was exhausted, and up to 57 requests were waiting for a connection', POOL],
    ['Checkout requests started failing at {0.first}, shortly after release 2.14.0 went live at {1.first}', POOL, LIVE],
    ['Release 2.14.0 was deployed to api-1 and api-2 at {0.first}, replacing 2.13.4', LIVE],
    ['Release 2.14.0 went live {0+1.gap} before the first pool timeout', LIVE, POOL],
    ['Slow queries on the orders table were logged {0.count} times, starting at {0.first}', SLOW],
    ['Slow queries filtering orders by customer_id and sorting by placed_at took several seconds', SLOW],
    ['The query “select * from orders where customer_id = $1 order by placed_at” took 7.0 s', SLOW],
    ['The slow queries began after the pool timeouts had started', SLOW, POOL],
    ['The worker retried payments because the gateway answered 429', RETRY],
    ['The payment gateway is rate limiting: {0.count} retries got 429', RETRY],
    ['Payment retries were already happening before the release', RETRY, LIVE],
    ['Payment retries began before the pool timeouts and went on after them', RETRY, POOL],
    ['The 429 responses from the gateway are spread over the whole log and are likely unrelated to the outage', RETRY],
    ['{0.count} other checkout requests succeeded with 201', OK],
    ['Not all checkouts failed: {0.count} still got 201', OK],
    ['Health checks kept passing during the outage', HEALTH, POOL],
    ['Failing requests took about 3 seconds before giving up', POOL],
    ['The last failed checkout was order 48648 at {0.last}', POOL],
    ['The first failing order was 48388', POOL],
    ['All {0.count} errors in this log are checkout requests that timed out waiting for the orders-db pool', POOL],
    ['Every error is a 503 on POST /checkout', POOL],
    ['Customers could not complete their orders while the pool was exhausted', POOL],
    ['Receipts were still being sent for orders that went through', RECEIPT],
    ['Product pages under /items were served normally with 200', ITEMS],
    ['The outage lasted {0.duration}', POOL],
    ['Long-running queries on orders probably kept pool connections busy', SLOW, POOL],
    ['Pool timeouts make up all errors of the log', POOL],
    ['Only POST /checkout was affected by errors', POOL],
  ],
  beyondUs: [
    // Of each record, not all values of which are held.
    ['Each failed request waited roughly 3000 ms for a database connection', POOL],
    // That something works again the log has to say.
    ['Checkout recovered after {0.last}: no further pool timeouts are logged', POOL],
  ],
  lies: [
    ['The slow queries caused the release', SLOW, LIVE],
    ['{0.count} checkout requests failed with HTTP 504 between {0.first} and {0.last}', POOL],
    ['The orders-db connection pool (size 48) was exhausted', POOL],
    ['The payments-db connection pool was exhausted', POOL],
    ['Release 2.14.0 went live after the first pool timeout', LIVE, POOL],
    ['Release 2.13.4 was deployed to api-1 and api-2, replacing 2.14.0', LIVE],
    ['Release 2.14.0 was deployed to api-3', LIVE],
    ['Release 2.14.0 was rolled back at {0.last}', LIVE],
    ['Slow queries on the customers table were logged {0.count} times', SLOW],
    ['Slow queries were logged {1.count} times', SLOW, POOL],
    ['The query “select * from orders where tenant_id = $1 order by placed_at” took 7.0 s', SLOW],
    ['The slow queries began before the release', SLOW, LIVE],
    ['The pool timeouts caused the gateway to answer 429', POOL, RETRY],
    ['Payment retries began after the pool timeouts', RETRY, POOL],
    ['The gateway answered 500 to {0.count} payments', RETRY],
    ['The gateway declined {0.count} payments', RETRY],
    ['All checkout requests failed', POOL],
    ['All checkouts failed: {0.count} got 201', OK],
    ['Health checks failed during the outage', HEALTH, POOL],
    ['Health checks stopped passing', HEALTH],
    ['Failing requests took about 3 minutes before giving up', POOL],
    ['Each failed request waited roughly 9000 ms for a database connection', POOL],
    ['Checkout recovered at {0.first}', POOL],
    ['The outage goes on at the end of the log', POOL],
    ['The last failed checkout was order 48388', POOL],
    ['The first failing order was 48648', POOL],
    ['Half of all checkouts failed', POOL],
    ['Every error is a 503 on GET /items', POOL],
    ['Only api-1 was affected by errors', POOL],
    ['No customer was affected while the pool was exhausted', POOL],
    ['Receipts were no longer sent', RECEIPT],
    ['Receipts were sent to the wrong customers', RECEIPT],
    ['Product pages under /items failed with 503', ITEMS],
    ['The outage lasted {log.duration}', POOL],
    ['Kubernetes restarted api-1 and api-2 when release 2.14.0 went live', LIVE],
    ['The pool timeouts started at 12:14:40', POOL],
    ['The redis cache was exhausted', POOL],
    ['Most errors are slow queries', SLOW],
    ['Checkout was disabled by release 2.14.0', LIVE],
    ['The connection pool was shrunk to 20 by release 2.14.0', POOL, LIVE],
  ],
};

const DISK = 'No space left on device /var';
const PANIC = 'PANIC';
const USAGE = 'disk usage';
const RELOAD = 'config reloaded';
const HANDLED = 'handled invoice';
const REFUSED = 'refused';

const disk: Told = {
  lines: [
    ...many(30, (at) => `${clock(at * 4)} INFO billing-worker handled invoice ${4000 + at} in ${at + 12} ms`),
    `${clock(121)} INFO billing-worker config reloaded: batch_size=500 (was 50)`,
    ...many(12, (at) => `${clock(130 + at * 5)} WARN postgres checkpoint took ${at + 2} s, disk usage /var/lib/postgresql ${87 + at}%`),
    ...many(
      25,
      (at) =>
        `${clock(200 + at * 3)} ERROR billing-worker could not write invoice ${4100 + at}: No space left on device /var/lib/postgresql`,
    ),
    `${clock(281)} FATAL postgres PANIC: could not write to file pg_wal/xlogtemp.31: No space left on device`,
    ...many(10, (at) => `${clock(285 + at * 4)} ERROR api GET /invoices/${at + 700} 500 in ${at + 5} ms: connection to db-2:5432 refused`),
    ...many(20, (at) => `${clock(330 + at)} INFO api GET /health 200 in 1 ms`),
  ],
  truths: [
    ['The disk under /var/lib/postgresql is full', DISK],
    ['{0.count} invoices could not be written because there was no space left on the device', DISK],
    ['The billing worker failed to write invoices from {0.first} on', DISK],
    ['Disk usage of /var/lib/postgresql rose to 98% before writes began to fail', USAGE, DISK],
    ['PostgreSQL panicked at {0.first} because it could not write to its write-ahead log', PANIC],
    ['Postgres crashed with a PANIC when no space was left for pg_wal', PANIC],
    ['After the panic, connections to db-2:5432 were refused', PANIC, REFUSED],
    ['{0.count} requests for invoices got 500 because the database refused connections', REFUSED],
    ['The API could not reach the database on db-2 after {0.first}', REFUSED],
    ['The batch size of the billing worker was raised from 50 to 500 at {0.first}', RELOAD],
    ['The configuration change came {0+1.gap} before the first failed write', RELOAD, DISK],
    ['A possible trigger is the reloaded configuration with batch_size=500', RELOAD],
    ['The billing worker handled {0.count} invoices without problems before', HANDLED],
    ['The worker processed invoices normally until {0.last}', HANDLED],
    ['Checkpoints took longer and longer while the disk filled up', USAGE],
    ['Checkpoints took up to 13 s', USAGE],
    ['Health checks of the API still returned 200', '/health'],
    ['The first invoice that could not be written was 4100', DISK],
    ['The volume ran out of space', DISK],
    ['Writes failed for {0.duration}', DISK],
  ],
  beyondUs: [],
  lies: [
    ['The disk under /var/lib/mysql is full', DISK],
    ['{1.count} invoices could not be written', DISK, REFUSED],
    ['All invoices were written', DISK],
    ['The billing worker deleted {0.count} invoices', DISK],
    ['Disk usage fell before writes began to fail', USAGE, DISK],
    ['Disk usage reached 100%', USAGE],
    ['PostgreSQL panicked before the first write failed', PANIC, DISK],
    ['Postgres panicked {0.count} times because of refused connections', PANIC, REFUSED],
    ['The refused connections filled the disk', REFUSED, DISK],
    ['Connections to db-1:5432 were refused', REFUSED],
    ['Connections to db-2:5432 timed out because of a firewall', REFUSED],
    ['{0.count} requests for invoices got 404', REFUSED],
    ['The batch size was lowered from 500 to 50', RELOAD],
    ['The batch size was raised from 500 to 5000', RELOAD],
    ['The configuration was reloaded after the first failed write', RELOAD, DISK],
    ['The configuration was rolled back', RELOAD],
    ['The worker handled no invoices', HANDLED],
    ['Checkpoints took up to 31 s', USAGE],
    ['Health checks of the API returned 500', '/health'],
    ['The first invoice that could not be written was 4124', DISK],
    ['Space was freed, and writes recovered', DISK],
    ['Kafka could not write to its log', PANIC],
    ['The PANIC said “could not write to file pg_wal/xlogtemp.13: No space left on device”', PANIC],
    ['Invoices were written twice', DISK],
    ['Memory ran out on the database host', DISK],
  ],
};

const HEAP = 'OutOfMemoryError';
const KILLED = 'restarted, exit code';
const LOGIN = '/login 502';
const ROLLED = 'rolled out';
const LAG = 'replication lag';
const SIGNED = '/login 200';

const heap: Told = {
  lines: [
    ...many(40, (at) => `${clock(at * 3)} INFO ingress POST /login 200 in ${at + 20} ms tenant=${['acme', 'globex', 'initech'][at % 3]}`),
    `${clock(122)} INFO deploy image auth:7.3.1 rolled out to auth-6d4 (was auth:7.3.0)`,
    ...many(3, (at) => `${clock(180 + at * 40)} ERROR auth-6d4 java.lang.OutOfMemoryError: Java heap space`),
    ...many(3, (at) => `${clock(182 + at * 40)} WARN kubelet container auth restarted, exit code 137`),
    ...many(
      18,
      (at) =>
        `${clock(183 + at * 5)} ERROR ingress POST /login 502 in 30 ms tenant=${at % 3 ? 'acme' : 'globex'}: upstream auth-6d4:8080 connection refused`,
    ),
    ...many(8, (at) => `${clock(190 + at * 15)} WARN redis-1 replication lag ${at + 4} s`),
    ...many(10, (at) => `${clock(310 + at)} INFO ingress POST /login 200 in ${at + 20} ms tenant=initech`),
  ],
  truths: [
    ['auth-6d4 ran out of heap memory {0.count} times', HEAP],
    ['The auth container ran out of Java heap and was restarted with exit code 137', HEAP, KILLED],
    ['The auth container was killed and restarted {0.count} times', KILLED],
    ['Logins failed with 502 because auth-6d4 refused connections', LOGIN],
    ['{0.count} logins got 502 between {0.first} and {0.last}', LOGIN],
    ['acme was hit hardest, with {0.topCount.2.0} of {0.count} failed logins', LOGIN],
    ['The tenants acme and globex were affected', LOGIN],
    ['Image auth:7.3.1 was rolled out at {0.first}, {0+1.gap} before the first OutOfMemoryError', ROLLED, HEAP],
    ['The errors began after the rollout of auth:7.3.1', ROLLED, HEAP],
    ['A memory leak in the new auth image 7.3.1 is possible', ROLLED, HEAP],
    ['Before the rollout, logins succeeded', SIGNED, ROLLED],
    ['Replication lag on redis-1 grew to 11 s', LAG],
    ['redis-1 reported replication lag {0.count} times', LAG],
    ['The replication lag started after the first OutOfMemoryError, so it is not its cause', LAG, HEAP],
    ['The ingress could not connect to its upstream on port 8080', LOGIN],
    ['Exit code 137 means the container was killed, usually for using too much memory', KILLED],
  ],
  beyondUs: [
    // Half of its words are the model's own.
    ['Users of two tenants could not log in', LOGIN],
  ],
  lies: [
    ['auth-6d4 ran out of disk space {0.count} times', HEAP],
    ['auth-6d4 ran out of heap memory {1.count} times', HEAP, LOGIN],
    ['The auth container was restarted with exit code 1', KILLED],
    ['The auth container was never restarted', KILLED],
    ['Logins failed with 401 because of wrong passwords', LOGIN],
    ['Logins failed because redis-1 was lagging', LOGIN, LAG],
    ['initech was hit hardest', LOGIN],
    ['All tenants were affected', LOGIN],
    ['globex was hit hardest, with {0.topCount.2.0} of {0.count} failed logins', LOGIN],
    ['Image auth:7.3.0 was rolled out at {0.first}', ROLLED],
    ['Image auth:7.3.1 was rolled out after the first OutOfMemoryError', ROLLED, HEAP],
    ['The rollout of auth:7.3.1 was aborted', ROLLED],
    ['Before the rollout, logins failed', SIGNED, ROLLED],
    ['All logins failed', LOGIN],
    ['Replication lag on redis-1 grew to 40 s', LAG],
    ['Replication lag on redis-2 grew to 11 s', LAG],
    ['redis-1 lost data', LAG],
    ['The replication lag caused the OutOfMemoryError', LAG, HEAP],
    ['The OutOfMemoryError was fixed by the rollout of auth:7.3.1', HEAP, ROLLED],
    ['The ingress could not connect to its upstream on port 9090', LOGIN],
    ['The ingress ran out of memory', LOGIN],
    ['Attackers tried to log in as acme', LOGIN],
    ['Users of all three tenants could not log in', LOGIN],
    ['The kernel killed the ingress', KILLED],
    ['Logins failed for {log.duration}', LOGIN],
  ],
};

export const told: Readonly<Record<string, Told>> = { outage, disk, heap };
