import { defineEntity, p } from '@mikro-orm/core';
import type { Audience, SectionName } from '#src/changelog/changes/types.ts';
import { Workspace } from './workspace.ts';

/**
 * Where a person put an entry: under another section, or out of the changelog. It counts in every changelog for that audience, also one composed
 * anew (law 12), for what tells of one of its changes.
 */
const ChangelogPlacementSchema = defineEntity({
  name: 'ChangelogPlacement',
  tableName: 'changelog_placement',
  properties: {
    workspaceId: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace_id').primary().deleteRule('cascade').updateRule('no action'),
    audience: p.text().$type<Audience>().primary(),
    entryKey: p.text().primary(),
    /** Ids of what it told of. */
    changes: p.array(),
    /** Null where it stays where code put it. */
    section: p.text().$type<SectionName>().nullable(),
    leftOut: p.boolean(),
    placedBy: p.text(),
    placedAt: p.datetime(),
  },
});
export class ChangelogPlacement extends ChangelogPlacementSchema.class {}
ChangelogPlacementSchema.setClass(ChangelogPlacement);

export { ChangelogPlacementSchema };
