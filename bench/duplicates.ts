import { writeFile } from 'node:fs/promises';
import { createSimilarIndex, type LookAlike, nearInTime } from '#src/tickets/classify/index.ts';
import { alikeInAll } from '#src/tickets/meaning/merge.ts';
import type { Benchmark } from './benchmark.ts';
import { generateTickets } from './generate-tickets.ts';
import { embedReports } from './support/embed-reports.ts';
import { openEngine } from './support/engine.ts';
import { bootstrap, mean, rounded } from './support/measures.ts';
import { type Report, type ReportSet, readDuplicateSets } from './support/ticket-sets.ts';

const asked = 50;
const shown = 5;

/** How well known duplicates are found among all reports of a project, and how often one is asserted where none is known. */
export const duplicates: Benchmark = {
  name: 'duplicates',
  about:
    'each known pair asked in both directions, all reports as candidates; false = reports of no known pair for which a duplicate is asserted; with --engine openai, by embeddings too (all reports are sent, --limit or not: they are what is looked through)',
  async run({ data, out, limit, engine: named }) {
    const engine = await openEngine(named);
    const sets = data === undefined ? [generatePairs()] : await readDuplicateSets(data);
    if (sets.length === 0) throw new TypeError(`There are no '*_duplicate_pairs.csv' in '${data}'.`);
    const lines: string[] = [];
    const figures: Record<string, Record<string, unknown>> = {};
    for (const set of sets) {
      const meaning = engine ? await embedReports(engine.engine, set.reports) : noMeaning;
      figures[set.name] = measure(set, lines, meaning, limit);
    }
    if (out !== undefined) await writeFile(out, `${lines.join('\n')}\n`);
    const paid = engine ? { engine: engine.engine.embeddingModel, ...engine.spent() } : {};
    return { ...(Object.keys(figures).length === 1 ? Object.values(figures)[0] : {}), sets: figures, ...paid };
  },
};

/** How alike in meaning others are to a report, 0 to 1; only those above 0. */
export type Meaning = (reportId: string) => ReadonlyMap<string, number>;

const nothing: ReadonlyMap<string, number> = new Map();
const noMeaning: Meaning = () => nothing;

const measure = ({ name, reports, pairs }: ReportSet, lines: string[], meaning: Meaning, limit?: number): Record<string, unknown> => {
  const index = createSimilarIndex();
  const start = performance.now();
  for (const report of reports) index.add(report.id, textOf(report));
  const added = performance.now();
  const byId = new Map(reports.map((report) => [report.id, report]));
  const near = (report: Report) => (id: string) => nearInTime(report.at, byId.get(id)?.at);
  const ask = (report: Report) => withMeaning(index.search(textOf(report), asked, report.id), meaning(report.id), near(report));
  const answers = pairs
    .slice(0, limit)
    .flatMap(([one, other]) => [
      { query: one, truth: other },
      { query: other, truth: one },
    ])
    .map(({ query, truth }) => {
      const found = ask(byId.get(query) as Report);
      const place = found.findIndex(({ id }) => id === truth);
      for (const { id, score, likely } of found.slice(0, 10))
        lines.push(JSON.stringify({ set: name, id: query, prediction: id, score, likely, truth }));
      return {
        rank: place < 0 ? Number.POSITIVE_INFINITY : place + 1,
        asserted: found.slice(0, shown).some(({ id, likely }) => likely && id === truth),
      };
    });
  const paired = new Set(pairs.flat());
  const alone = reports.filter(({ id }) => !paired.has(id));
  const asserted = alone.map((report) => {
    const match = ask(report)
      .slice(0, shown)
      .find(({ likely }) => likely);
    if (match)
      lines.push(JSON.stringify({ set: name, id: report.id, prediction: match.id, score: match.score, likely: true, truth: null }));
    return match ? 1 : 0;
  });
  const searched = performance.now();
  const within = (k: number) => (drawn: typeof answers) => mean(drawn.map(({ rank }) => (rank <= k ? 1 : 0)));
  const reciprocal = (drawn: typeof answers) => mean(drawn.map(({ rank }) => 1 / rank));
  return {
    reports: reports.length,
    queries: answers.length,
    r_at_1: rounded(within(1)(answers)),
    r_at_1_interval: bootstrap(answers, within(1)).map(rounded),
    r_at_5: rounded(within(5)(answers)),
    r_at_5_interval: bootstrap(answers, within(5)).map(rounded),
    mrr: rounded(reciprocal(answers)),
    mrr_interval: bootstrap(answers, reciprocal).map(rounded),
    asserted_pairs: rounded(mean(answers.map((one) => (one.asserted ? 1 : 0)))),
    false_duplicate_rate: rounded(mean(asserted)),
    false_duplicate_rate_interval: bootstrap(asserted, mean).map(rounded),
    without_pair: alone.length,
    ms_to_add: rounded((added - start) / Math.max(1, reports.length)),
    ms_to_search: rounded((searched - added) / Math.max(1, answers.length + alone.length)),
  };
};

/** As the product puts words and meaning together. */
const withMeaning = (found: readonly LookAlike[], alike: ReadonlyMap<string, number>, near: (id: string) => number): LookAlike[] => {
  if (alike.size === 0) return [...found];
  const known = new Set(found.map(({ id }) => id));
  const others = [...alike.keys()].filter((id) => !known.has(id)).map((id) => ({ id, score: 0, likely: false }));
  return [...found, ...others]
    .map((one) => ({ ...one, score: alikeInAll(one.score, alike.get(one.id) ?? 0) }))
    .sort((x, y) => y.score * near(y.id) - x.score * near(x.id))
    .slice(0, asked);
};

const textOf = ({ title, body, at }: Report) => ({ title, body, at });

/** Every tenth generated ticket is told again in other words. */
const generatePairs = (): ReportSet => {
  const reports = generateTickets(30).train.map(
    ({ id, text }, i): Report => ({ id, title: `${text.body.split('.')[0]} (case ${1000 + i})`, body: text.body, labels: {} }),
  );
  const again = reports
    .filter((_, i) => i % 10 === 0)
    .map((report): Report => ({ ...report, id: `${report.id}-again`, title: `Again: ${report.title}`, body: 'As reported before.' }));
  return { name: 'generated', reports: [...reports, ...again], pairs: again.map(({ id }) => [id.replace('-again', ''), id]) };
};
