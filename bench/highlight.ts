import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseLines } from '#src/logs/digest/highlight/choose-lines.ts';
import { createHighlighter } from '#src/logs/digest/highlight/highlight.ts';
import type { Benchmark } from './benchmark.ts';
import { type CiFailure, judgeLines, readCiFailures } from './support/ci-failures.ts';
import { fitLines, judgeExample, toExample } from './support/fit-lines.ts';
import { bootstrap, mean, rounded } from './support/measures.ts';
import { rankBgl, rankPlanted, repeated } from './support/rare-errors.ts';

const lineBudget = 20;

/** Do the lines shown first tell why a build failed? Against lines that people marked, beside a search for error words and the log's end. */
export const highlight: Benchmark = {
  name: 'highlight',
  about:
    'line-F1, hit and recall of the 20 lines to read first, beside grep and tail; `unseen` with weights that never saw the project; rare errors planted into routine, alerts of BGL',
  async run({ data, out, limit }) {
    const logs = data === undefined ? [] : (await readCiFailures(data)).slice(0, limit);
    const predictions: Record<string, unknown>[] = [];
    const sets = Object.fromEntries(
      [...Map.groupBy(logs, ({ set }) => set)].map(([set, own]) => [
        set,
        { ...measure(own, show, predictions), grep: measure(own, grep), tail_40: measure(own, tail) },
      ]),
    );
    const unseen = logs.length > 1 ? leaveOneProjectOut(logs) : null;
    if (out !== undefined) await writeFile(out, predictions.map((one) => `${JSON.stringify(one)}\n`).join(''));
    return {
      line_budget: lineBudget,
      ...(logs.length > 0 ? { ...measure(logs, show), sets, unseen } : {}),
      ...(await rareErrors(data)),
    };
  },
};

type Show = (log: CiFailure) => number[];

const show: Show = ({ bytes }) => {
  const highlighter = createHighlighter({ lineBudget });
  highlighter.push(bytes);
  return highlighter.finish().flatMap(({ lines: { from, to } }) => Array.from({ length: to - from + 1 }, (_, k) => from + k));
};

const grep: Show = ({ bytes }) =>
  bytes
    .toString('utf8')
    .split('\n')
    .flatMap((line, k) => (/error|fail|exception|fatal/i.test(line) ? [k + 1] : []));

const tail: Show = ({ lines }) => Array.from({ length: Math.min(40, lines) }, (_, k) => lines - k);

const measure = (logs: readonly CiFailure[], pick: Show, predictions?: Record<string, unknown>[]) =>
  summary(
    logs.map((log) => {
      const shown = pick(log);
      predictions?.push({ set: log.set, id: log.file, prediction: shown, score: judgeLines(shown, log.marked).f1 });
      return judgeLines(shown, log.marked);
    }),
  );

const summary = (judged: readonly ReturnType<typeof judgeLines>[]) => ({
  n: judged.length,
  line_f1: rounded(mean(judged.map(({ f1 }) => f1))),
  line_f1_interval: bootstrap(judged, (sample) => mean(sample.map(({ f1 }) => f1)), 1000).map(rounded),
  hit: rounded(mean(judged.map(({ hit }) => hit))),
  recall: rounded(mean(judged.map(({ recall }) => recall))),
});

/** The honest figure: every log is judged by weights learned from the other projects. */
const leaveOneProjectOut = (logs: readonly CiFailure[]) => {
  const examples = logs.map(toExample);
  const judged = [...Map.groupBy(examples, ({ project }) => project)].flatMap(([project, own]) => {
    const weights = fitLines(examples.filter((example) => example.project !== project));
    process.stderr.write(`  without ${project}: ${own.length} logs\n`);
    return own.map((example) => {
      const chosen = chooseLines(example.lines, judgeExample(example, weights), lineBudget);
      return {
        set: example.log.set,
        ...judgeLines(
          chosen.map((at) => example.lines[at]?.line ?? 0),
          example.log.marked,
        ),
      };
    });
  });
  return Object.fromEntries([...Map.groupBy(judged, ({ set }) => set)].map(([set, own]) => [set, summary(own)]));
};

/** The real logs to plant into, and BGL's alerts: in the folder, or beside it. */
const rareErrors = async (data: string | undefined): Promise<Record<string, unknown>> => {
  const folder = data === undefined ? null : await loghubNear(data);
  if (folder === null) return rankPlanted();
  const systems = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const bases = await Promise.all(
    systems.map(async (name) => ({ name, lines: repeated(await readFile(join(folder, name, `${name}_2k.log`), 'utf8')) })),
  );
  const bgl = join(folder, 'BGL/BGL_2k');
  const [log, labels] = await Promise.all([readFile(`${bgl}.log`), readFile(`${bgl}.labels.csv`, 'utf8')]).catch(() => [null, null]);
  return { ...(await rankPlanted(bases)), ...(log && labels ? rankBgl(log, labels) : {}) };
};

const loghubNear = async (data: string): Promise<string | null> => {
  for (const folder of [data, join(data, 'logs/loghub_2k'), join(data, '../logs/loghub_2k'), join(data, '../../logs/loghub_2k')])
    if (
      await readFile(join(folder, 'BGL/BGL_2k.log')).then(
        () => true,
        () => false,
      )
    )
      return folder;
  return null;
};
