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
    /** When the next turn is free of what nobody waits for: turns before are given out. */
    nextTurnAt: p.datetime(),
    /** The same of what somebody waits for, which goes first. */
    nextReplyAt: p.datetime().nullable(),
  },
});
export class ChannelPace extends ChannelPaceSchema.class {}
ChannelPaceSchema.setClass(ChannelPace);

export { ChannelPaceSchema };
