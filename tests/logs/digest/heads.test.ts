import { describe, expect, test } from 'vitest';
import { digestText } from '#src/logs/digest/index.ts';

const now = Date.UTC(2024, 5, 15, 12);
const only = (line: string) => {
  const { time, patterns } = digestText(line, { now });
  return { time, pattern: patterns[0] as NonNullable<(typeof patterns)[number]> };
};

describe('timestamps', () => {
  test.each([
    ['2024-03-01T10:20:30.123Z INFO hi', '2024-03-01T10:20:30.123Z'],
    ['2024-03-01T10:20:30+02:00 INFO hi', '2024-03-01T10:20:30+02:00'],
    ['2024-03-01 10:20:30,123 INFO hi', '2024-03-01T10:20:30.123'],
    ['2024/03/01 10:20:30 [error] 7#0: hi', '2024-03-01T10:20:30'],
    ['[2024-03-01T10:20:30,123][WARN ][o.e.n.Node] hi', '2024-03-01T10:20:30.123'],
    ['10.0.0.1 - - [01/Mar/2024:10:20:30 -0500] "GET / HTTP/1.1" 200 5', '2024-03-01T10:20:30-05:00'],
    ['[Fri Mar 01 10:20:30.123456 2024] [core:error] [pid 1] hi', '2024-03-01T10:20:30.123'],
    ['[Tue Mar 01 10:20:30.123456 2022] [core:error] [pid 1] hi', '2022-03-01T10:20:30.123'],
    ['1709288430 hi', '2024-03-01T10:20:30Z'],
    ['1709288430123 hi', '2024-03-01T10:20:30.123Z'],
    ['081109 203615 148 INFO dfs.DataNode: hi', '2008-11-09T20:36:15'],
    ['17/06/09 20:10:40 INFO executor: hi', '2017-06-09T20:10:40'],
    ['- 1117838570 2005.06.03 R02 2005-06-03-15.42.50.675872 R02 RAS KERNEL INFO hi', '2005-06-03T22:42:50Z'],
    ['20171223-22:15:29:606|Step|30002312|hi', '2017-12-23T22:15:29.606'],
    ['1234:M 27 Dec 2018 11:19:18.874 * hi', '2018-12-27T11:19:18.874'],
    ['{"@timestamp":"2024-03-01T10:20:30Z","message":"hi"}', '2024-03-01T10:20:30Z'],
    ['{"level":30,"time":1709288430123,"msg":"hi"}', '2024-03-01T10:20:30.123Z'],
    ['{"ts":1709288430.5,"msg":"hi"}', '2024-03-01T10:20:30.500Z'],
    ['ERROR [main] 2024-03-01 10:20:30,123 Log.java:7 - hi', '2024-03-01T10:20:30.123'],
    ['####<Mar 1, 2024 10:20:30 AM UTC> <Error> hi', '2024-03-01T10:20:30Z'],
    ['[3/1/24 10:20:30:123 UTC] 0000002f TCPChannel    E   hi', '2024-03-01T10:20:30.123Z'],
    ['=INFO REPORT==== 1-Mar-2024::10:20:30.123456 ===', '2024-03-01T10:20:30.123'],
    ['LC/0/0/CPU0:Mar  1 10:20:30.123 : fib[227]: hi', '2024-03-01T10:20:30.123'],
    ['2024-03-01\t10:20:30\thi', '2024-03-01T10:20:30'],
    ['ts=2024-03-01T10:20:30Z level=info msg=hi', '2024-03-01T10:20:30Z'],
    ['{"log":"2024-03-01 10:20:30 INFO hi\\n","stream":"stdout"}', '2024-03-01T10:20:30'],
    ['W240301 10:20:30.123456 144 store/queue.go:7  [n1] hi', '2024-03-01T10:20:30.123'],
    ['E20240301 10:20:30.123456    7 a.cc:1] hi', '2024-03-01T10:20:30.123'],
    ['  4711:20240301:102030.505 hi', '2024-03-01T10:20:30.505'],
    ['4711:20240301:102030 hi', '2024-03-01T10:20:30'],
    ['[W 2024-03-01 10:20:30.123 Lab] hi', '2024-03-01T10:20:30.123'],
    ['[I 240301 10:20:30 web:7] hi', '2024-03-01T10:20:30'],
    ['<W>2024-03-01 10:20:30.818 1 => hi', '2024-03-01T10:20:30.818'],
    ['"2024-03-01 10:20:30","ERROR","hi"', '2024-03-01T10:20:30'],
    ['Mar-01-24 10:20:30 hi', '2024-03-01T10:20:30'],
    ['01Mar2024 10:20:30 hi', '2024-03-01T10:20:30'],
    ['2024-Mar-01 10:20:30 hi', '2024-03-01T10:20:30'],
    ['01-MAR-24 10.20.30.123456 AM hi', '2024-03-01T10:20:30.123'],
    ['01.03.24 10:20:30 hi', '2024-03-01T10:20:30'],
    ['2024:03:01-10:20:30: hi', '2024-03-01T10:20:30'],
    ['20240301102030 hi', '2024-03-01T10:20:30'],
    ['{"instant":{"epochSecond":1709288430,"nanoOfSecond":5},"message":"hi"}', '2024-03-01T10:20:30Z'],
  ])('%s is read as %s', (line, first) => {
    expect(only(line).time?.first).toBe(first);
  });

  test.each([
    ['Mar  1 10:20:30 web sshd[7]: hi', '2024-03-01T10:20:30'],
    ['Dec 24 10:20:30 web sshd[7]: hi', '2023-12-24T10:20:30'],
    ['I0301 10:20:30.123456    7 a.go:1] hi', '2024-03-01T10:20:30.123'],
    ['03-01 10:20:30.123  17  23 D Tag: hi', '2024-03-01T10:20:30.123'],
    ['[0301/102030.123456:ERROR:painter.cc(9)] hi', '2024-03-01T10:20:30.123'],
    ['[17:4:0301/102030.123456:ERROR:painter.cc(9)] hi', '2024-03-01T10:20:30.123'],
    ['[03.01 10:20:30] hi', '2024-03-01T10:20:30'],
    ['[PDT Mar  1 10:20:30] error    : hi', '2024-03-01T10:20:30'],
    ['*Mar  1 10:20:30.123: %LINE-3-UPDOWN: hi', '2024-03-01T10:20:30.123'],
    ['000417: .Mar  1 10:20:30.123: %LINE-3-UPDOWN: hi', '2024-03-01T10:20:30.123'],
  ])('%s has no year: the last such day before now is meant', (line, first) => {
    expect(only(line).time).toMatchObject({ first, yearInferred: true, zone: 'unknown' });
  });

  test.each([
    '20241301102030 hi',
    '20240301102030-7f hi',
    '12345678901234 hi',
    '4711:20240301:99 hi',
    '4711:12345678:102030.5 hi',
    '[9917/102030.123456:ERROR:painter.cc(9)] hi',
    'Mar-01 hi',
    '10.20.30 10:20 hi',
    '[W 17 jobs] hi',
  ])('%s has no time', (line) => {
    expect(only(line).time).toBeNull();
  });

  test('a number in a message that could be an epoch says nothing of the year of dates', () => {
    const { time } = digestText(
      'Mar  1 10:20:30 gate filter: 7,,,1000000301,eth0,block\nMar  1 10:20:31 gate filter: 7,,,1000000317,eth0,block\n',
      { now },
    );
    expect(time).toMatchObject({ first: '2024-03-01T10:20:30', last: '2024-03-01T10:20:31' });
  });

  test.each([
    [
      '[Fri Mar 01 10:20:30.123456 2024] [php:notice] [pid 7] ERR [Login denied for user "ana"], referer: x',
      '[Login denied for user "<quoted>"], referer: x',
    ],
    ['2024-03-01 10:20:30 WARN [Streamer for file x of block y] gone', 'gone'],
    ['Fri Mar  1 10:20:30 2024 [pid 7] [ana] FAIL LOGIN: Client "10.0.0.1"', 'FAIL LOGIN: Client "<quoted>"'],
    ['2024-03-01T10:20:30.123456 web.acme.com shop[7]: gone', 'shop[<num>]: gone'],
  ])('of %s the message is all that was said', (line, message) => {
    expect(only(line).pattern.template).toBe(message);
  });

  test('a time in parentheses is no part of the message', () => {
    expect(only('(2024-03-01 10:20:30) hi').pattern.template).toBe('hi');
    expect(only('17:signal-handler (1709288430) Received SIGTERM').pattern.template).toBe('Received SIGTERM');
  });

  test("a job's log of z/OS says its day once, and its clocks are of that day or the next", () => {
    const { time, records } = digestText(
      ' 23.59.58 JOB00017 ---- FRIDAY,    01 MAR 2024 ----\n 23.59.59 JOB00017  $HASP373 NIGHTLY STARTED\n 00.00.09 JOB00017  IEF450I NIGHTLY STEP1 - ABEND=S0C7 U0000 REASON=00000000\n',
      { now },
    );
    expect(records).toBe(3);
    expect(time).toMatchObject({ first: '2024-03-01T23:59:58', last: '2024-03-02T00:00:09', yearInferred: false });
    expect(only('10.20.30 released').time).toBeNull();
    expect(only('10.20.30.40 - GET').time).toBeNull();
  });

  test('a log without a stated zone is not given one, and one with two zones is shown in UTC', () => {
    expect(only('2024-03-01 10:20:30 hi').time?.zone).toBe('unknown');
    expect(digestText('2024-03-01T10:00:00+02:00 a\n2024-03-01T10:00:00+01:00 b').time).toMatchObject({
      first: '2024-03-01T08:00:00Z',
      last: '2024-03-01T09:00:00Z',
      zone: 'stated',
    });
  });

  test('newest-first and shuffled logs have the same span and histogram as sorted ones', () => {
    const lines = Array.from({ length: 500 }, (_, k) => `${new Date(Date.UTC(2024, 0, 1) + k * 977_000).toISOString()} INFO tick`);
    const shuffled = lines.map((_, k) => lines[(k * 263) % 500]);
    const sorted = digestText(lines.join('\n'));
    for (const order of [lines.toReversed(), shuffled]) {
      const digest = digestText(order.join('\n'));
      expect(digest.time).toEqual(sorted.time);
      expect(digest.histogram).toEqual(sorted.histogram);
    }
    expect(sorted.histogram?.all.reduce((sum, count) => sum + count, 0)).toBe(500);
    expect(sorted.histogram?.all.length).toBeLessThanOrEqual(120);
  });
});

