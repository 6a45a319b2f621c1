import { z } from 'zod';
import type { EventSource } from '#bot/handler.ts';
import { messageText, slackMessage } from '#bot/slack-message.ts';

const edit = z.object({
  subtype: z.literal('message_changed'),
  channel: z.string(),
  message: slackMessage.extend({ user: z.string() }),
  previous_message: slackMessage.partial().nullish(),
});

/** A message that says something else than before. */
type Edit = z.infer<typeof edit>;

/** The edit behind an event; null for what only looks different (Slack unfolds links by an edit), and for what bots edit. */
export const parseEdit = (event: unknown): Edit | null => {
  const { data } = edit.safeParse(event);
  if (!data || data.message.bot_id) return null;
  const before = data.previous_message ? messageText(data.previous_message) : null;
  return before === messageText(data.message) ? null : data;
};

export const editSource = (event: unknown): EventSource | null => {
  const edited = parseEdit(event);
  return edited && { user: edited.message.user, channel: edited.channel };
};
