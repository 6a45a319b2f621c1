import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Report } from '#src/core/report.ts';
import { drawReport } from '#src/terminal/draw-report.ts';
import { cellsOf } from '#src/terminal/text-cells.ts';

const report: Report = {
  headline: 'Checkout failed for nine minutes because orders-db ran out of connections',
  tone: 'high',
  subtitle: 'api-gateway.log · 48,213 lines · 6.1 MB · 12:02–12:19 UTC',
  sections: [
    {
      title: 'What likely caused it',
      items: [
        {
          label: 'likely',
          text: 'the pool of connections was used up',
          refs: ['P3', 'L18,204–39,911'],
          quote: 'timeout acquiring connection',
        },
        { label: 'possible', text: 'a slow query' },
      ],
    },
    { title: 'What to do next', ordered: true, items: [{ text: 'roll back' }, { text: 'look at the index' }] },
  ],
  charts: [{ label: 'errors a minute', values: [0, 0, 1, 7, 8, 7, 4, 2, 0, 0] }],
  facts: ['48,213 lines = 37 patterns'],
  actions: [],
};

describe('a report in the terminal', () => {
  test('reads like this', () => {
    expect(drawReport(report, { colour: false, width: 76 })).toMatchInlineSnapshot(`
      "High · Checkout failed for nine minutes because orders-db ran out of
             connections
      api-gateway.log · 48,213 lines · 6.1 MB · 12:02–12:19 UTC

      What likely caused it
        • likely   the pool of connections was used up  P3 L18,204–39,911
                   │ timeout acquiring connection
        • possible a slow query

      What to do next
        1. roll back
        2. look at the index

      errors a minute  ▁▁▂▇█▇▅▃▁▁

      48,213 lines = 37 patterns
      "
    `);
  });

  test.each([40, 57, 80, 200])('no line is wider than %i columns', (width) => {
    const wide: Report = {
      ...report,
      headline: `${'x'.repeat(300)} 漢字かな交じり文${'🙂'.repeat(60)}`,
      charts: [{ label: 'errors', values: Array.from({ length: 500 }, (_, at) => at % 9) }],
    };
    for (const line of drawReport(wide, { colour: false, width }).split('\n')) expect(cellsOf(line)).toBeLessThanOrEqual(width);
  });

  test('colour changes nothing but colour', () => {
    const coloured = drawReport(report, { colour: true, width: 76 });
    expect(coloured).toContain('\u001b[');
    expect(stripVTControlCharacters(coloured)).toBe(drawReport(report, { colour: false, width: 76 }));
  });

  test('text from a log cannot steer the terminal', () => {
    const evil = 'a\u001b]0;owned\u0007b\u001b[2Jc\rd\u202ee\u009bf';
    const drawn = drawReport(
      {
        ...report,
        headline: evil,
        subtitle: evil,
        facts: [evil],
        sections: [{ title: evil, items: [{ text: evil, label: evil, refs: [evil], quote: evil }] }],
        charts: [{ label: evil, values: [1] }],
      },
      { colour: false, width: 80 },
    );
    expect(drawn.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  test('a peak is not lost when there are more values than columns', () => {
    const values = Array.from({ length: 1000 }, (_, at) => (at === 777 ? 50 : 0));
    expect(drawReport({ ...report, charts: [{ label: 'errors', values }] }, { colour: false, width: 60 })).toContain('█');
  });

  test('an empty report draws its headline only', () => {
    expect(
      drawReport({ headline: 'Working', tone: 'working', sections: [], charts: [], facts: [], actions: [] }, { colour: false, width: 80 }),
    ).toBe('Working · Working\n');
  });
});
