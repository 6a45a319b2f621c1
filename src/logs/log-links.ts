import type { LineRange } from './digest/types.ts';

/** Addresses a report may link to. None holds a token: who follows one signs in there. */
export type LogLinks = {
  /** Where these lines of the log can be read; null when people cannot reach us. */
  lines?(lines: LineRange): string | null;
  /** The thread an earlier log was answered in. */
  sameAs?: string | null;
  /** By change id: where a change is told. */
  changes?: ReadonlyMap<string, string>;
  /** By name ('T-42'): the thread of a ticket. */
  tickets?: ReadonlyMap<string, string>;
};

/** The page that shows lines of a log to whoever may read it. */
export const linesUrl = (publicUrl: string, logId: string, { from, to }: LineRange): string =>
  `${publicUrl.replace(/\/+$/, '')}/logs/${logId}?lines=${from}-${to}`;

/** Links to lines alone: all there is to link to in an answer. */
export const linksOf = (logId: string, publicUrl: string | null): LogLinks =>
  publicUrl === null ? {} : { lines: (lines) => linesUrl(publicUrl, logId, lines) };

/** Where a message stands in Slack: it finds its own way to the workspace whoever follows it is signed in to. */
export const messageUrl = ({ channel, ts, threadTs }: { channel: string; ts: string; threadTs?: string | undefined }): string =>
  `https://slack.com/archives/${channel}/p${ts.replace('.', '')}${threadTs && threadTs !== ts ? `?thread_ts=${threadTs}&cid=${channel}` : ''}`;
