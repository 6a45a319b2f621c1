import { describe, expect, test } from 'vitest';
import { type Digest, digestText } from '#src/logs/digest/index.ts';
import { mayBeFailedRun } from '#src/logs/failures/telling-lines.ts';
import { summarizeOffline } from '#src/logs/offline/summarize-offline.ts';
import { verifySummary } from '#src/logs/verify/verify-summary.ts';

const now = Date.UTC(2026, 10, 29);
const many = (count: number, line: (at: number) => string | string[]): string[] =>
  Array.from({ length: count }, (_, at) => line(at)).flat();
const clock = (second: number): string => `02:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}`;

const read = (lines: string[]): Digest => {
  const text = lines.join('\n');
  const digest = digestText(text, { now });
  return mayBeFailedRun(digest) ? digestText(text, { now, lineBudget: 20, lineRecall: 4 }) : digest;
};
const summarize = (lines: string[]) => {
  const digest = read(lines);
  return verifySummary(summarizeOffline({ digest }), digest);
};

describe('what a log is about is named as whoever runs that system would', () => {
  test('events of Kubernetes: an image that cannot be pulled, no room on any machine, a program that keeps ending', () => {
    const events = (...rows: string[]) => [
      'LAST SEEN   TYPE      REASON      OBJECT                        MESSAGE',
      '12m         Normal    Scheduled   pod/cart-7d9f8b6c5-abcde      Successfully assigned shop/cart-7d9f8b6c5-abcde to node-3',
      ...rows,
    ];
    expect(
      summarize(
        events(
          '11m   Warning   Failed   pod/cart-7d9f8b6c5-abcde   Failed to pull image "registry.example.com/shop/cart:2.14.0": not found',
        ),
      ).headline,
    ).toMatch(/^An image cannot be pulled/);
    expect(
      summarize(events('9m   Warning   FailedScheduling   pod/search-0   0/5 nodes are available: 5 Insufficient memory.')).headline,
    ).toMatch(/^Work finds no machine to run on/);
    expect(
      summarize(events('3m   Warning   BackOff   pod/worker-66bd9c7d4-q1w2e   Back-off restarting failed container worker')).headline,
    ).toMatch(/^A program ends soon after each start/);
  });

  test('a service that systemd starts again and again: by what it printed before it ended', () => {
    const { headline } = summarize(
      many(12, (at) => [
        `Nov 28 ${clock(at * 10)} web-1 systemd[1]: Started shop.service - Shop API.`,
        `Nov 28 ${clock(at * 10)} web-1 shop[${900 + at}]: Error: Cannot find module '/srv/shop/dist/server.js'`,
        `Nov 28 ${clock(at * 10)} web-1 systemd[1]: shop.service: Main process exited, code=exited, status=1/FAILURE`,
        `Nov 28 ${clock(at * 10)} web-1 systemd[1]: shop.service: Failed with result 'exit-code'.`,
      ]),
    );
    expect(headline).toMatch(/^A dependency is missing/);
  });

  test('a Spring application that does not start: by what stands below the empty message', () => {
    const { headline } = summarize([
      '2026-11-28T02:10:01.001Z  INFO 1 --- [           main] com.acme.shop.ShopApplication            : Starting ShopApplication v2.14.0',
      '2026-11-28T02:10:35.601Z ERROR 1 --- [           main] o.s.b.d.LoggingFailureAnalysisReporter   : ',
      '',
      '***************************',
      'APPLICATION FAILED TO START',
      '***************************',
      '',
      'Description:',
      '',
      "Failed to configure a DataSource: 'url' attribute is not specified and no embedded datasource could be configured.",
      '',
      'Reason: Failed to determine a suitable driver class',
    ]);
    expect(headline).toContain('A setting is missing or wrong: “Failed to configure a DataSource');
  });

  test('dependencies that exclude one another: with the line below the one that announces it', () => {
    const { headline } = summarize([
      '#7 [4/6] RUN npm ci',
      '#7 9.812 npm error code ERESOLVE',
      '#7 9.813 npm error ERESOLVE could not resolve',
      '#7 9.814 npm error While resolving: react-dom@18.3.1',
      '#7 9.815 npm error Found: react@19.0.0',
      '#7 9.816 npm error Could not resolve dependency:',
      '#7 9.817 npm error peer react@"^18.3.1" from react-dom@18.3.1',
      '#7 ERROR: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1',
    ]);
    expect(headline).toContain(
      'Dependencies do not fit together: “npm error Could not resolve dependency: peer react@^18.3.1 from react-dom',
    );
  });

  test('a mail server that limits us is no pool of ours', () => {
    const { headline } = summarize(
      many(
        20,
        (at) =>
          `Nov 28 ${clock(at)} mx1 postfix/smtp[${at}]: ${at}A9: to=<a${at}@example.com>, dsn=4.7.1, status=deferred (host mail.example.com said: 421 4.7.1 Too many connections from your host)`,
      ),
    );
    expect(headline).toMatch(/^Calls are throttled/);
  });

  test('that something is perhaps out of memory is not known', () => {
    const { headline, whatIsGoingOn } = summarize(
      many(6, (at) => [
        `[2026-11-28 ${clock(at * 9)} +0000] [7] [CRITICAL] WORKER TIMEOUT (pid:${900 + at})`,
        `[2026-11-28 ${clock(at * 9)} +0000] [${900 + at}] [ERROR] Error handling request /report/${at}`,
        `[2026-11-28 ${clock(at * 9 + 1)} +0000] [7] [ERROR] Worker (pid:${900 + at}) was sent SIGKILL! Perhaps out of memory?`,
      ]),
    );
    expect(headline).not.toContain('ran out of memory');
    const told = whatIsGoingOn.map(({ text }) => text).join('\n');
    expect(told).toContain('WORKER TIMEOUT');
    expect(told).toContain('Error handling request');
  });
});

