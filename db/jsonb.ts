// Only what is lone is written as an escape by JSON.stringify (ES2019); a backslash that is itself escaped is none.
const refused = /(?<!\\)((?:\\\\)*)\\u(?:d[89a-f][0-9a-f]{2}|0000)/g;

/**
 * JSON that PostgreSQL takes as jsonb: it refuses half a surrogate pair (an emoji cut in two, by us or by a model) and NUL, and with them the whole
 * row. Each becomes U+FFFD.
 */
export const toJsonb = (value: unknown): string => {
  const json = JSON.stringify(value);
  return json.includes('\\u') ? json.replace(refused, '$1\ufffd') : json;
};
