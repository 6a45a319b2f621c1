import type { SignedLine } from './line-signs.ts';

/** What is known of the whole log when its lines are judged. */
export type Whole = { lines: number };

/** Where things are in a log: commands, exit codes, paragraphs, lists, names that come back. Computed once for all lines. */
export type Scene = ReturnType<typeof toScene>;
type Paragraph = { from: number; to: number; size: number };

export const toScene = (lines: readonly SignedLine[], whole: Whole) => {
  const count = lines.length;
  const echoAfter = new Float64Array(count).fill(999);
  const commandBefore = new Float64Array(count).fill(999);
  const above = new Int32Array(count).fill(-1);
  const below = new Int32Array(count).fill(-1);
  const step: ('failed' | 'passed' | null)[] = new Array(count).fill(null);
  let firstEcho = count;
  let last = -1;
  for (let at = 0; at < count; at++) {
    const { signs, blank } = lines[at] as SignedLine;
    above[at] = last;
    if (!blank) last = at;
    commandBefore[at] = signs.has('command') ? 0 : at > 0 ? (commandBefore[at - 1] as number) + 1 : 999;
    if (firstEcho === count && isFailedEnd(lines[at] as SignedLine)) firstEcho = at;
  }
  last = -1;
  let state: 'failed' | 'passed' | null = null;
  for (let at = count - 1; at >= 0; at--) {
    const one = lines[at] as SignedLine;
    below[at] = last;
    if (!one.blank) last = at;
    if (isFailedEnd(one)) state = 'failed';
    else if (isPassedEnd(one)) state = 'passed';
    step[at] = state;
    if (one.signs.has('command')) state = null;
    echoAfter[at] = isFailedEnd(one) ? 0 : at + 1 < count ? (echoAfter[at + 1] as number) + 1 : 999;
  }
  const { keys, ...shapes } = toShapes(lines);
  const shared = toShared(lines);
  return {
    lines,
    whole,
    echoAfter,
    commandBefore,
    above,
    below,
    step,
    firstEcho,
    keys,
    ...shapes,
    ...toLists(keys),
    shared,
    sharedAbove: toBelow(lines, shared),
    header: toHeaders(lines),
    paragraph: toParagraphs(lines),
  };
};

const isFailedEnd = ({ signs }: SignedLine): boolean => signs.has('echo') && !signs.has('script') && !signs.has('command');
const isPassedEnd = ({ text }: SignedLine): boolean => /\bexited with 0\b|BUILD SUCCESS/.test(text);

const toShapes = (lines: readonly SignedLine[]) => {
  const counts = new Map<string, number>();
  const keys = lines.map(({ text }) =>
    text
      .replace(/[\w./\\-]*[\d/\\][\w./\\-]*/g, '0')
      .replace(/(['"`]).{0,60}?\1/g, '0')
      .slice(0, 60),
  );
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const seen = new Set<string>();
  const repeated = lines.map(({ text, blank }) => {
    const key = text.replace(/^\S*(?:ERROR|error)\S* */, '').trim();
    if (blank || key.length < 12) return false;
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
  return { shapes: keys.map((key) => counts.get(key) ?? 1), keys, repeated };
};

const rarest = 12;

/** 1 where a line names what a line of failure below or above it names, and hardly any other line does. */
const toShared = (lines: readonly SignedLine[]): Float64Array => {
  const counts = new Map<string, number>();
  const named = lines.map(({ text, blank }) => (blank ? [] : [...new Set(text.match(/[A-Za-z_][\w./:-]{7,}/g)?.slice(0, 20) ?? [])]));
  for (const names of named) for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const failed = new Map<string, number>();
  for (const [at, { signs }] of lines.entries())
    if ((signs.has('testFailed') || (signs.has('echo') && signs.has('saysFailure'))) && !signs.has('boilerplate'))
      for (const name of named[at] ?? []) failed.set(name, (failed.get(name) ?? 0) + 1);
  return Float64Array.from(named, (names, at) => {
    const own = lines[at]?.signs.has('testFailed') ? 1 : 0;
    return names.some((name) => (counts.get(name) ?? 0) <= rarest && (failed.get(name) ?? 0) > own) ? 1 : 0;
  });
};

/** Runs of lines of one shape: where each ends, and how long it is. */
const toLists = (keys: readonly string[]) => {
  const listEnd = new Int32Array(keys.length);
  const listSize = new Int32Array(keys.length);
  for (let from = 0; from < keys.length; ) {
    let to = from;
    while (to + 1 < keys.length && keys[to + 1] === keys[from]) to++;
    listEnd.fill(to, from, to + 1);
    listSize.fill(to - from + 1, from, to + 1);
    from = to + 1;
  }
  return { listEnd, listSize };
};

const farthestBelow = 15;

const toBelow = (lines: readonly SignedLine[], shared: Float64Array): boolean[] => {
  let since = 99;
  return lines.map(({ signs, blank }, at) => {
    since = shared[at] ? 0 : signs.has('indented') || blank ? since + 1 : 99;
    return since > 0 && since <= farthestBelow;
  });
};

const toHeaders = (lines: readonly SignedLine[]): boolean[] => {
  let open = false;
  return lines.map(({ text }) => {
    if (text.startsWith('##[group]Run')) open = true;
    else if (text.startsWith('##[endgroup]')) open = false;
    return open;
  });
};

/** Lines without a blank one between them; commands and runner's marks stand alone. An indented paragraph goes on with the one above. */
const toParagraphs = (lines: readonly SignedLine[]): (Paragraph | null)[] => {
  const found: (Paragraph | null)[] = new Array(lines.length).fill(null);
  let open: Paragraph | null = null;
  let blanks = 0;
  for (let at = 0; at < lines.length; at++) {
    const one = lines[at] as SignedLine;
    if (one.blank) {
      blanks++;
      continue;
    }
    const alone = one.signs.has('command') || one.signs.has('runnerMark');
    const goesOn: boolean = open !== null && !alone && (blanks === 0 || (one.signs.has('indented') && blanks <= 2)) && open.size < 80;
    if (!goesOn) open = { from: at, to: at, size: 0 };
    const current = open as Paragraph;
    current.to = at;
    current.size++;
    found[at] = current;
    blanks = 0;
    if (alone) open = null;
  }
  return found;
};
