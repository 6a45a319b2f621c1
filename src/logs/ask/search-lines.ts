import type { ClockRange, Term } from './parse-question.ts';

export type Hit = { line: number; text: string };

/** Lines that contain something, counted to the last one; a few are kept. */
export type Found = { terms: string[]; lines: number; first: Hit; last: Hit; hits: Hit[] };

/** Kinds of lines in a part of the time: those of the patterns that were asked for. */
type Within = { all: Found | null; byPattern: Map<string, Found> };

export type Search = {
  /** Lines looked at: all of the log. */
  searched: number;
  /** Lines with as much of what was asked for as any line has. Null when nothing of weight was found. */
  best: Found | null;
  /** One for each telling term by itself. */
  each: Found[];
  /** Terms that stand nowhere in the log, as asked. */
  missing: Term[];
  /** Null when no time was asked for. */
  within: Within | null;
};

/** What to look for. `patterns`: kinds of records that are told apart within a time, by the words that never vary in them. */
export type Wanted = { terms: Term[]; clock?: ClockRange | null; patterns?: readonly { id: string; template: string }[] };

const KEPT = 4;
const MAX_TEXT = 2000;

/**
 * Looks for every term in every line, in one pass and bounded memory. `text` is UTF-8 cut anywhere. Case does not matter; what holds a digit is
 * found only as a whole, so that 503 is not in order 15034. Throws the signal's reason when it aborts.
 */
export const searchLines = async (
  text: AsyncIterable<Uint8Array>,
  { terms, clock = null, patterns = [] }: Wanted,
  signal?: AbortSignal,
): Promise<Search> => {
  const groups = new Map<number, Found>();
  const within = clock ? createWithin(clock, patterns) : null;
  const wanted = terms.map(({ text: term }, index) => ({ term, bit: 1 << index, whole: /\d/.test(term) }));
  let line = 1;
  let ended = true;
  // What was cut off at the end of a part belongs to the next one's first line.
  let rest = '';
  const decoder = new TextDecoder();
  for await (const bytes of text) {
    signal?.throwIfAborted();
    const part = rest + decoder.decode(bytes, { stream: true });
    const stop = part.lastIndexOf('\n') + 1;
    // An endless line is looked at in pieces.
    const cut = stop > 0 ? stop : part.length > MAX_LINE ? part.length : 0;
    rest = part.slice(cut);
    if (cut > 0) line = searchPart(part.slice(0, cut), line, wanted, groups, within);
    ended = part.endsWith('\n');
  }
  if (rest !== '') searchPart(rest, line, wanted, groups, within);
  return { searched: ended ? line - 1 : line, ...judge(groups, terms), within: within?.found() ?? null };
};

const MAX_LINE = 256 * 1024;

type WantedTerm = { term: string; bit: number; whole: boolean };

/** Returns the number of the line the next part begins in. */
const searchPart = (
  part: string,
  from: number,
  wanted: WantedTerm[],
  groups: Map<number, Found>,
  within: ReturnType<typeof createWithin> | null,
): number => {
  const lower = part.toLowerCase();
  const there = wanted.filter(({ term }) => lower.includes(term));
  const near = within?.mayHold(part) ? within : null;
  if (there.length === 0 && !near) return from + newlinesOf(part);
  const lines = part.split('\n');
  const lowered = lower.split('\n');
  const count = lines.length - 1;
  for (let offset = 0; offset <= count; offset++) {
    const text = lines[offset] ?? '';
    if (offset === count && text === '') break;
    const hit = { line: from + offset, text };
    near?.take(hit);
    let mask = 0;
    for (const { term, bit, whole } of there) if (stands(lowered[offset] ?? '', term, whole)) mask |= bit;
    if (mask !== 0) add(groups, mask, hit);
  }
  return from + count;
};

/** `line` and `term` in lower case. */
const stands = (line: string, term: string, whole: boolean): boolean => {
  if (!whole) return line.includes(term);
  for (let at = line.indexOf(term); at >= 0; at = line.indexOf(term, at + 1))
    if (!isWordSign(line[at - 1]) && !isWordSign(line[at + term.length]) && !isFraction(line, at, term)) return true;
  return false;
};

const isWordSign = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);
/** 503 is not in 1.503, nor 12 in 12:04; but 172.18.0.2 and 5432 are in 172.18.0.2:5432. */
export const isFraction = (line: string, at: number, term: string): boolean => {
  if (!/^\d+$/.test(term)) return false;
  const joint = term.length > 2 ? '.,' : '.,:';
  const [before, after] = [line.slice(Math.max(0, at - 2), at), line.slice(at + term.length, at + term.length + 2)];
  return (joint.includes(before[1] ?? ' ') && /^\d/.test(before)) || (joint.includes(after[0] ?? ' ') && /\d$/.test(after));
};

const newlinesOf = (part: string): number => {
  let count = 0;
  for (let at = part.indexOf('\n'); at >= 0; at = part.indexOf('\n', at + 1)) count++;
  return count;
};

