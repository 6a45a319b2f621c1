import { hasWords, isGreeting, subjectOf } from './classify/index.ts';

export const MAX_BODY = 100_000;

/** What is said of a text that is longer than what counts of it; null when it is not. */
export const cutNote = (text: string | undefined): string | null =>
  text && text.trim().length > MAX_BODY
    ? `The text has ${text.trim().length.toLocaleString('en-US')} characters; the first ${MAX_BODY.toLocaleString('en-US')} count, the rest was cut.`
    : null;
const MAX_TITLE = 200;

/** What a ticket is called until its message was read. */
export const UNTITLED = 'Ticket';

/** In front of the message that was meant, where others of its thread stand before it. */
export const MEANT = '→ ';

/**
 * A title of one line: the given one, or what the text begins with; of a mail its subject. Of a thread in which a reply was meant: that reply, and what the thread
 * is about.
 */
export const titleOf = (given: string | undefined, body: string): string => {
  const all = body.split('\n').filter((line) => line.trim() !== '');
  // "🔥🔥" says nothing of what it is about, where words follow.
  const words = all.filter(hasWords);
  const lines = words.length > 0 ? words : all;
  const meant = lines.find((line) => line.startsWith(MEANT))?.slice(MEANT.length);
  const first =
    meant === undefined
      ? (subjectOf(body) ?? withoutGreeting(lines))
      : [meant, lines[0]].map((line = '') => cut(line.trim(), MAX_TITLE / 2)).join(' · ');
  return cut((given?.trim() || first?.trim() || UNTITLED).replace(/\p{Cc}+/gu, ' ').trim(), MAX_TITLE);
};

const withoutGreeting = (lines: readonly string[]): string | undefined =>
  lines.length > 1 && isGreeting(lines[0] as string) ? lines[1] : lines[0];

const cut = (line: string, most: number): string =>
  line.length > most ? `${line.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : line;
