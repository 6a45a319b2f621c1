import { loneLink, parseMessageLink } from './parse-message-link.ts';

export type SummarizeRequest =
  | { kind: 'nothing' }
  | { kind: 'help' }
  | { kind: 'text'; text: string }
  | { kind: 'message'; channel: string; ts: string; threadTs?: string }
  | { kind: 'history'; lastMessages?: number; sinceSeconds?: number }
  /** Looks like one of the others but is not: `sentence` says what would be. */
  | { kind: 'unclear'; sentence: string };

/** What somebody asks for after `/summarize`, or in a message to the bot. Never throws. */
export const parseSummarize = (given: string): SummarizeRequest => {
  const text = given.trim();
  if (text === '') return { kind: 'nothing' };
  if (/^(help|\?|--help|-h)$/i.test(text)) return { kind: 'help' };
  return parseLink(text) ?? parseLast(text) ?? { kind: 'text', text };
};

/** A line with a level, a failure or a clock in it, or several lines, or a fence; "summarize this" and "thanks!" are not. */
export const looksLikeLog = (text: string): boolean => text.trim().includes('\n') || readsAsLog(text);

/** The same without counting lines: prose has several as well. */
export const readsAsLog = (text: string): boolean =>
  text.includes('```') ||
  /\b(fatal|panic|error|err|warn(ing)?|info|debug|trace|critical|exception|fail(ed|ure|s)?|timeout|timed out|refused|denied|crash(ed)?|killed)\b|(?:Error|Exception)\b|\d\d:\d\d/i.test(
    text,
  );

export const NO_LOG =
  'That does not look like a log, so nothing was done. Say /summarize with the log itself, with a link to a message, or with last 2h or last 200; /summarize alone opens a window, and /summarize help shows all.';

export const USAGE = [
  'Give me a log and I say what is going on, what likely caused it and what to do next:',
  '• /summarize followed by the log itself',
  '• /summarize and a link to a message ("Copy link" on the message)',
  "• /summarize last 2h, last 30m, last 1d or last 200: this channel's messages",
  '• /summarize alone: a window to paste text or add a file',
  '• "Summarize as log" in the menu of any message',
  '• a forwarded message, a log or a file sent to me directly, or @aiops in a thread or with a file',
].join('\n');

const parseLink = (text: string): SummarizeRequest | null => {
  const url = loneLink(text);
  if (!url) return null;
  const message = parseMessageLink(url);
  return message
    ? { kind: 'message', ...message }
    : {
        kind: 'unclear',
        sentence: 'That link does not lead to a Slack message. Use "Copy link" in the menu of the message, or paste the log itself.',
      };
};

const SECONDS: Record<string, number> = { m: 60, h: 3_600, d: 86_400 };
const MAX_SECONDS = 31 * 86_400;
const MAX_MESSAGES = 1_000;
const LAST = /^(?:the\s+)?(?:last|past)\s+(?:(\d{1,9})\s*)?(m|mins?|minutes?|h|hrs?|hours?|d|days?|messages?|msgs?)?$/i;
// By the clock or the day, which is not understood, and is no log either.
const SINCE =
  /^(?:since\s+)?(?:today|yesterday|midnight|noon|this\s+(?:morning|afternoon|week))$|^(?:since|from|after|between)\s+\d[\d:.]*\s?(?:[ap]m)?(?:\s+(?:to|and|until|till|-)\s+\d[\d:.]*\s?(?:[ap]m)?)?$/i;
const LAST_USAGE = `Say "last 2h", "last 30m" or "last 1d" (up to 31 days), or "last 200" (up to ${MAX_MESSAGES.toLocaleString('en-US')} messages).`;

const parseLast = (text: string): SummarizeRequest | null => {
  const [matched, digits, unit = ''] = LAST.exec(text) ?? [];
  // "last night the database …" is a text; "last two hours" is somebody who means this.
  if (!matched)
    return /^(?:the\s+)?(?:last|past)(\s+\S+){0,2}$/i.test(text) || SINCE.test(text) ? { kind: 'unclear', sentence: LAST_USAGE } : null;
  const count = digits ? Number(digits) : 1;
  const perUnit = SECONDS[unit.charAt(0).toLowerCase()];
  if (!perUnit || /^m(s|e)/i.test(unit))
    return digits && count >= 1 && count <= MAX_MESSAGES
      ? { kind: 'history', lastMessages: count }
      : { kind: 'unclear', sentence: LAST_USAGE };
  const sinceSeconds = count * perUnit;
  return sinceSeconds >= 60 && sinceSeconds <= MAX_SECONDS ? { kind: 'history', sinceSeconds } : { kind: 'unclear', sentence: LAST_USAGE };
};
