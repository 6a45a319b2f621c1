import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { duplicates } from '#bench/duplicates.ts';
import { accuracy, bootstrap, calibrationError, f1ByClass, macroF1, type Outcome, precisionAt } from '#bench/support/measures.ts';
import { pairParts, readTicketSets } from '#bench/support/ticket-sets.ts';
import { triage } from '#bench/triage.ts';
import { startOpenAi } from '#tests/support/openai.ts';
import { engineNames } from '#tests/support/triage-engine.ts';

let folder: string;
beforeAll(async () => {
  // It tells how far it is.
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  folder = await mkdtemp(join(tmpdir(), 'aiops-bench-'));
});
afterAll(() => {
  vi.restoreAllMocks();
  return rm(folder, { recursive: true, force: true });
});

const said = (rows: string): Outcome[] =>
  rows.split(' ').map((row) => {
    const [part = '', truth = '', prediction = '', confidence] = row.split(',');
    return { part, truth, prediction, confidence: Number(confidence) };
  });

test('the measures are those of the books, on answers counted by hand', () => {
  // a: 2 of 3 found, one of b taken for it; b: 1 of 2 found, one of a taken for it.
  const outcomes = said(',a,a,0.9 ,a,a,0.8 ,a,b,0.7 ,b,b,0.6 ,b,a,0.55');
  expect(accuracy(outcomes)).toBe(3 / 5);
  expect(f1ByClass(outcomes)).toEqual({ a: 4 / 6, b: 2 / 4 });
  expect(macroF1(outcomes)).toBeCloseTo((4 / 6 + 2 / 4) / 2, 12);
  // The surest four of five.
  expect(precisionAt(outcomes, 0.8)).toBe(3 / 4);
  // Each in a bin of its own: the mean of how far each confidence is from what came true.
  expect(calibrationError(outcomes)).toBeCloseTo((0.1 + 0.2 + 0.7 + 0.4 + 0.55) / 5, 12);
  // What nobody foretold counts against it, what never was true is no class.
  expect(macroF1(said(',a,c,1 ,b,b,1'))).toBe(1 / 2);
  expect([accuracy([]), macroF1([]), precisionAt([], 0.8)]).toEqual([0, 0, 0]);
});

test('where a set has parts, its F1 is the mean of theirs', () => {
  const outcomes = said('x,a,a,1 x,b,b,1 y,a,b,1 y,b,a,1');
  expect(macroF1(outcomes)).toBe(1 / 2);
  expect(f1ByClass(outcomes)).toEqual({ a: 1 / 2, b: 1 / 2 });
});

test('an interval holds the figure and is the same each time', () => {
  const outcomes = said(Array.from({ length: 60 }, (_, i) => `,a,${i % 3 ? 'a' : 'b'},0.5`).join(' '));
  const [low, high] = bootstrap(outcomes, accuracy, 200);
  expect(low).toBeLessThan(2 / 3);
  expect(high).toBeGreaterThan(2 / 3);
  expect(bootstrap(outcomes, accuracy, 200)).toEqual([low, high]);
  expect(
    bootstrap(
      outcomes.filter(({ prediction }) => prediction === 'a'),
      accuracy,
      50,
    ),
  ).toEqual([1, 1]);
});

test.each([
  [['train.csv', 'test.csv'], [['train.csv', 'test.csv']]],
  [['issues_test.jsonl', 'issues_train.jsonl'], [['issues_train.jsonl', 'issues_test.jsonl']]],
  [['latest_train.jsonl'], [['latest_train.jsonl', null]]],
  [['latest_test.jsonl', 'latest_train.jsonl'], [['latest_train.jsonl', 'latest_test.jsonl']]],
  [['issuestest.csv', 'issuestrain.csv'], [['issuestrain.csv', 'issuestest.csv']]],
  [['IssuesTest.csv', 'IssuesTrain.csv'], [['IssuesTrain.csv', 'IssuesTest.csv']]],
  [['heldout_test_v2.csv', 'train_sample.csv'], [['train_sample.csv', 'heldout_test_v2.csv']]],
  [
    ['a_test.csv', 'a_train.csv', 'b_test.csv', 'b_train.csv'],
    [
      ['a_train.csv', 'a_test.csv'],
      ['b_train.csv', 'b_test.csv'],
    ],
  ],
  [['dev.csv', 'test.csv', 'train.csv'], [['train.csv', 'test.csv']]],
  [
    ['latest.jsonl', 'tickets.jsonl'],
    [
      ['latest.jsonl', null],
      ['tickets.jsonl', null],
    ],
  ],
  [['test.csv'], [['test.csv', null]]],
])('of %j the parts are found by their names', (files, pairs) => {
  expect(pairParts(files)).toEqual(pairs.map(([train, test]) => ({ train, test })));
});

