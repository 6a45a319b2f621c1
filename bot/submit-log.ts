import { AppError } from '#src/core/errors.ts';
import type { ActingFor, Api } from './api.ts';
import { SubmitLogDocument, type SubmitLogInput } from './generated/operations.ts';

/**
 * The one mutation every way in ends in. Resolves when the log is stored; throws AppError with the sentence for the person.
 * `stopped`: the log of this key failed or was cancelled.
 */
export const submitLog = async (
  api: Api,
  input: SubmitLogInput & { idempotencyKey: string },
  acting: ActingFor,
): Promise<{ logId: string; replayed: boolean; stopped: boolean }> => {
  const { submitLog: payload } = await api.request(SubmitLogDocument, { input }, acting);
  const [problem] = payload.userErrors;
  if (problem) throw new AppError(problem.code, problem.message, problem.field ? { field: problem.field } : {});
  if (!payload.log) throw new AppError('API_UNAVAILABLE', 'I could not store this, so nothing was kept. Please try again in a minute.');
  const { id, status } = payload.log;
  return { logId: id, replayed: payload.replayed, stopped: status === 'FAILED' || status === 'CANCELLED' };
};
