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

type Option = ReturnType<typeof option>;
const MOST_OPTIONS = 100;

/** A menu's entries, in groups when there are more than Slack takes in one (a hundred groups of a hundred). Typing searches all of them. */
export const menuOf = (options: Option[]): { options: Option[] } | { option_groups: { label: Option['text']; options: Option[] }[] } => {
  if (options.length <= MOST_OPTIONS) return { options };
  const groups = Array.from({ length: Math.ceil(options.length / MOST_OPTIONS) }, (_, nth) =>
    options.slice(nth * MOST_OPTIONS, (nth + 1) * MOST_OPTIONS),
  );
  return { option_groups: groups.map((group, nth) => ({ label: plain(labelOf(group, nth)), options: group })) };
};

const labelOf = (group: Option[], nth: number): string =>
  `${nth * MOST_OPTIONS + 1} to ${nth * MOST_OPTIONS + group.length}: ${group[0]?.text.text.slice(0, 20)} …`;

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
  /** Seconds since 1970. */
  selected_date_time: z.number().nullish(),
});
type WindowValue = z.infer<typeof windowValue>;
const state = z.record(z.string(), z.record(z.string(), windowValue));