describe('a record is told by what it says', () => {
  test('a field that tells how it ended, where all records agree, is part of the message', () => {
    const { whatIsGoingOn } = summarize(
      many(9, (at) =>
        JSON.stringify({
          t: { $date: `2026-11-28T${clock(at)}.000Z` },
          s: 'E',
          c: 'REPL',
          ctx: `ReplCoord-${at}`,
          msg: 'Member is now in state',
          attr: { hostAndPort: `mongo-${at % 3}:27017`, newState: 'DOWN' },
        }),
      ),
    );
    expect(whatIsGoingOn[0]?.text).toContain('“Member is now in state … newState=DOWN');
  });

  test('a record of JSON is quoted by its message, whatever fields follow it', () => {
    const { whatIsGoingOn } = summarize(
      many(9, (at) =>
        JSON.stringify({
          eventTime: `2026-11-28T${clock(at)}Z`,
          eventName: 'PutObject',
          errorCode: 'AccessDenied',
          errorMessage: 'User is not authorized to perform: s3:PutObject on resource shop-uploads',
          requestID: `a${at}b7c`,
        }),
      ),
    );
    expect(whatIsGoingOn[0]?.evidence[0]?.quote).toBe('User is not authorized to perform: s3:PutObject on resource shop-uploads');
  });

  test("the kernel's seconds since the start are no words of its messages", () => {
    const digest = read([
      ...many(30, (at) => `[ ${1000 + at}.123456] docker0: port 1(veth${at}) entered forwarding state`),
      '[ 1235.151723] Memory cgroup out of memory: Killed process 41221 (java) total-vm:7573288kB',
    ]);
    expect(digest.patterns.every(({ template }) => !template.startsWith('['))).toBe(true);
    const { headline, whatIsGoingOn } = verifySummary(summarizeOffline({ digest }), digest);
    expect(headline).toMatch(/^A process ran out of memory: “Memory cgroup out of memory/);
    expect(whatIsGoingOn).toHaveLength(1);
  });

  test('neither a day nor a name with a slash in it is a path that is hit', () => {
    const { impact } = summarize(
      many(40, (at) =>
        at < 3
          ? `Nov 28 ${clock(at)} lb-1 haproxy[22]: Server be_app/app-${at} is DOWN, reason: Layer4 connection problem, info: "Connection refused"`
          : `Nov 28 ${clock(at)} lb-1 haproxy[22]: 10.0.0.${at}:3000 [28/Nov/2026:${clock(at)}.561] fe~ be_app/<NOSRV> 3/0/-1/-1/34 503 3340 - - SC-- 64/55/6/6/0 0/0 "GET /cart/${at} HTTP/1.1"`,
      ),
    );
    expect(impact.map(({ text }) => text).join('\n')).not.toMatch(/paths are involved/);
  });
});

