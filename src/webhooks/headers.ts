import { AppError } from '#src/core/errors.ts';

export type Header = { name: string; value: string };

const MOST_HEADERS = 10;
// Ours, or of the connection itself.
const OURS = /^(x-aiops-.*|host|content-length|transfer-encoding|connection|upgrade|te|trailer|expect|keep-alive|proxy-.*|content-type)$/;

/** Headers a receiver wants, by name. Throws BAD_INPUT, which never repeats a value. */
export const parseHeaders = (given: readonly Header[]): Record<string, string> => {
  const wrong = (sentence: string): AppError => new AppError('BAD_INPUT', sentence, { field: 'headers' });
  if (given.length > MOST_HEADERS) throw wrong(`There are ${MOST_HEADERS} headers at most.`);
  const headers: Record<string, string> = {};
  for (const header of given) {
    const name = header.name.trim().toLowerCase();
    const value = header.value.trim();
    if (!/^[a-z0-9-]{1,100}$/.test(name)) throw wrong('A header’s name is letters, digits and hyphens, e.g. Authorization.');
    if (OURS.test(name)) throw wrong(`${name} is set by us and cannot be given.`);
    if (Object.hasOwn(headers, name)) throw wrong(`${name} is there twice.`);
    if (!/^[\x20-\x7e]{1,4000}$/.test(value)) throw wrong(`What ${name} says needs 1 to 4,000 plain characters on one line.`);
    headers[name] = value;
  }
  return headers;
};
