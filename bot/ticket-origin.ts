import type { SlackOriginInput } from './generated/operations.ts';

/** What a ticket of a message is made from: a reply alone, or everything that was said from the first message of a thread on. */
export const ticketOrigin = (
  { channel, ts, threadTs }: { channel: string; ts: string; threadTs?: string | undefined },
  { teamId, user }: { teamId: string; user: string },
): SlackOriginInput =>
  threadTs && threadTs !== ts ? { kind: 'MESSAGE', teamId, channel, ts, threadTs, user } : { kind: 'THREAD', teamId, channel, ts, user };