describe('of what is found in one go the first is told first', () => {
  test('by a compiler', () => {
    const { headline } = summarize([
      '> tsc -p .',
      "src/cart.ts(18,7): error TS2322: Type 'string' is not assignable to type 'number'.",
      "src/pay.ts(90,13): error TS2345: Argument of type 'undefined' is not assignable to parameter of type 'Charge'.",
      'src/pay.ts(91,3): error TS2554: Expected 2 arguments, but got 1.',
      'Error: Process completed with exit code 2.',
    ]);
    expect(headline).toContain('src/cart.ts(18,7): error TS2322');
  });

  test('by a linter that names the file once', () => {
    const { headline } = summarize([
      '$ npm run lint',
      '/builds/shop/web/src/cart.ts',
      "  18:7   error  'total' is assigned a value but never used  @typescript-eslint/no-unused-vars",
      '  42:11  error  Unexpected any. Specify a different type   @typescript-eslint/no-explicit-any',
      '✖ 2 problems (2 errors, 0 warnings)',
      'ERROR: Job failed: exit code 1',
    ]);
    expect(headline).toContain("18:7 error 'total' is assigned a value but never used");
  });
});

test('a level in a column in front of the time is read', () => {
  const digest = read([
    'Level,Date and Time,Source,Event ID,Task Category',
    ...many(20, (at) => `Information,11/28/2026 ${clock(at)} AM,GroupPolicy,1500,None,"The settings for the computer were processed."`),
    'Error,11/28/2026 02:20:00 AM,Service Control Manager,7031,None,"The Print Spooler service terminated unexpectedly."',
  ]);
  expect(digest.levels).toMatchObject({ error: 1, info: 20 });
  expect(digest.patterns[0]?.template).toContain('Print Spooler');
});

test('a statement that waits too long, and what it waits for', () => {
  const { whatIsGoingOn } = summarize([
    '2026-11-28 02:11:00.123 UTC [77] LOG:  process 77 still waiting for AccessExclusiveLock on relation 16402 of database 16384 after 1000.123 ms',
    ...many(9, (at) => `2026-11-28 ${clock(120 + at)}.123 UTC [${2000 + at}] ERROR:  canceling statement due to statement timeout`),
  ]);
  const told = whatIsGoingOn.map(({ text }) => text).join('\n');
  expect(told).toContain('Calls time out');
  expect(told).toContain('Work waits for a lock');
});

test('requests of which only some failed are counted by method, without the times and lines of those that went well', () => {
  const lines = many(
    60,
    (at) =>
      `2026-11-28 ${clock(at)} 10.0.0.4 ${at % 3 === 0 ? 'POST' : 'GET'} /api/invoices - 443 - 10.2.0.${at} Mozilla/5.0+(Windows+NT+10.0) - ${at > 20 && at < 36 ? 500 : 200} 0 0 ${100 + at}`,
  );
  const { headline, whatIsGoingOn } = summarize(lines);
  expect(headline).toBe('10 + 5 requests got 500');
  expect(whatIsGoingOn[0]?.text).toBe('10 + 5 requests got 500');
  expect(whatIsGoingOn[0]?.evidence.map(({ quote }) => quote).filter((quote) => quote !== null && !quote.includes(' 500 '))).toEqual([]);
  // Where the log names its columns, those that failed are patterns of their own, and have times.
  const named = summarize([
    '#Software: Microsoft Internet Information Services 10.0',
    '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken',
    ...lines,
  ]);
  expect(named.headline).toBe('15 requests got 500 between 02:00:21 and 02:00:35');
});

test('a trace that Spring writes below a free line belongs to its message', () => {
  const digest = read(
    many(12, (at) => [
      `2026-11-28T${clock(at * 5)}.314Z ERROR 1 --- [ntainer#0-0-C-1] o.s.k.l.KafkaMessageListenerContainer    : Consumer exception`,
      '',
      "java.lang.IllegalStateException: This error handler cannot process 'SerializationException's directly",
      '\tat org.springframework.kafka.listener.DefaultErrorHandler.handleOtherException(DefaultErrorHandler.java:198)',
      `Caused by: org.apache.kafka.common.errors.RecordDeserializationException: Error deserializing key/value at offset ${at}`,
    ]),
  );
  expect(digest.records).toBe(12);
  expect(digest.patterns).toHaveLength(1);
});

