import { AppError, type ErrorCode } from '#src/core/errors.ts';

/** Throws the first thing the API would not do, in its words. */
export const throwUserError = (userErrors: { code: ErrorCode; message: string; field?: string | null }[]): void => {
  const [problem] = userErrors;
  if (problem) throw new AppError(problem.code, problem.message, problem.field ? { field: problem.field } : {});
};
