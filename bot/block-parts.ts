import type { ContextBlock, SectionBlock } from '@slack/web-api';

/** Most characters in a section or a context element. */
export const MAX_SECTION = 3_000;

// `verbatim` keeps Slack from turning bare addresses and names into links and mentions.
export const section = (text: string): SectionBlock => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } });
export const context = (text: string): ContextBlock => ({ type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] });
export const fence = (text: string): string => `\`\`\`${text}\`\`\``;
export const more = (count: number): string => `… (${count.toLocaleString('en-US')} more)`;
