import { type Language, languages } from './languages/index.ts';

/**
 * The text of a mail without what is no part of its matter: headers, "---- Forwarded message ----", signature, disclaimer, "Sent from my phone". Each
 * is blanked out, so that every word left stands where it stood; of the headers the subject is left.
 */
export const withoutTrimmings = (text: string): string => {
  if (!text.includes('\n')) return withoutDisclaimers(text);
  const lines = text.split('\n');
  blankHeaders(lines);
  blankSignatures(lines);
  return withoutDisclaimers(lines.join('\n'));
};

/** The same without the gaps: how long a text is, and how it begins, tells something too. */
export const matterOf = (text: string): string => {
  const left = withoutTrimmings(text);
  return left === text
    ? text
    : left
        .replace(/ {3,}/g, ' ')
        .replace(/\n\s*\n/g, '\n\n')
        .trim();
};

/** What a mail in the text has as its subject, without "Re:" and the like; null without one. */
export const subjectOf = (text: string): string | null => {
  const lines = text.split('\n', HEADERS_LOOKED_FOR);
  const at = lines.findIndex((line, i) => subjectLine.test(line) && (i === 0 || isHeader(lines[i - 1]) || isHeader(lines[i + 1])));
  const said = at < 0 ? '' : (lines[at] as string).replace(subjectLine, '').replace(answers, '').trim();
  return said === '' ? null : said;
};

/** "Hi team," and nothing else. */
export const isGreeting = (line: string): boolean => greeting.test(line);

const words = (part: (letter: Language['letter']) => string): string => languages.map(({ letter }) => part(letter)).join('|');
const all = (part: (letter: Language['letter']) => readonly string[]): RegExp[] =>
  languages.flatMap(({ letter }) => part(letter).map((source) => new RegExp(`(?<!\\p{L})(?:${source})`, 'gu')));

const quoteMark = '^[>\\s*_]*';
const subjectLine = new RegExp(`${quoteMark}(?:${words(({ subject }) => subject)})[*_]*\\s?:[*_]*\\s`, 'iu');
const headerLine = new RegExp(`${quoteMark}(?:${words(({ headers }) => headers)})[*_]*\\s?:`, 'iu');
const forwarded = new RegExp(
  `${quoteMark}(?:[-_]{3,}\\s*\\p{L}[\\s\\p{L}'’]{3,40}[-_]{3,}\\s*$|(?:${words(({ forwarded }) => forwarded)})\\s*:?\\s*$)`,
  'iu',
);
const closing = new RegExp(`${quoteMark}(?:${words(({ closings }) => closings)})(?!\\p{L})[\\s,.!–-]*(.*)$`, 'iu');
const sentFrom = new RegExp(`${quoteMark}(?:${words(({ sentFrom }) => sentFrom)})(?!\\p{L})`, 'iu');
const greeting = new RegExp(`^\\s*(?:${words(({ greetings }) => greetings)})(?:[\\s,]+[\\p{L}@.-]+){0,4}\\s*[,!.:–-]*\\s*$`, 'iu');
const notices = all(({ notices }) => notices);
const banners = all(({ banners }) => banners);
const answers = /^(?:\s*(?:re|fwd?|aw|wg|tr|rv|rép|antw)\s*:|\s*\[ext(?:ern(?:al)?)?\]:?)+/i;
const HEADERS_LOOKED_FOR = 60;
const isHeader = (line: string | undefined): boolean => line !== undefined && (headerLine.test(line) || subjectLine.test(line));
const blank = (line: string): string => ' '.repeat(line.length);

/** Two or more header lines that name a subject or an address. A leave "from: … to: …" is none. */
const blankHeaders = (lines: string[]): void => {
  for (let from = 0; from < lines.length; from++) {
    if (forwarded.test(lines[from] as string)) lines[from] = blank(lines[from] as string);
    if (!isHeader(lines[from])) continue;
    let to = from;
    while (isHeader(lines[to])) to++;
    const block = lines.slice(from, to);
    const isMail = block.some((line) => subjectLine.test(line)) || (block.length > 1 && block.some((line) => /\S@\S/.test(line)));
    if (isMail)
      for (let i = from; i < to; i++) {
        const line = lines[i] as string;
        const kept = subjectLine.test(line) ? line.replace(subjectLine, '').replace(answers, '') : '';
        lines[i] = kept.padStart(line.length);
      }
    from = to - 1;
  }
};

