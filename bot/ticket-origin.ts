import type { SlackOriginInput } from './generated/operations.ts';

/** What a ticket of a message is made from: all of the thread it is in; of a reply it is known which thread that is. */
export const ticketOrigin = (
  { channel, ts, threadTs }: { channel: string; ts: string; threadTs?: string | null | undefined },
  { teamId, user }: { teamId: string; user: string },
): SlackOriginInput =>
  threadTs && threadTs !== ts ? { kind: 'MESSAGE', teamId, channel, ts, threadTs, user } : { kind: 'THREAD', teamId, channel, ts, user };
