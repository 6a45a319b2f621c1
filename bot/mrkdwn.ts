import { showDirections } from '#src/core/show-directions.ts';

// Slack's markup in messages: https://docs.slack.dev/messaging/formatting-message-text

/** Plain text as mrkdwn that shows exactly that: one line, escaped, its formatting characters out of action. */
export const prose = (text: string): string => escapeMrkdwn(calm(flatten(text)));

/** For fixed-width places, where formatting does not act: only a fence inside would end it. */
export const verbatim = (text: string): string => escapeMrkdwn(text).replaceAll('```', 'ˋˋˋ');

/** Slack's three escapes: afterwards no text can mention, link or call out a channel, nor turn round what is read. */
export const escapeMrkdwn = (text: string): string =>
  showDirections(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

// Slack has no way to escape these, so those that could open or close formatting are replaced by their twins:
// snake_case and 2 * 3 stay as they are.
const calm = (text: string): string =>
  text.replaceAll('`', 'ˋ').replace(/(?<![\p{L}\p{N}])[*_~](?=\S)|(?<=\S)[*_~](?![\p{L}\p{N}])/gu, (sign) => TWINS[sign] ?? sign);
const TWINS: Record<string, string> = { '*': '∗', _: 'ˍ', '~': '∼' };

/** On one line, read in one direction. */
export const flatten = (text: string): string =>
  showDirections(text)
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .trim();

/** Cuts escaped text without leaving half an entity or half a character behind. */
export const cut = (text: string, length: number): string => {
  if (text.length <= length) return text;
  const kept = text
    .slice(0, length - 16)
    .replace(/&[a-z]{0,3}$/, '')
    .replace(/[\uD800-\uDBFF]$/, '');
  return `${kept}… (${(text.length - kept.length).toLocaleString('en-US')} more)`;
};
