import { describe, expect, test } from 'vitest';
import { repeatLog } from '#bench/support/vary-log.ts';
import { createDigester, type DigestOptions } from '#src/logs/digest/index.ts';
import { createLogReader } from '#src/logs/digest/read-log.ts';
import { createScan, type Scan, scanLine } from '#src/logs/digest/shapes/scan.ts';
import { createLineScanner, createShapeTree } from '#src/logs/digest/shapes/shape-tree.ts';
import { createRandom, messyLog } from './seeded.ts';

const digestOf = (bytes: Uint8Array, options: DigestOptions, cut = bytes.length) => {
  const digester = createDigester({ now: Date.UTC(2024, 5, 15), ...options });
  for (let at = 0; at < bytes.length; at += cut) {
    // What was pushed belongs to the caller again: nothing of it is looked at later.
    const pushed = Buffer.from(bytes.subarray(at, at + cut));
    digester.push(pushed);
    pushed.fill(35);
  }
  return digester.finish();
};

/** Lines by which the two lanes could come to differ: what decides stands in a place that varies. */
const xmlEvent = (level: number, data: string): string =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Shop'/><EventID>70</EventID><Level>${level}</Level><Keywords>0x80</Keywords><TimeCreated SystemTime='2024-03-01T10:00:00.5Z'/></System><EventData><Data Name='Queue'>${data}</Data></EventData></Event>`;
const telling = [
  xmlEvent(2, 'orders'),
  xmlEvent(4, 'orders'),
  xmlEvent(3, 'mails of 7'),
  xmlEvent(2, 'mails'),
  '[W 2024-03-01 10:00:00.123 Lab] 404 GET /x',
  '[I 2024-03-01 10:00:01.123 Lab] 200 GET /x',
  '4711:20240301:100000.505 up 17',
  'W240301 10:00:00.123456 144 store.go:7  [n1] up 17',
  '{"message":"up","level":200,"channel":"shop"}',
  '{"message":"up","level":400,"channel":"shop"}',
  '{"message":"up","level":3,"channel":"shop"}',
  '{"message":"up","level":3,"host":"shop"}',
  '{"message":"up","level":6,"host":"shop"}',
  'Mar  1 10:00:00 web sshd[7]: debug1: up 17',
  'Mar  1 10:00:00 web ftpd: (?@10.0.0.2) [WARNING] up 17',
  'Mar  1 10:00:00 web ftpd: (?@10.0.0.3) [INFO] up 17',
  '10.0.0.1 - - [01/Mar/2024:10:00:00 +0000] "GET /cart/17 HTTP/1.1" 200 512 "-" "curl/8.1"',
  '10.0.0.1 - - [01/Mar/2024:10:00:01 +0000] "GET /cart/18 HTTP/1.1" 503 12 "-" "curl/8.1"',
  'GET /cart/17 1200 12.3 ms - 11',
  'GET /cart/17 503 12.3 ms - 11',
  '[2024-03-01 10:00:00,123: INFO/ForkPoolWorker-17] up 17',
  '[2024-03-01 10:00:00,123: ERROR/ForkPoolWorker-18] up 17',
  '[10:00:00] [Server thread/INFO]: up 17',
  '[10:00:00] [Server thread/ERROR]: up 17',
  '2024.03.01 10:00:00.123456 [ 17 ] {ab-17} <Information> app: up 17',
  '2024.03.01 10:00:00.123456 [ 17 ] {ab-17} <Error> app: up 17',
  'Mar  1 10:00:00 Bens-iPad app[17] <Notice>: up 17',
  'Mar  1 10:00:00 Bens-iPad app[17] <Error>: up 17',
  '####<Mar 1, 2024 10:00:00 AM UTC> <Error> <Store> <host17> up 17',
  '01-Mar-2024 10:00:00.500 general: info: up 17',
  '01-Mar-2024 10:00:00.500 general: error: up 17',
  'cpu17:2098152)WARNING: up 17',
  '2024-03-01T10:00:00.123Z cpu17:2098152)WARNING: up 17',
  '2024-03-01T10:00:00.123Z cpu17:2098152)INFO: up 17',
  '[3/1/24 10:00:00:123 UTC] 0000002f app     E   up 17',
  '[3/1/24 10:00:00:123 UTC] 0000002f app     I   up 17',
  'RP/0/RP0/CPU0:Mar  1 10:00:00.123 : app[17]: %PKT_INFRA-LINK-3-UPDOWN : up 17',
  'RP/0/RP0/CPU0:Mar  1 10:00:00.123 : app[17]: %PKT_INFRA-LINK-5-UPDOWN : up 17',
  '=ERROR REPORT==== 1-Mar-2024::10:00:00.123456 ===',
  'ERROR [main:17] 2024-03-01 10:00:00,123 Log.java:7 - up 17',
  'copied /data/17/errors to /data/17/done',
  'copied /data/17/errors to IOException',
  'ended, failed_files=17',
  'ended, failed_files=0',
  '2024-03-01 10:00:00 ОШИБКА: up 17',
  '#Fields: date time cs-method cs-uri-stem sc-status time-taken',
  '#Fields: date time cs-method cs-uri-stem time-taken sc-status',
  '#Date: 2024-03-01 10:00:17',
  '2024-03-01 10:00:01 GET /a/17 200 503',
  '2024-03-01 10:00:01 GET /a/17 503 200',
  '2024-03-01 10:00:01 GET /a/17 x 200',
  '2024-03-01\t10:00:01\tGET\t/a/17\t503\t200',
  'date=2024-03-01 time=10:00:17 level=error msg="up 17"',
  'date=2024-03-01 time=10:00:17 level=info msg="up 17"',
  'F, [2024-03-01T10:00:00.123456 #17] FATAL -- : [ab12-17]   ',
  '[ab12-17] Shop::CardViolation (no card 17):',
  "[ab12-17] app/models/order.rb:17:in `place!'",
  'DETAIL:  Failing row contains (17).',
  '2024-03-01T10:00:00.123456+00:00',
  'Errors in file /u01/17.trc:',
  'ORA-00017: WARNING: full',
  '2024-03-01 10:00:00.63 spid17      Error: 9002, Severity: 17, State: 2.',
  '2024-03-01 10:00:00.63 spid17      The log of 17 is full.',
  '03-01 10:00:00.100  9120  9120 E AndroidRuntime: FATAL EXCEPTION: main',
  '03-01 10:00:00.101  9120  9120 E AndroidRuntime: java.lang.NullPointerException: 17',
  '03-01 10:00:00.102  9120  9120 E AndroidRuntime: \tat a.B.c(B.kt:17)',
  '03-01 10:00:00.102  9120  9120 E Shop    : cannot load 17',
  '03-01 10:00:00.103  9120  9120 E Shop    : java.io.IOException: 17',
  'Log Name:      System',
  'Date:          3/1/2024 2:10:17 AM',
  'Level:         Error',
  'Description:',
  ' 02.10.01 JOB04711 ---- FRIDAY,    01 MAR 2024 ----',
  ' 02.10.17 JOB04711  IEF450I NIGHTLY STEP17 - ABEND=S0C7',
  '[GIN] 2024/03/01 - 10:00:10 | 200 | 1.27ms | 10.0.0.1 | GET "/ping"',
  '[GIN] 2024/03/01 - 10:00:10 | 1200 | 1.27ms | 10.0.0.1 | GET "/ping"',
  'Mar  1 10:00:00 web haproxy[12]: 10.0.0.1:5 fe be/<NOSRV> 0/-1/-1/-1/0 503 212 - -',
  'Mar  1 10:00:00 web haproxy[12]: 10.0.0.1:5 fe be/<NOSRV> 0/-1/-1 503 212 - -',
  '{"time":"2024-03-01T10:00:00Z","status":200,"uri":"/x/1"}',
  '{"time":"2024-03-01T10:00:00Z","status":502,"uri":"/x/2"}',
  '{"time":"2024-03-01T10:00:00Z","level":30,"msg":"ok 17"}',
  '{"time":"2024-03-01T10:00:00Z","level":50,"msg":"ok 17"}',
  '{"log":"2024-03-01 10:00:00 ERROR boom 17\\n","stream":"stderr","time":"2024-03-01T10:00:00.1Z"}',
  '{"log":"ValueError: x\\n","stream":"stderr","time":"2024-03-01T10:00:00.2Z"}',
  '{"log":"{\\"level\\":\\"error\\",\\"msg\\":\\"gone 17\\"}\\n","stream":"stdout","time":"2024-03-01T10:00:00.3Z"}',
  '{"level":"error","message":null,"error":"refused 17"}',
  '{"level":"error","message":true,"error":"refused 17"}',
  'ts=2024-03-01T10:00:00Z level=info caller=a.go:17 msg="flushed 17" took=12ms',
  'ts=2024-03-01T10:00:00Z level=error caller=a.go:17 msg="flushed 17" took=12ms',
  '<11>1 2024-03-01T10:00:01Z web shop 71 ID47 [meta sequenceId="29"] disk full',
  '<14>1 2024-03-01T10:00:01Z web shop 72 ID47 [meta sequenceId="30"] disk full',
  'web-1  | 2024-03-01T10:00:00Z INFO up 17',
  'web-1  | ValueError: x',
  'db-1  | ValueError: y',
  '[pod/web-7d9f/app] ',
  '2024-03-01T10:00:00.123456789Z stdout P part 17',
  '2024-03-01T10:00:00.123456789Z stdout F whole 17',
  '2024-03-01 10:00:00,123 ERROR [main] App - order 17 failed',
  'java.lang.IllegalStateException: no',
  '\tat com.acme.App.run(App.java:20)',
  'Caused by: java.io.IOException: disk',
  '##[error]Process completed with exit code 17',
  '##[group]Run make 17',
  '##[endgroup]',
  '+ # error 17',
  '04/29/2024 10:00:01 AM',
  'LogName=Security',
  'Type=Error',
  'Message=An account failed 17',
  'R02 17  2395 I x',
  '1702  2395 I x',
  '170216  2395 I x',
  '1117838570 2005.06.03 R02 down 17',
  'run ended with 0 errors',
  'run ended with 4 errors',
  'Jan 02, 2024 3:04:05 AM org.acme.Server start',
  'INFO: 17 started',
  '# Time: 2024-03-01T10:00:00.123456Z',
  '# Query_time: 1.5  Lock_time: 0.1',
  'SELECT * FROM orders WHERE id = 17;',
  '-----BEGIN CERTIFICATE-----',
  'MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUF',
  '-----END CERTIFICATE-----',
  '+----+-----+',
  '| 17 | x   |',
  '00000010  48 65 6c 6c 6f',
  '00000020  48 65 6c 6c 6f',
  '<order id="17">',
  '</order>',
  '[',
  '{"a":1,"msg":"in a list"},',
  ']',
];

