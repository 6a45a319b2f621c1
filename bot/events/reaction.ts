import { z } from 'zod';
import { NotKept } from '#bot/failures.ts';
import type { Call, EventSource } from '#bot/handler.ts';
import { isAppError } from '#src/core/errors.ts';

const reaction = z.object({
  user: z.string(),
  reaction: z.string(),
  item: z.object({ type: z.literal('message'), channel: z.string(), ts: z.string() }),
  /** Missing for messages of webhooks. */
  item_user: z.string().nullish(),
});

/** Somebody's reaction to a message; it says neither the message's text nor its thread. */
export type Reaction = z.infer<typeof reaction>;

export const parseReaction = (event: unknown): Reaction | null => reaction.safeParse(event).data ?? null;

export const reactionSource = (event: unknown): EventSource | null => {
  const parsed = parseReaction(event);
  return parsed && { user: parsed.user, channel: parsed.item.channel };
};

/** Whether it is the emoji that makes tickets, put there by a person of this workspace. Any other emoji costs nothing but a look in memory. */
export const meansTicket = async ({ reaction: name, user }: Reaction, call: Call): Promise<boolean> => {
  const settings = await call.settings.read(call.acting).catch((error: unknown) => notNow(error, call));
  if (toName(name) !== toName(settings?.emoji ?? '') || call.acting.teamId !== call.homeTeamId) return false;
  return call.people.isColleague(user, call.homeTeamId);
};

/** 👍 and 👍🏽 are one emoji, with and without colons. */
export const toName = (emoji: string): string => emoji.replace(/^:|:$/g, '').replace(/::skin-tone-\d$/, '');

const PASSING = new Set(['API_UNAVAILABLE', 'RATE_LIMITED', 'BUSY', 'CHAT_UNAVAILABLE', 'CHAT_RATE_LIMITED']);

/** What cannot be decided now is left for Slack to bring again; nobody who puts some emoji somewhere wants to hear of it. */
export const notNow = (error: unknown, { log }: Call): null => {
  if (!isAppError(error)) throw error;
  if (PASSING.has(error.code)) throw new NotKept(error);
  log.warn({ code: error.code }, 'A reaction could not be understood and was passed over');
  return null;
};
