import type { z } from 'zod';
import { AppError } from '#src/core/errors.ts';

/** A sender's JSON as it should be. Throws BAD_INPUT that names what is missing. */
export const parsePayload = <Payload>(schema: z.ZodType<Payload>, body: unknown, what: string): Payload => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.slice(0, 3).map((issue) => {
    const place = issue.path.map(String).join('.') || 'the body';
    return issue.code === 'invalid_value' ? `${place} (one of ${issue.values.join(', ')})` : place;
  });
  throw new AppError(
    'BAD_INPUT',
    `This is not ${what}: ${places.join(', ')} ${places.length === 1 ? 'is' : 'are'} not as expected. Nothing was kept.`,
  );
};

/** A commit message's first line, and the rest. */
export const splitMessage = (message: string): { title: string; body: string } => {
  const end = message.indexOf('\n');
  return end < 0 ? { title: message, body: '' } : { title: message.slice(0, end), body: message.slice(end + 1).trim() };
};

/** 'Merge branch …', 'Merge pull request …', as the tools write it; a sentence that only begins so is a commit like any other. */
export const isMerge = (title: string): boolean => /^Merge (?:branch|pull request|remote-tracking branch|tag|commit) /.test(title);
