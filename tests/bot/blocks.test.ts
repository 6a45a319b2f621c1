import { expect, test } from 'vitest';
import { drawBars, drawReport } from '#bot/blocks.ts';
import { drawLines } from '#bot/draw-lines.ts';
import type { Report } from '#src/core/report.ts';
import { findLimitProblem } from '#tests/support/slack-limits.ts';

const plain: Report = {
  headline: 'Checkout failed for nine minutes',
  tone: 'high',
  subtitle: '48,213 lines · 6.1 MB · 12:02–12:19 UTC',
  sections: [
    { title: 'What is going on', items: [{ text: '4,112 of 9,870 calls got 503', refs: ['L18,204–39,911'], quote: 'POST /checkout 503' }] },
    {
      title: 'What to do next',
      ordered: true,
      items: [{ text: 'roll back 2.14.0', label: 'likely', refs: ['P3'] }, { text: 'look at the index' }],
    },
  ],
  charts: [{ label: 'errors a minute', values: [0, 1, 4, 8, 2] }],
  facts: ['48,213 lines = 37 patterns', '5 secrets masked'],
  actions: [
    { id: 'show_lines', label: 'Show lines', value: '{"logId":"log_1"}' },
    { id: 'show_lines', label: 'Show P3', value: '{"logId":"log_1","from":7}' },
    { id: 'cancel', label: 'Cancel', value: '{"logId":"log_1"}' },
  ],
};

const problemOf = (report: Report) => {
  const { text, blocks } = drawReport(report);
  expect(text.length).toBeLessThanOrEqual(4_000);
  expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(11_500);
  return findLimitProblem({ blocks, text, modal: false });
};

test('a report is drawn from its headline to its buttons', () => {
  const { text, blocks } = drawReport(plain);
  expect(blocks.map((block) => block.type)).toEqual(['header', 'context', 'section', 'section', 'context', 'context', 'actions']);
  const drawn = JSON.stringify(blocks);
  for (const part of [
    '🟠 Checkout failed',
    '`L18,204–39,911`',
    '```POST /checkout 503```',
    '1. _likely_: roll back 2.14.0 `P3`',
    '`▁▂▅█▃`',
    '"action_id":"show_lines"',
    '"action_id":"show_lines:2"',
  ])
    expect(drawn).toContain(part);
  expect(text).toContain('Checkout failed for nine minutes');
  expect(problemOf(plain)).toBeNull();
});

test('a menu is drawn with its options, in the order of the actions, and what most people will want stands out', () => {
  const { blocks } = drawReport({
    ...plain,
    actions: [
      { id: 'ticket_confirm', label: 'Yes, Payments', value: '{"id":"tkt_1","categoryId":"cat_1"}', primary: true },
      {
        id: 'ticket_category',
        label: 'Wrong category',
        value: 'tkt_1',
        options: [{ label: `<!channel> ${'x'.repeat(90)}`, value: '{"id":"tkt_1","categoryId":"cat_2"}' }],
      },
      { id: 'ticket_take', label: 'Take', value: '{"id":"tkt_1"}' },
    ],
  });
  const { elements } = blocks.at(-1) as unknown as { elements: Record<string, unknown>[] };
  expect(elements).toMatchObject([
    { type: 'button', action_id: 'ticket_confirm', style: 'primary' },
    {
      type: 'static_select',
      action_id: 'ticket_category',
      placeholder: { type: 'plain_text', text: 'Wrong category' },
      options: [{ text: { type: 'plain_text' }, value: '{"id":"tkt_1","categoryId":"cat_2"}' }],
    },
    { type: 'button', action_id: 'ticket_take' },
  ]);
  expect(elements[2]).not.toHaveProperty('style');
  expect(findLimitProblem({ blocks, text: '', modal: false })).toBeNull();
});

