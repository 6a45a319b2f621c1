import { expect, test } from 'vitest';
import { digestText } from '#src/logs/digest/index.ts';
import { phrasesToQuote } from '#src/logs/memory/find-tickets.ts';
import { phrasesOf } from '#src/logs/wording/phrases.ts';
import { makeDigest } from '#tests/support/digest.ts';

const phrases = (...lines: string[]): string[] => phrasesOf(digestText(lines.join('\n')));

test('phrases name what happened, without who said it and without values', () => {
  expect(
    phrases(
      'WARN pool.Keeper : Connection lost to 10.0.0.7:5432 after 12 retries',
      'WARN pool.Keeper : Connection lost to 10.0.0.9:5432 after 3 retries',
      'INFO pool.Keeper : Lease 77 ran out, timeout of 400ms exceeded',
      'INFO pool.Keeper : Lease 78 ran out, timeout of 900ms exceeded',
    ),
  ).toEqual(['Connection lost', 'Lease ran out', 'timeout exceeded']);
});

test('a phrase that another one contains is not said twice', () => {
  expect(phrases('ERROR upload failed', 'ERROR upload failed', 'INFO retry of upload failed at once')).toHaveLength(1);
});

test('of many events the first by rank are named, in the order they happened', () => {
  const lines = ['alpha', 'bravo', 'delta', 'echo', 'golf'].map((word) => `INFO ${word} began`);
  const digest = digestText([...lines, 'ERROR disk of the ledger is full'].join('\n'));
  const said = phrasesOf(digest, 3);
  expect(said).toHaveLength(3);
  expect(said.at(-1)).toContain('disk');
});

test('what a ticket would quote of a message ends before the name of what varies', () => {
  const [pattern] = makeDigest([{ template: 'no tax snapshot could be made for invoice=<num> of <any>', count: 3 }]).patterns;
  expect(phrasesToQuote(pattern ? [pattern] : [])).toEqual(['no tax snapshot could be made for']);
});
