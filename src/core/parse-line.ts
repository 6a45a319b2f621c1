import { AppError } from '#src/core/errors.ts';

/** A line of text for people, trimmed. Throws BAD_INPUT when it is empty, too long or holds control characters (PostgreSQL takes no NUL). */
export const parseLine = (text: string, field: string, maxCharacters: number): string => {
  const line = text.trim();
  if (line === '') throw new AppError('BAD_INPUT', `The ${field} is empty; write a few letters.`, { field });
  if (line.length > maxCharacters)
    throw new AppError('BAD_INPUT', `The ${field} is too long; ${maxCharacters} characters at most.`, { field });
  if (/\p{Cc}/u.test(line))
    throw new AppError('BAD_INPUT', `The ${field} holds control characters; write it in one line of plain text.`, { field });
  return line;
};
