import { describe, expect, test } from 'vitest';
import { createDigester, type Digest, type DigestOptions, digestText } from '#src/logs/digest/index.ts';
import { assertLedger } from '#src/logs/digest/ranking/ledger.ts';
import { processorMs } from '#tests/support/processor-time.ts';
import { createRandom, messyLog } from './seeded.ts';

const sumOf = ({ ledger }: Digest) => ledger.inPatterns + ledger.inOther + ledger.inRemainder + ledger.blank;

/** Pushes lines made on the fly, so that the test holds none of them. */
const digestLines = (count: number, line: (k: number) => string, options?: DigestOptions) => {
  const digester = createDigester(options);
  for (let k = 0; k < count; k += 1000)
    digester.push(Buffer.from(`${Array.from({ length: Math.min(1000, count - k) }, (_, j) => line(k + j)).join('\n')}\n`));
  return digester.finish();
};

const letters = (k: number) => k.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] as string);

describe('the ledger', () => {
  test('sums on messy logs of any seed', () => {
    for (let seed = 1; seed <= 24; seed++) {
      const text = messyLog(seed, 200);
      const digest = digestText(text, { maxPatterns: seed % 4 ? 5000 : 20, maxListed: seed % 3 ? 200 : 5 });
      expect(sumOf(digest)).toBe(digest.ledger.lines);
      expect(digest.ledger.lines).toBe(text.endsWith('\n') ? text.split('\n').length - 1 : text.split('\n').length);
    }
  });

  test('sums on random bytes', () => {
    const { below } = createRandom(5);
    const digester = createDigester();
    for (let k = 0; k < 20; k++) digester.push(Uint8Array.from({ length: 5000 }, () => below(256)));
    const digest = digester.finish();
    expect(sumOf(digest)).toBe(digest.ledger.lines);
  });

  test('that does not sum is an error', () => {
    const digest = digestText('one\ntwo');
    expect(() => assertLedger({ ...digest, ledger: { ...digest.ledger, lines: 3 } })).toThrow('2 lines are accounted for of 3 received');
  });
});

describe('hostile logs', () => {
  test('as many templates as lines stay within the bound, the rest is a named remainder', () => {
    const digest = digestLines(100_000, (k) => `${letters(k)} ${letters(k * 31 + 7)} ${letters(k * 17 + 3)}`, { maxPatterns: 1000 });
    expect(digest.patterns.length + digest.other.patterns).toBeLessThanOrEqual(1000);
    expect(digest.ledger.inRemainder).toBeGreaterThan(90_000);
    expect(sumOf(digest)).toBe(100_000);
    expect(JSON.stringify(digest).length).toBeLessThan(1_000_000);
  }, 60_000);

  test('noise that fills every pattern does not crowd out the one error after it', () => {
    const digest = digestLines(20_001, (k) =>
      k === 20_000 ? '2024-03-01 10:00:00 ERROR disk is gone' : `${letters(k)} ${letters(k * 31 + 7)} ${letters(k * 17 + 3)}`,
    );
    expect(digest.patterns[0]).toMatchObject({ template: 'disk is gone', level: 'error', first: { line: 20_001 } });
  });

  test.each([
    ['no spaces', (k: number) => letters(k).repeat(400)],
    ['only digits', (k: number) => String(k * 7919).repeat(300)],
    ['only quotes', () => '"'.repeat(3000)],
    ['only brackets', () => '[('.repeat(2000)],
    ['only colons', () => '::a'.repeat(2000)],
    ['only slashes', () => '/a'.repeat(2000)],
    ['deep JSON', () => `{"a":${'[{"b":'.repeat(1500)}1`],
    ['broken JSON', () => `{"msg":"never closed \\`],
    ['many keys', () => Array.from({ length: 500 }, (_, k) => `k${k}=v`).join(' ')],
    ['many fields of JSON', () => JSON.stringify(Object.fromEntries(Array.from({ length: 400 }, (_, k) => [`k${k}`, k])))],
    ['only escapes', () => '\u001b['.repeat(2000)],
    ['bare @ and .', () => 'a@.b '.repeat(1000)],
  ])('%s cost no more than other lines', async (_, line) => {
    // Measured at 10 to 100 ms each; quadratic work on 4 KB lines would take minutes.
    expect(await processorMs(() => expect(sumOf(digestLines(1000, line))).toBe(1000))).toBeLessThan(15_000);
  });

  test('a single line of two hundred megabytes is one line', () => {
    const digester = createDigester();
    const piece = Buffer.alloc(1_000_000, 'abc 123 ');
    for (let k = 0; k < 200; k++) digester.push(piece);
    const before = process.memoryUsage().rss;
    const digest = digester.finish();
    expect(digest).toMatchObject({ bytes: 200_000_000, records: 1, ledger: { lines: 1, unreadBytes: 200_000_000 - 16 * 1024 } });
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
  });

  test('a log of blank lines is blank', () => {
    expect(digestText('\n \n\t\n\r\n').ledger).toEqual({ lines: 4, blank: 4, inPatterns: 0, inOther: 0, inRemainder: 0, unreadBytes: 0 });
  });
});
