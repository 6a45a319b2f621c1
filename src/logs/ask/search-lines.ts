import type { Term } from './parse-question.ts';

export type Hit = { line: number; text: string };

/** Lines that contain something, counted to the last one; a few are kept. */
export type Found = { terms: string[]; lines: number; first: Hit; last: Hit; hits: Hit[] };

export type Search = {
  /** Lines looked at: all of the log. */
  searched: number;
  /** Lines with as much of what was asked for as any line has. Null when nothing of weight was found. */
  best: Found | null;
  /** One for each telling term by itself. */
  each: Found[];
  /** Telling terms that stand nowhere in the log, as asked. */
  missing: string[];
};

const KEPT = 4;
const MAX_TEXT = 2000;

/**
 * Looks for every term in every line, in one pass and bounded memory. `text` is UTF-8 cut anywhere. Case does not matter. Throws the
 * signal's reason when it aborts.
 */
export const searchLines = async (text: AsyncIterable<Uint8Array>, terms: Term[], signal?: AbortSignal): Promise<Search> => {
  const groups = new Map<number, Found>();
  let line = 1;
  let ended = true;
  const decoder = new TextDecoder();
  for await (const bytes of text) {
    signal?.throwIfAborted();
    const part = decoder.decode(bytes, { stream: true });
    if (part === '') continue;
    line = searchPart(part, line, terms, groups);
    ended = part.endsWith('\n');
  }
  return { searched: ended ? line - 1 : line, ...judge(groups, terms) };
};

/** Returns the number of the line the next part begins in. */
const searchPart = (part: string, from: number, terms: Term[], groups: Map<number, Found>): number => {
  const lower = part.toLowerCase();
  const wanted = terms.map(({ text }, index) => ({ text, bit: 1 << index })).filter(({ text }) => lower.includes(text));
  if (wanted.length === 0) return from + newlinesOf(part);
  const lines = part.split('\n');
  for (const [offset, one] of lower.split('\n').entries()) {
    let mask = 0;
    for (const { text, bit } of wanted) if (one.includes(text)) mask |= bit;
    if (mask !== 0) add(groups, mask, { line: from + offset, text: lines[offset] ?? '' });
  }
  return from + lines.length - 1;
};

const newlinesOf = (part: string): number => {
  let count = 0;
  for (let at = part.indexOf('\n'); at >= 0; at = part.indexOf('\n', at + 1)) count++;
  return count;
};

const add = (groups: Map<number, Found>, mask: number, { line, text }: Hit): void => {
  const hit = { line, text: text.slice(0, MAX_TEXT).replace(/\r$/, '') };
  const group = groups.get(mask);
  if (!group) {
    groups.set(mask, { terms: [], lines: 1, first: hit, last: hit, hits: [hit] });
    return;
  }
  // The rest of a line that was cut.
  if (group.last.line === line) return;
  group.lines += 1;
  group.last = hit;
  if (group.hits.length < KEPT) group.hits.push(hit);
};

const judge = (groups: Map<number, Found>, terms: Term[]): Omit<Search, 'searched'> => {
  const weightOf = (mask: number): number => terms.reduce((sum, { weight }, index) => sum + (mask & (1 << index) ? weight : 0), 0);
  const whole = weightOf((1 << terms.length) - 1);
  const [best] = [...groups.keys()].sort((a, b) => weightOf(b) - weightOf(a) || (groups.get(b)?.lines ?? 0) - (groups.get(a)?.lines ?? 0));
  const telling = terms.flatMap(({ weight }, index) => (weight > 1 ? [index] : []));
  return {
    best: best !== undefined && weightOf(best) * 2 >= whole ? withTerms(groups, best, terms) : null,
    each: telling.flatMap((index) => withTerms(groups, 1 << index, terms) ?? []),
    missing: telling.filter((index) => ![...groups.keys()].some((mask) => mask & (1 << index))).map((index) => terms[index]?.text ?? ''),
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