test('a deployment that failed is told by what its tool said last, though each line has a time and a level', () => {
  const { headline, whatIsGoingOn } = summarize(
    [
      'Run helm upgrade --install shop ./chart --atomic --timeout 5m',
      'upgrade.go:150: [debug] preparing upgrade for shop',
      'ready.go:303: [debug] Deployment is not ready: shop/checkout. 0 out of 2 expected pods are ready',
      'upgrade.go:434: [debug] warning: Upgrade "shop" failed: context deadline exceeded',
      'Error: UPGRADE FAILED: release shop failed, and has been rolled back due to atomic being set: context deadline exceeded',
      'helm.go:84: [debug] context deadline exceeded',
      '##[error]Process completed with exit code 1.',
    ].map((line, at) => `2026-11-28T02:10:0${at}.1234567Z ${line}`),
  );
  expect(headline).toContain('“UPGRADE FAILED: release shop failed');
  expect(whatIsGoingOn.map(({ text }) => text).join('\n')).not.toContain('--timeout');
});

test('a replica that stopped and a client that fell silent are called so', () => {
  const stopped = many(
    6,
    (at) =>
      `2026-11-28T${clock(at)}.000000Z 12 [ERROR] [MY-010584] [Repl] Replica SQL for channel '': Worker 1 failed executing transaction 'abc:${at}'; Duplicate entry '${at}' for key 'PRIMARY', Error_code: 1062`,
  );
  expect(summarize(stopped).headline).toMatch(/^Replication has stopped/);
  const silent = many(6, (at) => `2026-11-28 ${clock(at)}.808000+00:00 [error] <0.${at}98.0> missed heartbeats from client, timeout: 60s`);
  expect(summarize(silent).headline).toMatch(/^Connections break off/);
});

describe('a trace', () => {
  const trace = (head: string, ...lines: string[]) => [
    ...many(40, (at) => `2026-11-20T09:00:${String(at).padStart(2, '0')}.000Z info: request ok id=${at}`),
    head,
    ...lines,
  ];

  test.each<[string, string[], string, string]>([
    [
      'Node',
      trace(
        '2026-11-20T09:01:40.000Z error: payment failed for order 77',
        "TypeError: Cannot read properties of undefined (reading 'price')",
        '    at Array.map (node:internal/array:10:5)',
        '    at render (/app/node_modules/express/lib/router.js:9:3)',
        '    at totalOf (/app/src/cart/total.js:27:31)',
        '    at checkout (/app/src/checkout.js:4:1)',
      ),
      "caused by “TypeError: Cannot read properties of undefined (reading 'price')”",
      '“at totalOf (/app/src/cart/total.js:27:31)” is the first frame that is our own code',
    ],
    [
      '.NET',
      trace(
        '2026-11-20T09:01:40.000Z error: Unhandled exception in Orders.Api',
        'System.InvalidOperationException: Sequence contains no elements',
        '   at System.Linq.ThrowHelper.ThrowNoElementsException()',
        '   at Orders.Api.Pricing.Best(Order o) in /src/Orders.Api/Pricing.cs:line 31',
      ),
      'caused by “System.InvalidOperationException: Sequence contains no elements”',
      '“at Orders.Api.Pricing.Best(Order o) in /src/Orders.Api/Pricing.cs:line 31” is the first frame',
    ],
    [
      'Java',
      trace(
        '2026-11-20 09:01:40.000 ERROR 1 --- [nio-1] o.a.c.c.C.[dispatcherServlet] : Servlet.service() threw exception',
        '',
        'java.lang.NullPointerException: Cannot invoke "com.acme.Price.net()" because "price" is null',
        '\tat java.base/java.util.ArrayList.forEach(ArrayList.java:1596)',
        '\tat com.acme.Cart.total(Cart.java:91)',
        '\tat org.springframework.web.servlet.FrameworkServlet.service(FrameworkServlet.java:885)',
      ),
      'caused by “java.lang.NullPointerException: Cannot invoke com.acme.Price.net() because price is null”',
      '“at com.acme.Cart.total(Cart.java:91)” is the first frame',
    ],
    [
      'Python',
      trace(
        '2026-11-20T09:01:40.000Z ERROR job failed',
        'Traceback (most recent call last):',
        '  File "/app/main.py", line 12, in <module>',
        '    run()',
        '  File "/app/run.py", line 40, in run',
        '    cfg["db"]["host"]',
        '  File "/usr/lib/python3.12/site-packages/conf/get.py", line 7, in get',
        '    return self[key]',
        "KeyError: 'host'",
      ),
      "KeyError: 'host'",
      '“File /app/run.py, line 40, in run” is the first frame',
    ],
  ])('of %s is told by what was thrown, and where in our own code', (_, lines, thrown, frame) => {
    const { headline, nextSteps } = summarize(lines);
    expect(headline).toContain(thrown);
    expect(nextSteps.map(({ text }) => text).join('\n')).toContain(frame);
  });
});

