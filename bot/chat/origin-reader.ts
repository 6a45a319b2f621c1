import { z } from 'zod';
import type { People } from '#bot/people.ts';
import type { SlackCall } from '#bot/slack-call.ts';
import { isMoreThanRemark, messageFiles, messageText, type SlackFile, type SlackMessage, slackMessage } from '#bot/slack-message.ts';
import { AppError, isAppError } from '#src/core/errors.ts';
import type { ChatPart, SlackOrigin } from '#src/core/ports.ts';
import type { ReadableFile } from './check-file.ts';
import type { FileReader } from './file-reader.ts';
import { countLeftOut, type LeftOut, leftOutSentence } from './left-out.ts';
import { GONE } from './to-chat-error.ts';

type Content = { title: string; parts: AsyncIterable<ChatPart>; threadTs?: string | undefined; leftOut?: string | undefined };
type Of<Kind extends SlackOrigin['kind']> = Extract<SlackOrigin, { kind: Kind }>;

/** Reads what an origin names. Everything that can be refused is refused before the first part is handed out. */
export const createOriginReader = ({ slack, files, people }: { slack: SlackCall; files: FileReader; people: People }) => {
  const ourselves = onceDone(async () => identity.parse(await slack('auth.test', {})));

  const readMessage = async (origin: Of<'message'>): Promise<Content> => {
    const place = await placeFor(slack, people, origin);
    const message = await findMessage(slack, origin);
    const found = await findFiles(
      files,
      messageFiles(message).map((file) => file.id),
      origin.teamId,
    );
    const text = messageText(message);
    const read = content(found[0]?.name ?? `a message in ${place}`, found.length === 0 || isMoreThanRemark(text) ? text : '', found, files);
    return { ...read, threadTs: threadOf(message) };
  };

  const readThread = async (origin: Of<'thread'>): Promise<Content> => {
    const place = await placeFor(slack, people, origin);
    const us = await ourselves();
    const { channel, ts } = origin;
    const messages: SlackMessage[] = [];
    let threadTs: string | undefined;
    for await (const page of pages(slack, 'conversations.replies', { channel, ts })) {
      messages.push(...page.filter((message) => isContent(message, us)));
      threadTs ??= page.filter((message) => message.ts === ts).map(threadOf)[0];
    }
    const text = toLines(messages);
    const { found, leftOut } = await findThreadFiles(files, messages.flatMap(messageFiles), origin.teamId, text.trim() !== '');
    const count = countLeftOut(leftOut);
    const title = `a thread in ${place}${count === 0 ? '' : count === 1 ? ', without one of its files' : `, without ${count} of its files`}`;
    return { ...content(title, text, found, files), threadTs, leftOut: leftOutSentence(leftOut, MAX_FILES) };
  };

  const readHistory = async (origin: Of<'history'>): Promise<Content> => {
    const place = await placeFor(slack, people, origin);
    const us = await ourselves();
    const latest = origin.before ?? (Date.now() / 1000).toFixed(6);
    const oldest = origin.sinceSeconds ? { oldest: (Number(latest) - origin.sinceSeconds).toFixed(6) } : {};
    const wanted = origin.lastMessages ?? MAX_MESSAGES;
    const messages: SlackMessage[] = [];
    for await (const page of pages(slack, 'conversations.history', { channel: origin.channel, latest, ...oldest })) {
      messages.push(...page.filter((message) => message.ts <= latest && isContent(message, us)));
      // One more than is read tells whether there is more.
      if (messages.length > wanted || messages.length === origin.lastMessages) break;
    }
    const span = spanInWords(origin);
    const isCut = !origin.lastMessages && messages.length > wanted;
    const title = isCut ? `${place}, the newest ${formatCount(MAX_MESSAGES)} messages of the ${span}` : `${place}, ${span}`;
    const read = content(title, toLines(messages.slice(0, wanted).reverse()), [], files);
    if (!isCut) return read;
    const leftOut = `The ${span} of ${place} are more than ${formatCount(MAX_MESSAGES)} messages; I read the newest ${formatCount(MAX_MESSAGES)}. Ask for less time to have all of it.`;
    return { ...read, leftOut };
  };

  const readFiles = async (origin: Of<'files'>): Promise<Content> => {
    const found = await findFiles(files, origin.fileIds, origin.teamId);
    const more = found.length > 1 ? ` and ${found.length - 1} more` : '';
    return content(`${found[0]?.name ?? 'files'}${more}`, origin.text ?? '', found, files);
  };

  return async (origin: SlackOrigin): Promise<Content> => {
    switch (origin.kind) {
      case 'message':
        return readMessage(origin);
      case 'thread':
        return readThread(origin);
      case 'history':
        return readHistory(origin);
      case 'files':
        return readFiles(origin);
    }
  };
};

