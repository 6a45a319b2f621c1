import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { createDigester } from '#src/logs/digest/index.ts';
import { createDigestRunner } from '#src/logs/digest-runner.ts';
import type { Benchmark } from './benchmark.ts';
import { generateLog } from './generate-log.ts';
import { countNewlines, splitTokens } from './support/bare-reading.ts';
import { repeatLog } from './support/vary-log.ts';

const megabyte = 1_000_000;
const generatedMegabytes = 100;
/** Real logs are small: they are repeated with their variables changed until all of them together have this size. */
const repeatedMegabytes = 200;
/** A folder of many files: of none less than this, or it would be over before the code is warm. */
const leastMegabytes = 2;
/** A log of this size is read as it is, never held in memory: what is repeated is, and would be told as memory of the digest. */
const enoughMegabytes = 8;
/** As much of a log is held to be given to threads, so often: the best round counts. */
const threadedMegabytes = 150;
const threadedRounds = 4;

/**
 * How fast and in how much memory logs are digested, each file a log of its own; and in the same run, chunk by chunk, how fast the same bytes
 * are read when nothing is wanted of them but their newlines, or their tokens.
 */
export const digest: Benchmark = {
  name: 'digest',
  about: 'one pass over a log: lines, records, patterns, ranking; `seconds` is time inside the digester, without reading or making the log',
  async run({ data, limit, threads = data === undefined ? availableParallelism() : undefined }) {
    const sources = data === undefined ? [generated(limit ?? generatedMegabytes)] : await files(data, limit ?? repeatedMegabytes);
    const measured: Measured[] = [];
    for (const source of sources) {
      const one = await measure(source);
      measured.push(one);
      const { lines, patterns, problem } = one;
      process.stderr.write(`  ${one.name}: ${lines} lines, ${patterns} patterns, ${JSON.stringify(speeds([one]))}${problem}\n`);
    }
    const sum = (pick: (one: Measured) => number) => measured.reduce((total, one) => total + pick(one), 0);
    return {
      files: measured.length,
      bytes: sum(({ bytes }) => bytes),
      lines: sum(({ lines }) => lines),
      records: sum(({ records }) => records),
      patterns: sum(({ patterns }) => patterns),
      seconds: Number(sum(({ seconds }) => seconds).toFixed(3)),
      ...speeds(measured),
      peak_rss_mb: Math.round(process.resourceUsage().maxRSS / 1000),
      ledger_ok: measured.every(({ ledgerOk }) => ledgerOk),
      ...(threads === undefined ? {} : await measureThreads(sources[0] as Source, threads)),
      per_file: Object.fromEntries(measured.map((one) => [one.name, speeds([one])])),
    };
  },
};

type Source = { name: string; chunks: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array> };
type Measured = Awaited<ReturnType<typeof measure>>;

const speeds = (measured: readonly Measured[]) => {
  const sum = (pick: (one: Measured) => number) => measured.reduce((total, one) => total + pick(one), 0);
  const bytes = sum((one) => one.bytes);
  const rate = (seconds: number) => Number((bytes / megabyte / seconds).toFixed(1));
  const [seconds, split] = [sum((one) => one.seconds), sum((one) => one.splitSeconds)];
  return {
    mb_per_s: rate(seconds),
    split_mb_per_s: rate(split),
    of_split: Number((split / seconds).toFixed(3)),
    newline_mb_per_s: rate(sum((one) => one.newlineSeconds)),
  };
};

const measure = async ({ name, chunks }: Source) => {
  const digester = createDigester();
  const [digesting, splitting, counting] = [createStopwatch(), createStopwatch(), createStopwatch()];
  let bytes = 0;
  for await (const chunk of chunks()) {
    bytes += chunk.byteLength;
    // Turn by turn on each chunk: whatever else the machine does slows all three alike.
    counting.time(() => countNewlines(chunk));
    splitting.time(() => splitTokens(chunk));
    digesting.time(() => digester.push(chunk));
  }
  const { lines, records, patterns } = digester.progress();
  const seconds = () => ({ seconds: digesting.seconds(), splitSeconds: splitting.seconds(), newlineSeconds: counting.seconds() });
  try {
    const found = digesting.time(() => digester.finish());
    const { ledger } = found;
    const sum = ledger.inPatterns + ledger.inOther + ledger.inRemainder + ledger.blank;
    return {
      name,
      bytes,
      lines: ledger.lines,
      records: found.records,
      patterns: found.patterns.length + found.other.patterns,
      ledgerOk: sum === ledger.lines,
      problem: '',
      ...seconds(),
    };
  } catch (error) {
    return { name, bytes, lines, records, patterns, ledgerOk: false, problem: `, ${error}`, ...seconds() };
  }
};

