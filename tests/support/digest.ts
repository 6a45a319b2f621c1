import type { Digest, Level, Pattern } from '#src/logs/digest/types.ts';

type Given = Partial<Pattern> & Pick<Pattern, 'template' | 'count'>;

/** A digest with the given patterns, in the order of rank, whose ledger adds up. */
export const makeDigest = (patterns: Given[], over: Partial<Digest> = {}): Digest => {
  const complete = patterns.map(makePattern);
  const lines = complete.reduce((sum, pattern) => sum + pattern.lines, 0);
  const levels: Record<Level, number> = { fatal: 0, error: 0, warn: 0, info: 0, debug: 0, trace: 0, unknown: 0 };
  for (const pattern of complete) levels[pattern.level] += pattern.count;
  const highest = Math.max(0, ...complete.map((pattern) => pattern.last.line));
  return {
    version: 1,
    ledger: { lines: Math.max(lines, highest), inPatterns: lines, inOther: Math.max(0, highest - lines), inRemainder: 0, blank: 0 },
    bytes: lines * 127,
    records: complete.reduce((sum, pattern) => sum + pattern.count, 0),
    levels,
    time: { first: '2026-11-22T12:02:00Z', last: '2026-11-22T12:19:00Z', durationMs: 17 * 60_000, zone: 'stated', yearInferred: false },
    histogram: null,
    patterns: complete,
    other: { patterns: 0, records: 0, lines: 0 },
    ...over,
  };
};

const makePattern = (given: Given, at: number): Pattern => ({
  id: `P${at + 1}`,
  level: 'info',
  levelInferred: false,
  levels: { [given.level ?? 'info']: given.count },
  lines: given.count,
  first: { line: 10 * at + 1, time: '2026-11-22T12:04:11Z' },
  last: { line: 10 * at + given.count, time: '2026-11-22T12:13:40Z' },
  samples: [{ lines: { from: 10 * at + 1, to: 10 * at + 1 }, text: given.template }],
  variables: [],
  histogram: null,
  reasons: [],
  score: 100 - at,
  ...given,
});

/** An outage as logs tell it: a pool runs dry, checkouts fail, health checks go on. */
export const outage = (): Digest =>
  makeDigest(
    [
      {
        template: 'HikariPool-1 - Connection is not available, request timed out after <num>ms (total=<num>, active=<num>)',
        count: 412,
        level: 'error',
        first: { line: 18204, time: '2026-11-22T12:04:11.345Z' },
        last: { line: 39911, time: '2026-11-22T12:13:40.001Z' },
        samples: [
          {
            lines: { from: 18204, to: 18204 },
            text: '2026-11-22T12:04:11.345Z ERROR HikariPool-1 - Connection is not available, request timed out after 30000ms (total=20, active=20)',
          },
          {
            lines: { from: 39911, to: 39911 },
            text: '2026-11-22T12:13:40.001Z ERROR HikariPool-1 - Connection is not available, request timed out after 30012ms (total=20, active=20)',
          },
        ],
        variables: [
          {
            index: 0,
            kind: 'num',
            distinct: 57,
            exact: true,
            top: [
              { value: '30000', count: 200 },
              { value: '30005', count: 80 },
            ],
          },
          { index: 1, kind: 'num', distinct: 1, exact: true, top: [{ value: '20', count: 412 }] },
          { index: 2, kind: 'num', distinct: 1, exact: true, top: [{ value: '20', count: 412 }] },
        ],
      },
      {
        template: 'POST <path> failed with status <num> for user <email>',
        count: 4112,
        level: 'error',
        first: { line: 18250, time: '2026-11-22T12:04:12Z' },
        last: { line: 40000, time: '2026-11-22T12:13:41Z' },
        samples: [
          {
            lines: { from: 18250, to: 18250 },
            text: '2026-11-22T12:04:12Z ERROR POST /checkout failed with status 503 for user ana@example.org password=hunter2',
          },
        ],
        variables: [
          {
            index: 0,
            kind: 'path',
            distinct: 2,
            exact: true,
            top: [
              { value: '/checkout', count: 4000 },
              { value: '/cart', count: 112 },
            ],
          },
          { index: 1, kind: 'num', distinct: 1, exact: true, top: [{ value: '503', count: 4112 }] },
          { index: 2, kind: 'email', distinct: 3001, exact: false, top: [{ value: 'ana@example.org', count: 3 }] },
        ],
      },
      {
        template: 'GET /health <num>',
        count: 43_000,
        level: 'info',
        first: { line: 1, time: '2026-11-22T12:02:00Z' },
        last: { line: 48_213, time: '2026-11-22T12:19:00Z' },
        samples: [{ lines: { from: 1, to: 1 }, text: 'GET /health 200' }],
      },
    ],
    {
      histogram: {
        from: '2026-11-22T12:02:00Z',
        bucketMs: 60_000,
        all: Array(18).fill(2500),
        errors: [0, 0, 300, 700, 800, 700, 600, 500, 400, 300, 150, 74, 0, 0, 0, 0, 0, 0],
      },
    },
  );
