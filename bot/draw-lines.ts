import type { KnownBlock } from '@slack/web-api';
import { context, fence, MAX_SECTION, more, section } from './block-parts.ts';
import { cut, verbatim } from './mrkdwn.ts';

/** Raw lines for a window; `asked` is how many were asked for. */
export const drawLines = (lines: { number: number; text: string; truncated: boolean }[], asked: number): KnownBlock[] => {
  const drawn = lines.map(({ number, text, truncated }) => cut(verbatim(`${number}  ${text}`), 1_000) + (truncated ? ' …' : ''));
  const chunks: string[][] = [[]];
  let room = MAX_MODAL_CHARACTERS;
  let shown = 0;
  for (const line of drawn) {
    room -= line.length + 1;
    if (room < 0) break;
    if (sum(chunks.at(-1) ?? []) + line.length + 1 > MAX_SECTION - 10) chunks.push([]);
    chunks.at(-1)?.push(line);
    shown++;
  }
  const rest = Math.max(asked, lines.length) - shown;
  return [...chunks.map((chunk) => section(fence(chunk.join('\n')))), ...(rest > 0 ? [context(more(rest))] : [])];
};

// Ours, of a modal's 100 blocks of 3,000: more than anybody reads in a window.
const MAX_MODAL_CHARACTERS = 40_000;

const sum = (lines: string[]): number => lines.reduce((length, line) => length + line.length + 1, 0);
