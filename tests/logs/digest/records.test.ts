import { describe, expect, test } from 'vitest';
import { digestText } from '#src/logs/digest/index.ts';

const before = '2024-03-01 10:00:00,000 INFO  [main] com.acme.App - starting up';
const after = '2024-03-01 10:00:02,000 INFO  [main] com.acme.App - carrying on';

/** The trace between two ordinary lines must come out as one record of its own length. */
const traces: Record<string, string> = {
  Java: `2024-03-01 10:00:01,000 ERROR [main] com.acme.App - request failed
java.lang.IllegalStateException: no connection
\tat com.acme.Pool.take(Pool.java:10)
\tat com.acme.App.run(App.java:20)
\tSuppressed: java.io.IOException: close failed
\t\tat com.acme.Pool.close(Pool.java:30)
Caused by: java.net.ConnectException: Connection refused
\tat java.net.Socket.connect(Socket.java:5)
\t... 12 more`,
  Python: `2024-03-01 10:00:01,000 ERROR root - job failed
Traceback (most recent call last):
  File "/app/job.py", line 3, in run
    go()
  File "/app/job.py", line 9, in go
    raise KeyError('x')
KeyError: 'x'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/app/main.py", line 1, in <module>
    run()
acme.errors.JobFailed: job 7`,
  Node: `2024-03-01 10:00:01.000 ERROR request failed
TypeError: Cannot read properties of undefined (reading 'id')
    at handler (/app/src/orders.js:10:5)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5) {
  code: 'E_ORDER'
}`,
  'uncaught Node': `/app/src/orders.js:10
    throw new Error('boom');
    ^

Error: boom
    at handler (/app/src/orders.js:10:11)
    at node:internal/main/run_main_module:23:47

Node.js v24.1.0`,
  Go: `panic: runtime error: invalid memory address or nil pointer dereference
[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x7fd34f]

goroutine 1 [running]:
main.handle(0xc000010000)
\t/src/main.go:12 +0x1d
main.main()
\t/src/main.go:5 +0x20
created by net/http.(*Server).Serve
\t/usr/local/go/src/net/http/server.go:3 +0x4
exit status 2`,
  '.NET': `2024-03-01 10:00:01,000 ERROR Worker - unhandled
System.InvalidOperationException: outer ---> System.TimeoutException: inner
   at Acme.Job.Run() in /src/Job.cs:line 10
   --- End of inner exception stack trace ---
   at Acme.Program.Main(String[] args) in /src/Program.cs:line 3`,
  Ruby: `app.rb:3:in \`pay': card declined (PaymentError)
\tfrom app.rb:8:in \`order'
\tfrom app.rb:12:in \`<main>'`,
  PHP: `PHP Fatal error:  Uncaught RuntimeException: no such order in /var/www/order.php:5
Stack trace:
#0 /var/www/index.php(9): find(7)
#1 {main}
  thrown in /var/www/order.php on line 5`,
  Rust: `thread 'main' panicked at src/main.rs:4:5:
index out of bounds: the len is 3 but the index is 99
stack backtrace:
   0: rust_begin_unwind
             at /rustc/abc/library/std/src/panicking.rs:645:5
   1: core::panicking::panic_fmt
note: run with \`RUST_BACKTRACE=full\` environment variable to display a verbose backtrace.`,
  SQL: `2024-03-01 10:00:01.000 ERROR db - statement failed:
  SELECT id, total
    FROM orders
   WHERE id = 7`,
};

