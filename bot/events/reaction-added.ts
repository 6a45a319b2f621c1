import { createTicket, reporterOf, ticketKey } from '#bot/create-ticket.ts';
import { type FoundMessage, findMessage } from '#bot/find-message.ts';
import type { Call, EventHandler } from '#bot/handler.ts';
import { ticketOrigin } from '#bot/ticket-origin.ts';
import { within } from '#bot/within.ts';
import { meansTicket, parseReaction, type Reaction, reactionSource, toName } from './reaction.ts';

/** The configured emoji on a message, also inside a thread, makes a ticket of it; another one of it, by anybody, nothing new. */
export const reactionAdded: EventHandler = {
  name: 'reaction_added',
  source: reactionSource,
  async run(event, call) {
    const reaction = parseReaction(event);
    if (!reaction || !(await meansTicket(reaction, call))) return undefined;
    const message = await lookUp(reaction, call);
    if (message && wasTakenBack(reaction, message)) return undefined;
    const { teamId } = call.acting;
    const { channel } = reaction.item;
    const ts = meantBy(reaction, message, call);
    if (!ts) return undefined;
    const threadTs = message?.threadTs;
    const from = { teamId, channel, user: reaction.user };
    const { name, sameThread } = await createTicket(call, {
      slack: ticketOrigin({ channel, ts, threadTs }, from),
      reporter: reporterOf(teamId, (message?.byBot ? null : reaction.item_user) ?? reaction.user),
      replyTo: { ...from, threadTs: threadTs ?? ts },
      byReaction: true,
      idempotencyKey: ticketKey(channel, ts),
    });
    return sameThread ? `This thread is a ticket already, ${name}: all that is said in it counts.` : undefined;
  },
};

// Slack is to hear "ok" within 3 s, and the API may need most of them.
const LOOK_UP_MS = 1_000;

/** The answer belongs in the thread the message is in. When Slack does not say in time, the ticket is made all the same, and whoever reads the message finds its thread. */
const lookUp = async ({ item }: Reaction, { slack, log }: Call): Promise<FoundMessage | null> => {
  const message = await within(LOOK_UP_MS, findMessage(slack, item));
  if (!message) log.warn({}, 'The thread of a message with a reaction could not be looked up in time');
  return message === 'gone' ? null : message;
};

/** Slack delivers again what it had no answer to, in no order: by now the emoji may be gone, and a ticket it made withdrawn. */
const wasTakenBack = ({ reaction }: Reaction, { reactions }: FoundMessage): boolean =>
  !reactions.some((name) => toName(name) === toName(reaction));

/** On an answer of ours, the thread it is in is meant; a message of ours that stands alone is nobody's words. */
const meantBy = ({ item, item_user }: Reaction, message: FoundMessage | null, { botUserId }: Call): string | undefined =>
  botUserId && item_user === botUserId ? message?.threadTs : item.ts;
