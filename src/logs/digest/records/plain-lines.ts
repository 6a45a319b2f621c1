import { inferLevel, unknownLevel } from '#src/logs/digest/heads/levels.ts';
import { find, isDigit, isLetter, isSpace, skipSpaces, startsWith } from '#src/logs/digest/lines/bytes.ts';

/** A line, or the part of one that counts. */
type Stretch = { bytes: Uint8Array; start: number; end: number };

/**
 * Says of lines without a head whether the record before them goes on. Evidence of its own (an open quotation, the record's own tag, a
 * line that begins in the middle of a sentence) decides at once; otherwise it takes a region in which nearly every line has a head.
 */
export type PlainLines = {
  /** A record began, with a head or without one. */
  opened(isHeaded: boolean): void;
  continues(record: Stretch, line: Stretch, blanks: number): boolean;
};

/** A region in which this share of lines has a head lets the few others belong to the line before. */
const headedShare = 0.8;
/** What counts is the last few hundred lines: formats change within a file. */
const regionLines = 256;
const maxPlainLines = 100;
/** Where too few lines were seen to tell of a share, and all of them were headed. */
const maxEarlyLines = 10;
const fewestHeaded = 5;

export const createPlainLines = (): PlainLines => {
  let headed = 0;
  let headless = 0;
  let run = 0;
  let follows = false;
  let quoteOpen: boolean | null = null;

  const joins = (record: Stretch, line: Stretch): boolean => {
    quoteOpen ??= leavesQuoteOpen(record);
    if (quoteOpen) {
      quoteOpen = !closesQuote(line);
      return true;
    }
    if (startsMidSentence(line) || (isClause(line) && holdsStatement(record))) return true;
    // Unless it cries out by itself.
    if (inferLevel(line.bytes, line.start, Math.min(line.end, line.start + 300)) !== unknownLevel) return false;
    if (isSourcePlace(line)) return false;
    if (sharesTag(record, line)) return true;
    if (headed < fewestHeaded && headless === 0 && headed >= 2 && run < maxEarlyLines) return true;
    headless++;
    return headed >= fewestHeaded && headed >= headedShare * (headed + headless);
  };

  return {
    opened(isHeaded) {
      run = 0;
      quoteOpen = null;
      follows = isHeaded;
      if (isHeaded) headed++;
      if (headed + headless >= regionLines) [headed, headless] = [headed >> 1, headless >> 1];
    },
    continues(record, line, blanks) {
      if (!follows || blanks > 0 || run >= maxPlainLines) {
        headless++;
        return false;
      }
      if (!joins(record, line)) return false;
      run++;
      return true;
    },
  };
};

/** 'stderr: "PHP message: …' whose closing quote is on a later line; an inch mark or an apostrophe opens none. */
const leavesQuoteOpen = ({ bytes: b, start, end }: Stretch): boolean => {
  let open = false;
  for (let i = start; i < end; i++) {
    if (b[i] === 92) i++;
    else if (b[i] === 34) {
      if (!open && !(i === start || isQuoteJoint(b[i - 1] as number)) && !isSpace(b[i + 1])) return false;
      open = !open;
    }
  }
  return open;
};

const isQuoteJoint = (c: number): boolean => isSpace(c) || c === 61 || c === 58 || c === 40 || c === 91 || c === 123 || c === 44;

const closesQuote = ({ bytes: b, start, end }: Stretch): boolean => {
  let quotes = 0;
  for (let i = start; i < end; i++) {
    if (b[i] === 92) i++;
    else if (b[i] === 34) quotes++;
  }
  return quotes % 2 === 1;
};

/** ', address as "city"', ') engine = x', '; end': no program begins a message so. */
const startsMidSentence = ({ bytes: b, start, end }: Stretch): boolean =>
  end - start > 1 && (b[start] === 44 || b[start] === 41 || b[start] === 59) && !startsWith(b, start, end, ';;');

/** '/app/x.js:3' alone: so Node begins to tell of what nobody caught. */
const isSourcePlace = ({ bytes: b, start, end }: Stretch): boolean => {
  let i = end;
  while (i > start && isDigit(b[i - 1])) i--;
  if (i === end || b[i - 1] !== 58) return false;
  let slash = false;
  for (let k = start; k < i; k++) {
    if (isSpace(b[k])) return false;
    slash ||= b[k] === 47 || b[k] === 92;
  }
  return slash;
};

const clauses = new Set(
  'from where and or join left right inner outer full cross on order group having limit offset set values union select into returning using with when then else end as'.split(
    ' ',
  ),
);

/** 'WHERE o.status = …': a statement goes on, whatever its words are. */
const isClause = ({ bytes: b, start, end }: Stretch): boolean => {
  let i = start;
  let word = '';
  while (i < end && isLetter(b[i]) && word.length < 10) word += String.fromCharCode((b[i++] as number) | 32);
  return (i === end || b[i] === 32 || b[i] === 40) && clauses.has(word);
};

const statements = ['SELECT ', 'INSERT ', 'UPDATE ', 'DELETE ', 'select ', 'insert ', 'update ', 'delete ', 'CREATE ', 'ALTER ', 'WITH '];

/** A statement begins in the record's first line, and does not end there. */
const holdsStatement = ({ bytes: b, start, end }: Stretch): boolean =>
  b[end - 1] !== 59 && statements.some((word) => find(b, start, Math.min(end, start + 2000), word) >= 0);

/** 'InnoDB: a new file' under a dated 'InnoDB: the file did not exist': one program, one thing told. */
const sharesTag = (record: Stretch, line: Stretch): boolean => {
  const length = tagLength(line);
  if (length === 0) return false;
  const from = skipSpaces(record.bytes, record.start, record.end);
  if (from + length > record.end) return false;
  for (let k = 0; k < length; k++) if (record.bytes[from + k] !== line.bytes[line.start + k]) return false;
  return true;
};

/** Of 'InnoDB: ', the colon included; 0 where the line does not begin with a tag. */
const tagLength = ({ bytes: b, start, end }: Stretch): number => {
  let i = start;
  while (i < end && i < start + 24 && (isLetter(b[i]) || isDigit(b[i]) || b[i] === 45 || b[i] === 95)) i++;
  return i - start >= 3 && b[i] === 58 && b[i + 1] === 32 ? i + 1 - start : 0;
};

const firstKeys = ['ts=', 'time=', 'level=', 'lvl=', 'timestamp=', 't=', 'at=', 'caller=', 'msg='];

/** logfmt puts time or level first: such a line is a record whatever stands before it. */
export const opensLogfmt = (b: Uint8Array, start: number, end: number): boolean => firstKeys.some((key) => startsWith(b, start, end, key));