const PAGE = 200;
const MAX_MESSAGES = 5_000;
const MAX_FILES = 10;

export const identity = z.object({ user_id: z.string().optional(), bot_id: z.string().optional() });
type Identity = z.infer<typeof identity>;

export const channelInfo = z.object({
  channel: z.object({
    name: z.string().nullish(),
    is_private: z.boolean().nullish(),
    is_im: z.boolean().nullish(),
    is_mpim: z.boolean().nullish(),
  }),
});
const memberPage = z.object({ members: z.array(z.string()), response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish() });
const messagePage = z.object({
  messages: z.array(slackMessage),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});

/**
 * What people call the channel. We may see more than the person who asks: nobody reads a channel through us that they could not open
 * themselves. A public one is open to full members; guests, and people of other companies in a shared channel, must be in it.
 */
export const placeFor = async (
  slack: SlackCall,
  people: People,
  { channel, user, teamId }: { channel: string; user: string; teamId: string },
): Promise<string> => {
  const { is_private, is_im, is_mpim, name } = channelInfo.parse(await slack('conversations.info', { channel })).channel;
  const isClosed = is_private || is_im || is_mpim || !(await people.isFullMember(user, teamId));
  if (isClosed && !(await isMember(slack, channel, user)))
    throw new AppError(
      'CHAT_DENIED',
      'That message is in a conversation you are not part of, so I did not read it. Ask somebody there to share it with you.',
    );
  return is_im || is_mpim || !name ? 'direct messages' : `#${name}`;
};

