import { z } from 'zod';
import type { ActionClick } from '#bot/handler.ts';
import { AppError } from '#src/core/errors.ts';

/** What a button's value holds: ids, never data. `from` and `to` are line numbers, 1-based and inclusive. */
export type ActionValue = z.infer<typeof actionValue>;

const actionValue = z.object({
  logId: z.string().min(1),
  from: z.number().int().min(1).optional(),
  to: z.number().int().min(1).optional(),
});

/** What was clicked: a button's value, or that of the entry chosen in a menu. Empty when there is neither. */
export const chosenValue = ({ actions: [action] }: ActionClick): string => {
  switch (action?.type) {
    case 'static_select':
      return action.selected_option?.value ?? '';
    case 'users_select':
      // What it is about stands in the name of the block.
      return JSON.stringify({ ...Object(tryJson(action.block_id)), user: action.selected_user });
    default:
      return action?.value ?? '';
  }
};

/** Reads a log button's value; a bare id is one too. Throws BAD_INPUT for buttons we no longer understand. */
export const parseActionValue = (value: string | undefined): ActionValue => {
  const text = value ?? '';
  if (/^log_\w+$/.test(text)) return { logId: text };
  const parsed = actionValue.safeParse(tryJson(text));
  if (!parsed.success)
    throw new AppError('BAD_INPUT', 'That button is from an older version of me and no longer works. Ask for the summary again.');
  return parsed.data;
};

export const tryJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
