import { AppError } from '#src/core/errors.ts';
import { AddChangeDocument, type AddChangeInput } from './generated/operations.ts';
import type { Call } from './handler.ts';
import { throwUserError } from './user-errors.ts';

/** The line as a title: what is too long for one ends in an ellipsis, never within a character. */
export const asTitle = (line: string, most: number): string =>
  line.length > most ? `${line.slice(0, most - 2).replace(/[\uD800-\uDBFF]$/, '')}…` : line;

/** Notes what no repository knows of. Throws AppError with the sentence for the person. */
export const addChange = async ({ api, acting }: Pick<Call, 'api' | 'acting'>, input: AddChangeInput): Promise<{ replayed: boolean }> => {
  const { addChange: payload } = await api.request(AddChangeDocument, { input }, acting);
  throwUserError(payload.userErrors);
  if (!payload.change) throw new AppError('API_UNAVAILABLE', 'I could not store this, so nothing was kept. Please try again in a minute.');
  return { replayed: payload.replayed };
};
