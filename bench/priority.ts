import { writeFile } from 'node:fs/promises';
import { judgePriority } from '#src/tickets/classify/index.ts';
import type { Benchmark } from './benchmark.ts';
import { bootstrap, macroF1, rounded } from './support/measures.ts';
import { type Report, readPriorityReports } from './support/ticket-sets.ts';

/** Does the priority read from words alone go the way people's did? A sanity check on labels that are mostly a tracker's default. */
export const priority: Benchmark = {
  name: 'priority',
  about:
    'AUROC of the judged weight for severe against mild reports, and agreement (quadratic weighted kappa, macro-F1) where labels have five steps',
  async run({ data, out }) {
    const sets = data === undefined ? [generated] : await readPriorityReports(data);
    if (sets.length === 0) throw new TypeError(`There are no reports with a priority in '${data}'.`);
    const lines: string[] = [];
    const figures = Object.fromEntries(sets.map((set) => [set.name, measure(set, lines)]));
    if (out !== undefined) await writeFile(out, `${lines.join('\n')}\n`);
    return { sets: figures };
  },
};

const measure = ({ name, reports }: { name: string; reports: Report[] }, lines: string[]): Record<string, unknown> => {
  const start = performance.now();
  const judged = reports.map((report) => {
    const { priority: step, points } = judgePriority(report);
    lines.push(JSON.stringify({ set: name, id: report.id, prediction: step, score: points.impact + points.urgency }));
    return { report, step: 4 - Number(step.slice(1)), weight: points.impact + points.urgency };
  });
  const scales: [name: string, labels: Record<string, number>][] = [
    ['priority', { Trivial: 0, Minor: 1, Major: 2, Critical: 3, Blocker: 4 }],
    ['severity', { trivial: 0, minor: 1, major: 3, critical: 4, blocker: 4 }],
    ['urgency', { 0: 3, 1: 3, 2: 1 }],
  ];
  const result: Record<string, unknown> = { n: reports.length, ms_per_ticket: rounded((performance.now() - start) / reports.length) };
  for (const [key, labels] of scales) {
    const known = judged.flatMap(({ report, step, weight }) => {
      const truth = labels[report.labels[key] ?? ''];
      // The help desk's requests all carry one urgency; only its incidents were judged.
      return truth === undefined || report.labels['ticket_type'] === '1'
        ? []
        : [{ truth, step, weight, severe: truth > 2, mild: truth < 2 }];
    });
    if (known.length < 20) continue;
    const far = known.filter(({ severe, mild }) => severe || mild);
    result[key] = {
      n: known.length,
      auroc_severe_or_mild: rounded(auroc(far)),
      auroc_interval: bootstrap(far, auroc, 200).map(rounded),
      ...(key === 'priority' ? { kappa: rounded(kappa(known)), macro_f1: rounded(macroF1(known.map(toOutcome))) } : {}),
    };
  }
  return result;
};

type Known = { truth: number; step: number; weight: number; severe: boolean };

// Four steps of ours against five of theirs: P4 is Minor, P3 the default Major, P2 Critical, P1 Blocker.
const toOutcome = ({ truth, step }: Known) => ({ part: '', truth: String(truth), prediction: String(step + 1), confidence: 0 });

const auroc = (rows: readonly Known[]): number => {
  const severe = rows.filter((row) => row.severe);
  const mild = rows.filter((row) => !row.severe);
  let wins = 0;
  for (const one of severe) for (const other of mild) wins += one.weight > other.weight ? 1 : one.weight === other.weight ? 0.5 : 0;
  return wins / Math.max(1, severe.length * mild.length);
};

const kappa = (rows: readonly Known[]): number => {
  const steps = 5;
  const seen = Array.from({ length: steps }, () => new Array<number>(steps).fill(0));
  for (const { truth, step } of rows) (seen[truth] as number[])[step + 1] = ((seen[truth] as number[])[step + 1] ?? 0) + 1;
  const rowSums = seen.map((row) => row.reduce((sum, x) => sum + x, 0));
  const columnSums = seen.map((_, j) => seen.reduce((sum, row) => sum + (row[j] ?? 0), 0));
  let observed = 0;
  let expected = 0;
  for (let i = 0; i < steps; i++)
    for (let j = 0; j < steps; j++) {
      const weight = (i - j) ** 2;
      observed += weight * (seen[i]?.[j] ?? 0);
      expected += (weight * (rowSums[i] ?? 0) * (columnSums[j] ?? 0)) / rows.length;
    }
  return 1 - observed / expected;
};

const generated: { name: string; reports: Report[] } = {
  name: 'generated',
  reports: Array.from({ length: 40 }, (_, i): Report => {
    const severe = i % 2 === 0;
    const text = severe ? `Checkout is down for all customers in region ${i}` : `Typo on page ${i}, no rush`;
    return { id: String(i), title: text, body: '', labels: { priority: severe ? 'Blocker' : 'Trivial' } };
  }),
};
