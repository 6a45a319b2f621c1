import type { SlashCommand } from '@slack/bolt';
import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import type { Call, ViewHandler } from '#bot/handler.ts';
import { subscribeChannel, unheardOf } from '#bot/subscribe-channel.ts';
import { option, plain, valuesOf } from './window.ts';

const CALLBACK_ID = 'changelog_subscribe';

/** `/changelog subscribe` alone: the same as its words, to be chosen. Slack's time zone of the person is there already. */
export const openSubscribeModal = async (call: Call, command: SlashCommand): Promise<undefined> => {
  const timeZone = await call.people.timeZoneOf(command.user_id);
  await call.slack('views.open', { trigger_id: command.trigger_id, view: subscribeModal(command.channel_id, timeZone ?? 'UTC') });
  return undefined;
};

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const rhythms = [
  ...weekdays.map((day, place) => option(`Every ${day}`, `WEEKLY:${place + 1}`)),
  option('Every day', 'DAILY:'),
  option('Every month, on the 1st', 'MONTHLY:1'),
  option('Every month, on the 15th', 'MONTHLY:15'),
  option('Every month, on its last day', 'MONTHLY:31'),
];
const audiences = [
  option('The whole company: product, platform, people, operations', 'COMPANY'),
  option('Engineers: added, changed, fixed and so on', 'ENGINEERS'),
  option('Customers: only what they notice', 'CUSTOMERS'),
];
const DRAFT = option('Show me each one first; I approve it', 'draftFirst');
const ALWAYS = option('Post also when nothing changed', 'always');

// Block ids are the fields of SubscribeChangelogInput: what the API refuses is shown where it was typed.
const subscribeModal = (channel: string, timeZone: string): ModalView => ({
  type: 'modal',
  callback_id: CALLBACK_ID,
  private_metadata: JSON.stringify({ channel }),
  title: plain('Subscribe to changes'),
  submit: plain('Subscribe'),
  close: plain('Cancel'),
  blocks: [
    {
      type: 'input',
      block_id: 'every',
      label: plain('When'),
      element: { type: 'static_select', action_id: 'every', options: rhythms, initial_option: rhythms[0] },
    },
    {
      type: 'input',
      block_id: 'time',
      label: plain('At'),
      element: { type: 'timepicker', action_id: 'time', initial_time: '09:00' },
    },
    {
      type: 'input',
      block_id: 'timeZone',
      label: plain('By the clock of'),
      hint: plain('A time zone by its name, like Europe/Berlin or America/New_York.'),
      element: { type: 'plain_text_input', action_id: 'timeZone', max_length: 60, initial_value: timeZone.slice(0, 60) },
    },
    {
      type: 'input',
      block_id: 'audience',
      label: plain('For whom'),
      element: { type: 'radio_buttons', action_id: 'audience', options: audiences, initial_option: audiences[0] },
    },
    {
      type: 'input',
      block_id: 'systems',
      optional: true,
      label: plain('Only from'),
      hint: plain('Repositories like owner/name, or systems, with commas between them. Empty for everything.'),
      element: { type: 'plain_text_input', action_id: 'systems', max_length: 2_000 },
    },
    {
      type: 'input',
      block_id: 'labels',
      optional: true,
      label: plain('Only with one of these labels'),
      hint: plain('With commas between them. Empty for any.'),
      element: { type: 'plain_text_input', action_id: 'labels', max_length: 2_000 },
    },
    {
      type: 'input',
      block_id: 'paths',
      optional: true,
      label: plain('Only in one of these places'),
      hint: plain('Folders or patterns like packages/api/**, with commas between them. Empty for any.'),
      element: { type: 'plain_text_input', action_id: 'paths', max_length: 2_000 },
    },
    {
      type: 'input',
      block_id: 'options',
      optional: true,
      label: plain('And'),
      element: { type: 'checkboxes', action_id: 'options', options: [DRAFT, ALWAYS] },
    },
  ],
});

export const subscribeSubmitted: ViewHandler = {
  callbackId: CALLBACK_ID,
  errorBlock: 'every',
  async run({ view, user }, call) {
    const { channel } = noted.parse(JSON.parse(view.private_metadata));
    const values = valuesOf(view);
    const [every = 'WEEKLY', day = ''] = (values['every']?.selected_option?.value ?? '').split(':');
    const chosen = (values['options']?.selected_options ?? []).map(({ value }) => value);
    const { unknownSystems } = await subscribeChannel(call, {
      place: { teamId: call.acting.teamId, channel, owner: user.id },
      every: frequency.parse(every),
      weekday: every === 'WEEKLY' ? Number(day) : null,
      monthDay: every === 'MONTHLY' ? Number(day) : null,
      time: values['time']?.selected_time ?? '09:00',
      timeZone: values['timeZone']?.value?.trim() ?? '',
      audience: audience.parse(values['audience']?.selected_option?.value),
      systems: (values['systems']?.value ?? '').split(/[,\s]+/).filter(Boolean),
      labels: listIn(values['labels']?.value),
      paths: listIn(values['paths']?.value),
      draftFirst: chosen.includes(DRAFT.value),
      emptyPeriods: chosen.includes(ALWAYS.value) ? 'POSTED' : 'SILENT',
      idempotencyKey: `slack:view:${view.id}`,
    });
    if (unknownSystems.length === 0) return;
    // The window is closed by now; where we may not speak yet, it goes without saying.
    await call.slack('chat.postEphemeral', { channel, user: user.id, text: unheardOf(unknownSystems).trim() }).catch(() => {});
  },
};

const listIn = (text: string | null | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);

const noted = z.object({ channel: z.string() });
const frequency = z.enum(['DAILY', 'WEEKLY', 'MONTHLY']);
const audience = z.enum(['COMPANY', 'ENGINEERS', 'CUSTOMERS']);
