import type { Log } from '#db/entities/log.ts';
import type { LogResult } from '#db/entities/log-result.ts';
import { redactSecrets } from '#src/core/sensitive/redact-secrets.ts';
import type { Digest, Sample } from './digest/types.ts';
import { readFirst } from './failures/telling-lines.ts';
import { troublesOf } from './failures/troubles.ts';

/** What the service answers and resolvers draw from. */
export type LogView = Log;
export type LogSummaryView = { log: Log; result: LogResult | null };

export { redactSecrets as withoutSecrets } from '#src/core/sensitive/redact-secrets.ts';
export { linesUrl } from './log-links.ts';
export { changeClaims } from './memory/change-claims.ts';
export { phrasesOf } from './wording/phrases.ts';
export { shownVariables } from './wording/shown-values.ts';

/** The passages to read first, secrets masked. */
export const linesToRead = (digest: Digest): Sample[] =>
  readFirst(
    digest,
    troublesOf(digest).flatMap(({ patterns }) => patterns.slice(0, 1)),
  ).map(({ lines, text }) => ({ lines, text: redactSecrets(text) }));
