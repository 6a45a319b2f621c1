import type { Ticket } from './entities/ticket.ts';

/** The one answer to "do its words stay where they were said?": a channel it was said in, asked in or quotes from is restricted. */
export const isRestricted = ({ channels }: Pick<Ticket, 'channels'>, restrictedChannels: readonly string[]): boolean =>
  channels.some((channel) => restrictedChannels.includes(channel));

/** Whether a ticket's own words must not be shown in a channel: some of them come from a restricted one that is another. Direct messages are the asker's. */
export const mustHideIn = (channel: string, { channels }: Pick<Ticket, 'channels'>, restrictedChannels: readonly string[]): boolean =>
  !channel.startsWith('D') && channels.some((each) => each !== channel && restrictedChannels.includes(each));

/**
 * Whether another ticket's words may be shown in a channel: in the one it comes from, and elsewhere if everybody could read them where they were
 * said and none of it is restricted. Of others only the number is named.
 */
export const mayBeNamedIn = (
  channel: string,
  ticket: Pick<Ticket, 'channels' | 'openly'>,
  restrictedChannels: readonly string[],
): boolean => ticket.channels.every((each) => each === channel) || (ticket.openly && !isRestricted(ticket, restrictedChannels));
