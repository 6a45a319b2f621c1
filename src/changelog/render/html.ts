import { sectionsOf } from '#src/changelog/changes/index.ts';
import type { Composed, ComposedEntry } from '#src/changelog/composing/compose-changelog.ts';
import { escapeXml } from './xml.ts';

/** A fragment of a page: headings and lists, every word escaped, links only as they came in. */
export const toHtml = ({ headline, audience, entries }: Composed): string => {
  const parts = sectionsOf(audience).flatMap((section) => {
    const own = entries.filter((entry) => entry.section === section);
    return own.length === 0 ? [] : [`<h3>${escapeXml(section)}</h3>`, '<ul>', ...own.map(toItem), '</ul>'];
  });
  return `${[`<p>${escapeXml(headline)}</p>`, ...parts].join('\n')}\n`;
};

const toItem = ({ text, breaking, refs, links }: ComposedEntry): string => {
  const shown = refs.map((ref) =>
    links[ref] ? `<a href="${escapeXml(links[ref])}" rel="noopener">${escapeXml(ref)}</a>` : escapeXml(ref),
  );
  return `<li>${breaking ? '<strong>Breaking:</strong> ' : ''}${escapeXml(text)}${shown.length > 0 ? ` (${shown.join(', ')})` : ''}</li>`;
};
