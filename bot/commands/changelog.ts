import type { SlashCommand } from '@slack/bolt';
import { z } from 'zod';
import { addChange, asTitle } from '#bot/add-change.ts';
import { listOf, nextTimeOf, toSentence } from '#bot/changelog-words.ts';
import { findSubscription, subscriptionsOf } from '#bot/find-subscription.ts';
import {
  ChangelogSettingsDocument,
  PostChangelogNowDocument,
  PreviewChangelogDocument,
  SaveChangelogSettingsDocument,
  UnsubscribeChangelogDocument,
  UpdateChangelogSubscriptionDocument,
} from '#bot/generated/operations.ts';
import type { Call, CommandHandler } from '#bot/handler.ts';
import { toPlainText } from '#bot/slack-message.ts';
import { subscribeChannel, subscribed } from '#bot/subscribe-channel.ts';
import { throwUserError } from '#bot/user-errors.ts';
import { openSubscribeModal } from '#bot/views/subscribe-modal.ts';
import { within } from '#bot/within.ts';
import { CHANGELOG_USAGE, parseChangelog, SUBSCRIBE_USAGE, type SubscribeRequest, type Which } from './parse-changelog.ts';

/** `/changelog`: what changed, by the clock or now, and what is to be told. */
export const changelog: CommandHandler = {
  name: '/changelog',
  async run(command, call) {
    const asked = parseChangelog(command.text ?? '');
    switch (asked.kind) {
      case 'help':
        return asked.about === 'subscribe' ? SUBSCRIBE_USAGE : CHANGELOG_USAGE;
      case 'unclear':
        return asked.sentence;
      case 'list':
        return listOf(await subscriptionsOf(call, command.channel_id));
      case 'subscribe':
        return asked.wishes ? subscribe(command, call, asked.wishes) : openSubscribeModal(call, command);
      case 'now':
      case 'preview':
        return askNow(command, call, asked.kind, asked.which);
      case 'unsubscribe':
      case 'pause':
      case 'resume':
        return change(command, call, asked.kind, asked.which);
      case 'add':
        return add(command, call, toPlainText(asked.text));
      case 'listen':
        return listen(command, call, asked.on);
    }
  },
};

const subscribe = async (command: SlashCommand, call: Call, wishes: SubscribeRequest): Promise<string> => {
  const { every, weekday, monthDay, time, audience, systems, labels, paths, draftFirst, silent } = wishes;
  const [zone, invited] = await Promise.all([wishes.timeZone ?? call.people.timeZoneOf(command.user_id), isInvited(command, call)]);
  const result = await subscribeChannel(call, {
    place: placeOf(command),
    ...{ every, weekday, monthDay, time, systems, labels, paths, timeZone: zone ?? 'UTC' },
    ...(audience ? { audience } : {}),
    ...(draftFirst === null ? {} : { draftFirst }),
    ...(silent === null ? {} : { emptyPeriods: silent ? 'SILENT' : 'POSTED' }),
    idempotencyKey: keyOf(command),
  });
  return `${subscribed(result)}${invited ? '' : ' Invite me with /invite @aiops first: I am not in this channel, and cannot post here.'}`;
};

const channelInfo = z.object({ channel: z.object({ is_member: z.boolean().nullish() }) });
const LOOK_UP_MS = 800;

/** False when Slack says in time that we are not there. */
const isInvited = async ({ channel_id: channel }: SlashCommand, { slack }: Call): Promise<boolean> =>
  (
    await within(
      LOOK_UP_MS,
      slack('conversations.info', { channel }).then((answer) => channelInfo.parse(answer)),
    )
  )?.channel.is_member !== false;

const askNow = async (command: SlashCommand, call: Call, kind: 'now' | 'preview', which: Which): Promise<string> => {
  const { api, acting } = call;
  const subscription = await findSubscription(call, command.channel_id, which);
  const timeZone = subscription ? null : await call.people.timeZoneOf(command.user_id);
  const input = { place: placeOf(command), subscriptionId: subscription?.id ?? null, timeZone, idempotencyKey: keyOf(command) };
  if (kind === 'preview') {
    throwUserError((await api.request(PreviewChangelogDocument, { input }, acting)).previewChangelog.userErrors);
    return 'Got it. I send you the preview as a direct message; nobody else sees it.';
  }
  throwUserError((await api.request(PostChangelogNowDocument, { input }, acting)).postChangelogNow.userErrors);
  return subscription?.draftFirst
    ? 'Got it. The draft goes to whoever approves the changelogs of this channel.'
    : `Got it. What has changed ${subscription ? 'since the last post' : 'in the last seven days'} will appear in this channel; if nothing has, I tell you so and post nothing.`;
};

const change = async (command: SlashCommand, call: Call, kind: 'unsubscribe' | 'pause' | 'resume', which: Which): Promise<string> => {
  const { api, acting } = call;
  const subscription = await findSubscription(call, command.channel_id, which);
  if (!subscription) return listOf([]);
  const { id } = subscription;
  if (kind === 'unsubscribe') {
    throwUserError((await api.request(UnsubscribeChangelogDocument, { input: { id } }, acting)).unsubscribeChangelog.userErrors);
    return `That is over: ${toSentence(subscription)}. What was posted stays.`;
  }
  if (kind === 'resume' && !subscription.pausedAt)
    return `That was not paused: ${toSentence(subscription)}. The next one comes on ${nextTimeOf(subscription)}.`;
  const input = { id, paused: kind === 'pause' };
  throwUserError((await api.request(UpdateChangelogSubscriptionDocument, { input }, acting)).updateChangelogSubscription.userErrors);
  return kind === 'pause'
    ? `Paused: ${toSentence(subscription)}. Nothing is lost: /changelog resume makes up for what was missed.`
    : `It goes on: ${toSentence(subscription)}. What was missed is made up for.`;
};

const add = async (command: SlashCommand, call: Call, text: string): Promise<string> => {
  const [first = '', ...rest] = text.split('\n');
  const title = asTitle(first, MAX_TITLE);
  const { replayed } = await addChange(call, {
    title,
    body: (title === first ? rest.join('\n') : text).trim() || null,
    slack: { teamId: command.team_id, channel: command.channel_id },
    idempotencyKey: keyOf(command),
  });
  return replayed
    ? 'I had noted that already.'
    : `Noted: ${title} It will be in the next changelog for the company and for engineers.`.replace(/([^.!?…]) It will/, '$1. It will');
};

// What the API keeps of a title.
const MAX_TITLE = 500;

/** For the workspace's admins: what bots say there is told to everybody who reads a changelog. */
const listen = async ({ channel_id: channel }: SlashCommand, call: Call, on: boolean): Promise<string> => {
  const { api, acting } = call;
  const [{ changelogSettings }] = await Promise.all([
    api.request(ChangelogSettingsDocument, {}, acting),
    call.people.requireAdmin(acting.userId),
  ]);
  const others = changelogSettings.eventChannels.filter((one) => one !== channel);
  const input = { eventChannels: on ? [...others, channel] : others };
  throwUserError((await api.request(SaveChangelogSettingsDocument, { input }, acting)).saveChangelogSettings.userErrors);
  call.eventChannels.forget();
  return on
    ? 'From now on I read what other bots say in this channel: deploys, flags, configuration, migrations and so on become changes. I must be in the channel for it.'
    : 'I no longer read what other bots say in this channel.';
};

const placeOf = ({ team_id: teamId, channel_id: channel, user_id: owner }: SlashCommand) => ({ teamId, channel, owner });

const keyOf = ({ trigger_id }: SlashCommand): string => `slack:command:${trigger_id}`;
