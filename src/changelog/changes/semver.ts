import type { Changelog, ReleaseSection } from './types.ts';

/** A change that stands, told or not: what is left out for its small weight, or as private, is in the release too. */
export type Standing = { section: ReleaseSection; breaking: boolean; told: boolean };

/** The version step that all standing changes ask for, with the reason in words; what it rests on and the changelog leaves out is named as that. */
export const proposeVersion = (standing: readonly Standing[]): Changelog['semver'] => {
  const breaking = standing.filter((one) => one.breaking);
  if (breaking.length > 0) return { bump: 'major', reason: says(breaking, 'breaking change') };
  const removed = standing.filter(({ section }) => section === 'Removed');
  if (removed.length > 0) return { bump: 'major', reason: `${says(removed, 'removal')}: what was there may be missed` };
  const [added, deprecated] = (['Added', 'Deprecated'] as const).map((wanted) => standing.filter(({ section }) => section === wanted)) as [
    Standing[],
    Standing[],
  ];
  if (added.length + deprecated.length > 0) {
    const parts = [
      ...(added.length > 0 ? [says(added, 'addition')] : []),
      ...(deprecated.length > 0 ? [says(deprecated, 'deprecation')] : []),
    ];
    return { bump: 'minor', reason: `${parts.join(' and ')}, nothing breaking` };
  }
  if (standing.length > 0)
    return {
      bump: 'patch',
      reason: `${says(standing, 'change')}, ${standing.length === 1 ? 'neither new nor breaking' : 'none of them new, removed or breaking'}`,
    };
  return { bump: 'none', reason: 'nothing changed for readers' };
};

const says = (all: readonly Standing[], one: string): string => {
  const left = all.filter(({ told }) => !told).length;
  const silent = left === 0 ? '' : left === all.length ? ' that is not told here' : ` (${left} of them not told here)`;
  return `${all.length} ${all.length === 1 ? one : `${one}s`}${all.length > 1 ? silent.replace('that is', 'that are') : silent}`;
};

const release = /^(.*?)(\d+)\.(\d+)(?:\.(\d+))?(-[\w.-]+)?(?:\+[\w.-]+)?$/;
// 2026.11.0 counts months.
const FIRST_YEAR = 1900;

/**
 * The name of the next release after `last` ('v1.4.2', 'api@1.4.2'), in its form. Below 1.0 what breaks and what is new raise the second number.
 * Null where `last` is no semantic version, or nothing asks for a next one.
 */
export const nextVersion = (last: string, bump: Changelog['semver']['bump']): string | null => {
  const [, prefix = '', first = '', second = '', third = '0', early] = release.exec(last.trim()) ?? [];
  const [major, minor, patch] = [Number(first), Number(second), Number(third)];
  if (first === '' || bump === 'none' || major >= FIRST_YEAR || (prefix !== '' && !/[a-z@_/-]$/i.test(prefix))) return null;
  const step = major > 0 || bump === 'patch' ? bump : 'minor';
  // An early form of what comes next: that is the next one, where it stands high enough.
  const isAhead = early !== undefined && (step === 'patch' || (patch === 0 && (step === 'minor' || minor === 0)));
  if (isAhead) return `${prefix}${major}.${minor}.${patch}`;
  const numbers = { major: [major + 1, 0, 0], minor: [major, minor + 1, 0], patch: [major, minor, patch + 1] }[step];
  return `${prefix}${numbers.join('.')}`;
};