const topics = ['The printer jams on floor', 'My salary is missing in month', 'The server room is too warm at'];
const lines = (from: number, count: number, label: (kind: number) => unknown): string =>
  Array.from({ length: count }, (_, i) => JSON.stringify({ text: `${topics[i % 3]} ${from + i}`, label: label(i % 3) })).join('\n');

test('a file is a set, with the test part beside it; labels may be numbers; without a test part there are folds', async () => {
  await writeFile(
    join(folder, 'latest_train.jsonl'),
    lines(0, 60, (kind) => kind),
  );
  await writeFile(
    join(folder, 'latest_test.jsonl'),
    lines(100, 9, (kind) => kind),
  );
  const [set, ...others] = await readTicketSets(join(folder, 'latest_train.jsonl'));
  expect(others).toEqual([]);
  expect([set?.train.length, set?.test?.length, set?.train[1]?.category]).toEqual([60, 9, '1']);
  const out = join(folder, 'predictions.txt');
  const { sets } = (await triage.run({ data: join(folder, 'latest_train.jsonl'), out })) as {
    sets: Record<string, Record<string, number>>;
  };
  const figures = Object.values(sets)[0];
  expect(figures).toMatchObject({
    n: 9,
    trained_on: 60,
    runs: 1,
    accuracy: 1,
    macro_f1: 1,
    precision_at_80: 1,
    per_class: { 0: 1, 1: 1, 2: 1 },
  });
  expect(figures).toMatchObject({ ece: expect.any(Number), ms_per_ticket: expect.any(Number) });

  await writeFile(
    join(folder, 'alone.csv'),
    `text,category\n${lines(0, 30, () => '')
      .split('\n')
      .map((line, i) => `"${JSON.parse(line).text}",kind ${i % 3}`)
      .join('\n')}\n`,
  );
  const alone = (await triage.run({ data: join(folder, 'alone.csv') })) as { sets: Record<string, Record<string, number>> };
  expect(Object.values(alone.sets)[0]).toMatchObject({ n: 30, trained_on: 24, runs: 5, accuracy: 1 });
  await writeFile(join(folder, 'notes.txt'), 'nothing');
  await expect(triage.run({ data: join(folder, 'notes.txt') })).rejects.toThrow('There is no set of labelled tickets');
});

test('with a remote engine a few are asked, and tokens and cost are told', async () => {
  const openai = await startOpenAi();
  vi.stubEnv('OPENAI_API_KEY', openai.apiKey);
  vi.stubEnv('OPENAI_BASE_URL', openai.baseUrl);
  vi.stubEnv('OPENAI_MODEL', 'gpt-5-nano');
  try {
    engineNames(openai, /floor|salary|server/, '1');
    const result = await triage.run({ data: join(folder, 'latest_train.jsonl'), engine: 'openai', limit: 3 });
    expect(result).toMatchObject({ engine: 'gpt-5-nano', tokens_in: expect.any(Number), tokens_out: expect.any(Number), failures: 0 });
    expect(result['tokens_in']).toBeGreaterThanOrEqual(3 * 1200);
    expect(result['cost_usd']).toBeCloseTo((Number(result['tokens_in']) * 0.05 + Number(result['tokens_out']) * 0.4) / 1e6, 6);
    expect(Object.values(result['sets'] as object)[0]).toMatchObject({ n: 3, builtin_accuracy: 1 });
  } finally {
    vi.unstubAllEnvs();
    await openai.stop();
  }
});

test('duplicates are found in both directions, and asserted where none is known they count as false', async () => {
  const reports = [
    { id: 'a', summary: 'Crash when saving a spreadsheet with macros', description: 'The spreadsheet crashes while saving macros.' },
    { id: 'b', summary: 'Crash while saving a spreadsheet with macros', description: 'Saving macros in a spreadsheet crashes it.' },
    { id: 'c', summary: 'Toolbar icons are blurred on large screens', description: 'Icons of the toolbar look blurred.' },
    { id: 'd', summary: 'Spell checker ignores Dutch words', description: 'Dutch is ignored by the spell checker.' },
  ];
  await writeFile(join(folder, 'office.jsonl'), reports.map((report) => JSON.stringify(report)).join('\n'));
  await writeFile(join(folder, 'office_duplicate_pairs.csv'), 'id1,id2\na,b\nb,gone\n');
  expect(await duplicates.run({ data: join(folder, 'office_duplicate_pairs.csv') })).toMatchObject({
    ...{ reports: 4, queries: 2, r_at_1: 1, r_at_5: 1, mrr: 1 },
    ...{ false_duplicate_rate: 0, without_pair: 2 },
  });
});