describe('levels', () => {
  test.each([
    ['2024-03-01 10:20:30 ERROR hi', 'error', false],
    ['[2024-03-01 10:20:30,123: WARNING/Beat] hi', 'warn', false],
    ['[10:20:30] [Render thread/FATAL]: hi', 'fatal', false],
    ['[10:20:30] [modloading-worker-0/WARN] [net.minecraftforge/]: hi', 'warn', false],
    ['2024.03.01 10:20:30.123456 [ 77 ] {6f0a-11} <Warning> MergeTree: hi', 'warn', false],
    ['2024.03.01 10:20:30.123456 [ 77 ] {} <Fatal> BaseDaemon: hi', 'fatal', false],
    ['Mar  1 10:20:30 Bens-iPad locationd[68] <Warning>: hi', 'warn', false],
    ['####<Mar 1, 2024 10:20:30,123 AM UTC> <Emergency> <Store> <host1> <ms2> hi', 'fatal', false],
    ['01-Mar-2024 10:20:30.500 resolver: notice: hi', 'info', false],
    ['[2024.03.01-10.20.30:500][ 12]LogStreaming: Warning: hi', 'warn', false],
    ['2024-03-01T10:20:30.123Z cpu12:66341)ALERT: hi', 'fatal', false],
    ['[3/1/24 10:20:30:123 UTC] 0000002f TCPChannel    E   TCPC0003E: hi', 'error', false],
    ['RP/0/RP0/CPU0:Mar  1 10:20:30.123 : ifmgr[227]: %PKT_INFRA-LINK-3-UPDOWN : hi', 'error', false],
    ['=WARNING REPORT==== 1-Mar-2024::10:20:30.123456 ===', 'warn', false],
    ['=SUPERVISOR REPORT==== 1-Mar-2024::10:20:30 ===', 'error', false],
    ['2024-03-01 10:20:30.123456+0100 0x3f21     Error       0x0                  71     0    hi', 'error', false],
    ['WARN  [MutationStage-2] 2024-03-01 10:20:30,123 Log.java:7 - hi', 'warn', false],
    ['W240301 10:20:30.123456 144 store/queue.go:7  [n1] hi', 'warn', false],
    ['[E 240301 10:20:30 web:7] hi', 'error', false],
    ['[ERROR 2024-03-01 10:20:30] hi', 'error', false],
    ['[0301/102030.123456:WARNING:painter.cc(9)] hi', 'warn', false],
    ['<W>2024-03-01 10:20:30.818 1 => hi', 'warn', false],
    ['"2024-03-01 10:20:30","ERROR","hi"', 'error', false],
    ['000417: .Mar  1 10:20:30.123: %LINE-3-UPDOWN: hi', 'error', false],
    ['{"message":"hi","context":{},"level":200,"level_name":"INFO","channel":"shop"}', 'info', false],
    ['{"message":"hi","context":{},"level":400,"channel":"shop"}', 'error', false],
    ['{"message":"hi","level":3,"source":"shop-1","facility":"local0"}', 'error', false],
    ['{"app":"files","level":1,"message":"hi","user":"ada"}', 'unknown', false],
    ['{"event_type":"match","rule":{"name":"hi","severity":1}}', 'unknown', false],
    ['01-Mar-2024 10:20:30.500 zones: debug 3: loading it failed', 'debug', false],
    ['Mar  1 10:20:30 web sshd[7]: debug1: key exchange failed', 'debug', false],
    ['2024-03-01 10:20:30 UTC [17] ana@shop DEBUG2:  rollback failed', 'debug', false],
    ['Mar  1 10:20:30 web ftpd: (?@10.0.0.2) [WARNING] login failed', 'warn', false],
    ['Mar  1 10:20:30 web shop[7]: [req-17] INFO cart failed-over', 'info', false],
    ['01-MAR-2024 10:20:30 * service_update * SHOP * 0', 'unknown', false],
    ['1 Mar 10:20:30 * The server accepts connections', 'info', false],
    ['2024-03-01 10:20:30 node 7 is not responding', 'warn', true],
    ['2024-03-01 10:20:30 node 7 is responding', 'unknown', false],
    ['2024-03-01 10:20:30 CHYBA: hi', 'error', false],
    ['01.03.2024 10:20:30 [ПРЕДУПРЕЖДЕНИЕ] hi', 'warn', false],
    ['2024/03/01 10:20:30 [警告] hi', 'warn', false],
    ['2024-03-01 10:20:30 경고 hi', 'warn', false],
    ['2024-03-01 10:20:30 Virhe: hi', 'error', false],
    ['GRAVE: hi', 'unknown', false],
    ['не удалось открыть файл', 'error', true],
    ['データベースへの接続に失敗しました', 'error', true],
    ['обработка завершена без ошибок', 'unknown', false],
    ['処理が完了しました(エラーなし)', 'unknown', false],
    ['Auftrag verarbeitet, keine Fehler', 'unknown', false],
    ['Copying /srv/errors/a.dat to /srv/failed/a.dat', 'unknown', false],
    ['loaded plugin crash-reporter, queue=retry_failed_jobs', 'unknown', false],
    ['sync ended, failed_files=3', 'error', true],
    ['sync ended, failed_files=0', 'unknown', false],
    ['NIGHTLY STEP1 - ABEND=S0C7 U0000', 'error', true],
    ['guten Abend', 'unknown', false],
    ['connect: ERR_CONNECTION_REFUSED', 'error', true],
    ['worker died: java.io.IOException', 'error', true],
    ['2024-03-01 10:20:30,000 - app.module - WARNING - hi', 'warn', false],
    ['ERROR:root:hi', 'error', false],
    ['[2024-03-01 10:20:30] prod.CRITICAL: hi', 'fatal', false],
    ['E0301 10:20:30.123456    7 a.go:1] hi', 'error', false],
    ['12:00:01 E/Foo: 12', 'error', false],
    ['E/ActivityManager(  585): ANR in com.x', 'error', false],
    ['03-17 16:13:38.811 W/ActivityManager(  585): slow', 'warn', false],
    ['2024-03-01 10:20:30.123 F/libc    ( 1234): signal 11', 'fatal', false],
    ['10:20:30 I/O: all is well', 'unknown', false],
    ['{"level":50,"msg":"hi"}', 'error', false],
    ['{"severity":"WARNING","message":"hi"}', 'warn', false],
    ['{"log.level":"debug","message":"hi"}', 'debug', false],
    ['time=2024-03-01T10:20:30Z level=fatal msg=hi', 'fatal', false],
    ['<11>Mar  1 10:20:30 web app: hi', 'error', false],
    ['10.0.0.1 - - [01/Mar/2024:10:20:30 +0000] "GET / HTTP/1.1" 503 5', 'error', true],
    ['10.0.0.1 - - [01/Mar/2024:10:20:30 +0000] "GET / HTTP/1.1" 200 5', 'info', true],
    ['Uncaught ReferenceError: x is not defined', 'error', true],
    ['backup failed after 3 tries', 'error', true],
    ['finished with 0 errors', 'unknown', false],
    ['finished with 3 errors', 'error', true],
    ['all is well', 'unknown', false],
  ])('%s is %s (guessed: %s)', (line, level, inferred) => {
    expect(only(line).pattern).toMatchObject({ level, levelInferred: inferred });
  });

  test('whether "n errors" is an error is asked of every record, not of the first', () => {
    expect(digestText('run ended with 0 errors\nrun ended with 4 errors\nrun ended with 0 errors').levels).toMatchObject({
      error: 1,
      unknown: 2,
    });
  });
});
