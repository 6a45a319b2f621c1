import { Category } from '#db/entities/category.ts';
import { Ticket } from '#db/entities/ticket.ts';
import type { BusinessHours, TriageSettings } from '#db/entities/triage-settings.ts';
import type { Db } from '#db/orm.ts';
import { isPrivateIn, mustHideIn } from '#db/restricted.ts';
import { addBusinessMinutes, businessDayMinutes } from '#src/tickets/due.ts';
import { teamOf } from '#src/tickets/team-of.ts';
import { waiting } from '#src/tickets/ticket-state.ts';

/** `title` is null where its words may not be shown. */
export type Unanswered = Pick<Ticket, 'id' | 'number' | 'priority' | 'createdAt'> & { title: string | null; pastDue: boolean };

const MOST_READ = 5000;

/**
 * Tickets nobody answered in time by the channel that should hear of it, oldest first: past due, or untouched for more than a business day.
 * Channels are the teams', also of what waits for a tap on what it seems to be; what has no team, or a team without a channel, is for the admins.
 */
export const findUnanswered = async (
  db: Db,
  { adminChannel, businessHours, restrictedChannels }: Pick<TriageSettings, 'adminChannel' | 'businessHours' | 'restrictedChannels'>,
  now: Date,
): Promise<Map<string, Unanswered[]>> => {
  const tickets = await db.find(
    Ticket,
    {
      state: { $in: waiting },
      $and: [
        { $or: [{ dueAt: { $lt: now } }, { touched: false }] },
        // What could never be read is shown nowhere, and whoever asked was told: nobody could answer it.
        { $or: [{ status: { $ne: 'FAILED' } }, { body: { $ne: '' } }] },
      ],
    },
    {
      fields: [
        'number',
        'title',
        'priority',
        'createdAt',
        'dueAt',
        'touched',
        'state',
        'categoryId',
        'prediction',
        'origin',
        'channels',
        'openly',
      ],
      orderBy: { createdAt: 'asc', id: 'asc' },
      limit: MOST_READ,
      disableIdentityMap: true,
    },
  );
  const channels = new Map((await db.find(Category, {}, { fields: ['channel'] })).map(({ id, channel }) => [id, channel]));
  const found = new Map<string, Unanswered[]>();
  for (const { dueAt, touched, ...ticket } of tickets) {
    const pastDue = dueAt !== null && dueAt !== undefined && dueAt < now;
    const channel = channels.get(teamOf(ticket) ?? '') || adminChannel;
    if (!channel || !(pastDue || (!touched && aBusinessDayAfter(ticket.createdAt, businessHours) < now))) continue;
    const { id, number, priority, createdAt } = ticket;
    const title = mustHideIn(channel, ticket, restrictedChannels) || isPrivateIn(channel, ticket) ? null : ticket.title;
    found.set(channel, [...(found.get(channel) ?? []), { id, number, title, priority, createdAt, pastDue }]);
  }
  return found;
};

const aBusinessDayAfter = (at: Date, hours: BusinessHours): Date => addBusinessMinutes(at, businessDayMinutes(hours), hours);
