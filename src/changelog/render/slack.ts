import { sectionsOf } from '#src/changelog/changes/index.ts';
import type { Composed, ComposedEntry } from '#src/changelog/composing/compose-changelog.ts';

/** Slack's mrkdwn, to be pasted or posted: nothing in it mentions, calls out or formats but what we mean to. */
export const toSlack = ({ headline, audience, entries }: Composed): string => {
  const parts = sectionsOf(audience).flatMap((section) => {
    const own = entries.filter((entry) => entry.section === section);
    return own.length === 0 ? [] : [`*${escapeSlack(section)}*\n${own.map(toLine).join('\n')}`];
  });
  return `${[`*${escapeSlack(headline)}*`, ...parts].join('\n\n')}\n`;
};

const toLine = ({ text, breaking, refs, links }: ComposedEntry): string => {
  const shown = refs.map((ref) =>
    links[ref] ? `<${escapeSlack(links[ref]).replaceAll('|', '%7C')}|${escapeSlack(ref)}>` : escapeSlack(ref),
  );
  return `• ${breaking ? '*Breaking:* ' : ''}${escapeSlack(text)}${shown.length > 0 ? ` (${shown.join(', ')})` : ''}`;
};

// A format character beside a word joiner formats nothing, and reads the same.
const escapeSlack = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/([*_~]|(?<!\w)@(?=\w))/g, '$1\u2060');
