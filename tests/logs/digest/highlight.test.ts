import { describe, expect, test } from 'vitest';
import { createDigester, digestText } from '#src/logs/digest/index.ts';

const fetching = Array.from({ length: 120 }, (_, k) => `Fetching package-${k}@1.${k}.0 … done`);
const tests = Array.from({ length: 60 }, (_, k) => `  ✓ case ${k} of the shop (${k % 7} ms)`);

const shownOf = (log: string, lineBudget = 20): string[] =>
  (digestText(log, { lineBudget }).highlights ?? []).flatMap(({ text }) => text.split('\n'));

describe('the lines to read first', () => {
  test('of a failed build are what the compiler said, not the downloads', () => {
    const log = [
      '$ npm ci',
      ...fetching,
      '$ npm run build',
      'src/cart.ts:14:9 - error TS2339: Property "total" does not exist on type "Cart".',
      '14   cart.total = 7;',
      '          ~~~~~',
      'npm ERR! code ELIFECYCLE',
      'npm ERR! Exit status 2',
      'The command "npm run build" exited with 2.',
    ].join('\n');
    const shown = shownOf(log);
    expect(shown).toContain('src/cart.ts:14:9 - error TS2339: Property "total" does not exist on type "Cart".');
    expect(shown.some((line) => line.startsWith('Fetching'))).toBe(false);
  });

  test('of a test run are the failed test with its difference, not those that passed', () => {
    const log = [
      '$ npm test',
      ...tests,
      'There was 1 failure:',
      '',
      '1) Cart adds up its items',
      '   AssertionError: expected 7 to equal 8',
      '      at Cart.total (test/cart.test.js:12:5)',
      '',
      ...tests,
      'Tests: 1 failed, 120 passed',
      'npm ERR! Test failed.  See above for more details.',
    ].join('\n');
    const shown = shownOf(log);
    expect(shown).toContain('   AssertionError: expected 7 to equal 8');
    expect(shown.filter((line) => line.includes('✓'))).toEqual([]);
  });

  test('keep to the budget, are verbatim and say where they stand', () => {
    const log = [
      ...fetching,
      ...Array.from({ length: 90 }, (_, k) => `lib/a${k}.c:${k + 1}:3: error: expected ';' before '}' token`),
      'make: *** [all] Error 1',
    ];
    const passages = digestText(log.join('\n'), { lineBudget: 12 }).highlights ?? [];
    expect(passages.reduce((sum, { lines }) => sum + lines.to - lines.from + 1, 0)).toBeLessThanOrEqual(12);
    expect(passages.length).toBeGreaterThan(0);
    for (const { lines, text } of passages) expect(text).toBe(log.slice(lines.from - 1, lines.to).join('\n'));
  });

  test('are found in the middle of a log too long to keep', () => {
    const routine = Array.from({ length: 40_000 }, (_, k) => `item ${k} stored`);
    const log = [
      ...routine,
      'Traceback (most recent call last):',
      '  File "/app/ledger.py", line 40, in close',
      '    post(entry)',
      'BillingError: period already closed',
      'The command "python close.py" exited with 1.',
      ...routine,
    ].join('\n');
    expect(shownOf(log)).toContain('BillingError: period already closed');
  });

  test('are the same however the bytes are cut, and none unless asked for', () => {
    const log = [...fetching, 'fatal: remote branch "release" was not found', 'The command "git clone" exited with 128.', ...fetching].join(
      '\n',
    );
    const bytes = new TextEncoder().encode(log);
    const digester = createDigester({ lineBudget: 10 });
    for (let at = 0; at < bytes.length; at += 7) digester.push(bytes.subarray(at, at + 7));
    expect(digester.finish().highlights).toEqual(digestText(log, { lineBudget: 10 }).highlights);
    expect(digestText(log)).not.toHaveProperty('highlights');
  });

  test('an empty log and one line of a million characters have nothing to hide', () => {
    expect(digestText('', { lineBudget: 5 }).highlights).toEqual([]);
    expect(shownOf(`Error: ${'x'.repeat(1_000_000)}`).join('').length).toBeLessThan(1000);
  });
});
