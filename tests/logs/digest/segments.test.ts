import { describe, expect, test } from 'vitest';
import { generateLog } from '#bench/generate-log.ts';
import {
  type Above,
  createDigester,
  createSegmenter,
  createSegmentJoiner,
  createSegmentReader,
  type Digest,
  learnFrom,
} from '#src/logs/digest/index.ts';
import { createDigestRunner } from '#src/logs/digest-runner.ts';
import { createRandom, messyLog } from './seeded.ts';

const options = { now: Date.UTC(2026, 0, 15) };
const segmentBytes = 100_000;

const inSegments = (bytes: Uint8Array, chunk = 30_000): Digest & { segments: number } => {
  const joiner = createSegmentJoiner(options);
  const segmenter = createSegmenter({ segmentBytes, ...options });
  let reader = createSegmentReader(options, null);
  let segments = 1;
  let forms: Above['forms'] | null = null;
  const end = () => {
    const segment = reader.end();
    forms ??= learnFrom(segment);
    joiner.add(structuredClone(segment));
  };
  const take = (pieces: ReturnType<typeof segmenter.push>) => {
    for (const piece of pieces) {
      if (piece.above) {
        end();
        segments++;
        reader = createSegmentReader(options, { lines: piece.above, forms: forms as Above['forms'] });
      }
      reader.push(piece.bytes);
    }
  };
  for (let at = 0; at < bytes.length; at += chunk) {
    // What was pushed belongs to the caller again: nothing of it is looked at later.
    const pushed = Buffer.from(bytes.subarray(at, at + chunk));
    take(segmenter.push(pushed));
    pushed.fill(35);
  }
  take(segmenter.end());
  end();
  return { ...joiner.finish(), segments };
};

const whole = (bytes: Uint8Array): Digest => {
  const digester = createDigester(options);
  digester.push(bytes);
  return digester.finish();
};

const sumOf = ({ ledger }: Digest) => ledger.inPatterns + ledger.inOther + ledger.inRemainder + ledger.blank;

const generated = async (bytes: number): Promise<Buffer> => Buffer.concat(await Array.fromAsync(generateLog({ bytes, seed: 5 })));

const stampOf = (k: number) => new Date(Date.UTC(2024, 2, 1, 10) + k * 250).toISOString();

const linesOf = (count: number, line: (k: number) => string): Buffer =>
  Buffer.from(`${Array.from({ length: count }, (_, k) => line(k)).join('\n')}\n`);

