import { createHash } from 'node:crypto';
import type { Composed } from '#src/changelog/compose-changelog.ts';
import { toHtml } from './html.ts';
import { escapeXml } from './xml.ts';

export type FeedOptions = {
  /** What it is about, e.g. 'owner/name'. */
  title: string;
  /** Where it is read. */
  selfUrl: string;
};

/** Composed anew, or up to a later end, it is the same entry with newer words. */
const idOf = ({ workspaceId, audience, scope, from }: Composed): string =>
  `urn:changelog:${createHash('sha256')
    .update(JSON.stringify([workspaceId, audience, scope, from]))
    .digest('hex')
    .slice(0, 32)}`;

const newest = (changelogs: readonly Composed[]): Date => new Date(Math.max(0, ...changelogs.map(({ to }) => to.getTime())));

/** Atom (RFC 4287): a changelog is an entry, newest first. */
export const toAtom = (changelogs: readonly Composed[], { title, selfUrl }: FeedOptions): string =>
  `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${escapeXml(selfUrl)}</id>
  <title>${escapeXml(title)}</title>
  <updated>${newest(changelogs).toISOString()}</updated>
  <author><name>${escapeXml(title)}</name></author>
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
export const toRss = (changelogs: readonly Composed[], { title, selfUrl }: FeedOptions): string =>
  `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>${escapeXml(title)}</title>
    <link>${escapeXml(selfUrl)}</link>
    <description>${escapeXml(`What changed in ${title}`)}</description>
    <lastBuildDate>${newest(changelogs).toUTCString()}</lastBuildDate>
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

const titleOf = ({ from, to, headline }: Composed): string => `${day(from)} – ${day(to)}: ${headline}`;

const day = (at: Date): string => at.toISOString().slice(0, 10);
