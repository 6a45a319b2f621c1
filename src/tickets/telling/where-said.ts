import type { ReportSection } from '#src/core/report.ts';

/** The way to a ticket's thread, for a message that stands elsewhere; `thread` is its address. */
export const whereSaid = (thread: string | null, number: number): ReportSection[] =>
  thread ? [{ title: 'Where it was said', items: [{ text: '', links: [{ text: `the thread of T-${number}`, url: thread }] }] }] : [];