test('a long menu keeps its first options, ends with the way to the others and leaves short ones whole; an option whose value is too long is left out', () => {
  const option = (index: number) => ({
    label: `category ${index}`,
    value: JSON.stringify({ id: 'tkt_'.padEnd(30, '0'), categoryId: `cat_${index}`.padEnd(30, '0') }),
  });
  const priorities = ['P1', 'P2', 'P3', 'P4'].map((label) => ({ label, value: `{"id":"tkt_1","priority":"${label}"}` }));
  const report = {
    ...plain,
    actions: [
      {
        id: 'ticket_category',
        label: 'Category',
        value: 'tkt_1',
        rest: '{"all":true}',
        options: [{ label: 'no', value: 'x'.repeat(151) }, ...Array.from({ length: 140 }, (_, index) => option(index))],
      },
      { id: 'ticket_priority', label: 'Priority', value: 'tkt_1', options: priorities, rest: 'never' },
      { id: 'empty', label: 'Empty', value: 'tkt_1', options: [] },
    ],
  };
  const { elements } = drawReport(report).blocks.at(-1) as unknown as { elements: { options: { value: string }[] }[] };
  expect(elements).toHaveLength(2);
  expect(elements[0]!.options[0]!.value).toBe(option(0).value);
  expect(elements[0]!.options.length).toBeGreaterThan(25);
  expect(elements[0]!.options.at(-1)).toEqual({ text: { type: 'plain_text', text: 'More …' }, value: '{"all":true}' });
  expect(elements[1]!.options).toHaveLength(4);
  expect(problemOf(report)).toBeNull();
});

