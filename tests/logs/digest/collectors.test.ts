import { describe, expect, test } from 'vitest';
import { digestText } from '#src/logs/digest/index.ts';

const options = { now: Date.UTC(2024, 5, 15) };
/** Of each record, in the order of the log: its lines, level, time and template. */
const recordsOf = (log: string) => {
  const { patterns } = digestText(log, options);
  return patterns
    .flatMap(({ samples, level, template, first }) => samples.map(({ lines }) => ({ ...lines, level, template, time: first.time })))
    .sort((x, y) => x.from - y.from);
};
const rangesOf = (log: string) => recordsOf(log).map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`));

const trace = ['Traceback (most recent call last):', '  File "/app/a.py", line 3, in run', '    do()', 'ValueError: x'];

describe('lines that a collector wrapped', () => {
  test("a trace in Docker's json-file is one record, with the time and level inside", () => {
    const wrap = (line: string, second: number) =>
      JSON.stringify({ log: `${line}\n`, stream: 'stderr', time: `2024-03-01T10:00:0${second}.1Z` });
    const log = [wrap('INFO started', 0), ...trace.map((line) => wrap(line, 1)), wrap('INFO next', 2)].join('\n');
    expect(recordsOf(log)).toEqual([
      { from: 1, to: 1, level: 'info', template: 'started', time: '2024-03-01T10:00:00.100Z' },
      { from: 2, to: 5, level: 'error', template: 'Traceback (most recent call last): ↳ ValueError: x', time: '2024-03-01T10:00:01.100Z' },
      { from: 6, to: 6, level: 'info', template: 'next', time: '2024-03-01T10:00:02.100Z' },
    ]);
  });

  test('a line that Docker cut in two goes on with the next', () => {
    const log = ['{"log":"ERROR a very long ","time":"2024-03-01T10:00:00Z"}', '{"log":"line\\n","time":"2024-03-01T10:00:00Z"}'];
    expect(rangesOf([...log, '{"log":"ERROR other\\n","time":"2024-03-01T10:00:01Z"}'].join('\n'))).toEqual(['1-2', '3']);
  });

  test('an object that Docker wrapped says its own level and message', () => {
    const log = JSON.stringify({
      log: '{"level":"error","msg":"pool is empty","size":20}\n',
      stream: 'stdout',
      time: '2024-03-01T10:00:00Z',
    });
    expect(recordsOf(log)).toMatchObject([{ level: 'error', template: 'pool is empty size=<num>' }]);
  });

  test.each([
    [
      'with spaces, as other tools print it',
      (log: string) => `{"log": ${JSON.stringify(log)}, "stream": "stderr", "time": "2024-03-01T10:00:00Z"}`,
    ],
    ['behind stream and time', (log: string) => `{"time":"2024-03-01T10:00:00Z","stream":"stderr","log":${JSON.stringify(log)}}`],
  ])("Docker's json-file %s is read the same, and each stream for itself", (_, wrap) => {
    const java = ['ERROR no order', 'java.lang.IllegalStateException: x', '\tat a.B.c(B.java:1)', 'Caused by: a.Gone: y', '\t... 3 more'];
    const log = [...java.map((line) => wrap(`${line}\n`)), wrap('\tof another stream\n').replace('stderr', 'stdout'), wrap('INFO next\n')];
    expect(rangesOf(log.join('\n'))).toEqual(['1-5', '6', '7']);
    expect(recordsOf(log.join('\n'))[0]).toMatchObject({
      level: 'error',
      template: 'no order ↳ java.lang.IllegalStateException: x ↳ Caused by: a.Gone: y',
    });
  });

  test.each(['\t', '#011'])('a trace that syslog stamped line by line is one record with its header, tabs written %j', (tab) => {
    const java = [
      'ERROR no order',
      'java.lang.IllegalStateException: x',
      `${tab}at a.B.c(B.java:1)`,
      'Caused by: a.Gone: y',
      `${tab}... 3 more`,
    ];
    const stamp = (line: string, second: number, pid = 12) => `Nov 20 03:00:2${second} web1 app[${pid}]: ${line}`;
    const log = [
      stamp('INFO up', 0),
      ...java.map((line, at) => stamp(line, at > 2 ? 1 : 0)),
      stamp('java.lang.IllegalStateException: of another process', 1, 13),
      ...trace.map((line, at) => stamp(at === 0 ? `ERROR job failed` : line, 2)).toSpliced(1, 0, stamp(trace[0] as string, 2)),
      stamp('INFO next', 3),
    ].join('\n');
    expect(rangesOf(log)).toEqual(['1', '2-6', '7', '8-12', '13']);
    expect(recordsOf(log)[1]?.template).toBe('app[<num>]: no order ↳ java.lang.IllegalStateException: x ↳ Caused by: a.Gone: y');
  });

  test.each([
    ['app[12]: INFO handled request 7', 'info', 'app[<num>]: handled request <num>'],
    ['app[12]: [WARN] disk is slow', 'warn', 'app[<num>]: disk is slow'],
    ['app[12]: 2024-03-01 10:00:00,123 ERROR no order', 'error', 'app[<num>]: no order'],
    ['postgres[7]: LOG: checkpoint starting', 'info', 'postgres[<num>]: checkpoint starting'],
    ['app[12]: ERROR {"msg":"no order","id":7}', 'error', 'app[<num>]: no order id=<num>'],
    // So begins the sentence itself, and the level is stated all the same.
    ['sshd[7]: error: no tty', 'error', 'sshd[<num>]: error: no tty'],
  ])('a level right behind the program that syslog names is a stated one: %s', (line, level, template) => {
    const { patterns } = digestText(`Nov 20 03:00:20 web1 ${line}`, options);
    expect(patterns).toMatchObject([{ level, levelInferred: false, template }]);
  });

  test.each([
    ['MongoDB', '{"t":{"$date":"2024-03-01T10:00:00.123+00:00"},"s":"E","c":"STORAGE","msg":"disk is gone"}', 'error'],
    ['MongoDB, to debug', '{"t":{"$date":"2024-03-01T10:00:00.123+00:00"},"s":"D2","msg":"tick"}', 'debug'],
    [
      'OpenTelemetry',
      '{"timeUnixNano":"1709287200123000000","severityNumber":17,"severityText":"","body":{"stringValue":"export failed"}}',
      'error',
    ],
    ['OpenTelemetry, calm', '{"timeUnixNano":"1709287200123000000","severityNumber":9,"body":{"stringValue":"export begun"}}', 'info'],
  ])('time and level of %s are stated ones', (_, line, level) => {
    const { patterns } = digestText(line, options);
    expect(patterns).toMatchObject([{ level, levelInferred: false, first: { time: expect.stringMatching(/^2024-03-01T10:00:00\.12/) } }]);
    expect(patterns[0]?.template).toMatch(/disk is gone|tick|export/);
  });

  test('what PostgreSQL tells of one error is one record, of each process for itself', () => {
    const line = (pid: number, text: string) => `2024-03-01 10:00:00.12${pid % 10} UTC [${pid}] app@shop ${text}`;
    const log = [
      line(811, 'LOG:  checkpoint starting'),
      line(812, 'ERROR:  duplicate key value violates unique constraint "orders_pkey"'),
      line(812, 'DETAIL:  Key (id)=(17) already exists.'),
      line(812, 'STATEMENT:  INSERT INTO orders'),
      '\tVALUES (17)',
      line(813, 'HINT:  of another'),
      line(811, 'LOG:  checkpoint complete'),
    ].join('\n');
    expect(rangesOf(log)).toEqual(['1', '2-5', '6', '7']);
  });

  test("Node's missing module is one record with who required it", () => {
    const log = [
      'node:internal/modules/cjs/loader:1080',
      '  throw err;',
      '  ^',
      '',
      "Error: Cannot find module 'express'",
      'Require stack:',
      '- /app/lib/server.js',
      '- /app/index.js',
      '    at Module._resolveFilename (node:internal/modules/cjs/loader:1077:15) {',
      "  code: 'MODULE_NOT_FOUND',",
      '}',
      '',
      'Node.js v20.9.0',
    ].join('\n');
    expect(recordsOf(log)).toMatchObject([{ from: 1, to: 13, level: 'error' }]);
  });

  test('docker compose puts names in front; another name is another record', () => {
    const log = [
      'web-1  | 2024-03-01T10:00:00Z INFO up',
      ...trace.map((line) => `web-1  | ${line}`),
      'db-1   | ValueError: y',
      'web-1  | 2024-03-01T10:00:02Z INFO next',
    ].join('\n');
    expect(rangesOf(log)).toEqual(['1', '2-5', '6', '7']);
    expect(recordsOf(log)[1]).toMatchObject({ level: 'error', template: 'Traceback (most recent call last): ↳ ValueError: x' });
  });

  test('kubectl --prefix does so too, and an empty line of a pod is part of its panic', () => {
    const go = ['panic: oh no', '', 'goroutine 1 [running]:', 'main.main()', '\t/app/main.go:5 +0x1d'];
    const log = [...go.map((line) => `[pod/web-7d9f/app] ${line}`), '[pod/web-8888/app] 2024-03-01T10:00:02Z INFO up'].join('\n');
    expect(rangesOf(log)).toEqual(['1-5', '6']);
  });

  test('parts of a line that the container runtime cut are one record', () => {
    const log = [
      '2024-03-01T10:00:00.123456789Z stdout P ERROR the first part ',
      '2024-03-01T10:00:00.123456790Z stdout P the second part ',
      '2024-03-01T10:00:00.123456791Z stdout F and the end',
      '2024-03-01T10:00:01.123456789Z stdout F INFO next',
    ].join('\n');
    expect(rangesOf(log)).toEqual(['1-3', '4']);
  });

  test('traces that were stamped line by line stay whole: Go, Node, Python', () => {
    const stamp = (lines: string[], second: number) => lines.map((line) => `2024-03-01T10:00:0${second}.1234567Z ${line}`);
    const log = [
      ...stamp(['ERROR boom', 'Error: boom', '    at foo (/app/x.js:1:1)', '    at bar (/app/x.js:2:1)'], 1),
      ...stamp(['panic: runtime error', '', 'goroutine 1 [running]:', 'main.main()', '\t/app/main.go:5 +0x1d'], 2),
      ...stamp(['ERROR job failed', ...trace], 3),
      ...stamp(['all done'], 4),
    ].join('\n');
    expect(rangesOf(log)).toEqual(['1-4', '5-9', '10-14', '15']);
    expect(recordsOf(log)[0]?.template).toBe('boom ↳ Error: boom');
  });
});

describe('exports of log services', () => {
  const events = [
    { timestamp: 1_709_287_200_000, message: '2024-03-01T10:00:00Z INFO request 1 ok', eventId: '1' },
    { timestamp: 1_709_287_201_000, message: '2024-03-01T10:00:01Z ERROR request 2 failed', eventId: '2' },
    { timestamp: 1_709_287_202_000, message: '2024-03-01T10:00:02Z INFO request 3 ok', eventId: '3' },
  ];

  test('events in one line of JSON are records of their own, however long the line', () => {
    const many = Array.from({ length: 2000 }, (_, k) => events[k === 1999 ? 1 : (k % 2) * 2]);
    const digest = digestText(JSON.stringify({ events: many, searchedLogStreams: [] }), options);
    expect(digest).toMatchObject({ records: 2000, levels: { info: 1999, error: 1 }, ledger: { lines: 1, inPatterns: 1, unreadBytes: 0 } });
    expect(digest.patterns[0]).toMatchObject({ level: 'error', template: 'request <num> failed eventId=<num>', first: { line: 1 } });
  });

  test('cut anywhere they are the same', async () => {
    const { createDigester } = await import('#src/logs/digest/index.ts');
    const bytes = Buffer.from(`${JSON.stringify({ Records: events })}\nINFO after\n[${JSON.stringify(events[1])}]`);
    const digests = [1, 7, 100, 511, 10_000].map((size) => {
      const digester = createDigester(options);
      for (let at = 0; at < bytes.length; at += size) digester.push(bytes.subarray(at, at + size));
      return digester.finish();
    });
    expect(digests[0]).toMatchObject({ records: 5, ledger: { lines: 3 } });
    for (const digest of digests) expect(digest).toEqual(digests[0]);
  });

  test('printed for people to read they are records of several lines', () => {
    const log = JSON.stringify({ events, nextToken: 'x' }, null, 4);
    expect(recordsOf(log).map(({ level }) => level)).toEqual(['unknown', 'info', 'error', 'info']);
    expect(digestText(log, options).ledger).toMatchObject({ lines: log.split('\n').length, inRemainder: 0 });
    expect(recordsOf(JSON.stringify(events, null, 2)).map(({ level }) => level)).toEqual(['unknown', 'info', 'error', 'info']);
  });

  test("an entry of journald's export is one record", () => {
    const entry = (message: string, priority: number, k: number) =>
      `__CURSOR=s=bcce4fb8ffcb40e9a6e05eee8b7831bf;i=${k}\n__REALTIME_TIMESTAMP=134254086141640${k}\n_TRANSPORT=syslog\nPRIORITY=${priority}\nSYSLOG_IDENTIFIER=kernel\n_PID=${k}\nMESSAGE=${message}\n_HOSTNAME=web`;
    const log = `${entry('disk sda failed: I/O error', 3, 1)}\n\n${entry('up', 6, 2)}\n`;
    expect(recordsOf(log)).toEqual([
      { from: 1, to: 8, level: 'error', template: 'kernel: disk sda failed: I/O error', time: '2012-07-17T16:01:01.416Z' },
      { from: 10, to: 17, level: 'info', template: 'kernel: up', time: '2012-07-17T16:01:01.416Z' },
    ]);
  });
});

describe('events of Windows', () => {
  const fields = (code: number, type: string, keywords: string, message: string): string =>
    `LogName=Security\nSourceName=Audit\nEventCode=${code}\nEventType=0\nType=${type}\nComputerName=dc01.example\nOpCode=Info\nRecordNumber=${code}7\nKeywords=${keywords}\nMessage=${message}`;
  const refused = fields(
    4625,
    'Information',
    'Audit Failure',
    'An account failed to log on.\n\nSubject:\n\tSecurity ID:\t\tS-1-0-0\n\nLogon Type:\t3\n\nFailure Information:\n\tStatus:\t\t0xC000006D',
  );
  const crashed = fields(7031, 'Error', 'Classic', 'The spooler ended unexpectedly.');
  const opened = fields(4624, 'Information', 'Audit Success', 'An account was logged on.');

  test('are one record each, with their time, level and message, however many lines it has', () => {
    const log = `04/29/2024 10:00:01 AM\n${refused}\n04/29/2024 10:00:05 AM\n${crashed}\n04/29/2024 10:00:09 AM\n${opened}\n`;
    expect(recordsOf(log)).toMatchObject([
      { from: 1, to: 19, level: 'warn', time: '2024-04-29T10:00:01' },
      { from: 20, to: 30, level: 'error', time: '2024-04-29T10:00:05' },
      { from: 31, to: 41, level: 'info', time: '2024-04-29T10:00:09' },
    ]);
    expect(recordsOf(log)[1]?.template).toMatch(/^Audit: The spooler ended unexpectedly\. EventCode: /);
  });

  test('as their viewer copies them, and as PowerShell lists them', () => {
    const copied = (level: string, text: string) =>
      `Log Name:      System\nSource:        disk\nDate:          4/29/2024 10:00:05 AM\nEvent ID:      153\nTask Category: None\nLevel:         ${level}\nKeywords:      Classic\nUser:          N/A\nComputer:      SRV1\nDescription:\n${text}\n`;
    const log = `${copied('Warning', 'The IO operation at block 17 was retried.\nMore follows.')}\n${copied('Information', 'All is well.')}`;
    const events = recordsOf(log);
    expect(events).toMatchObject([
      { level: 'warn', time: '2024-04-29T10:00:05' },
      { level: 'info', time: '2024-04-29T10:00:05' },
    ]);
    expect(events[0]?.template).toMatch(/^disk: The IO operation at block <num> was retried\./);
    const listed = (k: number) =>
      `TimeCreated  : 4/29/2024 10:00:0${k} AM\nProviderName : Service Control Manager\nId           : 7031\nMessage      : The Spooler service terminated\n               unexpectedly.\n`;
    const { patterns } = digestText(`\n${listed(1)}\n${listed(2)}`);
    expect(patterns).toMatchObject([{ count: 2, first: { time: '2024-04-29T10:00:01' } }]);
    expect(patterns[0]?.template).toMatch(/^Service Control Manager: The Spooler service terminated unexpectedly\./);
  });

  test('also where no line with a time stands in front', () => {
    expect(rangesOf(`${refused}\n${crashed}\n2024-04-29 10:00:11 INFO forwarder stopped`)).toEqual(['1-18', '19-28', '29']);
  });
});

describe('heads with fields', () => {
  test.each([
    [
      'RFC 5424 with structured data',
      '<132>1 2024-05-01T10:00:00Z web app 812 ID47 [meta sequenceId="29"][origin ip="10.0.0.1"] Queue depth high',
      { level: 'warn', template: 'app: <id>: Queue depth high sequenceId=<num> ip=<ip>' },
    ],
    ['RFC 5424 without', '<11>1 2024-05-01T10:00:00Z web app 812 - - payment lost', { level: 'error', template: 'app: payment lost' }],
    [
      "Heroku's router",
      '2024-05-01T10:00:00.1+00:00 heroku[router]: at=error code=H12 desc="Request timeout" method=GET status=503',
      { level: 'error', template: 'heroku[router]: code: <id> desc=<any> method: GET status: 503' },
    ],
    [
      'syslog around an object',
      'May  1 10:00:00 web app[7]: {"level":"error","msg":"gone"}',
      { level: 'error', template: 'app[<num>]: gone' },
    ],
    [
      'Serilog',
      '{"@t":"2024-05-01T10:00:00Z","@l":"Error","@mt":"Order {Id} failed","@x":"System.Exception: boom","Id":17}',
      { level: 'error', template: 'Order {Id} failed ↳ System.Exception: boom Id=<num>' },
    ],
    ['bunyan', '{"name":"shop","hostname":"web","pid":7,"level":50,"msg":"gone","time":"2024-05-01T10:00:00Z","v":0}', { level: 'error' }],
    [
      'zap',
      '{"level":"error","ts":1714557600.5,"caller":"db.go:77","msg":"gone","stacktrace":"main.query\\n\\t/app/db.go:77"}',
      { level: 'error' },
    ],
    ['logrus', 'time="2024-05-01T10:00:00Z" level=error msg="gone" number=100', { level: 'error', template: 'gone number=<num>' }],
    ['GELF', '{"version":"1.1","host":"web","short_message":"gone","timestamp":1714557600.5,"level":3,"_user":9}', { level: 'error' }],
    ['log15', 't=2024-05-01T10:00:00+0000 lvl=eror msg=gone n=3', { level: 'error', template: 'gone n=<num>' }],
    ['CloudWatch', '{"timestamp":1714557600000,"message":"ERROR gone","logStreamName":"a"}', { level: 'error' }],
    [
      "journald's JSON",
      '{"__REALTIME_TIMESTAMP":"1714557600000000","PRIORITY":"3","MESSAGE":"gone"}',
      { level: 'error', template: 'gone' },
    ],
    [
      'a message that is null',
      '{"time":"2024-05-01T10:00:00Z","level":"error","message":null,"error":"connection refused","service":"pay"}',
      { level: 'error', template: 'connection refused service=<any>' },
    ],
    [
      'an event of Windows in XML',
      "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Shop Service' Guid='{7}'/><EventID Qualifiers='49152'>7001</EventID><Level>2</Level><Keywords>0x80</Keywords><TimeCreated SystemTime='2024-05-01T10:00:00.5Z'/><Computer>web</Computer></System><EventData><Data Name='Queue'>orders</Data><Data Name='Tries'>3</Data></EventData></Event>",
      { level: 'error', template: 'Shop Service: EventID: <num> Queue=<any> Tries=<num>' },
    ],
    [
      'an event of Windows in XML, of a logon that failed',
      '<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="Audit"/><EventID>4001</EventID><Level>0</Level><Keywords>0x8010000000000000</Keywords><TimeCreated SystemTime="2024-05-01T10:00:00.5Z"/></System><RenderingInfo Culture="en-US"><Message>A logon failed.</Message></RenderingInfo></Event>',
      { level: 'warn', template: 'Audit: A logon failed. EventID: <num>' },
    ],
    ['a mark of Azure pipelines', '2024-05-01T10:00:00.1234567Z ##[error]gone', { level: 'error', template: 'gone' }],
  ])('%s', (_, line, wanted) => {
    expect(recordsOf(line)).toMatchObject([wanted]);
    expect(recordsOf(line)[0]?.time).toMatch(/^2024-05-01T10:00:00/);
  });
});
