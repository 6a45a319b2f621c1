import { parseTriage, TRIAGE_USAGE } from '#bot/commands/parse-triage.ts';
import { standing } from '#bot/commands/triage.ts';
import { createTicket, reporterOf, ticketKey } from '#bot/create-ticket.ts';
import type { CreateTicketInput } from '#bot/generated/operations.ts';
import type { Call } from '#bot/handler.ts';
import { requireColleague } from '#bot/require-colleague.ts';
import { messageFiles } from '#bot/slack-message.ts';
import { ticketOrigin } from '#bot/ticket-origin.ts';
import { type Post, withoutMention } from './post.ts';

const WORD = /^\s*ticket(?=[\s:]|$)[\s:]*/i;

/** "ticket" in front, and not "tickets" or "ticket-service". */
export const asksForTicket = (post: Post): boolean => WORD.test(withoutMention(post.text ?? ''));

/** Makes a ticket of what follows the word: text, a forwarded message, files, or a link to a message. */
export const ticketPost = async (post: Post, call: Call): Promise<string | undefined> => {
  const { teamId } = call.acting;
  const asked = parseTriage(words(post));
  if (asked.kind === 'ticket') return standing(asked.name, call);
  const content = askedFor(post, teamId);
  if (!content) return TRIAGE_USAGE;
  await requireColleague(call);
  await createTicket(call, {
    ...content,
    reporter: reporterOf(teamId, post.user),
    replyTo: { teamId, channel: post.channel, user: post.user, threadTs: post.thread_ts ?? post.ts },
    idempotencyKey: ticketKey(post.channel, post.ts),
  });
  return undefined;
};

const words = (post: Post): string => withoutMention(post.text ?? '').replace(WORD, '');

const askedFor = (post: Post, teamId: string): Pick<CreateTicketInput, 'slack'> | null => {
  const asked = parseTriage(words(post));
  const from = { teamId, user: post.user };
  if (asked.kind === 'message') return { slack: ticketOrigin(asked, from) };
  const brings = messageFiles(post).length > 0 || (post.attachments ?? []).length > 0;
  if (!brings && asked.kind !== 'text') return null;
  // The message itself: what is edited there later counts as well.
  return { slack: ticketOrigin({ channel: post.channel, ts: post.ts, threadTs: post.thread_ts }, from) };
};
