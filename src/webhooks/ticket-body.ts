import { Category } from '#db/entities/category.ts';
import type { Ticket } from '#db/entities/ticket.ts';
import { TriageSettings } from '#db/entities/triage-settings.ts';
import type { Db } from '#db/orm.ts';
import { isRestricted } from '#db/restricted.ts';

/** What webhooks say of a ticket, as it stands now. Of one from a restricted channel the words stay here. */
export const toTicketBody = async (db: Db, ticket: Ticket): Promise<Record<string, unknown>> => {
  const settings = await db.findOne(TriageSettings, { workspaceId: ticket.workspaceId });
  const restricted = isRestricted(ticket, settings?.restrictedChannels ?? []);
  const { id, number, state, status, entry, categoryBy, priority, priorityBy, assignee, reporter } = ticket;
  return {
    id,
    number,
    title: restricted ? `T-${number}` : ticket.title,
    text: restricted ? null : ticket.body,
    restricted,
    state,
    status,
    entry,
    external: externalOf(ticket),
    category: await categoryBody(db, ticket.categoryId),
    categoryBy: categoryBy ?? null,
    suggestedCategory: await categoryBody(db, ticket.prediction?.categoryId),
    priority: priority ?? null,
    priorityBy: priorityBy ?? null,
    assignee: assignee ?? null,
    reporter,
    dueAt: ticket.dueAt ?? null,
    snoozedUntil: ticket.snoozedUntil ?? null,
    mergedInto: ticket.mergedInto ?? null,
    createdAt: ticket.createdAt,
    updatedAt: ticket.updatedAt,
    resolvedAt: ticket.resolvedAt ?? null,
  };
};

const categoryBody = async (db: Db, id: string | null | undefined): Promise<Record<string, unknown> | null> => {
  const category = id ? await db.findOne(Category, { id }) : null;
  return category && { id: category.id, name: category.name, team: category.team };
};

/** What it is called where it was born, so that whoever follows finds it again there. */
const externalOf = ({ entry, idempotencyKey }: Ticket): { webhookId: string; key: string } | null => {
  const [, webhookId, key] = (entry === 'WEBHOOK' && /^webhook:([^:]+):(.*)$/s.exec(idempotencyKey ?? '')) || [];
  return webhookId && key ? { webhookId, key } : null;
};
