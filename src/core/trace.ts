import { AsyncLocalStorage } from 'node:async_hooks';

const present = new AsyncLocalStorage<string>();

/**
 * The trace that the work under way belongs to, as a W3C traceparent; undefined unless somebody traces. Whatever hands work on (a request to the API,
 * a job) hands it on as well.
 */
export const currentTrace = (): string | undefined => present.getStore();

export const inTrace = <Answer>(trace: string, work: () => Answer): Answer => present.run(trace, work);

/** The header that tells another process of the trace; none when there is none. */
export const traceHeaders = (): { traceparent?: string } => {
  const traceparent = currentTrace();
  return traceparent ? { traceparent } : {};
};
