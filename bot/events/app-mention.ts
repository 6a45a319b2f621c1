import type { EventHandler } from '#bot/handler.ts';
import { answerPost } from './answer-post.ts';
import { parsePost, postSource } from './post.ts';

/** @aiops in a thread, or with a file, a log or a link. */
export const appMention: EventHandler = {
  name: 'app_mention',
  source: postSource,
  async run(event, call) {
    const post = parsePost(event);
    return post ? answerPost(post, call) : undefined;
  },
};
