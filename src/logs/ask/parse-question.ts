import type { LineRange } from '#src/logs/digest/types.ts';

/** What a question looks for. `weight`: a quoted phrase or an id says more about what is meant than a word. */
export type Term = { text: string; weight: number };

export type Asked = {
  /** At most 8, in lower case, as they are looked for. */
  terms: Term[];
  lines: LineRange | null;
  /** Pattern ids it names. */
  patterns: string[];
  /** 'values': which ones, who, where. */
  wants: 'count' | 'when' | 'values' | null;
};

const MAX_TERMS = 8;
const MAX_LINES_ASKED = 200;

/** Reads a question as a search: quoted phrases, ids, line numbers and words of substance. */
export const parseQuestion = (question: string): Asked => {
  const text = question.normalize('NFC').slice(0, 2000);
  const lines = linesOf(text);
  const rest = text.replace(lineNumbers, ' ').replace(patternIds, ' ');
  const quoted = [...rest.matchAll(quotes)]
    .map((match) => (match[1] ?? match[2] ?? match[3] ?? '').trim())
    .filter((phrase) => phrase !== '');
  const words = rest
    .replace(quotes, ' ')
    .split(/[\s,;!?()[\]{}“”"`]+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}/]+|[^\p{L}\p{N}/]+$/gu, ''))
    .filter((word) => word.length >= 2);
  const terms = [
    ...quoted.map((phrase) => ({ text: phrase.toLowerCase(), weight: 3 })),
    ...words.filter(isTelling).map((word) => ({ text: word.toLowerCase(), weight: 3 })),
    ...words
      .filter((word) => !isTelling(word) && word.length >= 3 && !empty.has(word.toLowerCase()))
      .map((word) => ({ text: stem(word.toLowerCase()), weight: 1 })),
  ];
  return { terms: distinct(terms).slice(0, MAX_TERMS), lines, patterns: [...new Set(text.match(patternIds) ?? [])], wants: wantsOf(text) };
};

const quotes = /"([^"]{2,200})"|“([^”]{2,200})”|`([^`]{2,200})`/g;
const patternIds = /\bP\d{1,4}\b/g;
const lineNumbers = /\b(?:lines?\s+|L)(\d[\d,]{0,11})(?:\s*(?:-|–|to|until)\s*L?(\d[\d,]{0,11}))?/gi;

const linesOf = (text: string): LineRange | null => {
  const [match] = text.matchAll(lineNumbers);
  if (!match?.[1]) return null;
  const from = toNumber(match[1]);
  const to = match[2] ? toNumber(match[2]) : from;
  return from >= 1 && to >= from ? { from, to: Math.min(to, from + MAX_LINES_ASKED - 1) } : null;
};

const toNumber = (digits: string): number => Number(digits.replaceAll(',', ''));

/** Ids, codes, paths, hosts, names of classes: what stands in a log as it is. */
const isTelling = (word: string): boolean =>
  /\d/.test(word) || /[\p{L}\p{N}][/._:@-][\p{L}\p{N}]/u.test(word) || /^[A-Z][A-Z_]{2,}$/.test(word) || /[a-z][A-Z]/.test(word);

const wantsOf = (text: string): Asked['wants'] => {
  if (/\bhow (?:many|often)\b|\bnumber of\b|\bcount\b/i.test(text)) return 'count';
  if (/\bwhen\b|\bsince when\b|\bwhat time\b|\bfirst\b|\blast\b|\bhow long\b|\bstart(?:ed)?\b|\bended?\b/i.test(text)) return 'when';
  if (/\bwhich\b|\bwho\b|\bwhose\b|\bwhere\b|\blist\b/i.test(text)) return 'values';
  return null;
};

/** Cut so that it is found inside its other forms: 'timeouts' in 'timeout', 'failing' in 'failed'. */
const stem = (word: string): string => {
  const short = word.replace(/(?:ures?|ings?|ied|ies|ed|es|s)$/, '');
  return short.length >= 4 ? short : word;
};

const distinct = (terms: Term[]): Term[] => {
  const seen = new Map<string, Term>();
  for (const term of terms) if (!seen.has(term.text)) seen.set(term.text, term);
  return [...seen.values()];
};

const empty = new Set(
  'the and for with from was were has have had not are is that this these those its his her our your their they them which who whose what when where why how because since until during between before after into onto over under out off than then there here more most many much often some any all each every other another first last one log logs line lines list time times record records pattern patterns happen happened happens happening occur occurred seen show shows being been will would could should can may might must does did done very about around again same while per via due you please tell give find look looks say says mean means count number long start started end ended get got getting anything something caused cause reason problem'.split(
    ' ',
  ),
);
