import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import { section } from '#bot/block-parts.ts';
import { toSentence } from '#bot/failures.ts';
import type { Call } from '#bot/handler.ts';
import { escapeMrkdwn } from '#bot/mrkdwn.ts';
import { isAppError } from '#src/core/errors.ts';

const opened = z.object({ view: z.object({ id: z.string() }) });

/**
 * Opens a window at once (a trigger lives for 3 s) and completes it with what `fill` resolves to, after Slack has its answer.
 * What people typed meanwhile stays, in inputs whose block ids stay. When `fill` throws, the window says so.
 */
export const openThenFill = async (
  { slack, log, meanwhile }: Call,
  {
    method = 'views.open',
    triggerId,
    view,
    fill,
  }: { method?: 'views.open' | 'views.push'; triggerId: string; view: ModalView; fill(): Promise<ModalView> },
): Promise<void> => {
  const filling = fill().catch((error: unknown) => notice(view.title.text, isAway(error) ? AWAY : toSentence(error, log)));
  const { id } = opened.parse(await slack(method, { trigger_id: triggerId, view })).view;
  meanwhile(async () => slack('views.update', { view_id: id, view: await filling }));
};

// Elsewhere the sentence is about what was not stored; here nothing was to be.
const AWAY = 'I could not fetch this just now. Please try again in a minute.';
const isAway = (error: unknown): boolean => isAppError(error) && error.code === 'API_UNAVAILABLE';

/** A window that says one thing. */
export const notice = (title: string, sentence: string): ModalView => ({
  type: 'modal',
  title: plain(title),
  close: plain('Close'),
  blocks: [section(escapeMrkdwn(sentence))],
});

export const plain = (text: string) => ({ type: 'plain_text' as const, text });

const MAX_OPTION = 75;
export const option = (label: string, value: string) => ({
  text: plain(label.length > MAX_OPTION ? `${label.slice(0, MAX_OPTION - 1)}…` : label),
  value,
});

/** What people put into a window, by block id; every input's action id is its block's. */
export const valuesOf = (view: { state: { values: unknown } }): Record<string, WindowValue | undefined> =>
  Object.fromEntries(Object.entries(state.parse(view.state.values)).map(([block, elements]) => [block, elements[block]]));

const picked = z.object({ value: z.string() });
const windowValue = z.object({
  value: z.string().nullish(),
  selected_option: picked.nullish(),
  selected_options: z.array(picked).nullish(),
  selected_conversation: z.string().nullish(),
  selected_conversations: z.array(z.string()).nullish(),
  selected_time: z.string().nullish(),
});
type WindowValue = z.infer<typeof windowValue>;
const state = z.record(z.string(), z.record(z.string(), windowValue));
