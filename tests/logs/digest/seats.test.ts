import { expect, test } from 'vitest';
import { digestText } from '#src/logs/digest/index.ts';

const words = [
  'alpha',
  'bravo',
  'delta',
  'echo',
  'golf',
  'hotel',
  'india',
  'kilo',
  'lima',
  'mike',
  'oscar',
  'papa',
  'romeo',
  'sierra',
  'tango',
  'uncle',
  'victor',
  'whisky',
  'yankee',
  'zulu',
];
const flood = (count: number): string[] =>
  Array.from({ length: count }, (_, k) => {
    const word = words[k % words.length] as string;
    return `${new Date(Date.UTC(2026, 0, 5) + k * 1000).toISOString()} FATAL ${word} ${word}ness failed with error`;
  });

const placeOf = (extra: string): number => {
  const log = [
    ...flood(3000),
    `${new Date(Date.UTC(2026, 0, 5, 0, 50)).toISOString()} ${extra}`,
    ...flood(600).map((line) => line.replace('T00:', 'T01:')),
  ];
  return digestText(log.join('\n')).patterns.findIndex(({ count, samples }) => count === 1 && samples[0]?.text.includes(extra.slice(-12)));
};

test('an error that happened once is among the first twenty, however many others there are', () => {
  const place = placeOf('ERROR ledger of the day does not balance');
  expect(place).toBeGreaterThanOrEqual(0);
  expect(place).toBeLessThan(20);
});

test('so is a line like no other, though it states no level', () => {
  expect(placeOf('the moon came down on node seven')).toBeLessThan(20);
});

test('the error that is most of the errors leads, and a rarer graver one follows', () => {
  const at = (k: number) => new Date(Date.UTC(2026, 0, 5) + k * 1000).toISOString();
  const log = [
    ...Array.from({ length: 1500 }, (_, k) => `${at(k)} INFO item ${k} stored`),
    ...Array.from({ length: 150 }, (_, k) => `${at(1500 + k)} ERROR cannot contact the manager`),
    `${at(1600)} FATAL task gave up on host seven`,
  ];
  const { patterns } = digestText(log.join('\n'));
  expect(patterns[0]?.template).toContain('cannot contact');
  expect(patterns[0]?.reasons).toContain('most of the errors');
  expect(patterns[1]?.level).toBe('fatal');
});
