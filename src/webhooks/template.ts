import { AppError } from '#src/core/errors.ts';

/** What a message has to say: { id, event, at, ticket }. */
export type Message = Record<string, unknown>;

const PLACE = /\{\{\s*([A-Za-z0-9_.]+)\s*\}\}/g;
const ONLY_PLACE = /^\{\{\s*([A-Za-z0-9_.]+)\s*\}\}$/;

// What there is to be said, without which a template says nothing; `ticket.category` and others are null at times.
const fields: Record<string, readonly string[] | null> = {
  id: null,
  event: null,
  at: null,
  ticket: [
    ...[
      'id',
      'number',
      'title',
      'text',
      'restricted',
      'state',
      'status',
      'entry',
      'external',
      'category',
      'categoryBy',
      'suggestedCategory',
    ],
    ...['priority', 'priorityBy', 'assignee', 'reporter', 'dueAt', 'snoozedUntil', 'mergedInto', 'createdAt', 'updatedAt', 'resolvedAt'],
  ],
};

/**
 * JSON with places in its texts: "[T-{{ticket.number}}] {{ticket.title}}". A text that is nothing but one place becomes what is there, numbers
 * and null included; elsewhere null is nothing. The template is JSON before anything is written into it, so no ticket can add to it.
 */
export const fillTemplate = (template: string, message: Message): string => JSON.stringify(fill(JSON.parse(template), message));

const fill = (part: unknown, message: Message): unknown => {
  if (typeof part === 'string') {
    const [, only] = ONLY_PLACE.exec(part) ?? [];
    return only === undefined ? fillText(part, message, (text) => text) : (valueAt(message, only) ?? null);
  }
  if (Array.isArray(part)) return part.map((each) => fill(each, message));
  if (part !== null && typeof part === 'object')
    return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, fill(each, message)]));
  return part;
};

/** An address with places in its path or query: what is written there is escaped, so it stays one step of the path. */
export const fillUrl = (url: string, message: Message): string => fillText(url, message, toStep);

/** Whether whatever is written into an address's places leads to the same host. */
export const isFixedHost = (url: string): boolean => {
  const origins = ['a.b', 'c'].map((text) => {
    const filled = url.replace(PLACE, text);
    return URL.canParse(filled) ? new URL(filled).origin : null;
  });
  return origins[0] !== null && origins[0] === origins[1];
};

// Dots alone would lead a step up, however they are escaped.
const toStep = (text: string): string => (/^\.+$/.test(text) ? '_' : encodeURIComponent(text));

const fillText = (text: string, message: Message, toPart: (text: string) => string): string =>
  text.replace(PLACE, (_, path: string) => toPart(toText(valueAt(message, path))));

const valueAt = (message: Message, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, key) => (value !== null && typeof value === 'object' && Object.hasOwn(value, key) ? (value as Message)[key] : undefined),
      message,
    );

const toText = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** The places of a text. Throws BAD_INPUT for one that no message has. */
export const checkPlaces = (text: string, field: string): void => {
  for (const [place, path = ''] of text.matchAll(PLACE)) {
    const [root = '', key, ...more] = path.split('.');
    const known = Object.hasOwn(fields, root) && (key === undefined || (fields[root]?.includes(key) ?? false));
    if (!known || more.length > 2)
      throw new AppError(
        'BAD_INPUT',
        `No message has ${place}; there are {{id}}, {{event}}, {{at}} and {{ticket.…}}, e.g. {{ticket.title}}.`,
        { field },
      );
  }
};

const MOST_CHARACTERS = 10_000;

/** Throws BAD_INPUT. */
export const parseTemplate = (template: string): string => {
  const wrong = (sentence: string): AppError => new AppError('BAD_INPUT', sentence, { field: 'bodyTemplate' });
  if (template.length > MOST_CHARACTERS) throw wrong(`A template has ${MOST_CHARACTERS.toLocaleString('en')} characters at most.`);
  try {
    JSON.parse(template);
  } catch {
    throw wrong('A template is JSON with places in its texts, e.g. {"title":"{{ticket.title}}"}.');
  }
  checkPlaces(template, 'bodyTemplate');
  return template;
};
