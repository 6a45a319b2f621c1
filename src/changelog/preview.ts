import { type Changelog, composeChangelog, createLeakGuard, type LeakGuard, spliceMarkdown, toMarkdown } from './changes/index.ts';
import type { Audience, Change, Entry } from './changes/types.ts';
import { withoutTold } from './render/without-told.ts';

export type PreviewOptions = {
  audience: Audience;
  /** Words and path globs that must not show. */
  leakList: readonly string[];
  /** The name of the release; 'Unreleased' without one. */
  version?: string | undefined;
  /** A CHANGELOG.md it is to be put into. */
  into?: string | undefined;
};

/** The changelog of a repository's commits, and as Markdown: the release by itself, or the whole file with the release in its place. */
export const previewChanges = (
  changes: readonly Change[],
  { audience, leakList, version, into }: PreviewOptions,
): { changelog: Changelog; markdown: string } => {
  const changelog = composeChangelog(changes, { audience, leakList });
  const newest = Math.max(...changes.map(({ time }) => time));
  const named = version ? { version, date: new Date(newest).toISOString().slice(0, 10) } : {};
  const options = { audience, linkOf: linksOf(changes, createLeakGuard(leakList)), ...named };
  if (into === undefined) return { changelog, markdown: toMarkdown(changelog, options) };
  const fresh = { ...changelog, entries: withoutTold(changelog.entries, into) };
  return { changelog, markdown: spliceMarkdown(into, toMarkdown(fresh, options)) };
};

/** Commits have addresses where the repository's own is known, and so have the numbers there. */
const linksOf = (changes: readonly Change[], guard: LeakGuard): ((ref: string, entry: Entry) => string | null) => {
  const urls = new Map(changes.map(({ id, url }) => [id, url]));
  const home = /^(https:\/\/.+?)(\/-)?\/commit\/[0-9a-f]+$/.exec(changes.find(({ url }) => url)?.url ?? '');
  const [, address, gitlab = ''] = home ?? [];
  const addressOf = (ref: string, ids: readonly string[]): string | null => {
    if (/^[0-9a-f]{7,40}$/.test(ref)) return urls.get(ids.find((id) => id.startsWith(ref)) ?? '') ?? null;
    const [, sign, number] = /^([#!])(\d+)$/.exec(ref) ?? [];
    if (!address || !number) return null;
    // GitHub leads from issues to pull requests by itself.
    return `${address}${gitlab}/${sign === '!' ? 'merge_requests' : 'issues'}/${number}`;
  };
  return (ref, { changes: ids }) => {
    const found = addressOf(ref, ids);
    return found === null || guard.leaks(found) ? null : found;
  };
};
