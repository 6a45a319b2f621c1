import { defineEntity, p } from '@mikro-orm/core';
import { Workspace } from './workspace.ts';

/** How a workspace wants its changelogs; one row each, and none until somebody changes something. */
const ChangelogSettingsSchema = defineEntity({
  name: 'ChangelogSettings',
  tableName: 'changelog_settings',
  properties: {
    workspaceId: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace_id').primary().deleteRule('cascade').updateRule('no action'),
    /** Words and path globs that must not show in any text. */
    leakList: p.array(),
    /** Slack channels in which other bots' messages are read as change events. */
    eventChannels: p.array(),
    updatedAt: p.datetime(),
  },
});
export class ChangelogSettings extends ChangelogSettingsSchema.class {}
ChangelogSettingsSchema.setClass(ChangelogSettings);

export { ChangelogSettingsSchema };
