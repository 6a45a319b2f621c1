import type { KnownBlock, ModalView } from '@slack/web-api';
import { z } from 'zod';
import { context } from '#bot/block-parts.ts';
import { MergeTicketDocument, TicketLookAlikesDocument, type TicketLookAlikesQuery } from '#bot/generated/operations.ts';
import type { Call, ViewHandler } from '#bot/handler.ts';
import { requireColleague } from '#bot/require-colleague.ts';
import { throwUserError } from '#bot/user-errors.ts';
import { AppError } from '#src/core/errors.ts';
import { openThenFill, option, plain, valuesOf } from './window.ts';

const CALLBACK_ID = 'merge_ticket';
const LIKE = 'like';
const NUMBER = 'intoId';

/** Which ticket one is the same as: those that look like it first, and any other by its number. */
export const openMerge = (call: Call, triggerId: string, ticketId: string): Promise<void> =>
  openThenFill(call, {
    triggerId,
    view: mergeModal(ticketId, [context('Looking for the likeliest …')]),
    async fill() {
      const { ticket } = await call.api.request(TicketLookAlikesDocument, { id: ticketId }, call.acting);
      return mergeModal(ticketId, likeBlocks(ticket));
    },
  });

const mergeModal = (id: string, likeliest: KnownBlock[]): ModalView => ({
  type: 'modal',
  callback_id: CALLBACK_ID,
  private_metadata: JSON.stringify({ id }),
  title: plain('Merge a ticket'),
  submit: plain('Merge'),
  close: plain('Cancel'),
  blocks: [
    ...likeliest,
    {
      type: 'input',
      block_id: NUMBER,
      optional: true,
      label: plain('The number of the ticket it is the same as'),
      hint: plain('As in T-142. Who reported this one is told when that one is resolved.'),
      element: { type: 'plain_text_input', action_id: NUMBER, max_length: 20, placeholder: plain('T-142') },
    },
  ],
});

// Numbers only: the words of a ticket may be for few, and the message behind this window shows those that may be read there.
const likeBlocks = (ticket: TicketLookAlikesQuery['ticket']): KnownBlock[] => {
  const alike = (ticket?.prediction?.lookAlikes ?? []).filter(({ ticket: { state } }) => state !== 'WITHDRAWN' && state !== 'NOT_A_TICKET');
  if (alike.length === 0) return [context('No ticket was found to look like it.')];
  return [
    {
      type: 'input',
      block_id: LIKE,
      optional: true,
      label: plain('Looks like'),
      element: {
        type: 'static_select',
        action_id: LIKE,
        placeholder: plain('Choose a ticket, or give a number below'),
        options: alike.map((one) =>
          option(
            `T-${one.ticket.number} · ${one.ticket.state.toLowerCase().replaceAll('_', ' ')} · ${Math.round(one.score * 100)} % alike`,
            one.ticket.id,
          ),
        ),
      },
    },
  ];
};

export const mergeSubmitted: ViewHandler = {
  callbackId: CALLBACK_ID,
  errorBlock: NUMBER,
  async run({ view }, call) {
    await requireColleague(call);
    const { id } = noted.parse(JSON.parse(view.private_metadata));
    const values = valuesOf(view);
    const typed = values[NUMBER]?.value?.trim() ?? '';
    const intoId = typed ? `T-${typed.replace(/^T-?/i, '')}` : values[LIKE]?.selected_option?.value;
    if (!intoId || (typed && !/^T-\d{1,9}$/.test(intoId)))
      throw new AppError('BAD_INPUT', 'Say which ticket: a number like T-142.', { field: NUMBER });
    throwUserError((await call.api.request(MergeTicketDocument, { input: { id, intoId } }, call.acting)).mergeTicket.userErrors);
  },
};

const noted = z.object({ id: z.string() });
