import { createHash } from 'node:crypto';
import { asFix } from '#src/changelog/changes/index.ts';
import type { Composed } from '#src/changelog/composing/compose-changelog.ts';
import { toHtml } from './html.ts';
import { EVERYTHING } from './name-of.ts';
import { escapeXml } from './xml.ts';

export type FeedOptions = {
  /** What it is about, e.g. 'owner/name'. */
  title: string;
  /** Where it is read. */
  selfUrl: string;
  /** When anything was heard of it last, for a feed that is empty. */
  heard: Date;
};

/** Composed anew, or up to a later end, it is the same entry with newer words. */
const idOf = ({ workspaceId, audience, scope, from }: Composed): string =>
  `urn:changelog:${createHash('sha256')
    .update(JSON.stringify([workspaceId, audience, scope, from]))
    .digest('hex')
    .slice(0, 32)}`;

const newest = (changelogs: readonly Composed[], heard: Date): Date =>
  changelogs.length === 0 ? heard : new Date(Math.max(...changelogs.map(({ to }) => to.getTime())));

/** Atom (RFC 4287): a changelog is an entry, newest first. */
export const toAtom = (changelogs: readonly Composed[], { title, selfUrl, heard }: FeedOptions): string =>
  `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${escapeXml(selfUrl)}</id>
  <title>${escapeXml(headingOf(title))}</title>
  <updated>${newest(changelogs, heard).toISOString()}</updated>
  <author><name>${escapeXml(headingOf(title))}</name></author>
  <link rel="self" type="application/atom+xml" href="${escapeXml(selfUrl)}"/>
${changelogs
  .map(
    (changelog) => `  <entry>
    <id>${idOf(changelog)}</id>
    <title>${escapeXml(titleOf(changelog))}</title>
    <updated>${changelog.to.toISOString()}</updated>
    <content type="html">${escapeXml(toHtml(changelog))}</content>
  </entry>
`,
  )
  .join('')}</feed>
`;

/** RSS 2.0, the same. */
export const toRss = (changelogs: readonly Composed[], { title, selfUrl, heard }: FeedOptions): string =>
  `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>${escapeXml(headingOf(title))}</title>
    <link>${escapeXml(selfUrl)}</link>
    <description>${escapeXml(title === EVERYTHING ? headingOf(title) : `What changed in ${title}`)}</description>
    <lastBuildDate>${newest(changelogs, heard).toUTCString()}</lastBuildDate>
    <atom:link rel="self" type="application/rss+xml" href="${escapeXml(selfUrl)}"/>
${changelogs
  .map(
    (changelog) => `    <item>
      <guid isPermaLink="false">${idOf(changelog)}</guid>
      <title>${escapeXml(titleOf(changelog))}</title>
      <pubDate>${changelog.to.toUTCString()}</pubDate>
      <description>${escapeXml(toHtml(changelog))}</description>
    </item>
`,
  )
  .join('')}  </channel>
</rss>
`;

const headingOf = (title: string): string => (title === EVERYTHING ? 'Everything that changed' : title);

/** What breaks, else what comes first: 'Add dark mode, and 3 more (16–23 November 2026)'. */
const titleOf = ({ from, to, entries }: Composed): string => {
  const first = entries.find(({ breaking }) => breaking) ?? entries[0];
  const more = entries.length > 1 ? `, and ${entries.length - 1} more` : '';
  return `${first ? `${alone(first).replace(/[.\s]+$/, '')}${more}` : 'Nothing worth telling'} (${period.formatRange(from, to).replaceAll('\u2009', ' ')})`;
};

/** Without the heading it stands under. */
const alone = ({ text, section }: Composed['entries'][number]): string => (section === 'Fixed' ? asFix(text) : text);

const period = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
