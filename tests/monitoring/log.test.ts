import { describe, expect, test } from 'vitest';
import { createLog, type LogOptions } from '#monitoring/log.ts';
import { AppError } from '#src/core/errors.ts';
import type { Log } from '#src/core/ports.ts';

describe('the log', () => {
  test('is JSON lines with a level in words, a time and the request id', () => {
    const { log, lines } = capture();
    log.child({ requestId: 'req_1' }).info({ logId: 'log_1', lines: 12 }, 'digested');
    expect(JSON.parse(lines[0] as string)).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      pid: process.pid,
      requestId: 'req_1',
      logId: 'log_1',
      lines: 12,
      msg: 'digested',
    });
  });

  test.each([
    'token',
    'authorization',
    'Authorization',
    'password',
    'newPassword',
    'apiKey',
    'OPENAI_API_KEY',
    'SLACK_SIGNING_SECRET',
    'x-slack-signature',
    'refreshToken',
    'cookie',
  ])('the value of %s never gets out, at any depth', (key) => {
    const { log, lines } = capture();
    log.child({ [key]: 'hunter2-in-child' }).warn({ [key]: 'hunter2', headers: { deep: [{ [key]: ['hunter2'] }] } }, 'x');
    expect(lines.join()).not.toContain('hunter2');
  });

  test('tokens are recognised where nobody expects them', () => {
    const { log, lines } = capture();
    const tokens = [
      ['xoxb', '1234567890', '1234567890123', 'AbCdEfGhIjKlMnOpQrStUvWx'].join('-'),
      ['sk', 'proj', 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGhIjKl'].join('-'),
      ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiJ1c3JfMSIsImlhdCI6MTcwMDAwMDAwMH0', 'c2lnbmF0dXJlLXNpZ25hdHVyZS1zaWduYXR1cmU'].join('.'),
    ];
    for (const token of tokens)
      log.error({ note: `called with ${token}`, error: new Error(`401 for ${token}`) }, `bad answer for ${token}`);
    expect(lines).toHaveLength(3);
    for (const token of tokens) expect(lines.join()).not.toContain(token);
  });

  test('what people wrote never enters a line; its size does', () => {
    const { log, lines } = capture();
    log.info(
      { text: 'my boss is wrong', prompt: 'my boss', samples: ['my boss'], event: { blocks: [{ text: 'my boss' }], title: 'my boss.log' } },
      'received',
    );
    expect(lines.join()).not.toContain('boss');
    expect(JSON.parse(lines[0] as string).text).toBe('[16 characters]');
  });

  test('of a row that the database refuses, only the reason gets out', () => {
    const { log, lines } = capture();
    const message =
      'insert into "user_account" ... - new row for relation "user_account" violates check constraint "nope"\n    - detail: Failing row contains (usr_1, my boss, boss@example.com, $2b$04$hash).';
    log.error({ error: Object.assign(new Error(message), { severity: 'ERROR', code: '23514' }) }, 'request failed');
    expect(lines.join()).toContain('violates check constraint');
    expect(lines.join()).not.toMatch(/boss|\$2b/);
  });

  test('an error keeps its name, code, sentence and stack, but not what hangs on it', () => {
    const { log, lines } = capture();
    const cause = Object.assign(new Error('invalid input syntax for type integer: "my boss"'), {
      severity: 'ERROR',
      code: '22P02',
      detail: 'my boss',
      query: 'my boss',
    });
    log.error({ error: new AppError('CONFIG', 'The database could not be reached.', { cause }) }, 'request failed');
    const { error } = JSON.parse(lines[0] as string);
    expect(error).toMatchObject({
      name: 'AppError',
      code: 'CONFIG',
      message: 'The database could not be reached.',
      cause: { code: '22P02', message: 'invalid input syntax for type integer' },
    });
    expect(error.stack[0]).toMatch(/^at .*log\.test\.ts/);
    expect(lines.join()).not.toContain('boss');
  });

  test('circles, giants and bytes do not hurt', () => {
    const { log, lines } = capture();
    const circle: Record<string, unknown> = { bytes: new Uint8Array(9) };
    circle.self = circle;
    log.info({ circle, giant: 'word '.repeat(100_000), many: Array.from({ length: 10_000 }, (_, at) => at) }, 'x');
    expect((lines[0] as string).length).toBeLessThan(5_000);
    expect(lines[0]).toContain('[9 bytes]');
  });

  test('levels below the setting are not written', () => {
    const { log, lines } = capture('warn');
    log.info({}, 'no');
    log.warn({}, 'yes');
    expect(lines).toHaveLength(1);
  });
});

const capture = (level: LogOptions['level'] = 'info'): { log: Log; lines: string[] } => {
  const lines: string[] = [];
  return { lines, log: createLog({ level, to: { write: (line) => void lines.push(line) } }) };
};