/** Times as they are read many lines at once, and what could be taken for them. */
const timed = [
  '2024-03-01 10:00:00,123 INFO [main] App - order 17 took 12 ms from 10.0.0.1',
  '2024-03-01 10:00:00,123 ERROR [main] App - order 17 took 0 ms from 10.0.0.1 [',
  '2024-03-01T10:00:00.123Z INFO App - order 17 by 9bc36dd9-91c5-4a1b-8c3d-0a12bc001234',
  '2024-03-01T10:00:00+02:00 INFO App - order 17 of blk_-1608999687919862906',
  '2024-03-01 10:00:00.5 PST app: order 17',
  '2024-03-01 10:00:00 UTC app: order 17',
  '2024-03-01 10:00 app: order 17 -----',
  'Mar  1 10:00:00 web app[17]: login from 10.0.0.1 () at Fri Mar  1 10:00:00 2024',
  'Mar 12 10:00:00 web app[17]: login from 10.0.0.1 () at Fri Mar 12 10:00:00 UTC 2024 ',
  'Feb 29 10:00:00 web app[17]: failed 0 of 17',
  '03-01 10:00:00.123  1702  2395 I Service: Process 17 of Process(17)',
  '240301 100000 148 INFO dfs.Node: PacketResponder 17 for block blk_38865049064139660',
  '20240301 10:00:00 148 INFO dfs.Node: Processing 17',
  '- 1117838570 2005.06.03 R02-M1-N0 2005-06-03-15.42.50.675872 R02-M1-N0 RAS INFO 17 errors corrected',
  'nova-api.log.1.2024-03-01_10:00:00 2024-03-01 10:00:00.008 25746 INFO nova.osapi [req-38101a0b-2096-447d-96ea-a692162415ae 113d3a99c3da401fbd62cc2caa5b96d2 - - -] 10.11.10.1 "GET /v2/54fadb412c4e40cdbaed9335e4c35a9e/servers/detail HTTP/1.1" status: 200 len: 1893 time: 0.2477829',
  'GET https://shop.example.net/cart/17?page=2 took 12ms',
  'job 17 done, 0 failed',
  '{"level":"info","time":"2024-03-01T10:00:00.123Z","pid":17,"msg":"request completed","path":"/api/items/17","status":200,"trace_id":"9bc36dd991c54a1b8c3d0a12bc001234"}',
  '{"time":"2021-09-17 10:00:00","level":"warn","msg":"order 17 of 10.0.0.1 took 12ms","user":"ana17"}',
  '{"time":"Mar  1 10:00:00","level":"warn","msg":"order 17 took 12ms"}',
  '{"ts":1709287217,"level":"info","msg":"order 17 took 12ms"}',
  '{"level":30,"time":1709287217123,"pid":17,"hostname":"web","msg":"order 17 took 12ms"}',
  '{"level":"info","ts":1709287217.1234567,"caller":"a.go:17","msg":"order 17 took 12ms"}',
  'ts=1709287217123456 level=info msg="order 17"',
  '1709287217123 order 17 took 12 ms',
  '{"level":"info","msg":"order 17 took 12ms","tags":["a17","b"]}',
  'ts=2024-03-01T10:00:00.123Z level=info caller=flush.go:17 msg="flushed 17 chunks" tenant=ana took=12ms size=17KB',
  'time="1999-12-01T10:00:00Z" level=warning msg="order 17" path=/cart/17 host=db17.example.net',
  '10:00:00 order 17 took 12 ms',
  '10:00:00.123 [main] INFO App - order 17 took 12 ms',
  '10.17.11.17 - - [01/Mar/2024:10:00:00 +0000] "GET /cart?id=17 HTTP/1.1" 200 512 "-" "curl/8.1"',
  '17.11.17 10:00:00 order 17 took 12 ms',
  '10.20.17.1 - ana [01/Mar/2024:10:00:00 +0000] "GET /cart/17 HTTP/1.1" 204 512 "-" "curl/8.1"',
  '01/Mar/2024:10:00:00 +0000 app: order 17',
  '01-Mar-24 10:00:00.123 app: order 17',
  '01.03.2024 10:00:00 INFO App - order 17',
  '01.03 10:00:00 INFO App - order 17',
  '24-03-17 10:00:00 INFO App - order 17',
  '1 Mar 10:00:00.123 app: order 17',
  '17 Mar 2024 10:00:00 app: order 17',
  'Mar  1 10:00:00 CET app: order 17',
  '1709280000.123 app: order 17',
  '1709280000123 app: order 17',
  '1709280000123456 app: order 17',
  '17 of 17 took 12:34 of 20240301100000',
  'alert 17 since Sat Sep 17 07:00:24 PDT 2005',
];

