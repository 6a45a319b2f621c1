import type { Changelog, Entry } from './types.ts';

/** The version step the entries ask for, with the reason in words. */
export const proposeVersion = (entries: readonly Entry[]): Changelog['semver'] => {
  const count = (wanted: (entry: Entry) => boolean) => entries.filter(wanted).length;
  const breaking = count((entry) => entry.breaking);
  if (breaking > 0) return { bump: 'major', reason: says(breaking, 'breaking change') };
  const removed = count(({ section }) => section === 'Removed');
  if (removed > 0) return { bump: 'major', reason: `${says(removed, 'removal')}: what was there may be missed` };
  const added = count(({ section }) => section === 'Added' || section === 'Deprecated' || section === 'Product');
  if (added > 0)
    return { bump: 'minor', reason: `${says(added, 'addition or deprecation', 'additions or deprecations')}, nothing breaking` };
  if (entries.length > 0) return { bump: 'patch', reason: `${says(entries.length, 'change')}, none of them new, removed or breaking` };
  return { bump: 'none', reason: 'nothing changed for readers' };
};

const says = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
