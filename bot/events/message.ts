import type { EventHandler } from '#bot/handler.ts';
import { answerPost } from './answer-post.ts';
import { botSource, changeEvent, parseBotPost } from './change-event.ts';
import { editSource, parseEdit } from './edit.ts';
import { logQuestion } from './log-question.ts';
import { isDirect, parsePost, postSource } from './post.ts';
import { asksForTicket } from './ticket-post.ts';

/**
 * Something was said: by another bot, which may tell of a change; to the bot directly, or in a thread, which may be a ticket's and then
 * counts for it, or a log's and then asks it. Or a message says something else now, which counts for a ticket, too.
 */
export const message: EventHandler = {
  name: 'message',
  subscriptions: ['message.im', 'message.channels', 'message.groups'],
  source: (event) => postSource(event) ?? editSource(event) ?? botSource(event),
  async run(event, call) {
    const byBot = parseBotPost(event);
    if (byBot) return changeEvent(byBot, call);
    const edited = parseEdit(event);
    if (edited) await call.threads.heard({ channel: edited.channel, ts: edited.message.thread_ts ?? edited.message.ts }, call.acting);
    const post = parsePost(event);
    if (!post) return undefined;
    const isReply = post.thread_ts && post.thread_ts !== post.ts;
    const ofTicket = isReply ? await call.threads.heard({ channel: post.channel, ts: String(post.thread_ts) }, call.acting) : false;
    if (ofTicket) return undefined;
    const wantsTicket = isDirect(post) && asksForTicket(post);
    if (isReply && !wantsTicket && (await logQuestion(post, call, { mentioned: false }))) return undefined;
    return isDirect(post) ? answerPost(post, call) : undefined;
  },
};
