import type { Ticket } from './entities/ticket.ts';

type Places = Pick<Ticket, 'channels' | 'openly'>;

/**
 * The one answer to "do its words stay where they were said?": a channel it was said in, asked in or quotes from is restricted. Where that is not
 * known (a version from before it was written down made it), it may have been any.
 */
export const isRestricted = (places: Places, restrictedChannels: readonly string[]): boolean =>
  places.channels.some((channel) => restrictedChannels.includes(channel)) || (isUnknown(places) && restrictedChannels.length > 0);

const isUnknown = ({ channels, openly }: Places): boolean => channels.length === 0 && !openly;

/** Whether a ticket's own words must not be shown in a channel: some of them come from a restricted one that is another. Direct messages are the asker's. */
export const mustHideIn = (channel: string, places: Places, restrictedChannels: readonly string[]): boolean =>
  !channel.startsWith('D') &&
  isRestricted(
    { ...places, channels: places.channels.filter((each) => each !== channel), openly: places.openly || places.channels.length > 0 },
    restrictedChannels,
  );

/**
 * Whether a ticket's own words stay away from a channel because not everybody could read them where they were said. They are told where it was
 * born, and elsewhere only if all the other channels it comes from are open. Direct messages are the asker's.
 */
export const isPrivateIn = (channel: string, { origin, channels, openly }: Places & Pick<Ticket, 'origin'>): boolean =>
  !openly && !channel.startsWith('D') && channels.some((each) => each !== channel) && (origin?.channel ?? channels[0]) !== channel;

/**
 * Whether another ticket's words may be shown in a channel: in the one it comes from, and elsewhere if everybody could read them where they were
 * said and none of it is restricted. Of others only the number is named.
 */
export const mayBeNamedIn = (channel: string, ticket: Places, restrictedChannels: readonly string[]): boolean =>
  ticket.openly ? !isRestricted(ticket, restrictedChannels) : !isUnknown(ticket) && ticket.channels.every((each) => each === channel);
