import { writeFile } from 'node:fs/promises';
import { type Category, type Model, predict, thresholdCurve, thresholdFor, trainModel } from '#src/tickets/classify/index.ts';
import type { Benchmark } from './benchmark.ts';
import { generateTickets } from './generate-tickets.ts';
import { type MeasuredEngine, openEngine, spread } from './support/engine.ts';
import {
  accuracy,
  bootstrap,
  calibrationError,
  f1ByClass,
  macroF1,
  mean,
  type Outcome,
  partsOf,
  precisionAt,
  rounded,
} from './support/measures.ts';
import { type LabelledTicket, readTicketSets, type TicketSet } from './support/ticket-sets.ts';
import { createLadder } from './support/triage-ladder.ts';

const seeds = [1, 2, 3];
const shots = 10;
const foldCount = 5;
/** A remote engine is paid by the ticket. */
const ASKED = 50;

/** How well tickets are sorted into categories learned from examples: by the built-in model alone, or by the whole ladder with a remote engine. */
export const triage: Benchmark = {
  name: 'triage',
  about:
    'categories learned from the train part, measured on the test part or on five folds; ece over 15 bins of equal width; 95 % intervals of 1,000 resamples; --limit: so many tickets are asked of each set, spread evenly (with a remote engine 50 unless told)',
  async run({ data, out, limit, engine: named }) {
    const engine = await openEngine(named);
    const sets = data === undefined ? [generateTickets()] : await readTicketSets(data);
    if (sets.length === 0) throw new TypeError(`There is no set of labelled tickets in '${data}'.`);
    const figures: Record<string, unknown> = {};
    const lines: string[] = [];
    for (const set of sets)
      for (const { name, trials } of trialsOf(set, limit ?? (engine ? ASKED : undefined))) {
        const runs: Run[] = [];
        for (const trial of trials) runs.push(await runTrial(trial, engine));
        figures[name] = summarise(runs);
        for (const run of runs)
          for (const { id, outcome } of run.judged)
            lines.push(JSON.stringify({ set: name, id, prediction: outcome.prediction, score: outcome.confidence, truth: outcome.truth }));
        process.stderr.write(
          `  ${name}: ${JSON.stringify({ ...(figures[name] as object), per_class: undefined, threshold_curve: undefined })}\n`,
        );
      }
    if (out !== undefined) await writeFile(out, `${lines.join('\n')}\n`);
    return { sets: figures, ...(engine ? { engine: engine.engine.model, ...engine.spent() } : {}) };
  },
};

/** One training and what it is asked; the folds of a set are trials of one set. */
type Trial = { train: LabelledTicket[]; test: LabelledTicket[]; categories: Category[]; pooled: boolean };

const trialsOf = ({ name, train, test }: TicketSet, limit?: number): { name: string; trials: Trial[] }[] => {
  const categories = [...new Set(train.map((one) => one.category))].sort().map((one) => ({ name: one }));
  const cut = test ? [{ train, test }] : toFolds(train);
  const perTrial = limit === undefined ? undefined : Math.ceil(limit / cut.length);
  const asked = cut.map((one) => ({ ...one, test: spread(one.test, perTrial), categories, pooled: true }));
  const few = (count: number) =>
    seeds
      .map((seed) => ({ ...(cut[0] as (typeof cut)[0]), categories, pooled: false, seed }))
      .map((one) => ({ ...one, test: spread(one.test, limit), train: draw(one.train, count, one.seed) }));
  const all = [{ name, trials: asked }];
  if (categories.length >= 20) all.push({ name: `${name}@${shots}-shot`, trials: few(shots) });
  all.push({ name: `${name}@names-only`, trials: few(0).slice(0, 1) });
  return all;
};

/** `own`: what the built-in model would have said alone. */
type Judged = { id: string; outcome: Outcome; own?: Outcome };

type Run = {
  judged: Judged[];
  model: Model;
  trainSeconds: number;
  milliseconds: number;
  trained: number;
  pooled: boolean;
};

const runTrial = async ({ train, test, categories, pooled }: Trial, engine: MeasuredEngine | null): Promise<Run> => {
  const start = performance.now();
  const model = trainModel(train, { categories });
  const trained = performance.now();
  return {
    judged: engine ? await judgeByLadder(model, train, test, engine) : test.map((ticket) => judgeByModel(model, ticket)),
    model,
    trainSeconds: (trained - start) / 1000,
    milliseconds: performance.now() - trained,
    trained: train.length,
    pooled,
  };
};

const judgeByModel = (model: Model, { id, text, category }: LabelledTicket): Judged => {
  const prediction = predict(model, text);
  return {
    id,
    outcome: { part: text.scope ?? '', truth: category, prediction: prediction?.category ?? '', confidence: prediction?.confidence ?? 0 },
  };
};

