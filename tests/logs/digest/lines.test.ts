import { describe, expect, test } from 'vitest';
import { createDigester, digestText } from '#src/logs/digest/index.ts';
import { createRandom, messyLog } from './seeded.ts';

const linesOf = (text: string) => digestText(text).ledger.lines;

describe('lines', () => {
  test('an empty log has no lines and no patterns', () => {
    const digest = digestText('');
    expect(digest).toMatchObject({ bytes: 0, records: 0, time: null, histogram: null, patterns: [], ledger: { lines: 0, blank: 0 } });
  });

  test('lines are counted as their newlines are: a last newline does not start another', () => {
    expect([linesOf('a'), linesOf('a\n'), linesOf('a\nb'), linesOf('\n'), linesOf('\n\n'), linesOf('a\r\nb\r\n'), linesOf('a\rb')]).toEqual(
      [1, 1, 2, 1, 2, 2, 1],
    );
  });

  test('line numbers are those of the text split at newlines, also with CRLF, NUL, colours and progress bars', () => {
    const text = 'one\r\n\u0000two\u0000\r\n10%\r55%\r100% done\r\n\u001b[31mred alert\u001b[0m\r\n\r\nlast';
    const { patterns, ledger } = digestText(text);
    expect(ledger).toMatchObject({ lines: 6, blank: 1 });
    const seen = patterns.map(({ first, samples }) => [first.line, samples[0]?.text]).sort();
    expect(seen).toEqual([
      [1, 'one'],
      [2, 'two'],
      [3, '100% done'],
      [4, 'red alert'],
      [6, 'last'],
    ]);
  });

  test('any cut of the bytes gives the same digest', () => {
    for (let seed = 1; seed <= 6; seed++) {
      const bytes = new TextEncoder().encode(messyLog(seed, 80));
      const options = { now: Date.UTC(2024, 5, 1), maxLineBytes: seed % 3 === 0 ? 200 : 16_384 };
      const whole = createDigester(options);
      whole.push(bytes);
      const expected = whole.finish();
      const { below } = createRandom(seed * 7);
      for (const longest of [1, 7, 100, 4000]) {
        const pieces = createDigester(options);
        for (let at = 0; at < bytes.length; ) {
          const size = 1 + below(longest);
          // The caller may use its buffer again: what is pushed must not be looked at later.
          const piece = bytes.slice(at, at + size);
          pieces.push(piece);
          piece.fill(120);
          at += size;
        }
        expect(pieces.finish()).toEqual(expected);
      }
    }
  });

  test('of a line of megabytes only the beginning is looked at, and the count stays right', () => {
    const digester = createDigester({ maxLineBytes: 1024 });
    digester.push(Buffer.from('2024-01-01 00:00:00 ERROR '));
    for (let k = 0; k < 200; k++) digester.push(Buffer.alloc(100_000, 'x'));
    digester.push(Buffer.from('\nnext line\n'));
    const digest = digester.finish();
    expect(digest.bytes).toBe(20_000_037);
    expect(digest.ledger.lines).toBe(2);
    expect(digest.patterns[0]?.samples[0]?.text.length).toBeLessThanOrEqual(2000);
  });

  test('a byte order mark is not part of the first word', () => {
    expect(digestText('\uFEFFhello world').patterns[0]?.template).toBe('hello world');
  });

  test('a text that is no log at all becomes patterns of its lines', () => {
    const { patterns, records, time } = digestText('Dear team,\nthe printer is on fire.\nPlease come.\n');
    expect({ records, time, templates: patterns.map(({ template }) => template).sort() }).toEqual({
      records: 3,
      time: null,
      templates: ['Dear team,', 'Please come.', 'the printer is on fire.'],
    });
  });
});
