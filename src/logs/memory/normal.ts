/** What a log's source is usually like, held against this log. Pattern ids are those of its digest. */
export type Normal = {
  /** Logs of the source that were seen before this one. */
  logsBefore: number;
  /** Never seen before, by rank. Empty while there is nothing to compare with. */
  firstSeen: string[];
  /** Far more often than usual: records an hour, now and usually. */
  more: { pattern: string; perHour: number; usualPerHour: number }[];
  /** Problems that are in most logs and no more frequent than ever, with what is usual. Missing in what was stored long ago. */
  usual?: { pattern: string; usualPerHour: number }[];
  /** Usually there, and not in this log. */
  stopped: { template: string; usualPerHour: number }[];
  /** Marked by people as nothing to look at, for this source. */
  noise: string[];
  /** An earlier log of the source with the same leading problems: errors that are not there all the time. */
  sameAs: { logId: string; title: string; at: string; shared: number; of: number } | null;
  /**
   * Recorded changes that may be the cause of a problem: of the same system or named in the log, shortly before a pattern was seen for the first
   * time ever, or began in the midst of the log. `firstSeen` and `url` are missing in what was stored long ago.
   */
  changes: {
    pattern: string;
    changeId: string;
    title: string;
    system: string;
    at: string;
    firstSeen?: boolean;
    sameSystem?: boolean;
    url?: string | null;
    /** The log states no zone: which was taken for it, how long before it was handed in it ends there, and how long after the change this began. */
    assumed?: { zone: string; beforeHandedInMs: number; gapMs: number };
  }[];
  /** Open tickets that quote a leading problem, as 'T-42'. */
  tickets: string[];
};
