import type { IncomingMessage, ServerResponse } from 'node:http';
import { databaseAway } from '#src/core/database-away.ts';
import { type ErrorCode, isAppError } from '#src/core/errors.ts';
import { answerPage, problemPage } from './pages.ts';

/** From error code to HTTP status; the one table of this edge. */
const statusOf: Partial<Record<ErrorCode, number>> = {
  BAD_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  TOO_LARGE: 413,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  STORE_UNAVAILABLE: 503,
  // Not 429: some senders (Alertmanager) try again after a 5xx only.
  BUSY: 503,
};

export const answerJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(`${JSON.stringify(body)}\n`);
};

/** Says what went wrong in words; what we did not expect only with its id. */
export const answerError = (request: IncomingMessage, response: ServerResponse, thrown: unknown, requestId: string): void => {
  if (response.headersSent) return void response.destroy();
  const error = isAppError(thrown) ? thrown : (databaseAway(thrown) ?? thrown);
  const expected = isAppError(error);
  // Whoever says which methods are allowed refused one.
  const status = response.hasHeader('allow') ? 405 : expected ? (statusOf[error.code] ?? 500) : 500;
  if (expected && error.retryAfterMs !== undefined) response.setHeader('retry-after', Math.ceil(error.retryAfterMs / 1000));
  if (status === 401 && !response.hasHeader('www-authenticate')) response.setHeader('www-authenticate', 'Bearer');
  // On a connection that is kept, the next request would wait behind the rest of this one.
  if (!request.complete) response.setHeader('connection', 'close');
  const code = expected ? error.code : 'INTERNAL';
  const message = expected ? error.message : `Something went wrong on our side; it was noted as ${requestId}.`;
  if (request.method === 'GET' && (request.headers.accept ?? '').includes('text/html'))
    answerPage(response, problemPage(message, status), status);
  else answerJson(response, status, { error: { code, message, requestId } });
};
