import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Level } from '#src/logs/digest/types.ts';
import type { Benchmark } from './benchmark.ts';
import { type ReadRecord, readRecords } from './support/read-records.ts';

/** Are lines folded into the records their programs wrote, and are level and time of each found? */
export const records: Benchmark = {
  name: 'records',
  about: 'lines lost, exact starts of records against gold events (F1), levels, wall-clock times, and stack traces left whole',
  async run({ data, out }) {
    const cases = data === undefined ? made : await readCases(data);
    if (cases.length === 0) throw new TypeError(`There are no logs in '${data}'.`);
    const judged = cases.map(judge);
    const misses = judged.flatMap(({ misses }) => misses);
    if (out !== undefined) await writeFile(out, misses.map((miss) => `${JSON.stringify(miss)}\n`).join(''));
    const sum = (pick: (one: Judged) => number) => judged.reduce((total, one) => total + pick(one), 0);
    const [hits, predicted, gold] = [
      sum(({ starts }) => starts.hits),
      sum(({ starts }) => starts.predicted),
      sum(({ starts }) => starts.gold),
    ];
    return {
      files: cases.length,
      lines: sum(({ lines }) => lines),
      lines_lost: sum(({ lost }) => lost),
      events: gold,
      segmentation_f1: share(2 * hits, predicted + gold),
      level_accuracy: share(
        sum(({ levels }) => levels.right),
        sum(({ levels }) => levels.of),
      ),
      levels: sum(({ levels }) => levels.of),
      timestamp_accuracy: share(
        sum(({ times }) => times.right),
        sum(({ times }) => times.of),
      ),
      timestamps: sum(({ times }) => times.of),
      traces_whole: sum(({ trace }) => (trace === 'whole' ? 1 : 0)),
      traces: sum(({ trace }) => (trace === null ? 0 : 1)),
    };
  },
};

type GoldEvent = { line: number; level: string | null; timestamp: string | null };
type Case = { file: string; bytes: Uint8Array; events: GoldEvent[] | null; isTrace: boolean };
type Judged = ReturnType<typeof judge>;

/** Golden files stop at a hundred events: lines after the last one are not judged. */
const maxGoldEvents = 100;

const judge = ({ file, bytes, events, isTrace }: Case) => {
  const { records: found, lines, blank } = readRecords(bytes);
  const misses: Record<string, unknown>[] = [];
  const starts = { hits: 0, predicted: 0, gold: 0 };
  const levels = { right: 0, of: 0 };
  const times = { right: 0, of: 0 };
  if (events) {
    const last = events.length >= maxGoldEvents ? Math.max(...events.map(({ line }) => line)) : Number.POSITIVE_INFINITY;
    const judgedRecords = found.filter(({ from }) => from <= last);
    const byLine = new Map(judgedRecords.map((one) => [one.from, one]));
    const goldLines = new Set(events.map(({ line }) => line));
    starts.gold = goldLines.size;
    starts.predicted = judgedRecords.length;
    starts.hits = judgedRecords.filter(({ from }) => goldLines.has(from)).length;
    for (const { from } of judgedRecords) if (!goldLines.has(from)) misses.push({ file, kind: 'split', line: from });
    for (const event of events) {
      const record = byLine.get(event.line);
      if (!record) misses.push({ file, kind: 'joined', line: event.line });
      if (event.level !== null) {
        levels.of++;
        if (record && acceptedLevels(event.level).includes(record.level)) levels.right++;
        else misses.push({ file, kind: 'level', line: event.line, gold: event.level, found: record?.level ?? null });
      }
      if (event.timestamp !== null) {
        times.of++;
        if (record && isSameTime(event.timestamp, record)) times.right++;
        else misses.push({ file, kind: 'time', line: event.line, gold: event.timestamp, found: show(record) });
      }
    }
  }
  if (isTrace && found.length !== 1) misses.push({ file, kind: 'trace', records: found.map(({ from }) => from) });
  return {
    lines,
    lost: Math.abs(linesOf(bytes) - blank - found.reduce((sum, one) => sum + one.lines, 0)),
    starts,
    levels,
    times,
    trace: isTrace ? (found.length === 1 ? 'whole' : 'split') : null,
    misses,
  };
};

