import { redactSecrets } from '#src/core/sensitive/redact-secrets.ts';

const secretKey = /token|authorization|password|passwd|passphrase|secret|cookie|credential|signature|api[-_]?key|private[-_]?key|jwt/i;
// Ids of tokens, counts of tokens and the like name a secret without being one.
const aboutSecret = /(id|ids|count|preview|kind)$/i;
const wordsOfPeople =
  /^(text|title|headline|sentence|question|body|prompt|content|contents|blocks|attachments|quote|samples?|lines?|template|answer|variables)$/i;

const MAX_DEPTH = 4;
const MAX_ITEMS = 20;
const MAX_CHARACTERS = 2000;

/** The same fields without secrets and without what people wrote, cut to a size a log line can bear. */
export const toSafeFields = (fields: Record<string, unknown>): Record<string, unknown> => safeEntries(fields, 0);

/** The text without anything that looks like a secret. */
export const toSafeText = (text: string): string => cut(redactSecrets(text));

const safeEntries = (fields: object, depth: number): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, safeValue(key, value, depth)]));

const safeValue = (key: string, value: unknown, depth: number): unknown => {
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') return value;
  if (secretKey.test(key) && !aboutSecret.test(key)) return '[masked]';
  if (wordsOfPeople.test(key)) return `[${sizeOf(value)}]`;
  if (typeof value === 'string') return toSafeText(value);
  if (typeof value !== 'object') return String(value).slice(0, 100);
  if (value instanceof Date) return value;
  if (value instanceof Error) return safeError(value, depth);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth >= MAX_DEPTH) return '[deeper]';
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => safeValue('', item, depth + 1));
  return safeEntries(value, depth + 1);
};

// An error's own properties are left out: drivers and HTTP clients keep whole requests there.
const safeError = (error: Error, depth: number): Record<string, unknown> => {
  const code = 'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? { code: error.code } : {};
  const cause = error.cause instanceof Error && depth < MAX_DEPTH ? { cause: safeError(error.cause, depth + 1) } : {};
  return { name: error.name, message: safeMessage(error), ...code, stack: stackFrames(error), ...cause };
};

// PostgreSQL quotes the offending value after the colon ('invalid input syntax for type integer: "…"'), and the ORM adds the whole row below.
const safeMessage = (error: Error): string => {
  const message = toSafeText(error.message);
  return 'severity' in error ? message.replace(/\n\s*-\s*detail:.*$/s, '').replace(/: ".*$/s, '') : message;
};

const stackFrames = ({ stack = '' }: Error): string[] =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, MAX_ITEMS)
    .map((line) => line.trim());

const sizeOf = (value: unknown): string => {
  if (typeof value === 'string') return `${value.length} characters`;
  return Array.isArray(value) ? `${value.length} items` : 'left out';
};

const cut = (text: string): string =>
  text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}… (${text.length} characters)` : text;
