import { defineEntity, p } from '@mikro-orm/core';

const WorkspaceSchema = defineEntity({
  name: 'Workspace',
  tableName: 'workspace',
  properties: {
    id: p.text().primary(),
    name: p.text(),
    /** Slack team this workspace answers to; bound when the bot first starts with a token. */
    slackTeamId: p.text().nullable().unique(),
    createdAt: p.datetime(),
  },
});
export class Workspace extends WorkspaceSchema.class {}
WorkspaceSchema.setClass(Workspace);

export { WorkspaceSchema };
