import { parseLine } from '#src/core/parse-line.ts';
import { redactSecrets } from '#src/core/sensitive/redact-secrets.ts';
import { showDirections } from '#src/core/show-directions.ts';

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

/**
 * The title and source a log is kept under, secrets masked: both are printed wherever the log is spoken of. What was typed is refused when it is no
 * line (BAD_INPUT); a file's name nobody typed, so it is mended.
 */
export const nameLog = ({ title, fileName, source }: LogName): { title: string | undefined; source: string | undefined } => ({
  title: title?.trim() ? shown(parseLine(title, 'title', MAX_TYPED)) : fileName && mendTitle(fileName),
  source: source?.trim() ? shown(parseLine(source, 'source', MAX_SOURCE)) : undefined,
});

/** A title that nobody typed: on one line, secrets masked, cut. */
export const mendTitle = (name: string): string | undefined => shown(name.replace(/\p{Cc}+/gu, ' ').trim()) || undefined;

// Masked before it is cut: half of a secret is no longer known for what it is.
const shown = (name: string): string => cut(showDirections(redactSecrets(name)));

const cut = (title: string): string => (title.length > MAX_SHOWN ? `${title.slice(0, MAX_SHOWN - 1).toWellFormed()}…` : title);