const add = <Key>(groups: Map<Key, Found>, key: Key, { line, text }: Hit): void => {
  const hit = { line, text: text.slice(0, MAX_TEXT).replace(/\r$/, '') };
  const group = groups.get(key);
  if (!group) {
    groups.set(key, { terms: [], lines: 1, first: hit, last: hit, hits: [hit] });
    return;
  }
  // The rest of a line that was cut.
  if (group.last.line === line) return;
  group.lines += 1;
  group.last = hit;
  if (group.hits.length < KEPT) group.hits.push(hit);
};

/** Collects the lines of a part of the day. One without a time of its own belongs to the one above. */
const createWithin = ({ from, to }: ClockRange, patterns: readonly { id: string; template: string }[]) => {
  const parts = patterns.map(({ id, template }) => ({ id, words: constantsOf(template) })).filter(({ words }) => words.length > 0);
  const all = new Map<'all', Found>();
  const byPattern = new Map<string, Found>();
  const times = timesWithin({ from, to });
  let inside = false;
  return {
    /** Most parts of a long log are of another time. */
    mayHold: (part: string): boolean => inside || times === null || times.some((time) => part.includes(time)),
    take(hit: Hit): void {
      const seconds = clockIn(hit.text);
      if (seconds !== null) inside = seconds >= from && seconds <= to;
      if (!inside || hit.text.trim() === '') return;
      add(all, 'all', hit);
      if (seconds === null) return;
      const pattern = parts.find(({ words }) => holdsInOrder(hit.text, words));
      if (pattern) add(byPattern, pattern.id, hit);
    },
    found: (): Within => ({ all: all.get('all') ?? null, byPattern }),
  };
};

/** The words of a template that never vary, longest runs of them in order. */
const constantsOf = (template: string): string[] => {
  const [opening = ''] = template.split(/[\n↳]/);
  const parts = opening
    .split(/<[a-z]+>/)
    .map((part) => part.trim())
    .filter((part) => part.length >= 2);
  return parts.reduce((sum, part) => sum + part.length, 0) >= 6 ? parts : [];
};

const holdsInOrder = (text: string, words: readonly string[]): boolean => {
  let at = 0;
  return words.every((word) => {
    const found = text.indexOf(word, at);
    at = found + word.length;
    return found >= 0;
  });
};

/** Where a time stands in a line: near its front. */
const clockPlace = /(?<![\d:.])([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?!\d|:)/;

export const clockIn = (text: string): number | null => {
  const found = clockPlace.exec(text.length > 200 ? text.slice(0, 200) : text);
  return found ? Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3]) : null;
};

const MOST_TIMES = 24;

/** How times of a stretch of the day begin: '02:4', or '02:' where it is long. Null where there are too many to look for. */
export const timesWithin = ({ from, to }: ClockRange): string[] | null => {
  const two = (number: number): string => String(number).padStart(2, '0');
  const tens = new Set<string>();
  const hours = new Set<string>();
  for (let second = from - (from % 600); second <= to; second += 600) {
    const hour = two(Math.floor(second / 3600));
    hours.add(`${hour}:`);
    tens.add(`${hour}:${Math.floor((second % 3600) / 600)}`);
  }
  if (tens.size <= MOST_TIMES) return [...tens];
  return hours.size < MOST_TIMES ? [...hours] : null;
};

const judge = (groups: Map<number, Found>, terms: Term[]): Omit<Search, 'searched' | 'within'> => {
  const weightOf = (mask: number): number => terms.reduce((sum, { weight }, index) => sum + (mask & (1 << index) ? weight : 0), 0);
  const whole = weightOf((1 << terms.length) - 1);
  const [best] = [...groups.keys()].sort((a, b) => weightOf(b) - weightOf(a) || (groups.get(b)?.lines ?? 0) - (groups.get(a)?.lines ?? 0));
  const telling = terms.flatMap(({ weight }, index) => (weight > 1 ? [index] : []));
  return {
    best: best !== undefined && weightOf(best) * 2 >= whole ? withTerms(groups, best, terms) : null,
    each: telling.flatMap((index) => withTerms(groups, 1 << index, terms) ?? []),
    missing: terms.filter((_, index) => ![...groups.keys()].some((mask) => mask & (1 << index))),
  };
};

/** All lines that contain at least these terms, whatever else they contain. */
const withTerms = (groups: Map<number, Found>, wanted: number, terms: Term[]): Found | null => {
  const parts = [...groups].filter(([mask]) => (mask & wanted) === wanted).map(([, found]) => found);
  const [one] = parts;
  if (!one) return null;
  return {
    terms: terms.filter((_, index) => wanted & (1 << index)).map(({ text }) => text),
    lines: parts.reduce((sum, { lines }) => sum + lines, 0),
    first: parts.reduce((first, part) => (part.first.line < first.line ? part.first : first), one.first),
    last: parts.reduce((last, part) => (part.last.line > last.line ? part.last : last), one.last),
    hits: parts
      .flatMap(({ hits }) => hits)
      .sort((a, b) => a.line - b.line)
      .slice(0, KEPT),
  };
};