describe('a log read in segments', () => {
  test('has one digest, byte for byte, by one, two and three threads', async () => {
    const bytes = await generated(1_000_000);
    async function* chunks() {
      for (let at = 0; at < bytes.length; at += 250_000) yield bytes.subarray(at, at + 250_000);
    }
    const digests: string[] = [];
    for (const threads of [1, 2, 3]) {
      const runner = createDigestRunner({ threads, segmentBytes });
      // Threads come when they are there: the second time all of them are.
      for (let turn = 0; turn < 2; turn++) {
        const read: number[] = [];
        const digest = await runner.run(chunks(), { bytes: bytes.length, now: options.now, onProgress: (told) => read.push(told.bytes) });
        digests.push(JSON.stringify(digest));
        expect(read.at(-1)).toBe(bytes.length);
      }
      await runner.close();
    }
    expect(new Set(digests).size).toBe(1);
    const { segments: _, ...here } = inSegments(bytes);
    expect(JSON.parse(digests[0] as string)).toEqual(JSON.parse(JSON.stringify(here)));
  }, 120_000);

  test('has the patterns, counts, levels and times that it has as a whole', async () => {
    const bytes = await generated(1_500_000);
    const [one, other] = [whole(bytes), inSegments(bytes)];
    expect(other.segments).toBeGreaterThan(10);
    expect(other).toMatchObject({ records: one.records, levels: one.levels, time: one.time, histogram: one.histogram, ledger: one.ledger });
    const shown = ({ patterns }: Digest) =>
      patterns.map(({ samples: _, variables, ...rest }) => ({ ...rest, kinds: variables.map(({ kind }) => kind) }));
    expect(shown(other)).toEqual(shown(one));
    for (const [k, { samples, variables }] of other.patterns.entries()) {
      const expected = one.patterns[k] as Digest['patterns'][number];
      expect(samples[0]).toEqual(expected.samples[0]);
      expect(samples.at(-1)).toEqual(expected.samples.at(-1));
      for (const [v, { distinct, exact, top }] of variables.entries()) {
        const known = expected.variables[v] as (typeof variables)[number];
        if (known.exact) expect({ distinct, exact, top: [...top].sort(byValue) }).toMatchObject({ distinct: known.distinct, exact: true });
        else expect(Math.abs(distinct - known.distinct)).toBeLessThan(0.06 * known.distinct);
      }
    }
  });

  test('reads its columns in each segment as its beginning named them, and its clocks as of the day that was stated there', () => {
    const clockOf = (k: number) => new Date(Date.UTC(2024, 2, 1, 23) + k * 1000).toISOString().slice(11, 19);
    const row = (k: number) => `${clockOf(k)} 10.0.0.${k % 200} GET /a/${k % 50} ${500 + (k % 90)} ${k % 500 === 0 ? 503 : 200}`;
    const table = linesOf(9000, (k) =>
      k === 0
        ? 'timestamp,took,severity,message'
        : `${stampOf(k)},${500 + (k % 90)},${k % 500 === 0 ? 'ERROR' : 'INFO'},"job ${k}, of many, ended"`,
    );
    const named = Buffer.concat([
      Buffer.from('#Date: 2024-03-01 23:00:00\n#Fields: time c-ip cs-method cs-uri-stem time-taken sc-status\n'),
      linesOf(9000, row),
    ]);
    for (const bytes of [named, table]) {
      const [one, other] = [whole(bytes), inSegments(bytes)];
      expect(other.segments).toBeGreaterThan(3);
      expect(other).toMatchObject({ records: one.records, levels: one.levels, time: one.time, ledger: one.ledger });
      expect(other.patterns.map(({ template, count }) => [template, count])).toEqual(
        one.patterns.map(({ template, count }) => [template, count]),
      );
      expect(one.levels.error).toBe(bytes === named ? 18 : 17);
    }
  });

  test('loses no line, wherever chunks are cut', () => {
    for (let seed = 1; seed <= 6; seed++) {
      const bytes = Buffer.from(messyLog(seed, 1500));
      const digest = inSegments(bytes, 7777);
      expect(digest.segments).toBeGreaterThan(1);
      expect(sumOf(digest)).toBe(digest.ledger.lines);
      expect(digest.ledger.lines).toBe(whole(bytes).ledger.lines);
      expect(inSegments(bytes, 100_003)).toEqual(digest);
    }
  });

  test('keeps traces whole, and elements of an array', () => {
    const trace = (k: number) =>
      [
        `${stampOf(k)} ERROR [main] com.acme.Shop - order ${k} failed`,
        'java.lang.IllegalStateException: no stock',
        ...Array.from({ length: 12 }, (_, n) => `\tat com.acme.Layer${n}.call(Layer${n}.java:${n})`),
        'Caused by: java.io.IOException: disk full',
        '\tat com.acme.Disk.write(Disk.java:9)',
      ].join('\n');
    const traces = inSegments(linesOf(800, trace));
    expect(traces.segments).toBeGreaterThan(3);
    expect(traces).toMatchObject({ records: 800, levels: { error: 800 } });
    expect(traces.patterns).toHaveLength(1);

    const element = (k: number) => `  {\n    "time": "${stampOf(k)}",\n    "level": "info",\n    "msg": "order ${k} placed"\n  },`;
    const array = linesOf(5000, (k) => (k === 0 ? `[\n${element(k)}` : element(k)));
    const objects = inSegments(array);
    expect(objects.segments).toBeGreaterThan(3);
    expect(objects.records).toBe(whole(array).records);
    expect(objects.levels).toEqual(whole(array).levels);
  });

  test('counts values of a variable as one, exactly up to the bound', () => {
    const digest = inSegments(
      linesOf(9000, (k) => `${stampOf(k)} INFO user ${['ana', 'bo', 'chen', 'dara'][k % 4]} took slot ${k % 150} of order ${k}`),
    );
    expect(digest.segments).toBeGreaterThan(4);
    expect(digest.patterns).toHaveLength(1);
    const [user, slot, order] = (digest.patterns[0] as Digest['patterns'][number]).variables;
    expect(user).toMatchObject({ distinct: 4, exact: true, top: Array.from({ length: 4 }, () => ({ count: 2250 })) });
    expect(slot).toMatchObject({ distinct: 150, exact: true });
    expect(slot?.top.every(({ count }) => count === 60)).toBe(true);
    expect(order?.exact).toBe(false);
    expect(Math.abs((order?.distinct ?? 0) - 9000)).toBeLessThan(450);
  });

  test('has one clock, however its parts write the time', () => {
    const pad = 'x'.repeat(60);
    const day = (k: number) => new Date(Date.UTC(2024, 11, 30, 0, 0, k * 60));
    // A date once, above; then syslog's dates over the turn of the year.
    const yearless = linesOf(9000, (k) => {
      const [, , dayOfMonth, month, , clock] = /(\w+), (\d+) (\w+) (\d+) (\S+)/.exec(day(k).toUTCString()) as RegExpExecArray;
      return k === 0 ? `2024-12-30 00:00:00 begin ${pad}` : `${month} ${dayOfMonth?.padStart(2)} ${clock} web app: did ${k} ${pad}`;
    });
    expect(inSegments(yearless)).toMatchObject({ time: whole(yearless).time, histogram: whole(yearless).histogram });
    // Bare clocks from day to day.
    const dateless = linesOf(9000, (k) => `${k === 0 ? '2024-12-30 ' : ''}${day(k).toISOString().slice(11, 19)} did ${k} ${pad}`);
    expect(inSegments(dateless)).toMatchObject({ time: whole(dateless).time, histogram: whole(dateless).histogram });
    // Another zone in the second half.
    const zones = linesOf(6000, (k) =>
      k < 3000 ? `${stampOf(k).slice(0, -1)}+02:00 did ${k} ${pad}` : `${stampOf(k).slice(0, -1)}-05:00 did ${k} ${pad}`,
    );
    expect(inSegments(zones).time).toEqual(whole(zones).time);
  });

  test('stays within the bound on patterns when every line is another one, and the one error among them is first', () => {
    const { below } = createRandom(3);
    const letters = () => Array.from({ length: 3 + below(9) }, () => String.fromCharCode(97 + below(26))).join('');
    const bytes = linesOf(30_000, (k) => (k === 29_990 ? `${stampOf(k)} ERROR disk is gone` : `${letters()} ${letters()} ${letters()}`));
    const digest = inSegments(bytes);
    expect(digest.patterns.length + digest.other.patterns).toBeLessThanOrEqual(5000);
    expect(sumOf(digest)).toBe(30_000);
    expect(digest.patterns[0]).toMatchObject({ template: 'disk is gone', first: { line: 29_991 } });
  }, 60_000);

  test('with a line longer than a segment goes on behind it', () => {
    const bytes = Buffer.concat([
      linesOf(2000, (k) => `${stampOf(k)} INFO did ${k}`),
      Buffer.alloc(400_000, 'abc '),
      linesOf(4000, (k) => `${stampOf(k)} INFO did ${k}`),
    ]);
    const digest = inSegments(bytes);
    expect(digest.ledger).toEqual(whole(bytes).ledger);
    expect(digest.segments).toBeGreaterThan(1);
  });
});

const byValue = (x: { value: string }, y: { value: string }) => (x.value < y.value ? -1 : 1);