const linesOf = (bytes: Uint8Array): number => {
  let newlines = 0;
  for (const byte of bytes) if (byte === 10) newlines++;
  return newlines + (bytes.length > 0 && bytes.at(-1) !== 10 ? 1 : 0);
};

const share = (part: number, whole: number): number | null => (whole === 0 ? null : Number((part / whole).toFixed(4)));

const show = (record: ReadRecord | undefined): string | null => (record?.ms == null ? null : new Date(record.ms).toISOString());

/** What a log calls its levels, in our seven. What some call verbose is more than debug, with others less. */
const acceptedLevels = (gold: string): Level[] => {
  const word = gold.toLowerCase();
  if (/^(?:f|fatal|crit|critical|emerg|emergency|alert|panic)$/.test(word)) return ['fatal'];
  if (/^(?:e|err|error|severe)$/.test(word)) return ['error'];
  if (/^(?:w|warn|warning)$/.test(word)) return ['warn'];
  if (/^(?:i|info|information|notice|note|system|log)$/.test(word)) return ['info'];
  if (/^(?:d|debug|fine)$/.test(word)) return ['debug'];
  return word === 'verbose' ? ['debug', 'trace'] : ['trace'];
};

/** The same clock on the wall: a zone the gold only assumed is left off, one that the log states is taken into account. */
const isSameTime = (gold: string, { ms }: ReadRecord): boolean => {
  if (ms === null) return false;
  const wall = Date.parse(`${gold.replace(/(?:Z|[+-]\d\d:?\d\d)$/, '')}Z`);
  return ms === wall || ms === Date.parse(gold) || (wall % 1000 === 0 && Math.floor(ms / 1000) * 1000 === wall);
};

const readCases = async (path: string): Promise<Case[]> => {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const known = new Set(names);
  const logs = names.filter((name) => !/\.events\.jsonl$|manifest\.csv$|LICENSE|README/.test(name)).sort();
  return Promise.all(
    logs.map(async (file) => {
      const gold = `${file}.events.jsonl`;
      return {
        file: file.slice(path.length).replace(/^\//, ''),
        bytes: await readFile(file),
        events: known.has(gold) ? toEvents(await readFile(gold, 'utf8')) : null,
        isTrace: basename(join(file, '..')) === 'stack_traces',
      };
    }),
  );
};

const toEvents = (text: string): GoldEvent[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as GoldEvent);

// Without data: one region of each of a few formats, told by hand.
const made: Case[] = [
  {
    file: 'made: services in one file',
    isTrace: false,
    bytes: Buffer.from(`2024-03-01 10:00:00,000 INFO  [main] c.e.App - ready
<11>1 2024-03-01T10:00:01Z web-1 shop 71 - - disk almost full
{"level":50,"time":1709287202000,"msg":"order failed"}
10.0.0.7 - - [01/Mar/2024:10:00:03 +0000] "GET /cart HTTP/1.1" 200 512
2024-03-01 10:00:04,000 ERROR [pool-1] c.e.Order - order 7 failed
java.lang.IllegalStateException: no stock
\tat c.e.Order.place(Order.java:7)
`),
    events: [
      { line: 1, level: 'INFO', timestamp: '2024-03-01T10:00:00.000Z' },
      { line: 2, level: 'error', timestamp: '2024-03-01T10:00:01.000Z' },
      { line: 3, level: 'error', timestamp: '2024-03-01T10:00:02.000Z' },
      { line: 4, level: null, timestamp: '2024-03-01T10:00:03.000Z' },
      { line: 5, level: 'ERROR', timestamp: '2024-03-01T10:00:04.000Z' },
    ],
  },
  {
    file: 'made: a trace',
    isTrace: true,
    events: null,
    bytes: Buffer.from('Traceback (most recent call last):\n  File "a.py", line 1, in <module>\n    go()\nValueError: 7\n'),
  },
];
