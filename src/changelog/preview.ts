import { type Changelog, composeChangelog, createLeakGuard, type LeakGuard, toMarkdown } from './changes/index.ts';
import type { Audience, Change, ComposeOptions, Entry, Omitted } from './changes/types.ts';
import { addressOf, mayLink } from './links.ts';
import { PRIVATE } from './private-words.ts';
import { spliceEntries } from './render/splice-release.ts';

export type PreviewOptions = {
  audience: Audience;
  /** Words and path globs that must not show. */
  leakList: readonly string[];
  /** The name of the release; 'Unreleased' without one. */
  version?: string | undefined;
  /** What was released in between: no change of its own, but what was released before it was mended was somebody's bug. */
  releases?: readonly Change[] | undefined;
  /** A CHANGELOG.md it is to be put into. */
  into?: string | undefined;
};

export type Preview = {
  changelog: Changelog;
  markdown: string;
  /** What is in no entry, with its title as it may be shown. */
  omitted: (Omitted & { title: string })[];
};

/** The changelog of a repository's commits, and as Markdown: the release by itself, or the whole file with the release in its place. */
export const previewChanges = (
  changes: readonly Change[],
  { audience, leakList, version, into, releases = [] }: PreviewOptions,
): Preview => {
  const changelog = composeBetween(changes, releases, { audience, leakList });
  const titles = new Map(changes.map(({ id, title }) => [id, title]));
  const guard = createLeakGuard(leakList);
  const omitted = changelog.omitted.map((one) => {
    const title = titles.get(one.change) ?? '';
    return { ...one, title: one.reason === 'private' || guard.leaks(title) ? PRIVATE : title };
  });
  const newest = Math.max(...changes.map(({ time }) => time));
  const named = version ? { version, date: new Date(newest).toISOString().slice(0, 10) } : {};
  const options = { audience, linkOf: linksOf(changes, { audience, guard: createLeakGuard(leakList, audience) }), ...named };
  if (into === undefined) return { changelog, omitted, markdown: toMarkdown(changelog, options) };
  const write = (entries: readonly Entry[]): string => toMarkdown({ ...changelog, entries: [...entries] }, options);
  return { changelog, omitted, markdown: spliceEntries(into, changelog.entries, write, { isRelease: version !== undefined }) };
};

const composeBetween = (changes: readonly Change[], releases: readonly Change[], options: ComposeOptions): Changelog => {
  const shas = new Set(changes.map(({ sha }) => sha));
  const within = releases.filter(({ sha }) => shas.has(sha));
  const ids = new Set(within.map(({ id }) => id));
  const changelog = composeChangelog([...changes, ...within], options);
  return { ...changelog, omitted: changelog.omitted.filter(({ change }) => !ids.has(change)) };
};

/** Each by its reason, to be read in a terminal. */
export const omittedLines = (omitted: Preview['omitted']): string =>
  omitted
    // What went along with something private says nothing more.
    .filter(({ reason, of }) => reason !== 'private' || of === null)
    .toSorted((a, b) => (a.reason < b.reason ? -1 : a.reason > b.reason ? 1 : 0))
    .map(({ reason, title, change }) => `  ${reason.padEnd(15)} ${title} (${change.slice(0, 7)})\n`)
    .join('');

/** Commits have addresses where the repository's own is known, and so have the numbers there. */
const linksOf = (
  changes: readonly Change[],
  shown: { audience: Audience; guard: LeakGuard },
): ((ref: string, entry: Entry) => string | null) => {
  const urls = new Map(changes.map(({ id, url }) => [id, url]));
  return (ref, { changes: ids }) => {
    const known = ids.flatMap((id) => urls.get(id) ?? []);
    const sha = /^[0-9a-f]{7,40}$/.test(ref) ? urls.get(ids.find((id) => id.startsWith(ref)) ?? '') : undefined;
    const found = sha ?? addressOf(ref, known);
    return found === null || found === undefined || !mayLink(found, { ...shown, isCode: true }) ? null : found;
  };
};
