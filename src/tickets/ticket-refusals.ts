import type { Ticket } from '#db/entities/ticket.ts';
import { AppError } from '#src/core/errors.ts';

/** What somebody wants of a ticket makes no sense in its state. */
export const senseless = ({ number, state }: Ticket): AppError =>
  new AppError('CONFLICT', `T-${number} is ${state.toLowerCase().replaceAll('_', ' ')}; that cannot be done with it now.`);

/** Also of tickets that are of another workspace. */
export const notFound = (field?: string): AppError =>
  new AppError(
    'NOT_FOUND',
    'That ticket was not found. Check its id or number (T-142); tickets of other workspaces cannot be seen.',
    field ? { field } : {},
  );
