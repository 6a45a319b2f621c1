import { AppError } from '#src/core/errors.ts';

/** Said to whoever asks for lines that are no longer there. */
export const textForgotten = (at: Date): AppError =>
  new AppError(
    'NOT_FOUND',
    `The text of this log was forgotten on ${at.toISOString().slice(0, 10)}, as LOG_TEXT_DAYS asks for. What was found in it still stands.`,
  );
