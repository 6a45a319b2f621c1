import type { Hit } from './search-lines.ts';

/** How long what records tell of took, in milliseconds; `unclear` counts records that name no length of time, or several. */
export type Durations = { count: number; sum: number; unclear: number; longest: Took | null; shortest: Took | null };

/** `said` as it stands in the record. */
export type Took = { ms: number; said: string; at: Hit };

export const noDurations = (): Durations => ({ count: 0, sum: 0, unclear: 0, longest: null, shortest: null });

export const addDuration = (durations: Durations, took: Omit<Took, 'at'> | null, at: Hit): void => {
  if (!took) {
    durations.unclear++;
    return;
  }
  durations.count++;
  durations.sum += took.ms;
  if (!durations.longest || took.ms > durations.longest.ms) durations.longest = { ...took, at };
  if (!durations.shortest || took.ms < durations.shortest.ms) durations.shortest = { ...took, at };
};

export const joinDurations = (all: readonly Durations[]): Durations => ({
  count: all.reduce((sum, { count }) => sum + count, 0),
  sum: all.reduce((sum, one) => sum + one.sum, 0),
  unclear: all.reduce((sum, { unclear }) => sum + unclear, 0),
  longest: all.map(({ longest }) => longest).reduce((most, one) => (one && (!most || one.ms > most.ms) ? one : most), null),
  shortest: all.map(({ shortest }) => shortest).reduce((least, one) => (one && (!least || one.ms < least.ms) ? one : least), null),
});

/** The one length of time a record names; null where it names none, or several and none of them by name. */
export const durationIn = (text: string): Omit<Took, 'at'> | null => {
  const named = [...text.matchAll(byName)].flatMap(([, unitOfName, number = '', unit]) =>
    toTook(number, unit ?? unitOfName, `${number} ${unit ?? unitOfName}`),
  );
  const [first] = named;
  if (first) return named.every(({ ms }) => ms === first.ms) ? first : null;
  const found = [...text.matchAll(byUnit)]
    .filter(({ index }) => !isWait.test(text.slice(Math.max(0, index - 24), index)))
    .flatMap(([said, number = '', unit]) => toTook(number, unit, said));
  const [only, another] = found;
  return only && !another ? only : null;
};

const units: Record<string, number | undefined> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  msec: 1,
  millis: 1,
  s: 1000,
  sec: 1000,
  secs: 1000,
  min: 60_000,
};
const longUnits: [RegExp, number][] = [
  [/^milliseconds?$/, 1],
  [/^seconds?$/, 1000],
  [/^minutes?$/, 60_000],
];

const toTook = (number: string, unit: string | undefined, said: string): Omit<Took, 'at'>[] => {
  const name = unit?.toLowerCase() ?? '';
  const factor = units[name] ?? longUnits.find(([form]) => form.test(name))?.[1];
  return factor === undefined ? [] : [{ ms: Number(number) * factor, said }];
};

const unitNames = 'ns|us|µs|msec|millis|milliseconds?|ms|secs?|seconds?|s|min|minutes?';

/** 'duration_ms=31', '"elapsed":"31ms"', 'took 1.2 s'. */
const byName = new RegExp(
  String.raw`(?<![a-z])(?:[a-z]+[_.-])?(?:duration|elapsed|took|latency|response[_-]?time|request[_-]?time|time[_-]?taken|runtime)(?:[_-]?(${unitNames}))?["']?\s?[=: ]\s?["']?(\d+(?:\.\d+)?)(?![\d.:,]\d)\s?(${unitNames})?(?![\p{L}\p{N}])`,
  'giu',
);
const byUnit = new RegExp(String.raw`(?<![\p{L}\p{N}.:,_-])(\d+(?:\.\d+)?)\s?(${unitNames})(?![\p{L}\p{N}_/])`, 'giu');

/** What is waited or kept for took nothing yet. */
const isWait =
  /\b(?:retry\w*|again|expir\w*|ttl|every|time-?out\w*|wait\w*|interval|next|delay\w*|sleep\w*|backoff|max\w*|limit\w*|older|last)\b[^.;]{0,12}$/i;
