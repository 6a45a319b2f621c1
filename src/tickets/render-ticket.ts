import { Category } from '#db/entities/category.ts';
import { Delivery } from '#db/entities/delivery.ts';
import { Ticket } from '#db/entities/ticket.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import type { Clock } from '#src/core/ports.ts';
import type { Renderer } from '#src/delivery/deliver.ts';
import { ticketReport } from './report.ts';
import { isOver } from './ticket-state.ts';

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
    const categories = await db.find(Category, {}, { orderBy: { name: 'asc' } });
    const report = ticketReport({
      ticket,
      categories,
      mergedInto: others.find((other) => other.id === ticket.mergedInto) ?? null,
      lookAlikes: others,
      now: clock.now(),
    });
    const alone = place !== undefined;
    const nothingRead = ticket.status === 'FAILED' && ticket.body === '';
    return {
      root: alone
        ? { ...report, ...(await onCall(db, subjectId, ticket, categories)) }
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

/** In a team's channel its own person on call is named, as long as the ticket is with it; Slack tells them once, when it is posted. */
const onCall = async (db: Db, subjectId: string, { categoryId, state }: Ticket, categories: Category[]): Promise<{ notify?: string }> => {
  const category = categories.find(({ id }) => id === categoryId);
  if (!category?.onCall || isOver(state)) return {};
  const delivery = await db.findOne(Delivery, { subjectId });
  return delivery?.replyTo.channel === category.channel ? { notify: category.onCall } : {};
};

const asker = ({ reporter }: Ticket): { by?: string } => {
  const user = reporter.startsWith('slack:') ? reporter.split(':')[2] : undefined;
  return user ? { by: user } : {};
};