/**
 * The way of a large log in the product: one thread and several, turn by turn, by the clock on the wall and by the processor's, the log at hand.
 * Their digests must be the same bytes.
 */
const measureThreads = async ({ chunks }: Source, threads: number) => {
  const log: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks()) {
    log.push(chunk);
    bytes += chunk.length;
    if (bytes >= threadedMegabytes * megabyte) break;
  }
  async function* replay() {
    yield* log;
  }
  const teams = [1, threads].map((count) => ({ count, runner: createDigestRunner({ threads: count }), seconds: [0], processor: [0] }));
  const hashes = new Set<string>();
  for (let round = 0; round < threadedRounds; round++)
    for (const { runner, seconds, processor } of teams) {
      const [start, used] = [performance.now(), process.cpuUsage()];
      const found = await runner.run(replay(), { bytes, now: Date.UTC(2026, 0, 1) });
      const { user, system } = process.cpuUsage(used);
      hashes.add(createHash('sha256').update(JSON.stringify(found)).digest('hex'));
      // In the first round threads are started, and their code is cold.
      seconds[round] = round === 0 ? Number.POSITIVE_INFINITY : (performance.now() - start) / 1000;
      processor[round] = round === 0 ? Number.POSITIVE_INFINITY : (user + system) / 1e6;
    }
  for (const { runner } of teams) await runner.close();
  const rate = (seconds: number[]) => Number((bytes / megabyte / Math.min(...seconds)).toFixed(1));
  const [alone, together] = teams as [(typeof teams)[number], (typeof teams)[number]];
  return {
    threads,
    threads_bytes: bytes,
    one_thread_mb_per_s: rate(alone.seconds),
    threads_mb_per_s: rate(together.seconds),
    threads_gain: Number((Math.min(...alone.seconds) / Math.min(...together.seconds)).toFixed(2)),
    one_thread_mb_per_cpu_s: rate(alone.processor),
    threads_mb_per_cpu_s: rate(together.processor),
    threads_same_digest: hashes.size === 1,
  };
};

const createStopwatch = () => {
  let nanoseconds = 0n;
  return {
    time<T>(work: () => T): T {
      const start = process.hrtime.bigint();
      try {
        return work();
      } finally {
        nanoseconds += process.hrtime.bigint() - start;
      }
    },
    seconds: () => Number(nanoseconds) / 1e9,
  };
};

/** Files that reach their share of the megabytes, or are large anyway, are read as they are. */
const files = async (path: string, megabytes: number): Promise<Source[]> => {
  const names = (await stat(path)).isDirectory()
    ? (await readdir(path, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile() && !isBesideLogs.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    : [path];
  const share = Math.max(leastMegabytes, megabytes / names.length) * megabyte;
  const sources = await Promise.all(
    names.map(async (name): Promise<Source | null> => {
      const { size } = await stat(name);
      if (size === 0) return null;
      return {
        name: names.length > 1 ? name.slice(path.length + 1) : basename(name),
        chunks: () => (size < Math.min(share, enoughMegabytes * megabyte) ? repeated(name, share) : whole(name)),
      };
    }),
  );
  return sources.filter((source) => source !== null);
};

/** Gold, licences and lists that lie beside real logs. */
const isBesideLogs = /\.(?:csv|jsonl|md)$|^(?:LICENSE|README|CITATION|NOTICE)/;

async function* repeated(name: string, bytes: number): AsyncGenerator<Uint8Array> {
  yield* repeatLog({ log: await readFile(name), bytes, seed: 7 });
}

async function* whole(name: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(name, { highWaterMark: 256 * 1024 });
}

const generated = (megabytes: number): Source => ({
  name: `generated, ${megabytes} MB`,
  chunks: () => generateLog({ bytes: megabytes * megabyte, seed: 7 }),
});