const judgeByLadder = async (
  model: Model,
  train: readonly LabelledTicket[],
  test: readonly LabelledTicket[],
  { engine }: MeasuredEngine,
): Promise<Judged[]> => {
  const climb = createLadder(model, train, engine);
  const judged: Judged[] = [];
  for (const ticket of test) {
    const { own, final } = await climb(ticket);
    const toOutcome = (guess: typeof own): Outcome => ({
      part: ticket.text.scope ?? '',
      truth: ticket.category,
      prediction: guess?.categoryId ?? '',
      confidence: guess?.probability ?? 0,
    });
    judged.push({ id: ticket.id, outcome: toOutcome(final), own: toOutcome(own) });
  }
  return judged;
};

/** Folds are put together as one test part; runs of several seeds are averaged. */
const summarise = (runs: readonly Run[]): Record<string, unknown> => {
  const all = runs.flatMap((run) => run.judged.map(({ outcome }) => outcome));
  const samples = runs[0]?.pooled ? [all] : runs.map((run) => run.judged.map(({ outcome }) => outcome));
  const over = (figure: (outcomes: Outcome[]) => number): number => rounded(mean(samples.map(figure)));
  // Runs of several seeds answer the same tickets: a ticket is drawn for all of them at once.
  const places = Array.from(samples[0] ?? [], (_, i) => i);
  const interval = (figure: (outcomes: Outcome[]) => number) =>
    bootstrap(places, (drawn) => mean(samples.map((sample) => figure(drawn.map((i) => sample[i] as Outcome))))).map(rounded);
  const parts = partsOf(samples[0] as Outcome[]);
  const heldOut = runs[0]?.model.heldOut ?? [];
  return {
    n: samples[0]?.length,
    trained_on: runs[0]?.trained,
    runs: runs.length,
    accuracy: over(accuracy),
    accuracy_interval: interval(accuracy),
    ...builtinOf(runs),
    macro_f1: over(macroF1),
    macro_f1_interval: interval(macroF1),
    ...(parts.size > 1
      ? { macro_f1_by_part: Object.fromEntries([...parts].map(([part, outcomes]) => [part, rounded(macroF1(outcomes))])) }
      : {}),
    precision_at_80: over((outcomes) => precisionAt(outcomes, 0.8)),
    precision_at_80_interval: interval((outcomes) => precisionAt(outcomes, 0.8)),
    ece: over(calibrationError),
    ece_interval: interval(calibrationError),
    ms_per_ticket: rounded(runs.reduce((sum, run) => sum + run.milliseconds, 0) / Math.max(1, all.length)),
    train_seconds: rounded(mean(runs.map((run) => run.trainSeconds))),
    threshold_for_93: thresholdFor(heldOut, 0.93),
    threshold_curve: thresholdCurve(
      samples.flat().map(({ confidence, truth, prediction }) => ({ confidence, right: truth === prediction })),
      [0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
    ),
    per_class: Object.fromEntries(Object.entries(f1ByClass(samples[0] as Outcome[])).map(([name, f1]) => [name, rounded(f1)])),
  };
};

/** The same tickets by the built-in model alone, beside what the engine made of them. */
const builtinOf = (runs: readonly Run[]): Record<string, number> => {
  const own = runs.flatMap((run) => run.judged.flatMap((one) => one.own ?? []));
  return own.length > 0 ? { builtin_accuracy: rounded(accuracy(own)), builtin_ece: rounded(calibrationError(own)) } : {};
};

/** Stratified by category and part, by a fixed shuffle. */
const toFolds = (tickets: readonly LabelledTicket[]): { train: LabelledTicket[]; test: LabelledTicket[] }[] => {
  const fold = new Map<LabelledTicket, number>();
  let next = 0;
  for (const members of Map.groupBy(tickets, ({ text, category }) => `${text.scope} ${category}`).values())
    for (const one of shuffled(members, 1)) fold.set(one, next++ % foldCount);
  return Array.from({ length: foldCount }, (_, k) => ({
    train: tickets.filter((one) => fold.get(one) !== k),
    test: tickets.filter((one) => fold.get(one) === k),
  }));
};

const draw = (tickets: readonly LabelledTicket[], count: number, seed: number): LabelledTicket[] =>
  [...Map.groupBy(tickets, ({ category }) => category).values()].flatMap((members) => shuffled(members, seed).slice(0, count));

const shuffled = <T>(items: readonly T[], seed: number): T[] => {
  let state = seed * 7919 + 17;
  const below = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4_294_967_296) * n);
  };
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
};
