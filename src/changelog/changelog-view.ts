import type { Change } from '#db/entities/change.ts';
import type { Changelog } from '#db/entities/changelog.ts';
import type { ChangelogSettings } from '#db/entities/changelog-settings.ts';
import type { EntryView, OmittedView } from './changelog-reading.ts';

/** What the service answers and resolvers draw from. */
export type ChangeView = Change;
export type ChangelogView = Changelog;
export type ChangelogEntryView = EntryView;
export type OmittedChangeView = OmittedView;
export type ChangelogSettingsView = ChangelogSettings;
