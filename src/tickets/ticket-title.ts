export const MAX_BODY = 100_000;
const MAX_TITLE = 200;

/** What a ticket is called until its message was read. */
export const UNTITLED = 'Ticket';

// In front of what was said in a thread, so that logs pasted there keep their times; in a title it is noise.
const TIME_IN_FRONT = /^\d{4}-\d\d-\d\dT[\d:.]+Z\s+/;

/** A title of one line: the given one, or the text's first. */
export const titleOf = (given: string | undefined, body: string): string => {
  const first = body
    .split('\n')
    .find((candidate) => candidate.trim() !== '')
    ?.replace(TIME_IN_FRONT, '');
  const line = (given?.trim() || first?.trim() || UNTITLED).replace(/\p{Cc}+/gu, ' ').trim();
  return line.length > MAX_TITLE ? `${line.slice(0, MAX_TITLE - 1)}…` : line;
};