describe('records', () => {
  test.each(Object.entries(traces))('a %s trace stays one record with its header', (_, trace) => {
    const digest = digestText(`${before}\n${trace}\n${after}\n`);
    expect(digest.records).toBe(3);
    const blank = trace.split('\n').filter((line) => line.trim() === '').length;
    const pattern = digest.patterns.find(({ first }) => first.line === 2);
    expect(pattern?.lines).toBe(trace.split('\n').length - blank);
    expect(pattern?.samples[0]).toMatchObject({ lines: { from: 2, to: 1 + trace.split('\n').length } });
    expect(pattern?.samples[0]?.text).toBe(trace);
    expect(digest.ledger).toMatchObject({ lines: trace.split('\n').length + 2, blank });
  });

  test('traces of different failures under one message are different patterns that name the failure', () => {
    const log = ['java.io.IOException: disk full', 'java.lang.NullPointerException: order', 'java.io.IOException: disk full']
      .map(
        (failure) => `2024-03-01 10:00:01,000 ERROR [main] com.acme.App - request failed\n${failure}\n\tat com.acme.App.run(App.java:20)`,
      )
      .join('\n');
    const { patterns } = digestText(log);
    expect(patterns.map(({ template, count }) => [template, count])).toEqual([
      ['com.acme.App - request failed ↳ java.io.IOException: disk full', 2],
      ['com.acme.App - request failed ↳ java.lang.NullPointerException: order', 1],
    ]);
  });

  test('a bare cry for help between headed lines is not swallowed by the line before', () => {
    const headed = Array.from({ length: 30 }, (_, k) => `2024-03-01 10:00:${k + 10} INFO tick ${k}`).join('\n');
    const { patterns } = digestText(`${headed}\nOut of memory: Killed process 4711\n${headed}`);
    expect(patterns[0]).toMatchObject({ count: 1, level: 'error', levelInferred: true });
  });

  test('what follows the mark of a runner is not part of it', () => {
    const log = [...Array.from({ length: 6 }, (_, k) => `##[debug]step ${k} of the job`), '##[error]Process completed with exit code 1.'];
    const after = ['Post job cleanup.', 'Uploading the logs', 'Cleaning up orphan processes'];
    const { records, patterns } = digestText([...log, ...after].join('\n'));
    expect(records).toBe(log.length + after.length);
    expect(patterns.find(({ level }) => level === 'error')).toMatchObject({
      lines: 1,
      template: 'Process completed with exit code <num>.',
    });
  });

  test('a dump of a hundred thousand indented lines neither grows a record nor loses a line', () => {
    const digest = digestText(`2024-03-01 10:00:00 INFO config:\n${'  key: value\n'.repeat(100_000)}`);
    expect(digest.ledger).toMatchObject({ lines: 100_001, blank: 0 });
    expect(JSON.stringify(digest).length).toBeLessThan(50_000);
  });
});

/** Things of many lines that are one thing, whatever stands in their lines. */
const blocks: Record<string, string> = {
  certificate: `-----BEGIN CERTIFICATE-----
MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ
error9ERROR+FATALVQQDExlCYWx0aW1vcmUgQ3liZXJUcnVzdCBSb290MB4XDTA
wMDUx
-----END CERTIFICATE-----`,
  'encrypted key': `-----BEGIN RSA PRIVATE KEY-----
Proc-Type: 4,ENCRYPTED
DEK-Info: AES-128-CBC,2F1B

MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ
-----END RSA PRIVATE KEY-----`,
  table: `+----+--------+
| id | state  |
+----+--------+
| 1  | failed |
+----+--------+`,
  'dump of bytes': `00000000  48 65 6c 6c 6f 20 57 6f  72 6c 64 21 0a 00 00 00  |Hello World!....|
00000010  48 65 6c 6c 6f 20 57 6f  72 6c 64 21 0a 00 00 00  |Hello World!....|
00000020  48 65 6c 6c`,
  markup: `<soap:Envelope xmlns:soap="urn:x">
<soap:Body>
<status>failed</status>
</soap:Body>
</soap:Envelope>`,
};

describe('a block of many lines', () => {
  test.each(Object.keys(blocks))('%s is one record, alone and below a headed line', (name) => {
    const block = blocks[name] as string;
    const lines = block.split('\n').filter(Boolean).length;
    const alone = digestText(['starting up', block, 'going on', block, block, 'done'].join('\n'));
    expect(alone.records).toBe(6);
    expect(alone.patterns.find(({ count }) => count === 3)?.lines).toBe(3 * lines);
    expect(alone.levels.error).toBe(0);
    const below = digestText([before, '2024-03-01 10:00:01,000 INFO  [main] com.acme.App - got', block, after].join('\n'));
    expect(below.records).toBe(3);
  });

  test('one that never ends takes in no line that is none of its own', () => {
    const digest = digestText(
      ['-----BEGIN CERTIFICATE-----', 'MIIDdzCC', 'the disk is full: error', '<a>', 'no markup', '+--+', 'no table'].join('\n'),
    );
    expect(digest.records).toBe(6);
    expect(digest.levels.error).toBe(1);
  });
});
