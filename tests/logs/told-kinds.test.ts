import { describe, expect, test } from 'vitest';
import { digestText } from '#src/logs/digest/index.ts';
import { mayBeFailedRun } from '#src/logs/failures/telling-lines.ts';
import { summarizeOffline } from '#src/logs/offline/summarize-offline.ts';
import { verifySummary } from '#src/logs/verify/verify-summary.ts';

const many = (count: number, line: (at: number) => string): string[] => Array.from({ length: count }, (_, at) => line(at));
const two = (number: number): string => String(number).padStart(2, '0');
const clock = (second: number): string => `09:${two(Math.floor(second / 60))}:${two(second % 60)}`;
const iso = (second: number): string => `2026-11-22T${clock(second)}.120Z`;

const summarize = (lines: string[]) => {
  const options = { now: Date.UTC(2026, 10, 23) };
  const text = lines.join('\n');
  const first = digestText(text, options);
  const digest = mayBeFailedRun(first) ? digestText(text, { ...options, lineBudget: 20 }) : first;
  const { unsupportedDropped, ...summary } = verifySummary(summarizeOffline({ digest }), digest);
  expect(unsupportedDropped).toBe(0);
  return {
    ...summary,
    causes: summary.likelyCauses.map(({ text: said }) => said).join('\n'),
    steps: summary.nextSteps.map(({ text: said }) => said).join('\n'),
  };
};

const accepted = (at: number): string => `${iso(at)} INFO handled request ${at} in ${at + 3} ms`;

