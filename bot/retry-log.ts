import { AppError } from '#src/core/errors.ts';
import type { ActingFor, Api } from './api.ts';
import { RetryLogDocument } from './generated/operations.ts';

/** Throws AppError with the sentence for the person. */
export const retryLog = async (api: Api, id: string, acting: ActingFor): Promise<void> => {
  const { retryLog: payload } = await api.request(RetryLogDocument, { input: { logId: id } }, acting);
  const [problem] = payload.userErrors;
  if (problem) throw new AppError(problem.code, problem.message);
};
