import { z } from 'zod';
import { blocksText } from './block-text.ts';
import { parseMessageLink } from './commands/parse-message-link.ts';

/** The parts of a file object we look at. Slack Connect sends stubs: only an id and `file_access`. */
export const slackFile = z.object({
  id: z.string(),
  name: z.string().nullish(),
  size: z.number().nullish(),
  mimetype: z.string().nullish(),
  filetype: z.string().nullish(),
  mode: z.string().nullish(),
  user_team: z.string().nullish(),
  is_external: z.boolean().nullish(),
  file_access: z.string().nullish(),
  url_private: z.string().nullish(),
  url_private_download: z.string().nullish(),
});
export type SlackFile = z.infer<typeof slackFile>;

const attachment = z.object({
  pretext: z.string().nullish(),
  author_name: z.string().nullish(),
  title: z.string().nullish(),
  title_link: z.string().nullish(),
  text: z.string().nullish(),
  footer: z.string().nullish(),
  fallback: z.string().nullish(),
  fields: z.array(z.object({ title: z.string().nullish(), value: z.string().nullish() })).nullish(),
  files: z.array(slackFile).nullish(),
  blocks: z.array(z.unknown()).nullish(),
  /** Of a message that was forwarded, or is linked to: its blocks. */
  message_blocks: z
    .array(z.object({ message: z.object({ blocks: z.array(z.unknown()).nullish() }).nullish() }))
    .nullish()
    .catch(null),
  /** Of a message that was forwarded, or is linked to: where it is. */
  channel_id: z.string().nullish(),
  from_url: z.string().nullish(),
});

/** A message as events, shortcuts, history and replies carry it; what we do not use is dropped. */
export const slackMessage = z.object({
  ts: z.string(),
  thread_ts: z.string().nullish(),
  subtype: z.string().nullish(),
  user: z.string().nullish(),
  bot_id: z.string().nullish(),
  text: z.string().nullish(),
  files: z.array(slackFile).nullish(),
  attachments: z.array(attachment).nullish(),
  blocks: z.array(z.unknown()).nullish(),
  metadata: z.object({ event_type: z.string().optional(), event_payload: z.record(z.string(), z.unknown()).optional() }).nullish(),
});
export type SlackMessage = z.infer<typeof slackMessage>;

/**
 * Everything a message says as plain lines: its text, what its blocks say beyond that, then its attachments (a forwarded message is one).
 * `own` stands for the text where a part of it, a call, is no part of what is said.
 */
export const messageText = (
  { text, attachments, blocks }: Pick<SlackMessage, 'text' | 'attachments' | 'blocks'>,
  own: string | null | undefined = text,
): string =>
  [own ?? '', blocksText(blocks, text ?? ''), ...(attachments ?? []).map(attachmentText)]
    .map(toPlainText)
    .filter((part) => part !== '')
    .join('\n');

/**
 * The same as Slack has it: its markup, links and entities are left for whoever reads them. Of what bots attach it has the names above and below,
 * too: many name there what it is about.
 */
export const rawText = ({ text, attachments, blocks }: Pick<SlackMessage, 'text' | 'attachments' | 'blocks'>): string =>
  [text ?? '', blocksText(blocks, text ?? ''), ...(attachments ?? []).map(framedText)].filter((part) => part.trim() !== '').join('\n');

const framedText = (each: z.infer<typeof attachment>): string => {
  const { author_name: author, title, title_link: link, footer } = each;
  const linked = title && link && !title.includes('<') ? { ...each, title: `<${link}|${title}>` } : each;
  return [author, attachmentText(linked), footer].filter(Boolean).join('\n');
};

/** Ids of a message's files and of those in messages forwarded with it. */
export const messageFiles = ({ files, attachments }: Pick<SlackMessage, 'files' | 'attachments'>): SlackFile[] => [
  ...(files ?? []),
  ...(attachments ?? []).flatMap((each) => each.files ?? []),
];

/** The channels that messages forwarded with it, or shown behind a link in it, come from. */
export const quotedChannels = ({ attachments }: Pick<SlackMessage, 'attachments'>): string[] => [
  ...new Set(
    (attachments ?? []).flatMap(({ channel_id, from_url }) => [channel_id ?? [], parseMessageLink(from_url ?? '')?.channel ?? []].flat()),
  ),
];

/** Beside a file, one line is a remark ("have a look at this"), several are part of the log. */
export const isMoreThanRemark = (text: string): boolean => text.includes('\n');

/** Slack's mrkdwn as the person typed it: fences off, `<url|label>` to its label, entities back to characters. */
export const toPlainText = (mrkdwn: string): string =>
  mrkdwn
    .replace(/\n?[ \t]*```[ \t]*\n?/g, '\n')
    .replace(/<([^<>\n]+)>/g, (_, inside: string) => unwrap(inside))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/^\n+|\n+$/g, '');

const unwrap = (inside: string): string => {
  const [target = '', label] = inside.split('|', 2);
  if (label) return target.startsWith('@') && !label.startsWith('@') ? `@${label}` : target.startsWith('#') ? `#${label}` : label;
  return target.startsWith('!') ? `@${target.slice(1)}` : target.replace(/^mailto:/, '');
};

const attachmentText = (each: z.infer<typeof attachment>): string => {
  const fields = (each.fields ?? []).map(({ title, value }) => [title, value].filter(Boolean).join(': '));
  const lines = [each.pretext, each.title, each.text, ...fields].filter((line): line is string => Boolean(line));
  const quoted = (each.message_blocks ?? []).flatMap(({ message }) => message?.blocks ?? []);
  const beyond = blocksText([...(each.blocks ?? []), ...quoted], lines.join('\n'));
  return [...lines, beyond].filter((line) => line !== '').join('\n') || (each.fallback ?? '');
};
