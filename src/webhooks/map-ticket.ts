import { createHash } from 'node:crypto';
import type { WebhookFilter, WebhookMapping } from '#db/entities/webhook-in.ts';
import { AppError } from '#src/core/errors.ts';

export type MappedTicket = {
  title: string | undefined;
  text: string;
  reporter: string | undefined;
  key: string | undefined;
  /** What stands at a place of the mapping and is no plain value, in words. */
  dropped: string[];
};

const MOST_REPORTER = 150;
const MOST_KEY = 150;

/** Reads a sender's JSON by a mapping; null when the filter leaves it out. Throws BAD_INPUT when there is nothing to make a ticket of. */
export const mapTicket = (body: unknown, mapping: WebhookMapping, filter: readonly WebhookFilter[]): MappedTicket | null => {
  if (filter.some(({ path, equals }) => textAt(body, path) !== equals)) return null;
  const at = (path: string | null): string | undefined => (path === null ? undefined : textAt(body, path)?.trim() || undefined);
  const [title, text] = [at(mapping.title), at(mapping.text)];
  if (title === undefined && text === undefined) {
    const places = [mapping.title, mapping.text].filter((path) => path !== null).map((path) => `"${path}"`);
    throw new AppError(
      'BAD_INPUT',
      `The body has no text at ${places.join(' or ')}. Mend the mapping of this webhook, or give it a filter that leaves such messages out.`,
    );
  }
  return {
    title,
    text: text ?? '',
    reporter: oneLine(at(mapping.reporter)),
    key: shortKey(at(mapping.key)),
    dropped: droppedFrom(body, mapping),
  };
};

const droppedFrom = (body: unknown, { title, text, reporter, key }: WebhookMapping): string[] =>
  [title, text, reporter, key].flatMap((path) => {
    const value = path === null ? undefined : valueAt(body, path);
    return typeof value === 'object' && value !== null
      ? `What stands at "${path}" is ${Array.isArray(value) ? 'a list' : 'an object'}, not a text, so it was left out.`
      : [];
  });

/** What stands at a path; undefined for nothing, and for what is not a plain value. */
const textAt = (body: unknown, path: string): string | undefined => {
  const value = valueAt(body, path);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
};

/** Whatever stands at a path such as 'issue.labels.0.name'; undefined for nothing. */
const valueAt = (body: unknown, path: string): unknown => {
  let value = body;
  for (const step of path.split('.')) {
    // Only what the sender wrote: no lengths, no prototypes.
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step) || (Array.isArray(value) && !/^\d+$/.test(step)))
      return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
};

const oneLine = (text: string | undefined): string | undefined =>
  text
    ?.replace(/\p{Cc}+/gu, ' ')
    .slice(0, MOST_REPORTER)
    .trim() || undefined;

/** Keys are indexed, so one that is very long, or that PostgreSQL would not take, stands by its hash. */
export const shortKey = (key: string | undefined): string | undefined =>
  key === undefined || (key.length <= MOST_KEY && !/\p{Cc}/u.test(key)) ? key : createHash('sha256').update(key).digest('hex');
