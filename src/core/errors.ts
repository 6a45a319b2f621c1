import type { Receipt } from './ports.ts';

/** What went wrong, in a word a program can decide on. Every edge has one table from code to answer. */
export type ErrorCode =
  | 'BAD_INPUT'
  | 'TOO_LARGE'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'RATE_LIMITED'
  | 'BUSY'
  | 'UNAVAILABLE'
  | 'CANCELLED'
  | 'CONFIG'
  | 'API_UNAVAILABLE'
  | 'STORE_UNAVAILABLE'
  | 'ENGINE_UNAVAILABLE'
  | 'ENGINE_RATE_LIMITED'
  | 'ENGINE_DENIED'
  | 'ENGINE_REFUSED'
  | 'ENGINE_BAD_ANSWER'
  | 'ENGINE_BUDGET'
  | 'CHAT_UNAVAILABLE'
  | 'CHAT_RATE_LIMITED'
  | 'CHAT_DENIED'
  | 'CHAT_TOKEN_REFUSED'
  | 'HOOK_UNAVAILABLE'
  | 'HOOK_REFUSED';

export type AppErrorOptions = {
  /** The input field the sentence is about, as the caller names it. */
  field?: string;
  /** How long the other side asked us to wait, in milliseconds. */
  retryAfterMs?: number;
  cause?: unknown;
  /** What left this machine although the call failed (law 4). */
  receipt?: Receipt;
  effect?: Effect;
};

/**
 * What became of a call that failed: 'none', nothing was done; 'over', perhaps something was, and nothing more will be. Left out, the other side
 * may still be at it.
 */
export type Effect = 'none' | 'over';

/**
 * An error we expect. Its message is a sentence for a person: what happened and what to do next; safe to show anywhere.
 * Everything else that is thrown is a bug: masked with an id at the edge and logged once.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly receipt: Receipt | undefined;
  readonly effect: Effect | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.field = options.field;
    this.retryAfterMs = options.retryAfterMs;
    this.receipt = options.receipt;
    this.effect = options.effect;
  }
}

export const isAppError = (error: unknown): error is AppError => error instanceof AppError;
