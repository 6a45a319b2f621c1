import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { BotObserver } from '#bot/observer.ts';
import { createPeople, type People } from '#bot/people.ts';
import { rememberFor } from '#bot/remember.ts';
import { createSlackCall, type SlackCall } from '#bot/slack-call.ts';
import { messageFiles, messageText, quotedChannels, type SlackMessage } from '#bot/slack-message.ts';
import { withoutWish } from '#bot/ticket-wish.ts';
import { AppError, isAppError } from '#src/core/errors.ts';
import type { Conversations, Said } from '#src/core/ports.ts';
import { createFileReader, type FileReader } from './file-reader.ts';
import { channelInfo, identity, isSaid, onceDone, pages, placeFor, threadOf } from './origin-reader.ts';
import { GONE } from './to-chat-error.ts';

export type ConversationsOptions = {
  /** From createSlackClient: it must neither retry nor wait by itself. */
  client: WebClient;
  token: string;
  maxFileBytes: number;
  fetch?: typeof fetch;
  observe?: BotObserver | undefined;
};

// Whether a channel is open to all hardly ever changes; what changed is known ten minutes later.
const KEPT_MS = 600_000;

/** The `Conversations` port on Slack's Web API. */
export const createConversations = ({ client, token, maxFileBytes, fetch: send = fetch, observe }: ConversationsOptions): Conversations => {
  const slack = createSlackCall({ client, observe });
  const files = createFileReader({ slack, token, maxFileBytes, apiUrl: client.slackApiUrl, fetch: send });
  const ourselves = onceDone(async () => ourAnswer.parse(await slack('auth.test', {})));
  const open = rememberFor<boolean>(KEPT_MS);
  const deps = { slack, files, people: createPeople(slack), ourselves };
  return {
    read: (place) => readThread(deps, place),
    isOpen: (channel) => open.get(channel, async () => isOpen(channelInfo.parse(await slack('conversations.info', { channel })).channel)),
    async linkTo({ channel, ts }) {
      const { url } = await ourselves();
      return url ? new URL(`archives/${channel}/p${ts.replace('.', '')}`, url).href : null;
    },
  };
};

const ourAnswer = identity.extend({
  url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .catch(undefined),
});

type Us = z.infer<typeof ourAnswer>;
type ReadDeps = { slack: SlackCall; files: FileReader; people: People; ourselves(): Promise<Us> };
type Place = Parameters<Conversations['read']>[0];

const isOpen = ({ is_private, is_im, is_mpim }: z.infer<typeof channelInfo>['channel']): boolean => !is_private && !is_im && !is_mpim;

const MOST_MESSAGES = 1_000;
const MOST_FILES = 10;

const readThread = async (deps: ReadDeps, place: Place): Promise<Said> => {
  await placeFor(deps.slack, deps.people, place);
  const us = await deps.ourselves();
  const { ts, threadTs = ts } = place;
  let messages = await messagesOf(deps.slack, place.channel, threadTs);
  const meant = messages.find((message) => message.ts === ts);
  if (!meant) throw new AppError('CHAT_DENIED', GONE);
  // A link, or a reaction, does not always say that its message is a reply.
  const root = threadOf(meant);
  if (root && root !== threadTs) messages = await messagesOf(deps.slack, place.channel, root);
  const said = messages.filter((message) => isSaid(message, us));
  const read: Said['messages'] = [];
  const isDirect = place.channel.startsWith('D');
  const unreadFiles: Said['unreadFiles'] = [];
  let filesLeft = MOST_FILES;
  for (const message of said) {
    const texts = [textOf(message, us, isDirect && message.ts === ts)];
    for (const { id, name } of new Map(messageFiles(message).map((file) => [file.id, file])).values()) {
      const text = filesLeft > 0 ? await fileText(deps.files, id, place.teamId) : null;
      filesLeft -= 1;
      if (text === null) unreadFiles.push({ ts: message.ts, name: name || 'a file' });
      else texts.push(text);
    }
    read.push({ ts: message.ts, text: texts.filter((text) => text.trim() !== '').join('\n') });
  }
  return {
    threadTs: root ?? threadTs,
    messages: read.filter(({ text }) => text !== ''),
    quotedChannels: [...new Set(said.flatMap(quotedChannels))],
    unreadFiles,
  };
};

const messagesOf = async (slack: SlackCall, channel: string, ts: string): Promise<SlackMessage[]> => {
  const messages: SlackMessage[] = [];
  for await (const page of pages(slack, 'conversations.replies', { channel, ts })) {
    messages.push(...page);
    if (messages.length >= MOST_MESSAGES) break;
  }
  return messages;
};

/** What calls us is no part of what is said, nor what asks us for a ticket: behind our name, or `toUs` without it. */
const textOf = (message: SlackMessage, { user_id }: Us, toUs: boolean): string => {
  const words = user_id && message.text ? withoutCall(message.text, user_id) : (message.text ?? '');
  return messageText(message, toUs ? withoutWish(words) : words).trim();
};

const withoutCall = (text: string, us: string): string => {
  const call = `<@${us}(\\|[^>]*)?>[ \\t]*`;
  const begins = new RegExp(`^\\s*${call}`).test(text);
  const said = text.replaceAll(new RegExp(call, 'g'), '');
  return begins ? withoutWish(said) : said;
};

const MOST_CHARACTERS = 20_000;

/** The beginning of a text file; null for a picture, an archive, or what belongs to others. */
const fileText = async (files: FileReader, id: string, teamId: string): Promise<string | null> => {
  try {
    const decoder = new TextDecoder();
    let text = '';
    for await (const bytes of files.read(await files.find(id, teamId))) {
      text += decoder.decode(bytes, { stream: true });
      if (text.length >= MOST_CHARACTERS) break;
    }
    return isText(text) ? text.slice(0, MOST_CHARACTERS).trim() : null;
  } catch (error) {
    if (isAppError(error) && LEFT_OUT.has(error.code)) return null;
    throw error;
  }
};

const LEFT_OUT = new Set(['BAD_INPUT', 'CHAT_DENIED', 'TOO_LARGE']);

// What is packed decodes to many a character that is none.
const isText = (text: string): boolean => {
  const start = text.slice(0, 1_000);
  return !start.includes('\0') && (start.match(/\uFFFD/g) ?? []).length * 20 <= start.length;
};
