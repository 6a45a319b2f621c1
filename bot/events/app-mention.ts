import type { EventHandler } from '#bot/handler.ts';
import { parsePost } from './post.ts';
import { summarizePost } from './summarize-post.ts';

/** @aiops in a thread, or with a file, a log or a link. */
export const appMention: EventHandler = {
  name: 'app_mention',
  async run(event, call) {
    const post = parsePost(event);
    return post ? summarizePost(post, call) : undefined;
  },
};
