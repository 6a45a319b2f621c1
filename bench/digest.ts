import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createDigester } from '#src/logs/digest/index.ts';
import type { Benchmark } from './benchmark.ts';
import { generateLog } from './generate-log.ts';

const megabyte = 1_000_000;
const generatedBytes = 100 * megabyte;

/** How fast and in how much memory a log is digested; every file is a log of its own, the clock runs over all of them. */
export const digest: Benchmark = {
  name: 'digest',
  about: 'one pass over a log: lines, records, patterns, ranking; `seconds` is time inside the digester, without reading or generating',
  async run({ data, limit }) {
    const totals = { bytes: 0, lines: 0, records: 0, patterns: 0, seconds: 0, files: 0, ledger_ok: true };
    for await (const { name, chunks } of data === undefined ? generated(limit) : files(data, limit)) {
      const one = await digestOne(chunks);
      totals.files++;
      totals.bytes += one.bytes;
      totals.lines += one.lines;
      totals.records += one.records;
      totals.patterns += one.patterns;
      totals.seconds += one.seconds;
      totals.ledger_ok &&= one.ledgerOk;
      process.stderr.write(
        `  ${name}: ${one.lines} lines, ${one.patterns} patterns, ${(one.bytes / megabyte / one.seconds).toFixed(1)} MB/s${one.ledgerOk ? '' : `, ${one.problem}`}\n`,
      );
    }
    return {
      ...totals,
      seconds: Number(totals.seconds.toFixed(3)),
      mb_per_s: Number((totals.bytes / megabyte / totals.seconds).toFixed(1)),
      peak_rss_mb: Math.round(process.resourceUsage().maxRSS / 1000),
    };
  },
};

type Source = { name: string; chunks: AsyncIterable<Uint8Array> };

const digestOne = async (chunks: AsyncIterable<Uint8Array>) => {
  const digester = createDigester();
  let nanoseconds = 0n;
  const timed = <T>(work: () => T): T => {
    const start = process.hrtime.bigint();
    try {
      return work();
    } finally {
      nanoseconds += process.hrtime.bigint() - start;
    }
  };
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    timed(() => digester.push(chunk));
  }
  const counts = { bytes, lines: digester.progress().lines, records: digester.progress().records, patterns: digester.progress().patterns };
  try {
    const { ledger, records, other, patterns } = timed(() => digester.finish());
    const sum = ledger.inPatterns + ledger.inOther + ledger.inRemainder + ledger.blank;
    return {
      ...counts,
      lines: ledger.lines,
      records,
      patterns: patterns.length + other.patterns,
      seconds: Number(nanoseconds) / 1e9,
      ledgerOk: sum === ledger.lines,
      problem: '',
    };
  } catch (error) {
    return { ...counts, seconds: Number(nanoseconds) / 1e9, ledgerOk: false, problem: String(error) };
  }
};

async function* files(path: string, limit = Number.POSITIVE_INFINITY): AsyncGenerator<Source> {
  const names = (await stat(path)).isDirectory()
    ? (await readdir(path, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    : [path];
  for (const name of names.slice(0, limit)) yield { name, chunks: createReadStream(name, { highWaterMark: 256 * 1024 }) };
}

/** With --limit N, N million bytes instead of a hundred. */
async function* generated(limit?: number): AsyncGenerator<Source> {
  const bytes = limit === undefined ? generatedBytes : limit * megabyte;
  yield { name: `generated, ${bytes / megabyte} MB`, chunks: generateLog({ bytes, seed: 7 }) };
}
