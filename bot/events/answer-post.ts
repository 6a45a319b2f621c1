import type { Call } from '#bot/handler.ts';
import { isDirect, type Post } from './post.ts';
import { summarizePost } from './summarize-post.ts';
import { asksForTicket, ticketPost } from './ticket-post.ts';

/** What somebody says to the bot: a log to read, or, directly and with the word in front, a ticket to make. */
export const answerPost = (post: Post, call: Call): Promise<string | undefined> =>
  isDirect(post) && asksForTicket(post) ? ticketPost(post, call) : summarizePost(post, call);
