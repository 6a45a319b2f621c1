import type { ChangelogFormat } from '#db/entities/changelog.ts';
import { toMarkdown } from '#src/changelog/changes/index.ts';
import type { Composed } from '#src/changelog/composing/compose-changelog.ts';
import type { ShownOmitted } from '#src/changelog/shown-omitted.ts';
import { toAtom, toRss } from './feed.ts';
import { toHtml } from './html.ts';
import { toJson } from './json.ts';
import { nameOf } from './name-of.ts';
import { toSlack } from './slack.ts';
import { spliceEntries } from './splice-release.ts';

export { type FeedOptions, toAtom, toRss } from './feed.ts';
export { nameOf } from './name-of.ts';

export type RenderOptions = {
  /** The name of the release; 'Unreleased' without one. */
  version?: string | undefined;
  /** What is in no entry, as it may be shown; for programs. */
  omitted?: readonly ShownOmitted[] | undefined;
};

/** A changelog in a form others read. */
export const renderChangelog = (composed: Composed, format: ChangelogFormat, options: RenderOptions = {}): string => {
  const feed = { title: nameOf(composed), selfUrl: `urn:changelog:${composed.changelogId}`, heard: composed.to };
  switch (format) {
    case 'MARKDOWN':
      return toMarkdownRelease(composed, options);
    case 'SLACK':
      return toSlack(composed);
    case 'JSON':
      return toJson(composed, options.omitted ?? []);
    case 'HTML':
      return toHtml(composed);
    case 'ATOM':
      return toAtom([composed], feed);
    case 'RSS':
      return toRss([composed], feed);
  }
};

/** A CHANGELOG.md with the changelog in its place; what stands there stays as it is. */
export const spliceRelease = (composed: Composed, into: string, options: RenderOptions): string =>
  spliceEntries(into, composed.entries, (entries) => toMarkdownRelease({ ...composed, entries: [...entries] }, options), {
    isRelease: options.version !== undefined,
  });

/** One release in the form of Keep a Changelog. */
const toMarkdownRelease = (composed: Composed, { version }: RenderOptions): string => {
  const links = new Map(composed.entries.map((entry) => [entry.key, entry.links]));
  return toMarkdown(composed, {
    audience: composed.audience,
    ...(version ? { version, date: composed.to.toISOString().slice(0, 10) } : {}),
    linkOf: (ref, { key }) => links.get(key)?.[ref] ?? null,
  });
};
