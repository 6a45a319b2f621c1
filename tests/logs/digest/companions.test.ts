import { describe, expect, test } from 'vitest';
import { digestText } from '#src/logs/digest/index.ts';

const now = Date.UTC(2026, 10, 22);
const read = (lines: string[]) => digestText(lines.join('\n'), { now }).patterns;
const routine = (count: number) => Array.from({ length: count }, (_, k) => `2026-11-20T12:00:${10 + k}Z INFO tick ${k}`);

describe('what a program wrote in one go is one record', () => {
  test('where only the first line of a tagged request has a time', () => {
    const request = (id: string, at: string) => [
      `F, [2026-11-20T12:01:${at}.336123 #10] FATAL -- : [${id}] [10.0.0.7]   `,
      `[${id}] [10.0.0.7] NoMethodError (undefined method \`total' for nil:NilClass):`,
      `[${id}] [10.0.0.7]   `,
      `[${id}] [10.0.0.7] app/models/cart.rb:7:in \`total'`,
    ];
    const patterns = read([...request('77aa-01', '10'), ...request('77aa-02', '20')]);
    expect(patterns).toMatchObject([{ count: 2, lines: 8, level: 'fatal', first: { time: '2026-11-20T12:01:10.336' } }]);
    expect(patterns[0]?.template).toContain('↳ NoMethodError (undefined method');
  });

  test('but not where no line has one, or the tag is of another', () => {
    expect(read(['[77aa-01] Started GET', '[77aa-01] Completed', '[77aa-02] Started GET'])).toMatchObject([{ count: 2 }, { count: 1 }]);
    expect(read([...routine(2), 'I, [2026-11-20T12:01:10.3 #1]  INFO -- : [77aa-01] began', '[77aa-02] Error: lost'])[0]).toMatchObject({
      count: 1,
      lines: 1,
      level: 'error',
    });
  });

  test('where a time stands alone in front of its lines', () => {
    const patterns = read([
      '2026-11-20T12:00:01.5+00:00',
      'LGWR switch 17 done',
      '2026-11-20T12:00:04.5+00:00',
      'Errors in file /u01/a.trc:',
      'ORA-00257: WARNING: archiver stuck',
      'ORA-16038: log 3 cannot be archived',
      '2026-11-20T12:00:09.5+00:00',
      'LGWR switch 18 done',
    ]);
    expect(patterns).toMatchObject([
      { count: 1, lines: 4, level: 'error', first: { time: '2026-11-20T12:00:04.500Z' } },
      { count: 2, lines: 4 },
    ]);
    expect(patterns[0]?.template).toMatch(/archiver stuck .*cannot be archived/);
  });

  test('but all that a command prints below the date is not', () => {
    const output = Array.from({ length: 60 }, (_, k) => `copied part ${k}`);
    const patterns = read(['Fri Nov 20 12:00:00 UTC 2026', ...output, 'error: disk full']);
    expect(patterns[0]).toMatchObject({ template: 'error: disk full', level: 'error', lines: 1 });
  });

  test('where a code stands in front of its text', () => {
    const patterns = read([
      ...['12:00:01.20', '12:00:07.20'].flatMap((clock) => [
        `2026-11-20 ${clock} spid51      Error: 823, Severity: 24, State: 2.`,
        `2026-11-20 ${clock} spid51      The operating system returned error 21 to SQL Server during a read.`,
      ]),
      '2026-11-20 12:00:09.20 spid7s      Recovery is complete.',
    ]);
    expect(patterns.map(({ count, lines }) => [count, lines])).toEqual([
      [2, 4],
      [1, 1],
    ]);
    expect(patterns[0]?.template).toMatch(/^The operating system returned error <num> .* Error: <num>, Severity: <num>, State: <num>\.$/);
  });

  test('where Samba numbers its levels and tells the place first', () => {
    const samba = (number: number, second: number, ...below: string[]) => [
      `[2026/11/20 12:00:${second}.123456,${String(number).padStart(3)}, pid=1400, effective(0, 0), real(0, 0)] ../../source3/smbd/server.c:1734(main)`,
      ...below.map((text) => `  ${text}`),
    ];
    const patterns = read([
      ...samba(3, 10, 'close_cnum: closed connection to service errors_share'),
      ...samba(0, 11, 'smbd version 4.13.17 started.', 'Copyright Andrew Tridgell and the Samba Team 1992-2020'),
      ...samba(0, 12, 'connection_ok: Could not connect to DC dc1 for domain ACME'),
      ...samba(1, 13, 'check_account: no such mapping'),
      ...samba(10, 14, 'failed: looks for faults'),
    ]);
    expect(patterns.map(({ level, lines }) => `${level} ${lines}`).sort()).toEqual(['debug 2', 'error 2', 'info 2', 'info 3', 'warn 2']);
    expect(patterns[0]?.template).toMatch(/^connection_ok: Could not connect to DC/);
  });

  test('where Erlang reports a crash, and what it died of is what the report says', () => {
    const report = (k: number) => [
      `=CRASH REPORT==== 20-Nov-2026::12:00:0${k}.523456 ===`,
      '  crasher:',
      '    initial call: cart_srv:init/1',
      `    pid: <0.53${k}.0>`,
      '    exception exit: {timeout,{gen_server,call,[db]}}',
      '      in function  cart_srv:init/1 (cart.erl, line 7)',
    ];
    const patterns = read([...report(1), ...report(2)]);
    expect(patterns).toMatchObject([{ count: 2, lines: 12, level: 'error', first: { time: '2026-11-20T12:00:01.523' } }]);
    expect(patterns[0]?.template).toBe('crasher: ↳ exception exit: {timeout,{gen_server,call,[db]}}');
  });

  test('and of an error what stands indented below it is told with it', () => {
    const patterns = read([
      ...routine(3),
      '2026-11-20T12:01:00Z Compilation Error in model orders (models/orders.sql)',
      '  column "net" does not exist',
      '  LINE 14: sum(net)',
      '2026-11-20T12:01:01Z Done with 1 error:',
      '2026-11-20T12:01:01Z ',
    ]);
    expect(patterns.map(({ template }) => template)).toContain(
      'Compilation Error in model orders (models/orders.sql) column "<quoted>" does not exist',
    );
    expect(patterns.map(({ template }) => template)).toContain('Done with <num> error:');
  });

  test('where each line of a crash states time, level and tag again', () => {
    const java = [
      '11-20 12:00:00.100  912  912 E AndroidRuntime: FATAL EXCEPTION: pool-3',
      '11-20 12:00:00.100  912  912 E AndroidRuntime: Process: com.shop, PID: 912',
      '11-20 12:00:00.101  912  912 E AndroidRuntime: java.lang.IllegalStateException: no cart',
      '11-20 12:00:00.101  912  912 E AndroidRuntime: \tat com.shop.Cart.pay(Cart.kt:9)',
      '11-20 12:00:00.102  912  912 E AndroidRuntime: Caused by: java.io.IOException: closed',
      '11-20 12:00:00.300  912  912 I ActivityManager: Process com.shop has died',
    ];
    expect(read(java).map(({ lines, template }) => [lines, template])).toEqual([
      [5, 'java.lang.IllegalStateException: no cart ↳ Caused by: java.io.IOException: closed'],
      [1, 'ActivityManager: Process com.shop has died'],
    ]);
    const native = [
      '11-20 12:00:00.100  912  912 F DEBUG   : *** *** *** *** *** *** *** ***',
      "11-20 12:00:00.100  912  912 F DEBUG   : Build fingerprint: 'x'",
      '11-20 12:00:00.101  912  912 F DEBUG   : signal 11 (SIGSEGV), code 1 (SEGV_MAPERR), fault addr 0x0',
      '11-20 12:00:00.101  912  912 F DEBUG   :     #00 pc 0001a2b4  /system/lib64/libc.so (strlen+12)',
    ];
    expect(read(native)).toMatchObject([
      { count: 1, lines: 4, level: 'fatal', template: expect.stringMatching(/^signal <num> \(SIGSEGV\)/) },
    ]);
    const logged = [
      '11-20 12:00:00.100  912  930 E Sync    : cannot fetch page',
      '11-20 12:00:00.101  912  930 E Sync    : java.net.SocketTimeoutException: read',
      '11-20 12:00:00.101  912  930 E Sync    : \tat com.shop.Http.get(Http.kt:9)',
      '11-20 12:00:05.101  912  930 E Sync    : cannot fetch page',
    ];
    expect(read(logged).map(({ lines }) => lines)).toEqual([3, 1]);
  });
});