describe('the fast lane', () => {
  test('says what the slow one says of many lines in a row, whatever their numbers are', () => {
    const others = telling.filter((line) => !line.includes('haproxy'));
    for (let seed = 1; seed <= 4; seed++) {
      const { pick, below } = createRandom(seed);
      const few = Array.from({ length: 2 + below(4) }, () => pick(below(4) > 0 ? timed : others));
      // Nearly always times are such as can be.
      const vary = (line: string) =>
        line.replace(below(20) > 0 ? /(?<=[\d_-]\d|[(#= ]\d|:[0-5])\d(?!\d?:)/g : /\d/g, () => String(below(10)));
      const lines = Array.from({ length: 500 }, () => {
        const one = pick(few);
        return Array.from({ length: 1 + below(below(10) > 0 ? 4 : 300) }, () => vary(one)).join(below(9) > 0 ? '\n' : '\r\n');
      });
      const bytes = Buffer.from(lines.join('\n'));
      const slow = digestOf(bytes, { fastLane: false });
      expect(digestOf(bytes, {})).toEqual(slow);
      expect(digestOf(bytes, {}, 70_001)).toEqual(slow);
    }
  }, 120_000);

  test('says what the slow one says, line after line in any order', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const { pick, below } = createRandom(seed);
      // Runs of a few lines, so that some are seen often enough to be known.
      const lines = Array.from({ length: 600 }, () => {
        const one = pick(telling);
        return Array.from({ length: 1 + below(3) }, () => one).join('\n');
      });
      const bytes = Buffer.from(lines.join('\n'));
      const slow = digestOf(bytes, { fastLane: false });
      expect(digestOf(bytes, {})).toEqual(slow);
      expect(digestOf(bytes, {}, 777)).toEqual(slow);
    }
  }, 60_000);

  test('also when the variables differ from line to line', () => {
    for (let seed = 1; seed <= 4; seed++) {
      const log = Buffer.from([...telling, messyLog(seed, 40)].join('\n'));
      const bytes = Buffer.concat([...repeatLog({ log, bytes: 120_000, seed })]);
      expect(digestOf(bytes, {}, 10_000)).toEqual(digestOf(bytes, { fastLane: false }));
    }
  }, 60_000);
});

describe('a line that reads like one before', () => {
  const words =
    'sha256 sha999 24M->4M(256M) 12->15 up->down- x7-> db.example.net:5432 db1.example.net:5432 db.example.net:x Cart.java:17 Utf8Reader fdab:cdef::1 fdab:cdef:9 7z 5z 0x10 1x10 ab: port: fe:ab core. depth.... HTTP/1.1 GET 200 417 599 1200 10.0.0.1 /10.0.0.1:80 10.0.0.1. file: //x /x/7 x1:: y7 5 user= ana blk_-12 req-9bc36dd9 12ms 12B 03:55:15 a, 1,234 | true R02-M1:J12 0/0/1/2/3 C:\\\\x 2024-03-01 a@b.de web.example.net jk2_init() fail! 9bc36dd9 http://a.b/c?d=1 100% -'.split(
      ' ',
    );
  const joints = [' ', ' ', ' ', '', '=', ':', '::', ', ', '"', ' "', '" ', '(', ') ', ' [', '] ', '.', '|', ' | ', "'", '/'];

  test('is scanned as if it were the first', () => {
    const { pick, below } = createRandom(5);
    const tree = createShapeTree();
    const known = createLineScanner(tree);
    const [first, [again]] = [createScan(), tree.scans];
    const seen = ({ base, length, count, low, high, start, end, kind, code, value }: Scan) => [
      [base, length, count, low, high],
      ...[start, end, kind, code, value].map((list) => [...list.subarray(0, count)]),
    ];
    for (let turn = 0; turn < 400; turn++) {
      // One word of a line becomes another: what is next to it must be read as it would have been.
      const pieces = Array.from({ length: 2 + below(8) }, () => pick(words) + pick(joints));
      for (let k = 0; k < 16; k++) {
        const changed = k < 3 ? pieces : pieces.with(below(pieces.length), pick(words) + pick(joints));
        const line = Buffer.from(`${changed.join('').replace(/(?<=\d)\d/g, () => String(below(10)))}\n`);
        scanLine(line, 0, line.length - 1, first);
        known.scan(line, 0, line.length - 1, again);
        if (again.low !== first.low || again.high !== first.high || k % 8 === 0) expect(seen(again), line.toString()).toEqual(seen(first));
      }
    }
  });
});

describe('a log that is read fast', () => {
  const known = (count: number) =>
    Array.from(
      { length: count },
      (_, k) => `2024-03-01 10:00:00,123 INFO [main] App - order a${k}x took 12 ms of https://shop.example.net/c${k}`,
    );

  test('may have a word longer than all the memory that its lines are compared in', () => {
    const long = `2024-03-01 10:00:00,123 INFO [main] App - order a1x took 12 ms of https://shop.example.net/c${'a-7b'.repeat(1 << 21)}`;
    const bytes = Buffer.from([...known(300), long, ...known(10), ''].join('\n'));
    expect(digestOf(bytes, {})).toEqual(digestOf(bytes, { fastLane: false }));
  }, 20_000);

  // Of these the lane lets a line by just where lines were taken in rows.
  test.each([
    [19, 4],
    [19, 16],
    [21, 6],
    [21, 14],
    [25, 14],
  ])('may be let by for a while at any line, since most of it is like nothing before: %i of %i', (unlike, first) => {
    const { below } = createRandom(1);
    const letters = () => Array.from({ length: 1 + below(8) }, () => String.fromCharCode(97 + below(26))).join('');
    const order = (k: number) => `2024-03-01 10:00:00,123 INFO [main] App - order a${k}x took 12 ms`;
    const lines = Array.from({ length: 100 + first }, (_, k) => order(k));
    for (let group = 0; group < 800; group++) {
      for (let k = 0; k < unlike; k++) lines.push([letters(), letters(), letters(), letters()].join(' '));
      for (let k = 0; k < 3; k++) lines.push(order(group * 3 + k));
    }
    const bytes = Buffer.from(`${lines.join('\n')}\n`);
    expect(digestOf(bytes, {}).ledger).toEqual(digestOf(bytes, { fastLane: false }).ledger);
  });

  test('has nothing of another that is read at the same time, also after one that was ended twice', () => {
    const ended = createLogReader({});
    ended.end();
    ended.end();
    const { push: pushOne, finish } = createDigester({});
    const { push: pushOther } = createDigester({});
    const one = Buffer.from(known(500).join('\n'));
    for (let at = 0; at < one.length; at += 4000) {
      pushOne(one.subarray(at, at + 4000));
      pushOther(Buffer.from(known(40).join('\n').replaceAll('order', 'parcel')));
    }
    const alone = createDigester({ fastLane: false });
    alone.push(one);
    expect(finish()).toEqual(alone.finish());
    expect(() => ended.push(one)).toThrow('Nothing is read after the end of a log.');
  });
});
