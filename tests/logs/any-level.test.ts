import { describe, expect, test } from 'vitest';
import { digestText } from '#src/logs/digest/index.ts';
import { summarizeOffline } from '#src/logs/offline/summarize-offline.ts';
import { verifySummary } from '#src/logs/verify/verify-summary.ts';

const now = Date.UTC(2026, 10, 29);
const clock = (second: number): string => `02:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}`;
const many = (count: number, line: (at: number) => string | string[]): string[] =>
  Array.from({ length: count }, (_, at) => line(at)).flat();
const summarize = (lines: string[]) => {
  const digest = digestText(lines.join('\n'), { now });
  return verifySummary(summarizeOffline({ digest }), digest);
};

describe('what failed is trouble, whatever level the program gave it', () => {
  test.each<[string, string[], RegExp]>([
    [
      'an exception below a notice',
      [
        '2026-11-28 02:21:39,802 INFO o.a.f.CheckpointCoordinator - Triggering checkpoint 7',
        '2026-11-28 02:21:40,802 INFO o.a.f.ExecutionGraph - Job enrich-orders switched from state RUNNING to FAILING.',
        'org.apache.flink.util.FlinkRuntimeException: Exceeded checkpoint tolerable failure threshold.',
        '\tat org.apache.flink.runtime.checkpoint.CheckpointFailureManager.check(CheckpointFailureManager.java:206)',
      ],
      /^A job failed: .*caused by “org\.apache\.flink\.util\.FlinkRuntimeException/,
    ],
    [
      'an error in a field',
      many(9, (at) =>
        JSON.stringify({ time: `2026-11-28T${clock(at)}Z`, level: 'info', msg: 'sync round', error: 'remote hung up unexpectedly', at }),
      ),
      /sync round/,
    ],
    [
      'a majority that is lost',
      [
        `{"t":{"$date":"2026-11-28T02:12:20.000Z"},"s":"I","c":"REPL","ctx":"ReplCoord-12","msg":"Can't see a majority of the set, relinquishing primary"}`,
        '{"t":{"$date":"2026-11-28T02:12:21.000Z"},"s":"I","c":"COMMAND","ctx":"conn7","msg":"Error","attr":{"error":{"code":10107,"codeName":"NotWritablePrimary","errmsg":"not primary"}}}',
      ],
      /^A cluster is without its leader/,
    ],
    [
      'a peer out of reach',
      many(9, (at) => `[2026-11-28 ${clock(at)}] NOTICE[91] chan_sip.c: Peer 'trunk' is now UNREACHABLE! Last qualify: ${60 + at}`),
      /^Something went down or out of reach: .*UNREACHABLE/,
    ],
    [
      'mail that comes back',
      many(
        9,
        (at) =>
          `Nov 28 ${clock(at)} mx1 postfix/smtp[9]: A${at}9F: to=<u${at}@example.com>, relay=mx.example.com[192.0.2.1]:25, dsn=5.7.26, status=bounced (host mx.example.com[192.0.2.1] said: 550-5.7.26 blocked)`,
      ),
      /^Mail comes back/,
    ],
    [
      'a program that the system ended',
      ['Nov 28 02:12:00 phone kernel[0] <Notice>: memorystatus: killing_top_process pid 812 [Shop] (per-process-limit 1) 1433600KB'],
      /^A process ran out of memory/,
    ],
    [
      'a disk that no longer reads',
      [
        ...many(
          30,
          (at) =>
            `Nov 28 ${clock(at)} nas smartd[8]: Device: /dev/sda [SAT], SMART Usage Attribute: 194 Temperature_Celsius changed from 11${at % 3} to 112`,
        ),
        'Nov 28 02:51:00 nas smartd[8]: Device: /dev/sdc [SAT], 16 Currently unreadable (pending) sectors',
      ],
      /^A disk fails: .*pending/,
    ],
    [
      'a database that has no room for its log',
      many(5, (at) => `2026-11-28 ${clock(at)}.58 spid8${at} The transaction log for database 'Shop' is full due to 'LOG_BACKUP'.`),
      /^A database has no room to write/,
    ],
    [
      'long statements, one after the other',
      many(
        12,
        (at) =>
          `{"t":{"$date":"2026-11-28T${clock(at)}.000Z"},"s":"I","c":"COMMAND","msg":"Slow query","attr":{"ns":"shop.orders","planSummary":"COLLSCAN","durationMillis":${9000 + at}}}`,
      ),
      /^Some work is slow/,
    ],
  ])('%s', (_, lines, headline) => {
    const summary = summarize(lines);
    expect(summary.headline).toMatch(headline);
    expect(summary.severity).not.toBe('info');
    expect(summary.unsupportedDropped).toBe(0);
  });

  test.each<[string, (at: number) => string, RegExp]>([
    [
      'health that went from good to bad',
      (at) => `time="2026-11-28T${clock(at)}Z" level=info msg="Updated health status: Healthy -> Degraded" application=shop-${at}`,
      /^Something went down or out of reach: .*Degraded/,
    ],
    [
      'addresses of which none is free',
      (at) => `Nov 28 ${clock(at)} gw dnsmasq-dhcp[8]: DHCPDISCOVER(br-lan) aa:bb:cc:dd:ff:0${at} no address available`,
      /^None is available: .*no address available/,
    ],
    [
      'logins that are not taken',
      (at) => `Sat Nov 28 ${clock(at)} 2026 : Auth: (${at}) Login incorrect (mschap: MS-CHAP2-Response is incorrect): [u3]`,
      /^Logins are rejected/,
    ],
    [
      'logins that are not taken, in a field',
      (at) => `2026-11-28 ${clock(at)},123 INFO  [org.events] (thread-${at}) type="X", ip="203.0.113.9", error="invalid_user_credentials"`,
      /^Logins are rejected/,
    ],
    [
      'an error in fields behind a message',
      (at) =>
        `2026-11-28T${clock(at)}.123Z\tinfo\tretry_sender.go:126\tExporting. Will retry.\t{"name": "otlp", "error": "dial tcp 10.0.0.9:4317: connect: connection refused", "interval": "${at}.1s"}`,
      /^A service cannot be reached/,
    ],
    [
      'pods that are ended for lack of room',
      (at) =>
        `I1128 ${clock(at)}.123456    1201 eviction_manager.go:595] "Eviction manager: pod is evicted successfully" pod="shop/web-${at}"`,
      /^Pods are evicted for lack of room/,
    ],
    ['power that is failing', (at) => `Nov 28 ${clock(at)} srv upsmon[88]: UPS ups${at}@localhost battery is low`, /^Power is failing/],
    [
      'requests whose answer stands behind what a proxy did',
      (at) =>
        `17958318${10 + at}.123     55 10.0.0.${at} TCP_MISS/503 87${at} GET http://repo.example.com/p/${at} - HIER_DIRECT/192.0.2.7 text/html`,
      /^8 requests got 503/,
    ],
    [
      'an exception that is the message',
      (at) => `2026-11-28 ${clock(at)} INFO RuntimeError: launch ${at} failed on the device`,
      /RuntimeError/,
    ],
    [
      'why it failed, in a field that names a number',
      (at) =>
        `level=info ts=2026-11-28T${clock(at)}.123Z caller=manager.go:50 msg="write operation failed" details="rate limit exceeded (limit: 41 bytes/sec) for '${at}' lines" status=failed`,
      /^Calls are throttled/,
    ],
    [
      'a task that is not started again',
      (at) =>
        `2026-11-28T${clock(at)}.123Z [INFO]  client.task_runner: not restarting task: alloc_id=7b${at} task=web reason="Exceeded allowed attempts 2"`,
      /^A program ends soon after each start/,
    ],
    [
      'messages that are thrown away',
      (at) => `INFO  2026-11-28 ${clock(at)} MUTATION messages were dropped in last 5000 ms: 4${at} internal and 0 cross node`,
      /^Some of the work is dropped/,
    ],
    [
      'words of another language',
      (at) => `28.11.2026 ${clock(at)} Заказ ${at}: не удалось подключиться к базе данных`,
      /^A service cannot be reached/,
    ],
  ])('whatever wrote it: %s', (_, line, headline) => {
    const summary = summarize(many(8, line));
    expect(summary.headline).toMatch(headline);
    expect(summary.severity).not.toBe('info');
    expect(summary.unsupportedDropped).toBe(0);
  });

  test('what nobody here can read is not called well', () => {
    const { headline } = summarize(many(8, (at) => `28.11.2026 ${clock(at)} Заказ ${at} обработан`));
    expect(headline).toMatch(/^Whether something is wrong is not known/);
  });

  test('of records of which only some say so, those are counted', () => {
    const { headline, whatIsGoingOn, severity } = summarize(
      many(40, (at) =>
        JSON.stringify({ time: `2026-11-28T${clock(at)}Z`, level: 'info', msg: 'delivery done', status: at % 4 ? 'sent' : 'failed', at }),
      ),
    );
    expect(headline).toBe('10 of 40 records have status “failed”: “delivery done …”');
    expect(whatIsGoingOn[0]?.text).toBe(headline);
    expect(severity).toBe('low');
  });
});

