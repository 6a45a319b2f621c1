import type { Call, Told } from '#bot/handler.ts';
import { askWhich, mayBeRequest } from './ask-which.ts';
import type { Post } from './post.ts';
import { summarizePost } from './summarize-post.ts';
import { asksForTicket, ticketPost } from './ticket-post.ts';

/** What somebody says to the bot: a ticket to make, when they say so; else a log to read, or something to ask about. */
export const answerPost = async (post: Post, call: Call): Promise<Told | undefined> => {
  if (asksForTicket(post)) return ticketPost(post, call);
  return mayBeRequest(post) ? askWhich(post) : summarizePost(post, call);
};
