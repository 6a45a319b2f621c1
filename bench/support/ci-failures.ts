import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** A failed build and the lines that people marked as telling why, 1-based: one set of lines for each person who looked. */
export type CiFailure = { set: string; file: string; project: string; bytes: Buffer; lines: number; marked: Set<number>[] };

type Span = { type?: string; start: number; end: number };
type Row = {
  file: string;
  project?: string;
  repo?: string;
  lines: number;
  annotator1?: Span[];
  annotator2?: Span[];
  chunk_start?: number;
  chunk_end?: number;
};

/** Every set of marked build logs in a folder, or in the folders inside it: an `index.jsonl` beside the logs it names. */
export const readCiFailures = async (path: string): Promise<CiFailure[]> => {
  const inside = (await readdir(path, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  const found: CiFailure[] = [];
  for (const folder of [path, ...inside.sort()]) {
    const index = await readFile(join(folder, 'index.jsonl'), 'utf8').catch(() => '');
    for (const row of toRows(index))
      found.push({
        set: basename(folder),
        file: row.file,
        project: row.project ?? row.repo ?? row.file,
        bytes: await readFile(join(folder, row.file)),
        lines: row.lines,
        marked: markedIn(row),
      });
  }
  return found;
};

const toRows = (text: string): Row[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Row);

const markedIn = (row: Row): Set<number>[] => {
  const spans: Span[][] =
    row.chunk_start === undefined
      ? [row.annotator1 ?? [], row.annotator2 ?? []]
      : [[{ start: row.chunk_start, end: row.chunk_end ?? row.chunk_start }]];
  return spans.map(toLines).filter((lines) => lines.size > 0);
};

/** What a person marked as context is not the error itself. */
const toLines = (spans: Span[]): Set<number> =>
  new Set(
    spans
      .filter(({ type }) => type !== 'context')
      .flatMap(({ start, end }) => Array.from({ length: end - start + 1 }, (_, k) => start + k)),
  );

/** Line-F1, hit and recall of the lines shown, against the person who agrees most. */
export const judgeLines = (shown: readonly number[], marked: readonly Set<number>[]): { f1: number; hit: number; recall: number } =>
  marked
    .map((truth) => {
      const hits = shown.filter((line) => truth.has(line)).length;
      return { f1: (2 * hits) / Math.max(1, shown.length + truth.size), hit: hits > 0 ? 1 : 0, recall: hits / truth.size };
    })
    .reduce((best, one) => (one.f1 > best.f1 ? one : best), { f1: 0, hit: 0, recall: 0 });
