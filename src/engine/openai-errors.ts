import type { APIError } from 'openai';
import { AppError, isAppError } from '#src/core/errors.ts';

type Circumstances = { api: 'responses' | 'chat' | 'embeddings'; cancelled: boolean; timedOut: boolean; timeoutMs: number };

/**
 * One table from what the SDK throws to our codes. Messages of servers may repeat the key or the prompt, so none of their text is
 * kept: only status, code and request id travel on, as the cause.
 */
export const toAppError = (error: unknown, circumstances: Circumstances): AppError => {
  if (isAppError(error)) return error;
  if (circumstances.cancelled) return new AppError('CANCELLED', 'The work was cancelled while the model was writing.');
  if (circumstances.timedOut || nameOf(error) === 'APIConnectionTimeoutError')
    return unavailable(
      `The model did not answer within ${Math.round(circumstances.timeoutMs / 100) / 10} s; OPENAI_TIMEOUT_SECONDS allows more time.`,
      error,
    );
  if (hasStatus(error)) return fromStatus(error, circumstances);
  if (nameOf(error) === 'APIConnectionError' || isCutConnection(error))
    return unavailable('The model cannot be reached. If this goes on, check OPENAI_BASE_URL and the network.', error);
  // What is left is an answer that the SDK could not read.
  return new AppError('ENGINE_BAD_ANSWER', 'The model answered with something we cannot read. Another try may help.', {
    cause: bare(error),
  });
};

const fromStatus = (error: StatusError, { api }: Circumstances): AppError => {
  const { status, code } = error;
  const cause = bare(error);
  if (code === 'insufficient_quota' || error.type === 'insufficient_quota' || status === 402)
    return denied('The OpenAI account has no credit left. Add credit or raise its limit, then try again.', cause);
  if (code === 'content_filter' || code === 'content_policy_violation')
    return new AppError('ENGINE_REFUSED', 'The model’s provider declined this content. The digest above is complete without it.', {
      cause,
    });
  if (status === 429)
    return new AppError('ENGINE_RATE_LIMITED', 'The model is busy: its rate limit was reached.', {
      cause,
      ...retryAfter(error.headers),
    });
  if (status === 401) return denied('The model’s server rejected the API key. Set OPENAI_API_KEY to a valid key.', cause);
  if (status === 403)
    return denied('The API key may not use this model. Allow it in the OpenAI project, or set OPENAI_MODEL to one it may use.', cause);
  if (status === 404 && api === 'embeddings')
    return denied('The embedding model was not found there. Check EMBEDDING_MODEL and OPENAI_BASE_URL.', cause);
  if (status === 404 && api === 'responses' && code !== 'model_not_found')
    return denied(
      'The model or the Responses API was not found there. Check OPENAI_MODEL and OPENAI_BASE_URL; for a server without the Responses API set OPENAI_API=chat.',
      cause,
    );
  if (status === 404) return denied('The model was not found. Check OPENAI_MODEL and OPENAI_BASE_URL.', cause);
  if (code === 'context_length_exceeded')
    return denied(
      'The digest does not fit into this model. Lower SUMMARY_MAX_TOKENS or set OPENAI_MODEL to a model with more room.',
      cause,
    );
  if (status >= 500 || status === 408 || status === 409 || status === 425)
    return new AppError('ENGINE_UNAVAILABLE', 'The model’s server had a problem of its own.', {
      cause,
      ...retryAfter(error.headers),
    });
  return denied(
    `The model’s server did not accept the request (status ${status}). Check OPENAI_MODEL and OPENAI_API; the server must support structured output.`,
    cause,
  );
};

type StatusError = Pick<APIError<number, Headers>, 'status' | 'headers' | 'code' | 'type' | 'requestID'> & Error;

const hasStatus = (error: unknown): error is StatusError => error instanceof Error && 'status' in error && typeof error.status === 'number';

// A stream cut half-way is a bare TypeError of undici's, not a class of the SDK's.
const isCutConnection = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const cause: unknown = error.cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return (
    /^(?:terminated|fetch failed)$/.test(error.message) ||
    /^(?:UND_ERR|ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN|ENOTFOUND)/.test(code) ||
    nameOf(error) === 'AbortError'
  );
};

const nameOf = (error: unknown): string => (error instanceof Error ? (error.name === 'Error' ? error.constructor.name : error.name) : '');

/** Seconds or a date (RFC 9110), or OpenAI's own header in milliseconds. Bounded: a server does not park us for a day. */
const retryAfter = (headers: Headers | undefined): { retryAfterMs?: number } => {
  const precise = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  const told = headers?.get('retry-after') ?? '';
  const wait = Number.isFinite(precise) ? precise : /^\d+(\.\d+)?$/.test(told) ? Number(told) * 1000 : Date.parse(told) - Date.now();
  return Number.isFinite(wait) ? { retryAfterMs: Math.min(Math.max(0, Math.round(wait)), 3_600_000) } : {};
};

const denied = (sentence: string, cause: Error): AppError => new AppError('ENGINE_DENIED', sentence, { cause });
const unavailable = (sentence: string, error: unknown): AppError => new AppError('ENGINE_UNAVAILABLE', sentence, { cause: bare(error) });

const bare = (error: unknown): Error => {
  const facts = hasStatus(error) ? [error.status, word(error.code), word(error.type), word(error.requestID)] : [];
  return new Error([nameOf(error), ...facts].filter(Boolean).join(' '));
};

// Codes and request ids are short words; anything else a server puts there is not repeated.
const word = (value: unknown): string => (typeof value === 'string' && /^[\w.-]{1,60}$/.test(value) && !/^sk-/.test(value) ? value : '');
