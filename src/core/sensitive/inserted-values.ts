import type { SensitiveSpan } from './find-sensitive.ts';
import { saysNothing } from './message-words.ts';
import { names } from './secret-names.ts';

/**
 * Finds the values of columns like `password` in statements that name their columns first: INSERT INTO users (name, password) VALUES
 * ('bob', 'x'), ('ana', 'y').
 */
export const findInsertedValues = (text: string): SensitiveSpan[] => {
  const found: SensitiveSpan[] = [];
  if (!(text.includes('VALUES') || text.includes('values')) || !mayInsert.test(text)) return found;
  let end = 0;
  for (const match of text.matchAll(columnList)) {
    if (match.index < end) continue;
    const secret = (match[1] ?? '').split(',').map((column) => isSecretColumn.test(column.trim().replace(/^[\s"`[]+|[\s"`\]]+$/g, '')));
    if (secret.includes(true)) end = findInRows(text, match.index + match[0].length, secret, found);
  }
  return found;
};

const mayInsert = /\)\s{0,8}values\s{0,8}\(/i;
const columnList = /\(([\w\s"`[\],.]{1,2000})\)\s{0,8}values\s{0,8}(?=\()/gi;
const isSecretColumn = new RegExp(`(?:${names}|(?:^|[._-])(?:pass|pw))(?:[_-]?hash)?$`, 'i');
const LONGEST_STATEMENT = 100_000;

// A string with the escapes of SQL; what opens and closes; a comma.
const piece = /'((?:[^'\\]|''|\\.){0,2000})'?|"((?:[^"\\]|\\.){0,2000})"?|[(),;]/gs;

/** Where the last row ends. */
const findInRows = (text: string, start: number, secret: readonly boolean[], found: SensitiveSpan[]): number => {
  let depth = 0;
  let column = 0;
  piece.lastIndex = start;
  for (let match = piece.exec(text); match && match.index < start + LONGEST_STATEMENT; match = piece.exec(text)) {
    const [sign] = match;
    const value = match[1] ?? match[2];
    if (value !== undefined) {
      if (depth > 0 && secret[column] && value !== '' && !saysNothing(value))
        found.push({ kind: 'secret', secret: true, from: match.index + 1, to: match.index + 1 + value.length });
    } else if (sign === '(') {
      depth += 1;
      if (depth === 1) column = 0;
    } else if (sign === ')') depth -= 1;
    else if (sign === ',' && depth === 1) column += 1;
    if (depth === 0 && !/^\s{0,64},\s{0,64}\(/.test(text.slice(piece.lastIndex, piece.lastIndex + 130)) && sign !== ',')
      return piece.lastIndex;
  }
  return start + LONGEST_STATEMENT;
};
