import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { TicketText } from '#src/tickets/classify/index.ts';

export type LabelledTicket = { id: string; text: TicketText; category: string };

/** A set of labelled tickets; without a test part it is cut into folds by whoever measures. */
export type TicketSet = { name: string; train: LabelledTicket[]; test: LabelledTicket[] | null };

/** `at`: when it was reported, where the set says so. */
export type Report = { id: string; title: string; body: string; labels: Record<string, string>; at?: Date | undefined };

/** Bug reports of one project with the pairs known to say the same. */
export type ReportSet = { name: string; reports: Report[]; pairs: [string, string][] };

/**
 * Every set of labelled tickets in a folder, or in the folders inside it. A set is a file of JSON lines with a
 * `label`, `topic` or `category`, or a CSV file with the columns text and category; '*test*' beside '*train*' is its test part.
 */
export const readTicketSets = async (path: string): Promise<TicketSet[]> => {
  const sets: TicketSet[] = [];
  for (const folder of await foldersOf(path)) {
    const files = (await readdir(folder)).filter((name) => /\.(?:jsonl|csv)$/.test(name) && !/pairs/.test(name)).sort();
    const testFile = files.find((name) => /test/i.test(name));
    const trainFile = files.find((name) => /train/i.test(name));
    if (!trainFile) continue;
    const train = toTickets(await readRows(join(folder, trainFile)), 'train');
    if (train.length === 0) continue;
    sets.push({ name: basename(folder), train, test: testFile ? toTickets(await readRows(join(folder, testFile)), 'test') : null });
  }
  return sets;
};

/** Every project with a file of duplicate pairs beside its reports. */
export const readDuplicateSets = async (path: string): Promise<ReportSet[]> => {
  const sets: ReportSet[] = [];
  for (const folder of await foldersOf(path))
    for (const pairsFile of (await readdir(folder)).filter((name) => name.endsWith('_duplicate_pairs.csv')).sort()) {
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
  for (const folder of await foldersOf(path))
    for (const file of (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort()) {
      const reports = toReports(await readRows(join(folder, file)));
      if (reports.some(({ labels }) => ['priority', 'severity', 'urgency'].some((key) => labels[key] !== undefined)))
        sets.push({ name: `${basename(folder)}/${file.replace('.jsonl', '')}`, reports });
    }
  return sets;
};

const foldersOf = async (path: string): Promise<string[]> => {
  const inside = (await readdir(path, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  return [path, ...inside.sort()];
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
    if (typeof category !== 'string') return [];
    const scope = typeof row['repo'] === 'string' ? { scope: row['repo'] } : {};
    const text = { title: textOf(row['title']), body: textOf(row['body'] ?? row['text']), ...scope };
    return [{ id: row['id'] === undefined ? `${part}-${i}` : String(row['id']), text, category }];
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
