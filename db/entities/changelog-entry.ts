import { defineEntity, p } from '@mikro-orm/core';
import type { SectionName } from '#src/changelog/changes/types.ts';
import { Changelog } from './changelog.ts';
import { workspaceIdOfWhole } from './owned.ts';

/** Whose words an entry has: ours, the engine's, or a person's or (by a service token) a program's, which stand (law 12). */
export type WordedBy = 'BUILTIN' | 'ENGINE' | 'PERSON' | 'PROGRAM';

/** One line of a changelog. */
const ChangelogEntrySchema = defineEntity({
  name: 'ChangelogEntry',
  tableName: 'changelog_entry',
  indexes: [
    {
      name: 'changelog_entry_tickets',
      expression: `create index "changelog_entry_tickets" on "changelog_entry" using gin ("tickets") where tickets <> '{}'`,
    },
  ],
  properties: {
    changelogId: () => p.manyToOne(Changelog).mapToPk().fieldName('changelog_id').primary().deleteRule('cascade').updateRule('no action'),
    position: p.integer().primary(),
    workspaceId: workspaceIdOfWhole(),
    /** The same for the same changes in every changelog. */
    key: p.text(),
    section: p.text().$type<SectionName>(),
    text: p.text(),
    wordedBy: p.text().$type<WordedBy>(),
    breaking: p.boolean(),
    changes: p.array(),
    refs: p.array(),
    /** As 'T-42'. */
    tickets: p.array(),
  },
});
export class ChangelogEntry extends ChangelogEntrySchema.class {}
ChangelogEntrySchema.setClass(ChangelogEntry);

export { ChangelogEntrySchema };
