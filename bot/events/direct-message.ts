import type { EventHandler } from '#bot/handler.ts';
import { isDirect, parsePost } from './post.ts';
import { summarizePost } from './summarize-post.ts';

/** A log, a forwarded message or a file sent to the bot directly. */
export const directMessage: EventHandler = {
  name: 'message',
  async run(event, call) {
    const post = parsePost(event);
    return post && isDirect(post) ? summarizePost(post, call) : undefined;
  },
};