test('one mistyped password is no night alarm, and the arrow of a build step leads to no exception', () => {
  const { severity } = summarize([
    ...many(20, (at) => `Nov 28 ${clock(at)} h sshd[2${at}]: Accepted publickey for ops from 10.0.0.${at} port 5${at}1 ssh2`),
    'Nov 28 02:40:00 h sshd[99]: Failed password for ops from 10.0.0.4 port 51000 ssh2',
  ]);
  expect(severity).toBe('low');
  const { likelyCauses } = summarize(['Step 1/2 : FROM node:22', ' ---> 4a1b2c', 'Step 2/2 : RUN test errors', ' ---> 91ab22']);
  expect(likelyCauses).toEqual([]);
});

test.each<[string, string[]]>([
  [
    'fields for errors that hold none',
    [
      '{"level":"info","time":"2026-11-28T02:10:00Z","msg":"request done","err":null}',
      '{"level":"info","time":"2026-11-28T02:10:01Z","msg":"batch done","error":"none","errors":[]}',
      'time=2026-11-28T02:10:02Z level=info msg="flush done" err=nil',
      'time=2026-11-28T02:10:03Z level=info msg="scan done" err="<nil>"',
      'time=2026-11-28T02:10:04Z level=info msg="copy done" exception=- status=ok result=success',
    ],
  ],
  [
    'jobs of which none failed',
    [
      '2026-11-28 02:10:00 INFO backup of 12 volumes done, 0 failed',
      '2026-11-28 02:10:01 INFO tasks finished=14 failed=0',
      '2026-11-28 02:10:02 INFO 3 of 3 nodes up, unreachable=0 failed=0',
      '2026-11-28 02:10:03 INFO link is up, 1000 Mbps',
    ],
  ],
  [
    'none down, none without a machine, and whoever logged out',
    many(6, (at) => [
      `2026-11-28 ${clock(at)} INFO checker: node-${at} is up, 0 nodes down, lag 0s`,
      `2026-11-28 ${clock(at)} INFO scheduler: No unschedulable pods`,
      `2026-11-28 ${clock(at)} INFO session of u${at} closed reason=logout state=offline`,
      `2026-11-28 ${clock(at)} INFO raft: election won: term=2 tally=${at}`,
      `2026-11-28 ${clock(at)} INFO descheduler.go:169] "Number of evicted pods" totalEvicted=0`,
      `2026-11-28 ${clock(at)} INFO smartd: SMART Prefailure Attribute: 1 Seek_Rate changed from 7${at} to 75`,
    ]),
  ],
  [
    'what a program dealt with by itself and tells whoever debugs it',
    [
      '2026-11-28 02:10:00 UTC [17] DEBUG:  mmap(1048576) with huge pages failed, huge pages disabled: Cannot allocate memory',
      '2026-11-28 02:10:01 UTC [17] DEBUG1:  connection to cache refused, cache disabled: Connection refused',
      '2026-11-28 02:10:02 UTC [17] LOG:  ready to accept connections',
    ],
  ],
  [
    'slow statements of some milliseconds',
    many(
      12,
      (at) =>
        `{"t":{"$date":"2026-11-28T${clock(at)}.000Z"},"s":"I","c":"COMMAND","msg":"Slow query","attr":{"ns":"shop.orders","planSummary":"IXSCAN","durationMillis":${110 + at}}}`,
    ),
  ],
])('a healthy log stays healthy: %s', (_, lines) => {
  expect(summarize(lines)).toMatchObject({ headline: expect.stringMatching(/^Nothing looks wrong/), severity: 'info' });
});
