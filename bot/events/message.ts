import type { EventHandler } from '#bot/handler.ts';
import { answerPost } from './answer-post.ts';
import { isDirect, parsePost, postSource } from './post.ts';

/** Something was said: to the bot directly, or in a thread, which may be a ticket's and then counts for it. */
export const message: EventHandler = {
  name: 'message',
  source: postSource,
  async run(event, call) {
    const post = parsePost(event);
    if (!post) return undefined;
    const isReply = post.thread_ts && post.thread_ts !== post.ts;
    const ofTicket = isReply ? await call.threads.heard({ channel: post.channel, ts: String(post.thread_ts) }, call.acting) : false;
    return isDirect(post) && !ofTicket ? answerPost(post, call) : undefined;
  },
};