describe('the headline says what somebody on call would', () => {
  test.each<[string, string[], RegExp, string]>([
    [
      'a name server that finds no answer, though it calls that information',
      [
        ...many(
          40,
          (at) =>
            `22-Nov-2026 ${clock(at)}.500 queries: info: client @0x7f3a 10.0.3.${at}#4${at} (www.example.com): query: www.example.com IN A +E(0)K (10.0.0.53)`,
        ),
        ...many(
          30,
          (at) =>
            `22-Nov-2026 ${clock(60 + at)}.500 query-errors: info: client @0x7f3a 10.0.3.${at}#5${at} (api${at % 5}.partner.net): query failed (SERVFAIL) for api${at % 5}.partner.net/IN/A at query.c:9316`,
        ),
      ],
      /^A name server finds no answer: 30 times/,
      'medium',
    ],
    [
      'a flooded index, which is a full disk',
      [
        ...many(
          6,
          (at) =>
            `[2026-11-22T${clock(at)},120][WARN ][o.e.c.r.a.DiskThresholdMonitor] [es1] high disk watermark [90%] exceeded on [n7aX][es3][/data] free: ${40 - at}gb[9.${at}%], shards will be relocated away from this node`,
        ),
        ...many(
          20,
          (at) =>
            `[2026-11-22T${clock(60 + at)},120][WARN ][r.suppressed] [es1] path: /logs/_bulk\norg.elasticsearch.cluster.block.ClusterBlockException: index [logs] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];`,
        ),
      ],
      /^A disk is full/,
      'high',
    ],
    [
      'a store that blocks its publishers, before the connections that break off for it',
      [
        ...many(
          20,
          (at) =>
            `2026-11-22 ${clock(at)}.120+00:00 [info] <0.${700 + at}.0> accepting AMQP connection <0.${700 + at}.0> (10.0.0.${at}:5000 -> 10.0.0.2:5672)`,
        ),
        `2026-11-22 ${clock(30)}.120+00:00 [warning] <0.409.0> memory resource limit alarm set on node rabbit@mq1.`,
        `2026-11-22 ${clock(90)}.120+00:00 [error] <0.811.0> missed heartbeats from client, timeout: 60s`,
      ],
      /^A store refuses work at its memory limit/,
      'medium',
    ],
    [
      'a slow disk below a cluster that lost its leader, and no full one',
      [
        ...many(
          8,
          (at) =>
            `{"level":"warn","ts":"${iso(at)}","msg":"leader failed to send out heartbeat on time; took too long, leader is overloaded likely from slow disk","to":"a8266","exceeded-duration":"${300 + at}ms"}`,
        ),
        `{"level":"error","ts":"${iso(12)}","msg":"request timed out","error":"etcdserver: no leader"}`,
      ],
      /^A cluster is without its leader/,
      'high',
    ],
    [
      'a consumer that falls out of its group',
      many(
        9,
        (at) =>
          `2026-11-22 ${clock(at * 5)}.220 ERROR [consumer-1] o.s.k.l.KafkaMessageListenerContainer - Consumer exception\norg.apache.kafka.clients.consumer.CommitFailedException: Offset commit cannot be completed since the consumer is not part of an active group for auto partition assignment`,
      ),
      /^A consumer falls out of its group/,
      'high',
    ],
    [
      'a function that runs into its limit',
      many(12, (at) =>
        at % 3 === 0
          ? `${iso(at)} 8f5${1000 + at}-11aa-22bb-33cc-444455556666 Task timed out after 10.01 seconds`
          : `REPORT RequestId: 8f5${1000 + at}-11aa-22bb-33cc-444455556666\tDuration: ${100 + at}.1 ms\tMemory Size: 256 MB`,
      ),
      /^A function runs into its time limit: 4 times/,
      'medium',
    ],
    [
      'a file server that is away, and no failing disk',
      [
        ...many(20, (at) => `${iso(at)} INFO upload: stored /mnt/share/in/${at}.pdf`),
        ...many(8, (at) => `${iso(40 + at)} ERROR upload: could not write /mnt/share/in/${at}.pdf: [Errno 5] Input/output error`),
      ],
      /^Reading or writing fails below the program: 8 times/,
      'high',
    ],
    [
      'a mesh that has nobody to pass requests to',
      many(
        60,
        (at) =>
          `[${iso(at)}] "GET /reviews/${at} HTTP/1.1" ${at > 40 ? '503 UH no_healthy_upstream' : '200 - via_upstream'} - "-" 0 19 ${at} - "-" "curl" "b7${1000 + at}" "reviews:9080" "-"`,
      ),
      /^No server is left to answer: 19 requests got 503/,
      'high',
    ],
    [
      'what a job’s exception was, and not the line that says it failed',
      many(9, (at) =>
        [
          `${iso(at * 3)} pid=14 tid=ovx class=InvoiceJob jid=b${1000 + at} elapsed=0.412 INFO: fail`,
          `${iso(at * 3 + 1)} pid=14 tid=ovx WARN: PG::UndefinedColumn: ERROR:  column invoices.vat_id does not exist`,
        ].join('\n'),
      ),
      /^The database rejects statements: .*column invoices\.vat_id does not exist/,
      'high',
    ],
    [
      'a rollout that does not get ready',
      [
        'Release "shop" does not exist. Installing it now.',
        'client.go:142: [debug] creating 14 resource(s)',
        'ready.go:303: [debug] Deployment is not ready: shop/shop-api. 0 out of 3 expected pods are ready',
        'Error: UPGRADE FAILED: context deadline exceeded',
        'helm.go:84: [debug] context deadline exceeded',
      ],
      /^A rollout does not get ready/,
      'high',
    ],
    [
      'what an API says at the end of a long chain',
      [
        'aws_db_instance.main: Modifying... [id=main]',
        '╷',
        '│ Error: updating RDS DB Instance (main): operation error RDS: ModifyDBInstance, https response error StatusCode: 400, RequestID: 7d0c, api error InvalidParameterCombination: Cannot find version 13.4 for postgres',
        '│',
        '│   with aws_db_instance.main,',
        '╵',
        'Error: Process completed with exit code 1.',
      ],
      /^An API refuses what it is asked: “updating RDS DB Instance \(main\): … .*Cannot find version 13\.4 for postgres”/,
      'high',
    ],
    [
      'a registry that allows no more pulls',
      [
        'Using Docker executor with image node:22 ...',
        'ERROR: Job failed: failed to pull image "node:22" with specified policies [always]: Error response from daemon: toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating',
      ],
      /^A registry’s limit on pulls is reached/,
      'high',
    ],
    [
      'a grave security event by its name, whatever traffic there is beside it',
      [
        ...many(
          40,
          (at) =>
            `Nov 22 ${clock(at)} fw1 CEF:0|Palo Alto Networks|PAN-OS|10.2.4|end|TRAFFIC|1|src=10.1.2.${at} dst=203.0.113.9 act=allow cn1=${at}`,
        ),
        ...many(
          6,
          (at) =>
            `Nov 22 ${clock(60 + at)} fw1 CEF:0|Palo Alto Networks|PAN-OS|10.2.4|Beacon Command and Control Traffic(86445)|THREAT|10|src=10.1.2.33 dst=198.51.100.66 act=alert`,
        ),
      ],
      /^“Beacon Command and Control Traffic\(86445\)”: 6 times/,
      'high',
    ],
    [
      'a mesh that holds back more than a service takes',
      many(
        40,
        (at) =>
          `[${iso(at)}] "GET /s HTTP/1.1" ${at % 2 ? '503 UO upstream_overflow' : '200 - via_upstream'} - "-" 0 81 0 - "-" "curl" "b${1000 + at}" "search:8080" "-"`,
      ),
      /^A service is overloaded: 20 requests got 503/,
      'high',
    ],
    [
      'a job that printed nothing for too long',
      ['npm run e2e', 'starting browsers', 'Too long with no output (exceeded 10m0s): context deadline exceeded'],
      /^A job was ended at its time limit/,
      'medium',
    ],
    [
      'a certificate that is still accepted',
      [...many(20, accepted), `${iso(30)} WARN exporter: certificate for shop.acme.com will expire in 3 days (2026-11-25T00:00:00Z)`],
      /^A certificate expires soon/,
      'low',
    ],
    [
      'a queue manager whose log is full',
      [
        '11/22/26 09:12:01 - Process(4211.1) User(mqm) Program(amqzmuc0)',
        '',
        'AMQ7463E: The log for queue manager QM1 is full.',
        '',
        'EXPLANATION:',
        'This message is issued when an attempt to write a log record is rejected',
        'because the log is full.',
      ],
      /^A database has no room to write: “AMQ7463E: The log for queue manager QM1 is full/,
      'critical',
    ],
    [
      'a lock, and not the refusal that tells of it',
      [
        'Acquiring state lock. This may take a few moments...',
        '╷',
        '│ Error: Error acquiring the state lock',
        '│ ',
        '│ Error message: operation error DynamoDB: PutItem, https response error StatusCode: 400, RequestID: QX, ConditionalCheckFailedException: The conditional request failed',
        '╵',
      ],
      /^Something else holds the lock: “Error acquiring the state lock”/,
      'high',
    ],
    [
      'why a task failed on a host, and not the command it ran',
      [
        'TASK [deploy : run migrations] ****',
        'fatal: [db1]: FAILED! => {"changed": true, "cmd": ["./migrate", "up"], "rc": 1, "stderr": "error: Dirty database version 42. Fix and force version.", "stdout": ""}',
        '',
        'PLAY RECAP ****',
        'db1 : ok=3 changed=1 unreachable=0 failed=1 skipped=0',
      ],
      /^“\[db1\]: FAILED! => \{… stderr: error: Dirty database version 42/,
      'high',
    ],
    [
      'the statement a migration tool lists within its trace',
      [
        `${iso(1)} ERROR 1 --- [main] o.s.boot.SpringApplication : Application run failed`,
        '',
        "org.springframework.beans.factory.BeanCreationException: Error creating bean with name 'flywayInitializer': Script V42__add_vat_id.sql failed",
        '\tat com.acme.shop.ShopApplication.main(ShopApplication.java:12)',
        'Caused by: org.flywaydb.core.internal.command.DbMigrate$FlywayMigrateException: Script V42__add_vat_id.sql failed',
        '-----------------------------------',
        'SQL State  : 42701',
        'Error Code : 0',
        'Message    : ERROR: column "vat_id" of relation "invoice" already exists',
        'Location   : db/migration/V42__add_vat_id.sql',
        'Line       : 1',
        'Statement  : ALTER TABLE invoice ADD COLUMN vat_id text',
        '',
        '\tat org.flywaydb.core.internal.command.DbMigrate.doMigrateGroup(DbMigrate.java:374)',
        'Caused by: org.postgresql.util.PSQLException: ERROR: column "vat_id" of relation "invoice" already exists',
      ],
      /^The database rejects statements: “o\.s\.boot\.SpringApplication : Application run failed”/,
      'high',
    ],
  ])('of %s', (_, lines, headline, severity) => {
    const said = summarize(lines);
    expect(said.headline).toMatch(headline);
    expect([said.severity, said.causes === '' && !/^“/.test(said.headline)]).toEqual([severity, false]);
  });

  test('a part of a job that is tried again is no job that failed', () => {
    const line = `${iso(20)} WARN Failed to complete snapshot 7 for job 5f3c1b2a. (1 consecutive failed attempts so far)`;
    expect(summarize([...many(10, accepted), line])).toMatchObject({
      headline: expect.not.stringMatching(/A job failed/),
      severity: 'low',
    });
    expect(summarize([...many(10, accepted), `${iso(20)} WARN snapshot 7 of job 5f3c1b2a failed`]).headline).toMatch(/A job failed/);
  });

  test.each([
    [
      'a consumer that prints its settings',
      ['INFO ConsumerConfig values:', '\tmax.poll.interval.ms = 300000', '\tdefault.api.timeout.ms = 60000'],
    ],
    ['a certificate that is good for months', ['INFO tls: certificate for shop.acme.com loaded, expires on 2027-05-01']],
    [
      'a release that waited for its pods',
      ['INFO ready.go:303: Deployment is not ready: shop/api. 0 out of 3 expected pods are ready', 'INFO release shop deployed'],
    ],
  ])('and nothing of %s', (_, said) => {
    const lines = said.map((line, at) => (line.startsWith('\t') ? line : `${iso(20 + at)} ${line}`));
    expect(summarize([...many(10, accepted), ...lines]).headline).toMatch(/^Nothing looks wrong/);
  });

  test('nor does a panic for want of a file become a fault in the code', () => {
    const { headline, steps } = summarize([
      ...many(10, accepted),
      `${iso(20)} ERROR api: panic: open /etc/api/license.pem: no such file or directory`,
    ]);
    expect(headline).toMatch(/^Something is not found: .*license\.pem/);
    expect(steps).not.toContain('frame');
  });
});

describe('a level that was guessed from how a record ended is its own', () => {
  test.each([
    ['in a field', (at: number) => `${iso(at)} batch job=${at} status=${at % 10 === 0 ? 'failed' : 'ok'} took=${at}ms`],
    ['in JSON', (at: number) => JSON.stringify({ ts: iso(at), msg: 'batch', job: at, status: at % 10 === 0 ? 'failed' : 'ok' })],
    ['where the first went well', (at: number) => `${iso(at)} batch job=${at} status=${at % 10 === 5 ? 'failed' : 'ok'} took=${at}ms`],
  ])('%s', (_, line) => {
    const lines = many(60, line);
    for (const fastLane of [true, false]) {
      const { levels, patterns } = digestText(lines.join('\n'), { now: Date.UTC(2026, 10, 23), fastLane });
      expect([levels.error, levels.unknown]).toEqual([6, 54]);
      expect(patterns).toMatchObject([{ count: 60, levels: { error: 6, unknown: 54 }, levelInferred: true }]);
    }
    expect(summarize(lines).headline).toMatch(/^(?:A job failed: )?6 of 60 records have status “failed”/);
  });

  test('and the same by the fast way as by the slow one, whatever stands beside it', () => {
    const states = ['ok', 'failed', 'running', 'error', 'timeout', 'done'];
    const names = ['ana', 'failed-import', 'no errors', '/data/error/x', 'crashed'];
    for (const line of [
      (at: number) =>
        JSON.stringify({ ts: iso(at), msg: 'job done', job: at * 7, state: states[(at * 5 + (at >> 3)) % 6], name: names[(at * 3) % 5] }),
      (at: number) => `${iso(at)} job=${at * 7} status=${states[(at * 5 + (at >> 3)) % 6]} name="${names[(at * 3) % 5]}" took=${at}ms`,
    ]) {
      const [fast, slow] = [true, false].map((fastLane) =>
        digestText(many(500, line).join('\n'), { now: Date.UTC(2026, 10, 23), fastLane }),
      );
      expect(fast).toEqual(slow);
      expect(fast?.levels.error).toBeGreaterThan(100);
      expect(fast?.levels.error).toBeLessThan(400);
    }
  });
});
