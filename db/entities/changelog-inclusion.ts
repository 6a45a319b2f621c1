import { defineEntity, p } from '@mikro-orm/core';
import type { Audience } from '#src/changelog/changes/types.ts';
import { Workspace } from './workspace.ts';

/** Somebody put back what was left out: the change is told in every changelog to come for that audience. */
const ChangelogInclusionSchema = defineEntity({
  name: 'ChangelogInclusion',
  tableName: 'changelog_inclusion',
  properties: {
    workspaceId: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace_id').primary().deleteRule('cascade').updateRule('no action'),
    audience: p.text().$type<Audience>().primary(),
    changeId: p.text().primary(),
    includedBy: p.text(),
    includedAt: p.datetime(),
  },
});
export class ChangelogInclusion extends ChangelogInclusionSchema.class {}
ChangelogInclusionSchema.setClass(ChangelogInclusion);

export { ChangelogInclusionSchema };
