import { Category } from '#db/entities/category.ts';
import { Ticket } from '#db/entities/ticket.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import type { Clock } from '#src/core/ports.ts';
import type { Renderer } from '#src/delivery/deliver.ts';
import { ticketReport } from './report.ts';

/** What the thread of a ticket shows, and (subject `…:team`) the message in a team's channel; both always say the same. */
export const createTicketRenderer =
  ({ orm, clock }: { orm: Orm; clock: Clock }): Renderer =>
  async (workspaceId, subjectId) => {
    const [id = '', place] = subjectId.split(':');
    const db = forWorkspace(orm, workspaceId);
    const ticket = await db.findOne(Ticket, { id });
    if (!ticket) return null;
    const ids = [
      ...(ticket.prediction?.lookAlikes.map(({ ticketId }) => ticketId) ?? []),
      ...(ticket.mergedInto ? [ticket.mergedInto] : []),
    ];
    const others = ids.length > 0 ? await db.find(Ticket, { id: { $in: ids } }) : [];
    const report = ticketReport({
      ticket,
      categories: await db.find(Category, {}, { orderBy: { name: 'asc' } }),
      mergedInto: others.find((other) => other.id === ticket.mergedInto) ?? null,
      lookAlikes: others,
      now: clock.now(),
    });
    const alone = place !== undefined;
    const nothingRead = ticket.status === 'FAILED' && ticket.body === '';
    return {
      root: alone
        ? report
        : {
            headline: `opened T-${ticket.number}: ${ticket.title}`,
            ...asker(ticket),
            tone: 'info',
            sections: [],
            charts: [],
            facts: [],
            actions: [],
          },
      reply: alone ? null : report,
      // A ticket can be reopened, so its messages are never settled for good.
      final: false,
      whisper: nothingRead
        ? `${ticket.failure?.message ?? 'That message could not be read.'} (${ticket.failure?.id ?? ticket.id})`
        : undefined,
    };
  };

const asker = ({ reporter }: Ticket): { by?: string } => {
  const user = reporter.startsWith('slack:') ? reporter.split(':')[2] : undefined;
  return user ? { by: user } : {};
};
