import { word } from './kinds.ts';
import type { MinedPattern } from './pattern.ts';
import { createTokens, type Tokens } from './tokens.ts';

// Read and used up form by form; one is enough.
const tokens = createTokens();
let bytes = Buffer.alloc(0);

/** A pattern as the message of which it was made, as far as messages are compared: its words, and of its variables what they are. */
export const spell = ({ tokens: count, hash, kind, text }: MinedPattern, status: number): { tokens: Tokens; bytes: Buffer } => {
  const room = text.reduce((sum, one) => sum + one.length * 3 + 1, 1);
  if (bytes.length < room) bytes = Buffer.alloc(room * 2);
  tokens.hash.set(hash);
  tokens.kind.set(kind);
  tokens.count = count;
  tokens.status = status;
  let at = 0;
  for (let k = 0; k < count; k++) {
    tokens.start[k] = at;
    if (kind[k] === word) at += bytes.write(text[k] as string, at);
    tokens.end[k] = at;
    bytes[at++] = 32;
  }
  return { tokens, bytes };
};
