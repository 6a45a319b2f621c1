import { parseLine } from '#src/core/parse-line.ts';

/** What a log is called by whoever sends it, whichever way it comes. */
export type LogName = {
  title?: string | undefined;
  /** Of a log without a title. */
  fileName?: string | undefined;
  source?: string | undefined;
};

const MAX_TYPED = 300;
const MAX_SOURCE = 200;
const MAX_SHOWN = 200;

/** The title and source a log is kept under. What was typed is refused when it is no line (BAD_INPUT); a file's name nobody typed, so it is mended. */
export const nameLog = ({ title, fileName, source }: LogName): { title: string | undefined; source: string | undefined } => ({
  title: title?.trim() ? cut(parseLine(title, 'title', MAX_TYPED)) : fileName && mend(fileName),
  source: source?.trim() ? parseLine(source, 'source', MAX_SOURCE) : undefined,
});

const mend = (name: string): string | undefined => cut(name.replace(/\p{Cc}+/gu, ' ').trim()) || undefined;

const cut = (title: string): string => (title.length > MAX_SHOWN ? `${title.slice(0, MAX_SHOWN - 1).toWellFormed()}…` : title);
