import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { TicketText } from '#src/tickets/classify/index.ts';

export type LabelledTicket = { id: string; text: TicketText; category: string };

/** A set of labelled tickets; without a test part it is cut into folds by whoever measures. */
export type TicketSet = { name: string; train: LabelledTicket[]; test: LabelledTicket[] | null };

/** `at`: when it was reported, where the set says so. */
export type Report = { id: string; title: string; body: string; labels: Record<string, string>; at?: Date | undefined };

/** Bug reports of one project with the pairs known to say the same. */
export type ReportSet = { name: string; reports: Report[]; pairs: [string, string][] };

/**
 * Every set of labelled tickets in a folder, in the folders inside it, or the one of a file. A set is a file of JSON lines, or CSV with a head, whose
 * rows have a `label`, `topic` or `category`, in words or numbers. '*test*' beside '*train*' is its test part.
 */
export const readTicketSets = async (path: string): Promise<TicketSet[]> => {
  const sets: TicketSet[] = [];
  for (const { folder, files } of await filesOf(path, /\.(?:jsonl|csv)$/)) {
    const inFolder: TicketSet[] = [];
    for (const { train, test } of pairParts(files.filter((name) => !/pairs/.test(name)))) {
      const tickets = toTickets(await readRows(join(folder, train)), 'train');
      if (tickets.length === 0) continue;
      const name = train.replace(/\.\w+$/, '');
      inFolder.push({ name, train: tickets, test: test ? toTickets(await readRows(join(folder, test)), 'test') : null });
    }
    const named = basename(folder);
    sets.push(...inFolder.map((set) => ({ ...set, name: inFolder.length > 1 ? `${named}/${set.name}` : named })));
  }
  return sets;
};

/**
 * Which file is tested on which. One whose name says neither is a set by itself, cut into folds; so is a
 * test part without a train part.
 */
export const pairParts = (files: readonly string[]): { train: string; test: string | null }[] => {
  const training = files.filter((name) => speaksOf(name, 'train') || files.includes(mateOf(name)));
  const tests = files.filter((name) => speaksOf(name, 'test') && !training.includes(name));
  const taken = new Set<string>();
  const pairs = training.map((train) => {
    const mate = files.includes(mateOf(train)) ? mateOf(train) : training.length === 1 && tests.length === 1 ? tests[0] : undefined;
    if (mate) taken.add(mate);
    return { train, test: mate ?? null };
  });
  // Beside a train and a test part lies what was held back for something else.
  const others = taken.size > 0 ? [] : files.filter((name) => !training.includes(name));
  return [...pairs, ...others.map((train) => ({ train, test: null }))];
};

/** issues_train.jsonl is tested on issues_test.jsonl. */
const mateOf = (name: string): string =>
  /train/i.test(name) ? name.replace(/train/i, (found) => (found === 'Train' ? 'Test' : 'test')) : '';

// A word of the name, not letters somewhere in it: the latest set is no test part.
const speaksOf = (name: string, part: 'train' | 'test'): boolean =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((word) => word.startsWith(part));

/** Every project with a file of duplicate pairs beside its reports. */
export const readDuplicateSets = async (path: string): Promise<ReportSet[]> => {
  const sets: ReportSet[] = [];
  for (const { folder, files } of await filesOf(path, /_duplicate_pairs\.csv$/))
    for (const pairsFile of files) {
      const project = pairsFile.replace('_duplicate_pairs.csv', '');
      const reports = toReports(await readRows(join(folder, `${project}.jsonl`)));
      const known = new Set(reports.map((one) => one.id));
      const pairs = (await readRows(join(folder, pairsFile)))
        .map((row): [string, string] => [String(row['id1']), String(row['id2'])])
        .filter(([one, other]) => known.has(one) && known.has(other));
      sets.push({ name: project, reports, pairs });
    }
  return sets;
};

/** Reports that carry a priority, a severity or an urgency, by file. */
export const readPriorityReports = async (path: string): Promise<{ name: string; reports: Report[] }[]> => {
  const sets: { name: string; reports: Report[] }[] = [];
  for (const { folder, files } of await filesOf(path, /\.jsonl$/))
    for (const file of files) {
      const reports = toReports(await readRows(join(folder, file)));
      if (reports.some(({ labels }) => ['priority', 'severity', 'urgency'].some((key) => labels[key] !== undefined)))
        sets.push({ name: `${basename(folder)}/${file.replace('.jsonl', '')}`, reports });
    }
  return sets;
};

/** Files of a kind by folder; of one file its folder and itself, with the test part beside it. */
const filesOf = async (path: string, kind: RegExp): Promise<{ folder: string; files: string[] }[]> => {
  if ((await stat(path)).isFile()) {
    const [folder, name] = [dirname(path), basename(path)];
    const beside = (await readdir(folder)).filter((each) => kind.test(each)).sort();
    const test = pairParts(beside).find(({ train }) => train === name)?.test;
    return kind.test(name) ? [{ folder, files: test ? [name, test] : [name] }] : [];
  }
  const inside = (await readdir(path, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  const folders = [path, ...inside.sort()];
  return Promise.all(folders.map(async (folder) => ({ folder, files: (await readdir(folder)).filter((name) => kind.test(name)).sort() })));
};

type Row = Record<string, unknown>;

const readRows = async (file: string): Promise<Row[]> => {
  const text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  if (file.endsWith('.csv')) return readCsv(text);
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Row);
};

const readCsv = (text: string): Row[] => {
  const records: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    (records.at(-1) as string[]).push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end !== ',') records.push([]);
  }
  const [header = [], ...rest] = records.filter((record) => record.join('') !== '');
  return rest.map((record) => Object.fromEntries(header.map((name, i) => [name.trim(), record[i] ?? ''])));
};

const toTickets = (rows: readonly Row[], part: string): LabelledTicket[] =>
  rows.flatMap((row, i) => {
    const category = row['label'] ?? row['topic'] ?? row['category'];
    if (!(typeof category === 'string' ? category.trim() : typeof category === 'number')) return [];
    const scope = typeof row['repo'] === 'string' ? { scope: row['repo'] } : {};
    const text = { title: textOf(row['title']), body: textOf(row['body'] ?? row['text']), ...scope };
    return [{ id: row['id'] === undefined ? `${part}-${i}` : String(row['id']), text, category: String(category) }];
  });

const toReports = (rows: readonly Row[]): Report[] =>
  rows.map((row, i) => ({
    id: row['id'] === undefined ? String(i) : String(row['id']),
    title: textOf(row['summary'] ?? row['title']),
    body: textOf(row['description'] ?? row['body']),
    at: toTime(textOf(row['created'] ?? row['created_at'])),
    labels: Object.fromEntries(
      Object.entries(row).flatMap(([key, value]) => (typeof value === 'string' || typeof value === 'number' ? [[key, String(value)]] : [])),
    ),
  }));

/** '2021-09-30T17:20:00Z', and as Jira writes it: '30/Sep/21 17:20', '30-Sep-21 17:20'. */
const toTime = (text: string): Date | undefined => {
  const time = Date.parse(text.replace(/^(\d{1,2})[/-](\w{3})[/-](\d{2,4})/, '$1 $2 $3'));
  return Number.isNaN(time) ? undefined : new Date(time);
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
