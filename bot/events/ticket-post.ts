import { parseTriage, TRIAGE_USAGE, UNCLEAR } from '#bot/commands/parse-triage.ts';
import { merge, standing } from '#bot/commands/triage.ts';
import { createTicket, reporterOf, ticketKey } from '#bot/create-ticket.ts';
import type { CreateTicketInput } from '#bot/generated/operations.ts';
import type { Call } from '#bot/handler.ts';
import { requireColleague } from '#bot/require-colleague.ts';
import { messageFiles } from '#bot/slack-message.ts';
import { ticketOrigin } from '#bot/ticket-origin.ts';
import { withoutWish } from '#bot/ticket-wish.ts';
import { type Post, withoutMention } from './post.ts';

/** Whether somebody says in so many words that it is to be a ticket. */
export const asksForTicket = (post: Post): boolean => {
  const text = withoutMention(post.text ?? '');
  return withoutWish(text) !== text;
};

/** Makes a ticket of what follows: text, a forwarded message, files, or a link to a message; with nothing behind it, of the thread it is said in. */
export const ticketPost = async (post: Post, call: Call): Promise<string | undefined> => {
  const { teamId } = call.acting;
  const asked = parseTriage(words(post));
  if (asked.kind === 'ticket') {
    await requireColleague(call);
    return standing(asked.name, call);
  }
  if (asked.kind === 'unclear' && !brings(post)) return UNCLEAR;
  const content = asked.kind === 'same' ? {} : askedFor(post, teamId);
  if (!content) return TRIAGE_USAGE;
  await requireColleague(call);
  if (asked.kind === 'same') return merge(asked, call);
  const { name, replayed } = await createTicket(call, {
    ...content,
    reporter: reporterOf(teamId, post.user),
    replyTo: { teamId, channel: post.channel, user: post.user, threadTs: post.thread_ts ?? post.ts },
    ...(meantBy(post) === post.ts ? {} : { oncePerThread: true }),
    idempotencyKey: ticketKey(post.channel, meantBy(post)),
  });
  return replayed && meantBy(post) !== post.ts ? `This thread is a ticket already: ${name}.` : undefined;
};

const words = (post: Post): string => withoutWish(withoutMention(post.text ?? ''));

const brings = (post: Post): boolean => messageFiles(post).length > 0 || (post.attachments ?? []).length > 0;

/** The message itself, or the thread it is said in when it says and brings nothing of its own. */
const meantBy = (post: Post): string => (brings(post) || words(post).trim() !== '' ? post.ts : (post.thread_ts ?? post.ts));

const askedFor = (post: Post, teamId: string): Pick<CreateTicketInput, 'slack'> | null => {
  const asked = parseTriage(words(post));
  const from = { teamId, user: post.user };
  if (asked.kind === 'message') return { slack: ticketOrigin(asked, from) };
  if (meantBy(post) !== post.ts) return { slack: ticketOrigin({ channel: post.channel, ts: meantBy(post) }, from) };
  if (!brings(post) && asked.kind !== 'text') return null;
  // The message itself: what is edited there later counts as well.
  return { slack: ticketOrigin({ channel: post.channel, ts: post.ts, threadTs: post.thread_ts }, from) };
};
