import { type Group, leadOf, requestOf } from '#src/changelog/changes/group/item.ts';

/** How this input is written, seen from the input itself: rates between 0 and 1. */
export type Conventions = {
  /** Titles that name their type ('feat:', '[Fix]'). */
  typed: number;
  /** Changes that came as a request. */
  requested: number;
  /** Changes that tell more than a title. */
  described: number;
  /** Changes about tests, CI, documents and dependencies. */
  housekeeping: number;
  /** Changes of one file. */
  small: number;
  /** Several files in each of which one is the changelog: maintainers who write it along. */
  logged: number;
  groups: number;
};

// Rates do not change beyond so many.
const enough = 2000;

export const seeConventions = (groups: readonly Group[]): Conventions => {
  const step = Math.ceil(groups.length / enough);
  const seen = groups.filter((_, i) => i % step === 0);
  const rate = (is: (group: Group) => boolean) => seen.filter(is).length / Math.max(1, seen.length);
  return {
    typed: rate((group) => leadOf(group).parsed.type !== null && leadOf(group).parsed.style !== 'plain'),
    requested: rate((group) => group.items.some((item) => requestOf(item) !== null)),
    described: rate((group) => leadOf(group).parsed.body.trim().length > 20),
    housekeeping: rate((group) => leadOf(group).parsed.topics.length > 0 || leadOf(group).parsed.bump !== null),
    small: rate((group) => sizeOf(group) === 1),
    logged: rate((group) => group.items.some(({ change }) => change.paths.length > 1 && change.paths.some(isChangelogPath))),
    groups: groups.length,
  };
};

/** Files touched by the largest of its tellings; 0 when not known. */
export const sizeOf = (group: Group): number =>
  group.items.reduce((most, { change }) => Math.max(most, change.filesChanged ?? change.paths.length), 0);

export const isChangelogPath = (path: string): boolean =>
  /(?:^|\/)(?:changelog|changes|history|news|release[-_]?notes)(?:\.\w+)?$|(?:^|\/)(?:\.changeset|changelog\.d|newsfragments|changes)\//i.test(
    path,
  );
