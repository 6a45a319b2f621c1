import { expect, test } from 'vitest';
import { digestText } from '#src/logs/digest/index.ts';

const start = Date.UTC(2024, 2, 1, 12);
const at = (second: number) => new Date(start + second * 1000).toISOString();
const routine = Array.from({ length: 1200 }, (_, k) => ({ second: k, text: `INFO GET /item/${k} took ${k % 90} ms` }));
const digestOf = (extra: { second: number; text: string }[]) =>
  digestText(
    [...routine, ...extra]
      .sort((x, y) => x.second - y.second)
      .map(({ second, text }) => `${at(second)} ${text}`)
      .join('\n'),
  );

test('one fatal line stands before a flood of warnings and the routine', () => {
  const warnings = Array.from({ length: 600 }, (_, k) => ({ second: k * 2, text: `WARN retry ${k} of upload` }));
  const { patterns } = digestOf([...warnings, { second: 700, text: 'FATAL out of file handles' }]);
  expect(patterns.map(({ level }) => level)).toEqual(['fatal', 'warn', 'info']);
  expect(patterns[0]?.reasons).toEqual(expect.arrayContaining(['fatal level', 'seen once']));
});

test('a burst of errors says when it began', () => {
  const { patterns } = digestOf(
    Array.from({ length: 80 }, (_, k) => ({ second: 241 + (k % 40), text: `ERROR timeout acquiring connection after ${k} ms` })),
  );
  expect(patterns[0]).toMatchObject({ count: 80, level: 'error' });
  expect(patterns[0]?.reasons).toContain('burst at 12:04');
});

test('a heartbeat that stops is a reason to look', () => {
  const { patterns } = digestOf(
    Array.from({ length: 60 }, (_, k) => ({ second: k * 10, text: `INFO heartbeat ${k} sent to coordinator` })),
  );
  const heartbeat = patterns.find(({ template }) => template.startsWith('heartbeat'));
  expect(heartbeat?.reasons.some((reason) => reason.startsWith('stops at 12:0'))).toBe(true);
  expect(heartbeat?.id).toBe('P1');
});

test('an exit code other than 0 is a reason, 0 is none', () => {
  const reasonsOf = (code: number) =>
    digestText(`worker started\nprocess exited with code ${code}`).patterns.flatMap(({ reasons }) => reasons);
  expect(reasonsOf(137)).toContain('exit code 137');
  expect(reasonsOf(0).join()).not.toContain('exit code');
});

test('ids follow the rank and histograms of patterns share the buckets of the log', () => {
  const { patterns, histogram } = digestOf([{ second: 5, text: 'ERROR disk is gone' }]);
  expect(patterns.map(({ id }) => id)).toEqual(patterns.map((_, k) => `P${k + 1}`));
  for (const pattern of patterns) expect(pattern.histogram).toHaveLength(histogram?.all.length ?? 0);
  const sums = histogram?.all.map((_, k) => patterns.reduce((sum, pattern) => sum + (pattern.histogram?.[k] ?? 0), 0));
  expect(sums).toEqual(histogram?.all);
});

test.each([
  ['02', '05', { bucketMs: 1000, all: [1, 0, 0, 1], errors: [0, 0, 0, 1] }],
  ['02.5', '03.0', { bucketMs: 10, all: [1, ...Array(49).fill(0), 1], errors: [...Array(50).fill(0), 1] }],
])('buckets are no finer than the times in them: %s and %s', (one, other, histogram) => {
  const { patterns, ...digest } = digestText(`2026-11-20T12:00:${one}Z INFO began\n2026-11-20T12:00:${other}Z ERROR disk is gone`);
  expect(digest.histogram).toMatchObject(histogram);
  expect(patterns.map(({ level, histogram: own }) => level === 'error' && own)).toContainEqual(histogram.errors);
});

test('what is not listed is summed up', () => {
  const log = Array.from({ length: 300 }, (_, k) => {
    const word = String.fromCharCode(97 + (k % 26), 97 + Math.floor(k / 26));
    return `${word}aa ${word}bb`;
  }).join('\n');
  const { patterns, other } = digestText(log, { maxListed: 10 });
  expect(patterns).toHaveLength(10);
  expect(other.patterns).toBe(290);
  expect(other.lines + patterns.reduce((sum, { lines }) => sum + lines, 0)).toBe(300);
});

test('labels with their values that come along with a failure make room, though each came once', () => {
  const dump = ['store gathering disabled....0', 'program interrupt: trap instruction...1', 'data address: 0x00aa10c4'];
  const { patterns } = digestOf([
    ...[500, 501, 502].map((second) => ({ second, text: 'FATAL loop failed on its header' })),
    ...dump.map((text) => ({ second: 502, text: `FATAL ${text}` })),
    { second: 900, text: 'FATAL kernel terminated for reason 1004' },
  ]);
  const templates = patterns.map(({ template }) => template.replace(/^FATAL /, '').split(/[.:<]/)[0]);
  expect(templates.slice(0, 2)).toEqual(['loop failed on its header', 'kernel terminated for reason ']);
  expect(templates.slice(2, 5).sort()).toEqual(['data address', 'program interrupt', 'store gathering disabled']);
});
