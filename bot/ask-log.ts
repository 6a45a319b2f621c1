import { AskLogDocument, type AskLogInput } from './generated/operations.ts';
import type { Call } from './handler.ts';
import { throwUserError } from './user-errors.ts';

/** Resolves to whether there is a log to ask: false when the thread is about none. Throws what else the API would not do. */
export const askLog = async ({ api, acting }: Call, input: AskLogInput & { idempotencyKey: string }): Promise<boolean> => {
  const { askLog: payload } = await api.request(AskLogDocument, { input }, acting);
  if (payload.userErrors.some(({ code }) => code === 'NOT_FOUND')) return false;
  throwUserError(payload.userErrors);
  return true;
};