test("a description of a pod's state is no quiet log", () => {
  const { headline, severity } = summarize([
    'Name: cart-7c9',
    'Status: Pending',
    'Containers:',
    '  cart:',
    '    Last State:     Terminated',
    '      Reason:       OOMKilled',
    '      Exit Code:    137',
    'Events:',
    '  Type     Reason     Age    From      Message',
    '  Warning  BackOff    68s    kubelet   Back-off restarting failed container',
  ]);
  expect(headline).toMatch(/ran out of memory/);
  expect(severity).not.toBe('info');
});

test('a process that was killed is trouble, whatever its level', () => {
  const { headline } = summarize([
    '2026-11-20 09:00:00 app starting',
    '2026-11-20 09:04:30 container app exited with code 137',
    '2026-11-20 09:04:40 app restarting',
  ]);
  expect(headline).toMatch(/^A process was killed/);
});

test('levels are read in German and French', () => {
  const { headline, severity } = summarize(
    many(8, (at) => `2026-11-20 09:00:0${at} FEHLER Datenbankverbindung fehlgeschlagen: Zeitüberschreitung`),
  );
  expect(headline).toMatch(/^Calls time out/);
  expect(severity).not.toBe('info');
});

test("the name of a client's class for pools is no pool that is used up", () => {
  const { headline } = summarize(
    many(
      8,
      (at) =>
        `2026-11-20 09:00:0${at} ERROR job failed: requests.exceptions.ReadTimeout: HTTPSConnectionPool(host='api.x.io', port=443): Read timed out. (read timeout=10)`,
    ),
  );
  expect(headline).toMatch(/^Calls time out/);
});

test('what was to answer behind a proxy is named, however long the line is', () => {
  const { impact } = summarize(
    many(
      12,
      (at) =>
        `2026/11/28 02:11:${10 + at} [error] 31#31: *${at} connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.${at}, server: shop.example.com, request: "GET /api/items/${at} HTTP/1.1", upstream: "http://10.1.0.7:8080/api/items/${at}", host: "shop.example.com"`,
    ),
  );
  expect(impact.map(({ text }) => text).join('\n')).toMatch(/the upstream is 10\.1\.0\.7:8080/);
});

