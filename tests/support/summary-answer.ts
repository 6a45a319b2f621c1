import type { RawSummary } from '#src/logs/summary-task.ts';

/** What a model could say about `sampleLog`: every claim stands on the pattern of rank one. */
export const summaryAnswer = (over: Partial<RawSummary> = {}): RawSummary => ({
  headline: 'Checkout could not get a database connection {P1.count} times',
  severity: 'high',
  whatIsGoingOn: [
    {
      text: 'The pool orders-db had no free connection',
      confidence: null,
      evidence: [cite('timeout acquiring connection from pool orders-db')],
    },
  ],
  likelyCauses: [{ text: 'The connection pool was exhausted', confidence: 'high', evidence: [cite(null)] }],
  impact: [],
  nextSteps: [{ text: 'See what holds the connections', confidence: null, evidence: [] }],
  ...over,
});

export const cite = (quote: string | null): RawSummary['whatIsGoingOn'][number]['evidence'][number] => ({
  pattern: 'P1',
  fromLine: null,
  toLine: null,
  quote,
});
