import { findMessage } from '#bot/find-message.ts';
import { WithdrawSlackTicketDocument } from '#bot/generated/operations.ts';
import type { EventHandler } from '#bot/handler.ts';
import { throwUserError } from '#bot/user-errors.ts';
import { meansTicket, notNow, parseReaction, reactionSource, toName } from './reaction.ts';

/** The last of the configured emoji is gone from a message: its ticket is withdrawn, unless somebody touched it. */
export const reactionRemoved: EventHandler = {
  name: 'reaction_removed',
  source: reactionSource,
  async run(event, call) {
    const reaction = parseReaction(event);
    if (!reaction || !(await meansTicket(reaction, call))) return undefined;
    const { channel, ts } = reaction.item;
    const message = await findMessage(call.slack, reaction.item).catch((error: unknown) => notNow(error, call));
    // Two people may have put it there, and one of them still means it.
    if (message && message !== 'gone' && message.reactions.some((name) => toName(name) === toName(reaction.reaction))) return undefined;
    const { withdrawSlackTicket } = await call.api.request(WithdrawSlackTicketDocument, { input: { channel, ts } }, call.acting);
    throwUserError(withdrawSlackTicket.userErrors.filter(({ code }) => code !== 'NOT_FOUND'));
    return undefined;
  },
};