describe('a headline names what there is to mend', () => {
  test('the column a statement asks for, and not the file that sent it', () => {
    const { headline, impact } = summarize(
      many(
        6,
        (at) =>
          `[2026-11-28 ${clock(at)}] production.ERROR: SQLSTATE[42S22]: Column not found: 1054 Unknown column 'discount_code' in 'field list' (SQL: insert into orders values (${at}, ${at}9)) at /var/www/vendor/Connection.php:829`,
      ),
    );
    expect(headline).toMatch(/^The database rejects statements: “SQLSTATE.*discount_code/);
    expect(impact.map(({ text }) => text).join('\n')).not.toContain('Connection.php');
  });

  test('requests of which all is in fields, by status and path', () => {
    const { headline, nextSteps } = summarize(
      many(30, (at) =>
        JSON.stringify({
          time: `2026-11-28T${clock(at)}Z`,
          resourceId: '/SUBSCRIPTIONS/1/SITES/SHOP',
          level: at % 3 ? 'Informational' : 'Error',
          properties: { CsMethod: 'GET', CsUriStem: '/api/orders', ScStatus: at % 3 ? 200 : 500, TimeTaken: 20 + at },
        }),
      ),
    );
    expect(headline).toBe('10 requests got 500, all for /api/orders, between 02:10:00 and 02:10:27'.replaceAll('02:10', '02:00'));
    expect(nextSteps[0]?.text).toContain('Look at the service behind these requests');
  });

  test('a link that came back is not what leads', () => {
    const { headline, whatIsGoingOn } = summarize(
      many(4, (at) => [
        `Nov 28 ${clock(at * 20)} sw-1 19${at}: %LINK-3-UPDOWN: Interface TenGigabitEthernet1/1/1, changed state to down`,
        `Nov 28 ${clock(at * 20)} sw-1 29${at}: %OSPF-5-ADJCHG: Process 1, Nbr 10.255.0.2 on TenGigabitEthernet1/1/1 from FULL to DOWN, Neighbor Down`,
        `Nov 28 ${clock(at * 20 + 9)} sw-1 39${at}: %LINK-3-UPDOWN: Interface TenGigabitEthernet1/1/1, changed state to up`,
      ]),
    );
    expect(headline).toMatch(/^Something went down or out of reach: .*changed state to down/);
    expect(whatIsGoingOn.map(({ text }) => /to down|to DOWN|to up/.exec(text)?.[0])).toEqual(['to down', 'to DOWN', 'to up']);
  });

  test('a slow statement, not the comment above it', () => {
    const { headline, whatIsGoingOn } = summarize(
      many(9, (at) => [
        `# Time: 2026-11-28T${clock(at * 9)}.464783Z`,
        '# User@Host: shop[shop] @ app-1 [10.0.0.7]  Id: 812',
        `# Query_time: ${at + 4}.467048  Lock_time: 0.000004 Rows_sent: 20  Rows_examined: 39342${at}`,
        'SET timestamp=1795831800;',
        `SELECT name FROM customers WHERE region='EU' LIMIT ${at};`,
      ]),
    );
    expect(headline).toMatch(/^Some work is slow: “SELECT name FROM customers/);
    expect(whatIsGoingOn[0]?.evidence[0]?.quote).toMatch(/^SELECT name FROM customers/);
  });

  test('a login that went well from where many were rejected', () => {
    const { headline, whatIsGoingOn, nextSteps, unsupportedDropped } = summarize([
      ...many(
        40,
        (at) => `Nov 28 ${clock(at)} db-1 sshd[20${at}]: Failed password for invalid user admin from 203.0.113.9 port ${50_000 + at} ssh2`,
      ),
      'Nov 28 02:02:00 db-1 sshd[9100]: Accepted password for git from 203.0.113.9 port 51222 ssh2',
      'Nov 28 02:02:09 db-1 sshd[9101]: Accepted publickey for ops from 10.0.0.4 port 51000 ssh2',
    ]);
    expect(headline).toMatch(/^Logins are rejected.*; then “sshd\[9100\]: Accepted password for git from 203\.0\.113\.9/);
    expect(whatIsGoingOn[1]?.text).toContain('203.0.113.9 is the address of 40 of the 40');
    expect(nextSteps[0]?.text).toContain('whether this login was theirs');
    expect(unsupportedDropped).toBe(0);
  });
});

test('a line of a trace that was written as a record of its own neither leads nor is told beside what happened', () => {
  const { headline, whatIsGoingOn } = summarize([
    ...many(20, (at) => `2026-11-28 ${clock(at)} LogTemp: Display: tick ${at}`),
    '2026-11-28 02:12:20 LogWindows: Error: === Critical error: ===',
    '2026-11-28 02:12:20 LogWindows: Error: Assertion failed: Slot < MaxSlots',
    '2026-11-28 02:12:20 LogWindows: Error: [Callstack] 0x00007ff6 Game.exe!UInventory::Put() [D:/src/Inventory.cpp:212]',
  ]);
  expect(headline).toContain('Assertion failed: Slot < MaxSlots');
  expect(whatIsGoingOn.map(({ text }) => text).join('\n')).not.toContain('[Callstack]');
});
