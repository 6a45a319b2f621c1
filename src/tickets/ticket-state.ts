import type { Ticket, TicketState } from '#db/entities/ticket.ts';

const over: readonly TicketState[] = ['RESOLVED', 'MERGED', 'WITHDRAWN', 'NOT_A_TICKET'];

/** Nothing more will happen to it by itself. */
export const isOver = (state: TicketState): boolean => over.includes(state);

/** What is no ticket, or stands elsewhere, has neither category nor priority; what is resolved can still be put right. */
export const isSortable = (state: TicketState): boolean => !isOver(state) || state === 'RESOLVED';

/** What somebody took is being answered, what sleeps was put to sleep: only these wait for an answer, by their `dueAt`. */
export const waiting: TicketState[] = ['NEW', 'SUGGESTED', 'NEEDS_HUMAN', 'ROUTED'];
export const isWaiting = (state: TicketState): boolean => waiting.includes(state);

/** A P1 that no person said it is, of a ticket that no person looked at. */
export const isUnconfirmed = ({ state, priority, priorityBy }: Pick<Ticket, 'state' | 'priority' | 'priorityBy'>): boolean =>
  priority === 'P1' && priorityBy !== 'PERSON' && (state === 'SUGGESTED' || state === 'NEEDS_HUMAN');

export type TicketMove = 'TAKE' | 'TAKE_OVER' | 'RETURN' | 'SNOOZE' | 'RESOLVE' | 'REOPEN' | 'NOT_A_TICKET';

/** Where a move leads from where; null when it makes no sense there. `routed` says whether it has a category. */
export const moved = (state: TicketState, move: TicketMove, routed: boolean): TicketState | null => {
  const open = !isOver(state);
  switch (move) {
    case 'TAKE':
    case 'TAKE_OVER':
      return open ? 'TAKEN' : null;
    case 'RETURN':
      return state === 'TAKEN' || state === 'SNOOZED' ? (routed ? 'ROUTED' : 'NEEDS_HUMAN') : null;
    case 'SNOOZE':
      return open ? 'SNOOZED' : null;
    case 'RESOLVE':
      return open ? 'RESOLVED' : null;
    case 'NOT_A_TICKET':
      return open ? 'NOT_A_TICKET' : null;
    case 'REOPEN':
      return open ? null : routed ? 'ROUTED' : 'NEEDS_HUMAN';
  }
};
