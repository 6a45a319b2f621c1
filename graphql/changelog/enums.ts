import type {
  ChangeKind,
  ChangelogAudience,
  ChangelogSection,
  ChangeSource,
  OmittedReason,
  SemverBump,
} from '#graphql/generated/resolver-types.ts';
import type * as Pure from '#src/changelog/changes/types.ts';

// The API writes enums in capitals, the pure code as people read them.
export const toAudience = (audience: ChangelogAudience): Pure.Audience => audience.toLowerCase() as Pure.Audience;
export const fromAudience = (audience: Pure.Audience): ChangelogAudience => audience.toUpperCase() as ChangelogAudience;
export const toKind = (kind: ChangeKind): Pure.ChangeKind => kind.toLowerCase() as Pure.ChangeKind;
export const fromKind = (kind: Pure.ChangeKind): ChangeKind => kind.toUpperCase() as ChangeKind;
export const toSource = (source: ChangeSource): Pure.ChangeSource => source.toLowerCase() as Pure.ChangeSource;
export const fromSource = (source: Pure.ChangeSource): ChangeSource => source.toUpperCase() as ChangeSource;
export const fromReason = (reason: Pure.OmittedReason): OmittedReason => reason.toUpperCase().replaceAll('-', '_') as OmittedReason;
export const fromBump = (bump: Pure.Changelog['semver']['bump']): SemverBump => bump.toUpperCase() as SemverBump;
export const toSection = (section: ChangelogSection): Pure.SectionName =>
  section === 'PEOPLE_AND_POLICY' ? 'People & Policy' : ((section.charAt(0) + section.slice(1).toLowerCase()) as Pure.SectionName);
export const fromSection = (section: Pure.SectionName): ChangelogSection =>
  section.toUpperCase().replace(' & ', '_AND_') as ChangelogSection;