const MOST_SIGNED = 10;
const contact =
  /^[\d\s()/.+-]{8,}$|(?:\+|\b00)\d[\d\s()/.-]{6,}|\b(?:tel|fon|phone|mobile?|móvil|mobil|fax|tél|cell)\b\.?\s*[:.]?\s*[+(\d]|\S@\S+\.\p{L}{2,}|\bwww\.|https?:\/\/|\s\|\s/iu;

const blankSignatures = (lines: string[]): void => {
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    const rest = closing.exec(line)?.[1];
    const delimiter = /^-- ?$/.test(line);
    // "Thanks for the new laptop, but it does not start" goes on.
    if (!delimiter && (rest === undefined || !(rest.trim() === '' || isName(rest)))) {
      if (sentFrom.test(line)) lines[at] = blank(line);
      continue;
    }
    let signed = rest !== undefined && rest.trim() !== '';
    for (let next = at + 1; next < Math.min(lines.length, at + MOST_SIGNED); next++) {
      const one = lines[next] as string;
      if (one.trim() === '') continue;
      const named = !signed && (isName(one) || /^\s*\p{L}+\s*$/u.test(one));
      if (!named && !isSigned(one) && !(isShort(one) && isSigned(lines[next + 1] ?? ''))) break;
      signed = true;
      lines[next] = blank(one);
    }
    // Thanks that nobody signed are part of what is said.
    if (signed) lines[at] = blank(line);
  }
};

const bare = (line: string): string[] => line.match(/[\p{L}\p{M}\p{N}'’.-]+/gu) ?? [];
const capitalised = (line: string): boolean => {
  const long = bare(line).filter((word) => word.length > 3);
  return bare(line).length > 0 && long.every((word) => /^[\p{Lu}\p{N}]/u.test(word)) && /\p{Lu}/u.test(line);
};
const endsLikeSentence = (line: string): boolean => /[?!:;]\s*$/.test(line) || (/\.\s*$/.test(line) && bare(line).length > 6);
const isName = (line: string): boolean => bare(line).length <= 4 && capitalised(line) && !endsLikeSentence(line);
const isShort = (line: string): boolean => bare(line).length <= 6 && !/[.?!]\s*$/.test(line);
/** A name, a post, a company, an address or how to reach somebody. */
const isSigned = (line: string): boolean =>
  line.trim() !== '' && line.length <= 100 && (contact.test(line) || (capitalised(line) && !endsLikeSentence(line)));

/** Paragraphs with two marks of a disclaimer, from the first of them on. One mark may be what the ticket is about. */
const withoutDisclaimers = (text: string): string => {
  const lower = text.toLowerCase();
  if (lower.length !== text.length || !telling.test(lower)) return text;
  let left = text;
  for (const { 0: paragraph, index } of lower.matchAll(/[^\n]+(?:\n[^\n]*\S[^\n]*)*/g)) {
    const notice = telling.test(paragraph) ? noticeIn(paragraph) : null;
    if (!notice) continue;
    const [from, to] = [index + notice.from, index + notice.to];
    left = left.slice(0, from) + left.slice(from, to).replace(/[^\n]/g, ' ') + left.slice(to);
  }
  return left;
};

// A disclaimer of any of the languages has one of them, and most tickets have none.
const telling =
  /confiden|privileg|recipient|addressee|sender|vertraulich|adressat|empfänger|absender|amtsgericht|geschäftsführ|hr[ab] ?\d|destinat|expéditeur|siret|remitente|registro mercantil|outside|extern|links or|print|drucken|imprimir|umwelt/;

// So far a sentence goes on around what marks it, where no full stop ends it.
const SENTENCE = 160;
// "This e-mail and any files transmitted with it are …"
const OPENING = 60;

const noticeIn = (paragraph: string): { from: number; to: number } | null => {
  const marksOf = (some: readonly RegExp[]) => some.map((mark) => [...paragraph.matchAll(mark)]).filter((found) => found.length > 0);
  const [found, shown] = [marksOf(notices), marksOf(banners)];
  const marks = [...(found.length >= 2 ? found : []), ...shown].flat();
  if (marks.length === 0) return null;
  const first = Math.min(...marks.map(({ index }) => index));
  const last = Math.max(...marks.map(({ 0: mark, index }) => index + mark.length));
  const begun = paragraph.slice(Math.max(0, first - SENTENCE), first);
  const start = [...begun.matchAll(/[.!?]\s|\n\s*|^/g)].map(({ 0: end, index }) => index + end.length);
  // Without a full stop in front, what stands there is the matter, unless a notice begins like that.
  const isWhole = start.length > 1 || first <= OPENING;
  return { from: isWhole ? first - begun.length + Math.max(...start) : first, to: endOfNotice(paragraph, last) };
};

/** All that follows, unless it goes on far longer than a sentence without a full stop. */
const endOfNotice = (paragraph: string, last: number): number => {
  const rest = paragraph.slice(last);
  return rest.length <= 3 * SENTENCE || /[.!?]\s/.test(rest.slice(0, SENTENCE)) ? paragraph.length : last;
};
