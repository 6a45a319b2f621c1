import type { Changelog, ReleaseSection } from './types.ts';

/** A change that stands, told or not: what is left out for its small weight, or as private, is in the release too. */
export type Standing = { section: ReleaseSection; breaking: boolean };

/** The version step that all standing changes ask for, with the reason in words. */
export const proposeVersion = (standing: readonly Standing[]): Changelog['semver'] => {
  const count = (wanted: (one: Standing) => boolean) => standing.filter(wanted).length;
  const breaking = count((one) => one.breaking);
  if (breaking > 0) return { bump: 'major', reason: says(breaking, 'breaking change') };
  const removed = count(({ section }) => section === 'Removed');
  if (removed > 0) return { bump: 'major', reason: `${says(removed, 'removal')}: what was there may be missed` };
  const added = count(({ section }) => section === 'Added' || section === 'Deprecated');
  if (added > 0)
    return { bump: 'minor', reason: `${says(added, 'addition or deprecation', 'additions or deprecations')}, nothing breaking` };
  if (standing.length > 0) return { bump: 'patch', reason: `${says(standing.length, 'change')}, none of them new, removed or breaking` };
  return { bump: 'none', reason: 'nothing changed for readers' };
};

const says = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
