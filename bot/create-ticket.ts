import { AppError } from '#src/core/errors.ts';
import { CreateTicketDocument, type CreateTicketInput, type TicketState } from './generated/operations.ts';
import type { Call } from './handler.ts';
import { throwUserError } from './user-errors.ts';

/** The one mutation every way to a ticket ends in. Resolves when it is stored; throws AppError with the sentence for the person. */
export const createTicket = async (
  { api, acting, threads }: Pick<Call, 'api' | 'acting' | 'threads'>,
  input: CreateTicketInput & { idempotencyKey: string; reporter: string },
): Promise<{ id: string; name: string; replayed: boolean; sameThread: boolean; state: TicketState }> => {
  const { createTicket: payload } = await api.request(CreateTicketDocument, { input }, acting);
  throwUserError(payload.userErrors);
  if (!payload.ticket) throw new AppError('API_UNAVAILABLE', 'I could not store this, so nothing was kept. Please try again in a minute.');
  const { channel, threadTs } = input.replyTo ?? {};
  if (channel && threadTs) threads.hasTicket({ channel, ts: threadTs });
  const { ticket, replayed, sameThread } = payload;
  return { id: ticket.id, name: `T-${ticket.number}`, replayed, sameThread, state: ticket.state };
};

/** One message makes one ticket, whichever way and whoever asks. */
export const ticketKey = (channel: string, ts: string): string => `slack:ticket:${channel}:${ts}`;

export const reporterOf = (teamId: string, user: string): string => `slack:${teamId}:${user}`;