test('nothing in a report can mention, call out, link or format', () => {
  const evil =
    '<!channel> <@U0ANA> <#C0OPS> <!subteam^S1> <https://evil.example|Slack> & *bold* _it_ ~gone~ `code` ```fence``` &lt;!here&gt;';
  const item = { text: evil, label: evil, refs: [evil], quote: evil };
  const { text, blocks } = drawReport({
    ...plain,
    headline: evil,
    subtitle: evil,
    sections: [{ title: evil, items: [item] }],
    charts: [{ label: evil, values: [1] }],
    facts: [evil],
    actions: [],
  });
  const drawn = JSON.stringify(blocks) + text;
  for (const bad of ['<!', '<@', '<#', '<https']) expect(drawn).not.toContain(bad);
  expect(drawn).toContain('&amp;lt;!here&amp;gt;');
  const [, , section] = blocks as { text: { text: string } }[];
  expect(section!.text.text.match(/```/g)).toHaveLength(2);
  expect(section!.text.text.replace(/```.*```/s, '')).not.toMatch(/\*bold\*|_it_|~gone~|`code`/);
});

test('whoever asked is mentioned by an id, and only by an id', () => {
  const drawn = (by: string) => JSON.stringify(drawReport({ ...plain, by, headline: 'asked for a summary of app.log' }));
  expect(drawn('U0ANA')).toContain('<@U0ANA> asked for a summary of app.log');
  expect(drawn('U0ANA> <!channel')).not.toContain('<');
});

test('whoever is to be told is mentioned at the end of the headline, by an id of the settings and only by an id', () => {
  const drawn = (notify: string) => drawReport({ ...plain, notify, headline: 'T-12 · Bug → Engineering <!here>' });
  expect(drawn('U0ANA').blocks[0]).toMatchObject({ text: { text: expect.stringMatching(/^\S+ \*T-12 .*\* <@U0ANA>$/) } });
  expect(drawn('S0OPS').text).toMatch(/<!subteam\^S0OPS>/);
  for (const evil of ['<!channel>', '!here', 'U0ANA> <!channel', 'C0OPS', '']) expect(JSON.stringify(drawn(evil))).not.toMatch(/<[!@#]/);
});

test('names with underscores and sums with stars stay as they are', () => {
  expect(JSON.stringify(drawReport({ ...plain, facts: ['order_items has 2 * 3 rows in a_b_c'] }).blocks)).toContain(
    'order_items has 2 * 3 rows in a_b_c',
  );
});

test.each([
  [
    'many long items',
    {
      sections: [
        {
          title: 'x',
          items: Array.from({ length: 300 }, (_, index) => ({
            text: `${index} ${'word '.repeat(200)}`,
            quote: '"\\'.repeat(900),
            refs: Array(40).fill('P1'),
          })),
        },
      ],
    },
  ],
  ['many sections', { sections: Array.from({ length: 120 }, (_, index) => ({ title: `s${index}`, items: [{ text: 'x' }] })) }],
  ['a huge headline', { headline: '&'.repeat(9_000) }],
  [
    'huge facts and charts',
    { facts: Array(90).fill('&<>'.repeat(400)), charts: Array(30).fill({ label: 'x'.repeat(900), values: Array(5_000).fill(3) }) },
  ],
  [
    'many large buttons',
    {
      actions: [
        ...Array.from({ length: 40 }, () => ({ id: 'a', label: 'b'.repeat(200), value: 'c'.repeat(1_990) })),
        { id: 'z', label: 'z', value: 'c'.repeat(2_001) },
      ],
    },
  ],
  [
    'large buttons, menus, facts and charts at once',
    {
      headline: '&'.repeat(9_000),
      facts: Array(90).fill('&<>'.repeat(400)),
      charts: Array(30).fill({ label: 'x'.repeat(900), values: Array(5_000).fill(3) }),
      actions: Array.from({ length: 20 }, (_, index) => ({
        id: 'a',
        label: 'b'.repeat(200),
        value: 'c'.repeat(500),
        ...(index % 2 ? { options: Array.from({ length: 120 }, () => ({ label: 'd'.repeat(80), value: '"'.repeat(150) })) } : {}),
      })),
    },
  ],
  [
    'emoji at every cut',
    {
      headline: '😀'.repeat(800),
      facts: ['😀'.repeat(900)],
      sections: [{ title: '😀'.repeat(300), items: [{ text: '😀'.repeat(2_000), quote: '😀'.repeat(2_000) }] }],
    },
  ],
] as [string, Partial<Report>][])('%s stay within every limit', (_, more) => {
  expect(problemOf({ ...plain, ...more })).toBeNull();
});

test('what does not fit is counted', () => {
  const items = Array.from({ length: 100 }, (_, index) => ({ text: `item ${index} ${'x'.repeat(400)}` }));
  const drawn = JSON.stringify(
    drawReport({
      ...plain,
      sections: [
        { title: 'a', items: items.slice(0, 50) },
        { title: 'b', items: items.slice(50) },
      ],
    }).blocks,
  );
  const shown = drawn.match(/item \d+ /g)!.length;
  expect(drawn).toContain(`… (${100 - shown} more)`);
  expect(shown).toBeGreaterThan(10);
});

test('no cut leaves half an entity or half a character', () => {
  for (const text of ['&'.repeat(5_000), '😀'.repeat(5_000)]) {
    const drawn = JSON.stringify(
      drawReport({ ...plain, facts: [text], sections: [{ title: 'a', items: [{ text, quote: text }] }] }).blocks,
    );
    expect(drawn).not.toMatch(/&(?!amp;)|\\ud[89a-f]/i);
  }
});

test('bars go from lowest to highest, and an empty hour is the lowest', () => {
  expect(drawBars([0, 1, 2, 4, 7])).toBe('▁▂▃▅█');
  expect(drawBars([0, 0])).toBe('▁▁');
  expect(drawBars(Array.from({ length: 600 }, (_, index) => index))).toHaveLength(60);
});

test('lines of a window stay within a modal’s limits and say how many are missing', () => {
  const lines = Array.from({ length: 1_000 }, (_, index) => ({
    number: index + 1,
    text: `\`\`\`<!channel> ${'x'.repeat(900)}`,
    truncated: true,
  }));
  const blocks = drawLines(lines, 1_000);
  expect(findLimitProblem({ blocks, text: '', modal: true })).toBeNull();
  expect(JSON.stringify(blocks)).not.toContain('<!channel>');
  expect(JSON.stringify(blocks.at(-1))).toContain('more)');
});

test('a sign that turns round what follows it is shown and turns nothing, wherever a report has text', () => {
  const odd = 'exe\u202egpj.\u2066a\u2069\u202c';
  const report = {
    ...plain,
    headline: odd,
    subtitle: odd,
    sections: [
      { title: odd, items: [{ text: odd, label: odd, quote: odd, refs: [odd], links: [{ text: odd, url: 'https://x.example/a' }] }] },
    ],
    facts: [odd],
    actions: [{ id: 'a', label: odd, value: '1' }],
  };
  const drawn = JSON.stringify(drawReport(report));
  expect(drawn).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  expect(drawn).toContain('exe�gpj.');
});
