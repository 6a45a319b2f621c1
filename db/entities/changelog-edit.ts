import { defineEntity, p } from '@mikro-orm/core';
import type { Audience } from '#src/changelog/changes/types.ts';
import { Workspace } from './workspace.ts';

/**
 * A person's words for an entry, or those a program brought. They stand in every changelog for that audience that has it, also one composed anew (law 12), and also when more
 * becomes known of what it tells: it is found by its changes.
 */
const ChangelogEditSchema = defineEntity({
  name: 'ChangelogEdit',
  tableName: 'changelog_edit',
  properties: {
    workspaceId: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace_id').primary().deleteRule('cascade').updateRule('no action'),
    audience: p.text().$type<Audience>().primary(),
    entryKey: p.text().primary(),
    /** Ids of what it told of, the leading one first. */
    changes: p.array().default([]),
    text: p.text(),
    editedBy: p.text(),
    wordedBy: p.text().$type<'PERSON' | 'PROGRAM'>().default('PERSON'),
    editedAt: p.datetime(),
  },
});
export class ChangelogEdit extends ChangelogEditSchema.class {}
ChangelogEditSchema.setClass(ChangelogEdit);

export { ChangelogEditSchema };
