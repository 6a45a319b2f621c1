import type { Pattern } from '#src/logs/digest/types.ts';
import { statusesOf, statusIn } from '#src/logs/failures/request-status.ts';

/** '500', or '5xx' for all of its class. */
export const isStatusTerm = (text: string): boolean => /^[1-5](?:\d\d|xx)$/.test(text);
export const isStatusClass = (text: string): boolean => /^[1-5]xx$/.test(text);

/** Which statuses that requests of these patterns got a term of a question means; none where it means no status. */
export const statusesFor = (term: string, patterns: readonly Pattern[]): number[] =>
  isStatusTerm(term)
    ? [...new Set(patterns.flatMap((pattern) => statusesOf(pattern).map(({ status }) => status)))].filter((status) => fits(status, term))
    : [];

/** Whether a record is of a request that got it: not one with 500 as its size or in its query. */
export const gotStatus = (record: string, term: string): boolean => {
  const status = statusIn(record);
  return status !== null && fits(status, term);
};

const fits = (status: number, term: string): boolean => (isStatusClass(term) ? String(status)[0] === term[0] : String(status) === term);
