import type { Log } from '#db/entities/log.ts';
import type { LogResult } from '#db/entities/log-result.ts';

/** What the service answers and resolvers draw from. */
export type LogView = Log;
export type LogSummaryView = { log: Log; result: LogResult | null };
