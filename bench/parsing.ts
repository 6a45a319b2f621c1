import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { assignLines } from './support/assign-lines.ts';
import { mean, rounded } from './support/measures.ts';

/** Are the mined patterns those that people wrote down for the same lines? One configuration for all systems; labels are only compared with. */
export const parsing: Benchmark = {
  name: 'parsing',
  about:
    'patterns of real logs against templates written by people: GA, FGA, PA and FTA on the message part of each line, and on whole raw lines',
  async run({ data, out, limit }) {
    const systems = data === undefined ? [made] : (await readSystems(data)).slice(0, limit);
    if (systems.length === 0) throw new TypeError(`There are no labelled logs (*.labels.csv beside *.log) in '${data}'.`);
    const predictions: Record<string, unknown>[] = [];
    const judge = (system: System, form: Form) => {
      const { group, template } = assignLines(
        Buffer.from(system.lines.map((line) => (form === 'raw' ? line.raw : line.message)).join('\n')),
      );
      for (const [k, { event }] of system.lines.entries())
        predictions.push({ id: `${system.name}:${form}:${k + 1}`, prediction: template[k] ?? null, group: group[k] ?? -1, event });
      return score(system, form, group, template);
    };
    const judged = systems.map((system) => ({ name: system.name, message: judge(system, 'message'), raw: judge(system, 'raw') }));
    if (out !== undefined) await writeFile(out, predictions.map((one) => `${JSON.stringify(one)}\n`).join(''));
    return {
      n: systems.length,
      ...means(judged.map(({ message }) => message)),
      raw: means(judged.map(({ raw }) => raw)),
      per_system: Object.fromEntries(judged.map(({ name, message, raw }) => [name, { ...message, raw }])),
    };
  },
};

type Form = 'message' | 'raw';
type Line = { raw: string; message: string; event: string };
type System = { name: string; lines: Line[]; templates: Map<string, string> };
type Score = { ga: number; fga: number; pa: number; fta: number; patterns: number; templates: number };

/** GA and PA of lines; FGA and FTA as F1 over predicted and true groups. A line without a group is one of its own. */
const score = ({ lines, templates }: System, form: Form, group: Int32Array, template: readonly (string | null)[]): Score => {
  const truth = Map.groupBy(lines.keys(), (k) => (lines[k] as Line).event);
  const predicted = Map.groupBy(lines.keys(), (k) => ((group[k] ?? -1) < 0 ? `line ${k}` : (group[k] as number)));
  const isTold = (k: number): boolean => {
    const [told, wanted] = [unify(template[k] ?? ''), unify(templates.get((lines[k] as Line).event) ?? '')];
    // People wrote templates of the message only: in front of it a whole line's has what names its place.
    return told === wanted || (form === 'raw' && told.endsWith(` ${wanted}`));
  };
  let exact = 0;
  let exactLines = 0;
  let exactTold = 0;
  for (const members of predicted.values()) {
    const [first = 0] = members;
    const own = truth.get((lines[first] as Line).event) ?? [];
    if (own.length !== members.length || !members.every((k) => lines[k]?.event === lines[first]?.event)) continue;
    exact++;
    exactLines += members.length;
    if (isTold(first)) exactTold++;
  }
  const f1 = (hits: number): number => rounded((2 * hits) / (predicted.size + truth.size));
  return {
    ga: rounded(exactLines / lines.length),
    fga: f1(exact),
    pa: rounded(lines.filter((_, k) => isTold(k)).length / lines.length),
    fta: f1(exactTold),
    patterns: predicted.size,
    templates: truth.size,
  };
};

/** Variables of any kind are <*>; those joined by nothing or one of '. : -' are one; blanks are one. */
const unify = (text: string): string =>
  text
    .replace(/<(?:[a-z]+|\*)>/g, '<*>')
    .replace(/<\*>(?:[.:-]?<\*>)+/g, '<*>')
    .replace(/\s+/g, ' ')
    .trim();

const means = (scores: readonly Score[]) => ({
  ga: rounded(mean(scores.map(({ ga }) => ga))),
  fga: rounded(mean(scores.map(({ fga }) => fga))),
  pa: rounded(mean(scores.map(({ pa }) => pa))),
  fta: rounded(mean(scores.map(({ fta }) => fta))),
});

const readSystems = async (path: string): Promise<System[]> => {
  const names = (await readdir(path, { recursive: true })).filter((name) => name.endsWith('.labels.csv')).sort();
  return Promise.all(names.map((name) => readSystem(join(path, name.slice(0, -'.labels.csv'.length)))));
};

const readSystem = async (stem: string): Promise<System> => {
  const raw = (await readFile(`${stem}.log`, 'utf8')).split('\n').map((line) => line.replace(/\r$/, ''));
  const [head = [], ...rows] = parseCsv(await readFile(`${stem}.labels.csv`, 'utf8'));
  const column = (name: string): number => head.indexOf(name);
  const corrected = column('CorrectedEventId') >= 0;
  const event = column(corrected ? 'CorrectedEventId' : 'EventId');
  const [, ...named] = parseCsv(await readFile(corrected ? `${stem}.templates_corrected.csv` : `${stem}.log_templates.csv`, 'utf8'));
  return {
    name: basename(stem).replace(/_2k$/, ''),
    lines: rows.map((row) => {
      const line = raw[Number(row[column('LineId')]) - 1] ?? '';
      return { raw: line, message: line.slice(Number(row[column('ContentStart')])), event: row[event] ?? '' };
    }),
    templates: new Map(named.map(([id = '', template = '']) => [id, template])),
  };
};

/** RFC 4180: quoted fields, doubled quotes in them. */
const parseCsv = (text: string): string[][] => {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, field = '', end] of text.matchAll(/((?:"(?:[^"]|"")*"|[^,\n])*)(,|\r?\n|$)/g)) {
    row.push(field.startsWith('"') ? field.replace(/\r$/, '').slice(1, -1).replaceAll('""', '"') : field.replace(/\r$/, ''));
    if (end === ',') continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
};

// Without data: a few lines told by hand.
const made: System = {
  name: 'made',
  templates: new Map([
    ['E1', 'session opened for user <*>'],
    ['E2', 'Received block <*> of size <*>'],
  ]),
  lines: ['ana', 'bo', 'chen']
    .map(
      (user): Line => ({
        raw: `Jun 14 15:16:01 web sshd[19939]: session opened for user ${user}`,
        message: `session opened for user ${user}`,
        event: 'E1',
      }),
    )
    .concat(
      [17, 4, 2048].map((size) => ({
        raw: `081109 203615 148 INFO dfs.DataNode: Received block blk_${size}7 of size ${size}`,
        message: `Received block blk_${size}7 of size ${size}`,
        event: 'E2',
      })),
    ),
};
