import type { EventHandler } from '#bot/handler.ts';
import { answerPost } from './answer-post.ts';
import { logQuestion } from './log-question.ts';
import { parsePost, postSource } from './post.ts';
import { asksForTicket } from './ticket-post.ts';

/** @aiops in a thread, or with a file, a log or a link; in the thread of a log, with a question; or with a wish for a ticket. */
export const appMention: EventHandler = {
  name: 'app_mention',
  source: postSource,
  async run(event, call) {
    const post = parsePost(event);
    if (!post) return undefined;
    if (!asksForTicket(post) && (await logQuestion(post, call, { mentioned: true }))) return undefined;
    return answerPost(post, call);
  },
};
