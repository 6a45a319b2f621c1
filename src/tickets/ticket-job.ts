import type { Ticket } from '#db/entities/ticket.ts';
import type { JobSpec, Lane } from '#db/queue.ts';
import type { Clock } from '#src/core/ports.ts';

/** The key a ticket made of a Slack message has, whoever made it and in whatever way. */
export const slackKey = ({ channel, ts }: { channel: string; ts: string }): string => `slack:ticket:${channel}:${ts}`;

/** A step of the work on one ticket. */
export const ticketJob = (
  name: 'collect-ticket' | 'triage-ticket',
  { id, workspaceId }: { id: string; workspaceId: string },
  requestId: string,
  lane?: Lane | undefined,
): JobSpec => ({
  name,
  payload: { ticketId: id, workspaceId, requestId },
  key: `${name}:${id}`,
  lane,
});

/** What brings a snoozed ticket back. */
export const wakeJob = (ticket: Pick<Ticket, 'id' | 'workspaceId' | 'snoozedUntil'>, requestId: string): JobSpec => ({
  name: 'wake-ticket',
  payload: { ticketId: ticket.id, workspaceId: ticket.workspaceId, requestId },
  key: `wake-ticket:${ticket.id}`,
  runAt: ticket.snoozedUntil ?? undefined,
});

/** People can be first: until when a ticket waits before anything is decided by itself. What they decide meanwhile stands. */
export const peopleFirst = ({ createdAt }: Pick<Ticket, 'createdAt'>, delaySeconds: number, clock: Clock): Date | undefined => {
  const until = new Date(createdAt.getTime() + delaySeconds * 1000);
  return until > clock.now() ? until : undefined;
};
