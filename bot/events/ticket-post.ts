import { parseTriage, TRIAGE_USAGE } from '#bot/commands/parse-triage.ts';
import { createTicket, reporterOf, ticketKey } from '#bot/create-ticket.ts';
import type { CreateTicketInput } from '#bot/generated/operations.ts';
import type { Call } from '#bot/handler.ts';
import { messageFiles, messageText } from '#bot/slack-message.ts';
import { ticketOrigin } from '#bot/ticket-origin.ts';
import { type Post, withoutMention } from './post.ts';

const WORD = /^\s*ticket(?=[\s:]|$)[\s:]*/i;

/** "ticket" in front, and not "tickets" or "ticket-service". */
export const asksForTicket = (post: Post): boolean => WORD.test(withoutMention(post.text ?? ''));

/** Makes a ticket of what follows the word: text, a forwarded message, files, or a link to a message. */
export const ticketPost = async (post: Post, call: Call): Promise<string | undefined> => {
  const { teamId } = call.acting;
  const content = askedFor(post, teamId);
  if (!content) return TRIAGE_USAGE;
  await createTicket(call, {
    ...content,
    reporter: reporterOf(teamId, post.user),
    replyTo: { teamId, channel: post.channel, user: post.user, threadTs: post.thread_ts ?? post.ts },
    idempotencyKey: ticketKey(post.channel, post.ts),
  });
  return undefined;
};

const askedFor = (post: Post, teamId: string): Pick<CreateTicketInput, 'text' | 'slack'> | null => {
  const rest = withoutMention(post.text ?? '').replace(WORD, '');
  const from = { teamId, user: post.user };
  if (messageFiles(post).length > 0)
    return { slack: { kind: 'MESSAGE', ...from, channel: post.channel, ts: post.ts, threadTs: post.thread_ts ?? null } };
  const asked = parseTriage(rest);
  if (asked.kind === 'message') return { slack: ticketOrigin(asked, from) };
  const text = messageText({ text: rest, attachments: post.attachments }).trim();
  return text === '' || asked.kind === 'help' ? null : { text };
};