const isMember = async (slack: SlackCall, channel: string, user: string): Promise<boolean> => {
  let cursor: string | undefined;
  do {
    const page = memberPage.parse(await slack('conversations.members', { channel, limit: 1000, ...(cursor ? { cursor } : {}) }));
    if (page.members.includes(user)) return true;
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return false;
};

/** A reply is not in the channel's history, and a link does not always say that it is one: then both places are looked at. */
const findMessage = async (slack: SlackCall, { channel, ts, threadTs }: Of<'message'>): Promise<SlackMessage> => {
  const exactly = { channel, oldest: ts, latest: ts, inclusive: true, limit: PAGE };
  const isIt = (message: SlackMessage) => message.ts === ts;
  const look = async (method: string, args: Record<string, unknown>) => messagePage.parse(await slack(method, args)).messages.find(isIt);
  const found =
    threadTs && threadTs !== ts
      ? await look('conversations.replies', { ...exactly, ts: threadTs })
      : await look('conversations.history', exactly);
  const message = found ?? (await look('conversations.replies', { ...exactly, ts }));
  if (!message) throw new AppError('CHAT_DENIED', GONE);
  return message;
};

export const threadOf = ({ ts, thread_ts }: SlackMessage): string | undefined => (thread_ts && thread_ts !== ts ? thread_ts : undefined);

export async function* pages(slack: SlackCall, method: string, args: Record<string, unknown>): AsyncGenerator<SlackMessage[]> {
  let cursor: string | undefined;
  do {
    const page = messagePage.parse(await slack(method, { ...args, inclusive: true, limit: PAGE, ...(cursor ? { cursor } : {}) }));
    yield page.messages;
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor);
}

const SAID = new Set(['bot_message', 'file_share', 'thread_broadcast', 'me_message']);

/** People's and other bots' words; neither ours, nor joins and topics. */
export const isSaid = (message: SlackMessage, us: Identity): boolean =>
  !(message.subtype && !SAID.has(message.subtype)) &&
  !((us.user_id && message.user === us.user_id) || (us.bot_id && message.bot_id === us.bot_id));

/** Without the line that called us. */
const isContent = (message: SlackMessage, us: Identity): boolean => {
  if (!isSaid(message, us)) return false;
  const text = message.text ?? '';
  return !(us.user_id && text.includes(`<@${us.user_id}`) && !text.includes('\n') && messageFiles(message).length === 0);
};

/** One-line messages without a clock of their own get Slack's in front; what was pasted stays as it is. */
const toLines = (messages: SlackMessage[]): string =>
  messages
    .map((message) => ({ at: new Date(Number(message.ts) * 1000).toISOString(), text: messageText(message) }))
    .filter(({ text }) => text.trim() !== '')
    .map(({ at, text }) => (text.includes('\n') || /^\W{0,2}\d|^\W?[A-Z][a-z]{2}\s+\d/.test(text) ? text : `${at} ${text}`))
    .join('\n');

const findFiles = async (files: FileReader, ids: string[], teamId: string): Promise<ReadableFile[]> => {
  const found: ReadableFile[] = [];
  for (const id of new Set(ids)) found.push(await files.find(id, teamId));
  return found;
};

/** In a thread with text, pictures and the like are not what was asked about: they are passed over, and named. */
const findThreadFiles = async (
  files: FileReader,
  all: SlackFile[],
  teamId: string,
  skipRefused: boolean,
): Promise<{ found: ReadableFile[]; leftOut: LeftOut }> => {
  const each = [...new Map(all.map((file) => [file.id, file])).values()];
  const found: ReadableFile[] = [];
  const leftOut: LeftOut = { noLogs: [], closed: [], beyond: Math.max(0, each.length - MAX_FILES) };
  for (const { id, name } of each.slice(0, MAX_FILES)) {
    try {
      found.push(await files.find(id, teamId));
    } catch (error) {
      if (!skipRefused || !isAppError(error) || (error.code !== 'BAD_INPUT' && error.code !== 'CHAT_DENIED')) throw error;
      (error.code === 'BAD_INPUT' ? leftOut.noLogs : leftOut.closed).push(name || 'a file');
    }
  }
  return { found, leftOut };
};

const formatCount = (count: number): string => count.toLocaleString('en-US');

const content = (title: string, text: string, found: ReadableFile[], files: FileReader): Content => {
  if (text.trim() === '' && found.length === 0)
    throw new AppError('BAD_INPUT', 'There is no text and no file there, so there is nothing to summarize.');
  return { title, parts: partsOf(text, found, files) };
};

async function* partsOf(text: string, found: ReadableFile[], files: FileReader): AsyncGenerator<ChatPart> {
  if (text.trim() !== '') yield { name: 'message.txt', bytes: once(Buffer.from(`${text}\n`)) };
  for (const file of found) yield { name: file.name, bytes: files.read(file) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const spanInWords = ({ lastMessages, sinceSeconds = 0 }: Of<'history'>): string => {
  if (lastMessages) return `last ${lastMessages} messages`;
  const [unit, name] = [[86_400, 'd'] as const, [3_600, 'h'] as const].find(([seconds]) => sinceSeconds % seconds === 0) ?? [60, 'min'];
  return `last ${Math.round(sinceSeconds / unit)} ${name}`;
};

/** Remembers the first success; a failure is tried again next time. */
export const onceDone = <T>(work: () => Promise<T>): (() => Promise<T>) => {
  let done: { value: T } | undefined;
  return async () => (done ??= { value: await work() }).value;
};
