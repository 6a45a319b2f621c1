import { z } from 'zod';
import {
  AssignTicketDocument,
  MergeTicketDocument,
  MoveTicketDocument,
  SetTicketCategoryDocument,
  SetTicketPriorityDocument,
  type TicketMove,
} from '#bot/generated/operations.ts';
import type { ActionClick, ActionHandler, Call } from '#bot/handler.ts';
import { requireColleague } from '#bot/require-colleague.ts';
import { throwUserError } from '#bot/user-errors.ts';
import { openChooseCategory } from '#bot/views/choose-category-modal.ts';
import { openMerge } from '#bot/views/merge-modal.ts';
import { openSnooze } from '#bot/views/snooze-modal.ts';
import { AppError } from '#src/core/errors.ts';
import { chosenValue, tryJson } from './action-value.ts';

/** What a ticket's button, or the chosen entry of its menu, holds: JSON with ids, never data. */
const ticket = z.object({ id: z.string().min(1) });
const withCategory = ticket.extend({ categoryId: z.string().min(1) });
/** A category, or the wish to see all of them. */
const withChoice = withCategory.or(ticket.extend({ all: z.literal('categories') }));
const withPriority = ticket.extend({ priority: z.enum(['P1', 'P2', 'P3', 'P4']) });
const withOther = ticket.extend({ intoId: z.string().min(1) });
const withMore = ticket.extend({
  do: z.enum(['SNOOZE', 'SNOOZE_UNTIL', 'RETURN', 'MERGE']),
  hours: z.number().int().positive().optional(),
});
const withPerson = ticket.extend({ user: z.string().min(1) });
const withTime = ticket.extend({ until: z.iso.datetime().optional() });

const onTicket = <Value>(
  id: string,
  schema: z.ZodType<Value>,
  run: (value: Value, call: Call, click: ActionClick) => Promise<void>,
): ActionHandler => ({
  id,
  async run(click, call) {
    const { data, success } = schema.safeParse(tryJson(chosenValue(click)));
    if (!success)
      throw new AppError(
        'BAD_INPUT',
        'That button is from an older version of me and no longer works. Use the newest message of this ticket.',
      );
    await requireColleague(call);
    await run(data, call, click);
    // The ticket's own message says what became of it.
    return undefined;
  },
});

const setCategory = async (input: z.infer<typeof withCategory>, { api, acting }: Call) =>
  throwUserError((await api.request(SetTicketCategoryDocument, { input }, acting)).setTicketCategory.userErrors);

const chooseCategory = async (choice: z.infer<typeof withChoice>, call: Call, { trigger_id }: ActionClick) =>
  'all' in choice ? openChooseCategory(call, trigger_id, choice.id) : setCategory(choice, call);

const setPriority = async (input: z.infer<typeof withPriority>, { api, acting }: Call) =>
  throwUserError((await api.request(SetTicketPriorityDocument, { input }, acting)).setTicketPriority.userErrors);

const assign = async ({ id, user }: z.infer<typeof withPerson>, { api, acting, people, homeTeamId }: Call) => {
  if (!(await people.isColleague(user, homeTeamId)))
    throw new AppError('BAD_INPUT', 'A ticket can be with people of this Slack workspace only. Choose one of them.');
  const input = { id, assignee: `slack:${homeTeamId}:${user}` };
  throwUserError((await api.request(AssignTicketDocument, { input }, acting)).assignTicket.userErrors);
};

const merge = async (input: z.infer<typeof withOther>, { api, acting }: Call) =>
  throwUserError((await api.request(MergeTicketDocument, { input }, acting)).mergeTicket.userErrors);

const move =
  (to: TicketMove) =>
  async (value: z.infer<typeof withTime>, { api, acting }: Call) =>
    throwUserError((await api.request(MoveTicketDocument, { input: { ...value, move: to } }, acting)).moveTicket.userErrors);

/** The menu of what is not done every day. */
const doMore = async ({ id, do: what, hours }: z.infer<typeof withMore>, call: Call, { trigger_id }: ActionClick) => {
  if (what === 'MERGE') return openMerge(call, trigger_id, id);
  if (what === 'SNOOZE_UNTIL') return openSnooze(call, trigger_id, id);
  return move(what)({ id, ...(hours ? { until: new Date(Date.now() + hours * HOUR_MS).toISOString() } : {}) }, call);
};

const HOUR_MS = 3_600_000;

/** Every button and menu of a ticket's message. */
export const ticketActions: ActionHandler[] = [
  onTicket('ticket_confirm', withCategory, setCategory),
  onTicket('ticket_category', withChoice, chooseCategory),
  onTicket('ticket_priority', withPriority, setPriority),
  onTicket('ticket_take', ticket, move('TAKE')),
  onTicket('ticket_take_over', ticket, move('TAKE_OVER')),
  onTicket('ticket_assign', withPerson, assign),
  onTicket('ticket_return', ticket, move('RETURN')),
  onTicket('ticket_snooze', withTime, move('SNOOZE')),
  onTicket('ticket_resolve', ticket, move('RESOLVE')),
  onTicket('ticket_reopen', ticket, move('REOPEN')),
  onTicket('ticket_not', ticket, move('NOT_A_TICKET')),
  onTicket('ticket_merge', withOther, merge),
  onTicket('ticket_more', withMore, doMore),
];
