import { defineEntity, p } from '@mikro-orm/core';
import { Workspace } from './workspace.ts';

/** How fast we talk in a channel, for all processes: Slack takes about one message a second there. */
const ChannelPaceSchema = defineEntity({
  name: 'ChannelPace',
  tableName: 'channel_pace',
  properties: {
    workspaceId: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace_id').primary().deleteRule('cascade').updateRule('no action'),
    channel: p.text().primary(),
    /** When the last message was out. */
    lastAt: p.datetime(),
    /** When the next turn is free: turns before are given out. */
    nextTurnAt: p.datetime(),
  },
});
export class ChannelPace extends ChannelPaceSchema.class {}
ChannelPaceSchema.setClass(ChannelPace);

export { ChannelPaceSchema };
