import { z } from 'zod';
import { MoveTicketDocument } from '#bot/generated/operations.ts';
import type { Call, ViewHandler } from '#bot/handler.ts';
import { requireColleague } from '#bot/require-colleague.ts';
import { throwUserError } from '#bot/user-errors.ts';
import { AppError } from '#src/core/errors.ts';
import { plain, valuesOf } from './window.ts';

const CALLBACK_ID = 'snooze_ticket';
const UNTIL = 'until';

const HOUR_SECONDS = 3_600;

/** Until when a ticket sleeps, by the clock of whoever chooses; Slack shows and takes it that way. */
export const openSnooze = async ({ slack }: Call, triggerId: string, id: string): Promise<void> => {
  const tomorrow = (Math.ceil(Date.now() / 1000 / HOUR_SECONDS) + 24) * HOUR_SECONDS;
  await slack('views.open', {
    trigger_id: triggerId,
    view: {
      type: 'modal',
      callback_id: CALLBACK_ID,
      private_metadata: JSON.stringify({ id }),
      title: plain('Snooze a ticket'),
      submit: plain('Snooze'),
      close: plain('Cancel'),
      blocks: [
        {
          type: 'input',
          block_id: UNTIL,
          label: plain('It sleeps until'),
          hint: plain('Then it comes back to whoever has it, or to the team, and its clock runs again.'),
          element: { type: 'datetimepicker', action_id: UNTIL, initial_date_time: tomorrow },
        },
      ],
    },
  });
};

export const snoozeSubmitted: ViewHandler = {
  callbackId: CALLBACK_ID,
  errorBlock: UNTIL,
  async run({ view }, call) {
    await requireColleague(call);
    const { id } = noted.parse(JSON.parse(view.private_metadata));
    const seconds = valuesOf(view)[UNTIL]?.selected_date_time;
    if (!seconds) throw new AppError('BAD_INPUT', 'Choose a day and a time.', { field: UNTIL });
    const input = { id, move: 'SNOOZE' as const, until: new Date(seconds * 1000).toISOString() };
    throwUserError((await call.api.request(MoveTicketDocument, { input }, call.acting)).moveTicket.userErrors);
  },
};

const noted = z.object({ id: z.string() });
