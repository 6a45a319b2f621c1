import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { isAppError } from '#src/core/errors.ts';
import type { Chat } from '#src/core/ports.ts';
import type { Report } from '#src/core/report.ts';
import { drawReport } from './blocks.ts';
import { createFileReader } from './chat/file-reader.ts';
import { createOriginReader } from './chat/origin-reader.ts';
import { slackCodeOf } from './chat/to-chat-error.ts';
import { createWhisper } from './chat/whisper.ts';
import type { BotObserver } from './observer.ts';
import { createPeople } from './people.ts';
import { createSlackCall, type SlackCall } from './slack-call.ts';
import { slackMessage } from './slack-message.ts';

export type SlackChatOptions = {
  /** From createSlackClient: it must neither retry nor wait by itself. */
  client: WebClient;
  /** For file downloads; sent to Slack's own hosts and to nobody else. */
  token: string;
  /** Largest file that is downloaded, as it lies in Slack (it may be packed). */
  maxFileBytes: number;
  fetch?: typeof fetch;
  observe?: BotObserver | undefined;
};

/** The `Chat` port on Slack's Web API. */
export const createSlackChat = ({ client, token, maxFileBytes, fetch: send = fetch, observe }: SlackChatOptions): Chat => {
  const slack = createSlackCall({ client, observe });
  const files = createFileReader({ slack, token, maxFileBytes, apiUrl: client.slackApiUrl, fetch: send });
  return {
    name: 'slack',
    whisper: createWhisper({ slack, apiUrl: client.slackApiUrl, fetch: send }),
    fetch: createOriginReader({ slack, files, people: createPeople(slack) }),

    async post({ deliveryId, channel: wanted, threadTs, report, leaving }) {
      const channel = await conversationOf(slack, wanted);
      const target = { channel, ...(threadTs ? { thread_ts: threadTs } : {}), ...metadataOf(deliveryId) };
      const posted = postAnswer.parse(await sendDrawn(slack, 'chat.postMessage', target, report, leaving));
      // An answer under a parent that is gone shows up in the channel for everybody, and Slack calls it a success.
      return { ts: posted.ts, channel, ...(threadTs && posted.message?.thread_ts !== threadTs ? { astray: true } : {}) };
    },

    async find({ channel: wanted, ...sought }) {
      const channel = await conversationOf(slack, wanted);
      const found = await findDelivery(slack, { channel, ...sought });
      return found && { ...found, channel };
    },

    async update({ deliveryId, channel, ts, report, leaving }) {
      await sendDrawn(slack, 'chat.update', { channel, ts, ...metadataOf(deliveryId) }, report, leaving);
    },

    async remove({ channel, ts }) {
      await slack('chat.delete', { channel, ts }).catch((error: unknown) => {
        if (slackCodeOf(error) !== 'message_not_found') throw error;
      });
    },
  };
};

/** A person's id stands for the direct messages with them, which have an id of their own: to look there and to edit, Slack wants that one. */
const conversationOf = async (slack: SlackCall, channel: string): Promise<string> =>
  /^[UW][A-Z0-9]+$/.test(channel) ? opened.parse(await slack('conversations.open', { users: channel })).channel.id : channel;

const opened = z.object({ channel: z.object({ id: z.string() }) });

const EVENT_TYPE = 'aiops_delivery';
const metadataOf = (deliveryId: string) => ({ metadata: { event_type: EVENT_TYPE, event_payload: { delivery_id: deliveryId } } });

const postAnswer = z.object({ ts: z.string(), channel: z.string(), message: z.object({ thread_ts: z.string().nullish() }).nullish() });

/** Draws and sends; blocks that Slack does not like must not cost the person the answer, so then it goes out as text. */
const sendDrawn = async (
  slack: SlackCall,
  method: string,
  target: Record<string, unknown>,
  report: Report,
  leaving: () => Promise<void>,
): Promise<Record<string, unknown>> => {
  const { text, blocks } = drawReport(report);
  const quiet = { unfurl_links: false, unfurl_media: false };
  await leaving();
  try {
    return await slack(method, { ...target, ...quiet, text, blocks });
  } catch (error) {
    if (!BLOCK_TROUBLE.has(slackCodeOf(error) ?? '')) throw error;
    await leaving();
    return slack(method, { ...target, ...quiet, text, ...(method === 'chat.update' ? { blocks: [] } : {}) });
  }
};

const BLOCK_TROUBLE = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long']);

// Slack's clock and ours.
const CLOCKS_APART_MS = 60_000;
const LONGEST_PAUSE_MS = 2 * 60_000;

type Sought = { deliveryId: string; channel: string; threadTs?: string | undefined; since: Date; until?: Date | undefined };

// Slack has no idempotency key: look for our metadata where the message would be before posting it again.
const findDelivery = async (slack: SlackCall, { threadTs, ...sought }: Sought): Promise<{ ts: string; astray?: true } | null> => {
  if (!threadTs) return findAmong(slack, 'conversations.history', {}, sought);
  try {
    return await findAmong(slack, 'conversations.replies', { ts: threadTs }, sought);
  } catch (error) {
    if (slackCodeOf(error) !== 'thread_not_found') throw error;
    const found = await findAmong(slack, 'conversations.history', {}, sought);
    if (!found) throw error;
    return { ...found, astray: true };
  }
};

const findAmong = async (
  slack: SlackCall,
  method: string,
  where: { ts?: string },
  { deliveryId, channel, since, until }: Omit<Sought, 'threadTs'>,
): Promise<{ ts: string } | null> => {
  const oldest = String(Math.max(0, since.getTime() - CLOCKS_APART_MS) / 1_000);
  const latest = until ? { latest: String((until.getTime() + CLOCKS_APART_MS) / 1_000) } : {};
  let cursor: string | undefined;
  // All that was said in that time: hours may have passed, and others may have talked a lot meanwhile.
  for (;;) {
    const page = { channel, ...where, oldest, ...latest, include_all_metadata: true, limit: 200, ...(cursor ? { cursor } : {}) };
    const answer = pageOfMessages.parse(await (cursor ? goingOn(() => slack(method, page)) : slack(method, page)));
    const found = answer.messages.find(
      ({ metadata }) => metadata?.event_type === EVENT_TYPE && metadata.event_payload?.['delivery_id'] === deliveryId,
    );
    if (found) return { ts: found.ts };
    cursor = answer.response_metadata?.next_cursor || undefined;
    if (!cursor) return null;
  }
};

/** Slack lets an app read some fifty pages a minute; a search that began anew each time would never come to its end. */
const goingOn = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
  for (;;)
    try {
      return await call();
    } catch (error) {
      if (!isAppError(error) || error.code !== 'CHAT_RATE_LIMITED' || (error.retryAfterMs ?? 0) > LONGEST_PAUSE_MS) throw error;
      await sleep(error.retryAfterMs ?? 1_000);
    }
};

const pageOfMessages = z.object({
  messages: z.array(slackMessage),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});
