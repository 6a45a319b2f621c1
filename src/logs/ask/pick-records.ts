import { createDigester } from '#src/logs/digest/digester.ts';
import { isSevere, type LevelCode, warnLevel } from '#src/logs/digest/heads/levels.ts';
import { toText } from '#src/logs/digest/lines/bytes.ts';
import type { MinedPattern } from '#src/logs/digest/mining/pattern.ts';
import type { LogRecord } from '#src/logs/digest/records/record.ts';
import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import { gotStatus, isStatusClass } from './asked-status.ts';
import { addDuration, type Durations, durationIn, joinDurations, noDurations } from './durations.ts';
import { onlyAround } from './only-around.ts';
import type { ClockRange } from './parse-question.ts';
import { clockIn, type Hit, isFraction } from './search-lines.ts';

/** Stands in a record as a whole word, in lower case; of a number also what it numbers: 'user' of 'user 13', 'status' of what a request got. */
export type Value = { text: string; of: string | null };

/** What a record must hold to be picked. */
export type Wish = {
  values: readonly Value[];
  clock: ClockRange | null;
  level: 'error' | 'warn' | null;
  /** How long things took is wanted, too. */
  timed: boolean;
};

export type Picked = {
  /** Of the picked records alone; their lines have the numbers they have in the log. */
  digest: Digest;
  first: Hit | null;
  last: Hit | null;
  durationsOf(pattern: Pattern): Durations;
};

/**
 * Reads the log once more, all of it or what is near the values, and digests the records that hold what a question names, so that all that is counted is counted of those.
 * Null when they could not be told from the others: better no number than one of something else.
 */
export const pickRecords = async (text: AsyncIterable<Uint8Array>, wish: Wish, signal?: AbortSignal): Promise<Picked | null> => {
  const took = new Map<MinedPattern, Durations>();
  const digester = createDigester({}, (record, pattern) => {
    if (!pattern || !wish.timed) return;
    const durations = took.get(pattern) ?? noDurations();
    took.set(pattern, durations);
    const said = textOf(record);
    addDuration(durations, durationIn(said), { line: record.from, text: firstLineOf(said) });
  });
  const copy = createCopy(digester.push);
  const isWished = createTest(wish);
  let [records, errors] = [0, 0];
  const ends: Pick<Picked, 'first' | 'last'> = { first: null, last: null };
  const reader = createDigester({}, (record, _, level) => {
    // Most records are not looked at where only errors are wanted.
    if (!wish.clock && !isOfLevel(wish, level)) return;
    const said = textOf(record);
    if (!isWished(said, level)) return;
    records++;
    if (isSevere(level)) errors++;
    ends.last = { line: record.from, text: firstLineOf(said) };
    ends.first ??= ends.last;
    copy.add(record.from, said);
  });
  const isNarrow = wish.values.some(({ text: value }) => !isStatusClass(value)) || wish.clock !== null;
  const near = isNarrow
    ? onlyAround(text, { values: wish.values.map(({ text: value }) => value).filter((value) => !isStatusClass(value)), clock: wish.clock })
    : text;
  for await (const bytes of near) {
    signal?.throwIfAborted();
    reader.push(bytes);
  }
  reader.finish();
  const inPlace = copy.end();
  const digest = digester.finish();
  if (!inPlace || digest.records !== records || digest.levels.fatal + digest.levels.error !== errors) return null;
  return { digest, ...ends, durationsOf: (pattern) => durationsOf(took, pattern) };
};

const textOf = ({ text, textLength, bytes, start, end }: LogRecord): string =>
  text ? toText(text, 0, textLength) : toText(bytes, start, end);

const firstLineOf = (text: string): string => text.split('\n', 1)[0] ?? '';

const isOfLevel = ({ level: wanted }: Wish, level: LevelCode): boolean =>
  wanted === null || (wanted === 'error' ? isSevere(level) : level === warnLevel);

/** A record without a time of its own belongs to the one above. */
const createTest = (wish: Wish): ((said: string, level: LevelCode) => boolean) => {
  const { values, clock } = wish;
  let inside = false;
  return (said, level) => {
    if (clock) {
      const seconds = clockIn(said);
      if (seconds !== null) inside = seconds >= clock.from && seconds <= clock.to;
      if (!inside) return false;
    }
    if (!isOfLevel(wish, level)) return false;
    const lower = values.length > 0 ? said.toLowerCase() : '';
    return values.every((value) => (value.of === STATUS ? gotStatus(said, value.text) : holds(lower, value)));
  };
};

/** What a value is of that is the status of a request: '500', or '5xx' for all of its class. */
export const STATUS = 'status';

/** 'user 13', 'user=13', '"userId":13'. */
export const holds = (text: string, { text: word, of }: Value): boolean =>
  holdsWord(text, word, (at) => of === null || endsWithName(text.slice(Math.max(0, at - of.length - 12), at), of));

const endsWithName = (before: string, name: string): boolean => {
  const at = before.lastIndexOf(name);
  return (
    at >= 0 &&
    !/[\p{L}\p{N}]$/u.test(before.slice(0, at)) &&
    /^s?(?:[_-]?(?:id|no|number))?["']?\s?[:=#/]?\s?["'([#]?$/.test(before.slice(at + name.length))
  );
};

/** 'globex' is neither in 'globex-eu' nor in 'globexcorp'. */
const holdsWord = (text: string, word: string, suits: (at: number) => boolean = () => true): boolean => {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (
      !inWord.test(text[at - 1] ?? ' ') &&
      !inWord.test(text[at + word.length] ?? ' ') &&
      !isFraction(text, at, word) &&
      !isPartOfDotted(text, at, at + word.length) &&
      suits(at)
    )
      return true;
  return false;
};
/** 'acme' in 'com.acme.shop': of a package, and nobody's name. */
const isPartOfDotted = (text: string, from: number, to: number): boolean =>
  text[from - 1] === '.' && text[to] === '.' && /\p{L}/u.test(text[from - 2] ?? ' ') && /\p{L}/u.test(text[to + 1] ?? ' ');

const inWord = /[\p{L}\p{N}_-]/u;

const PART = 64 * 1024;

/** Writes each record on the line it has in the log, with blank lines for those left out. */
const createCopy = (push: (bytes: Uint8Array) => void) => {
  let line = 1;
  let inPlace = true;
  let parts: string[] = [];
  let size = 0;
  const write = (text: string): void => {
    parts.push(text);
    size += text.length;
    if (size >= PART) flush();
  };
  const flush = (): void => {
    push(Buffer.from(parts.join('')));
    [parts, size] = [[], 0];
  };
  return {
    add(from: number, text: string): void {
      // Several records of one line cannot be told apart by lines.
      if (from < line) inPlace = false;
      if (!inPlace) return;
      for (; line + PART < from; line += PART) write('\n'.repeat(PART));
      write('\n'.repeat(from - line));
      write(`${text}\n`);
      line = from + text.split('\n').length;
    },
    end(): boolean {
      flush();
      return inPlace;
    },
  };
};

/** Patterns that became one are counted as one. */
const durationsOf = (took: ReadonlyMap<MinedPattern, Durations>, { first, count }: Pattern): Durations => {
  const group = [...took].filter(([mined]) => {
    const root = rootOf(mined);
    return root.firstLine === first.line && root.count === count;
  });
  return joinDurations(group.map(([, durations]) => durations));
};

const rootOf = (pattern: MinedPattern): MinedPattern => (pattern.mergedInto ? rootOf(pattern.mergedInto) : pattern);
