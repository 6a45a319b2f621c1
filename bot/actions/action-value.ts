import { z } from 'zod';
import { AppError } from '#src/core/errors.ts';

/** What a button's value holds: ids, never data. `from` and `to` are line numbers, 1-based and inclusive. */
export type ActionValue = z.infer<typeof actionValue>;

const actionValue = z.object({
  logId: z.string().min(1),
  from: z.number().int().min(1).optional(),
  to: z.number().int().min(1).optional(),
});

/** Reads a button's value; a bare id is one too. Throws BAD_INPUT for buttons we no longer understand. */
export const parseActionValue = (value: string | undefined): ActionValue => {
  const text = value ?? '';
  if (/^log_\w+$/.test(text)) return { logId: text };
  const parsed = actionValue.safeParse(tryJson(text));
  if (!parsed.success)
    throw new AppError('BAD_INPUT', 'That button is from an older version of me and no longer works. Ask for the summary again.');
  return parsed.data;
};

const tryJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
