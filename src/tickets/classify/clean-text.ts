import { matterOf } from './letter.ts';

/** What is left of a ticket's text for a reader who wants its words: prose, the form it was written on, and what it quoted. */
export type CleanText = {
  /** Prose; what was cut out stands in it as one word such as 'xurl' or 'xcode'. */
  prose: string;
  /** Lower-cased questions of an issue form with their short answers: 'issue type=bug'. */
  answers: string[];
  /** Lower-cased headings. */
  headings: string[];
  /** Exception and error names found in code and stack traces. */
  errors: string[];
  /** How many lines of code, log or stack trace were set aside, and how many stack frames among them. */
  codeLines: number;
  frames: number;
  images: number;
  links: number;
};

/** Without emoji in Slack's writing (":fire:"): a picture's name is no word of the ticket. */
export const withoutEmoji = (text: string): string => text.replace(emoji, ' ');

const emoji = /(?<![\p{L}\p{N}:]):[\p{L}\p{M}\p{N}_'+-]{1,60}:(?::skin-tone-\d:)?(?![\p{L}\p{N}])/giu;

/** Whether a text says anything: pictures and marks alone do not. */
export const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(withoutEmoji(text));

const headLimit = 12_000;
const tailLimit = 2_000;

/** A ticket may be a megabyte: its beginning and its end say what it is about. */
export const cutLong = (text: string): string =>
  text.length <= headLimit + tailLimit ? text : `${text.slice(0, headLimit)}\n${text.slice(-tailLimit)}`;

const frame = /^\s*(?:at\s+[\w$.<>[\] ]+\(|File "[^"]+", line \d+|#\d+\s+0x|\.{3} \d+ more|Caused by:|Traceback )/;
const logLine = /^\s*(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\d\d:\d\d:\d\d|[EWIDF]\d{4} |\[(?:INFO|WARN|ERROR|DEBUG))/;
const errorName = /\b(?:[A-Z][A-Za-z0-9]+(?:Exception|Error|Failure|Fault)|SIG[A-Z]{3,5}|E[A-Z]{4,12}|OOM)\b/g;
const empty = /^(?:_?no response_?|n\/?a|none|-+)$/i;

export const cleanText = (raw: string): CleanText => {
  const found: CleanText = { prose: '', answers: [], headings: [], errors: [], codeLines: 0, frames: 0, images: 0, links: 0 };
  const text = withoutEmoji(matterOf(cutLong(raw)))
    .replace(/\r\n?/g, '\n')
    .replace(/<!--[\s\S]*?(?:-->|$)/g, ' ')
    .replace(/!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\)|<img\b[^>]{0,500}>/gi, () => {
      found.images++;
      return ' ximage ';
    })
    .replace(/\[([^\]\n]{1,200})\]\([^)\n]{1,500}\)/g, '$1 xurl ')
    .replace(/\bhttps?:\/\/[^\s<>)"'\]]+/gi, () => {
      found.links++;
      return ' xurl ';
    })
    .replace(/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*/g, ' xmail ');
  const out: string[] = [];
  let fenced = false;
  let heading = '';
  for (const line of text.split('\n')) {
    if (/^\s*(?:```|~~~)/.test(line)) {
      fenced = !fenced;
      if (fenced) out.push('xcode');
      continue;
    }
    const isFrame = frame.test(line);
    if (isFrame) found.frames++;
    if (fenced || isFrame || logLine.test(line)) {
      found.codeLines++;
      for (const name of line.match(errorName) ?? []) if (found.errors.length < 12) found.errors.push(name);
      continue;
    }
    const head = /^\s{0,3}#{1,6}\s+(.{1,120})$/.exec(line) ?? /^\s*\*\*(.{3,120}?)\*\*:?\s*$/.exec(line);
    if (head) {
      heading = toKey(head[1] as string);
      if (heading) found.headings.push(heading);
      continue;
    }
    const pair = /^\s*(?:[-*]\s+)?\**([A-Za-z][A-Za-z ]{1,30}?)\**\s*:\s*(?:<b>)?([^:]{1,30}?)(?:<\/b>)?\s*$/.exec(line);
    if (pair) found.answers.push(`${toKey(pair[1] as string)}=${toKey(pair[2] as string)}`);
    const answer = line.trim();
    if (heading && answer) {
      if (answer.length <= 40 && !empty.test(answer)) found.answers.push(`${heading}=${toKey(answer)}`);
      heading = '';
      if (empty.test(answer)) continue;
    }
    out.push(line);
  }
  found.prose = out
    .join('\n')
    .replace(/<\/?[a-z][^<>]{0,200}>/gi, ' ')
    .replace(/`([^`\n]{1,200})`/g, ' $1 ');
  return found;
};

const toKey = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 60);
