import type { KnownBlock, ModalView } from '@slack/web-api';
import { context, section } from '#bot/block-parts.ts';
import {
  SaveTriageSettingsDocument,
  type SaveTriageSettingsInput,
  TriageAdminDocument,
  type TriageAdminQuery,
} from '#bot/generated/operations.ts';
import type { Call, ViewHandler } from '#bot/handler.ts';
import { cut, prose } from '#bot/mrkdwn.ts';
import { throwUserError } from '#bot/user-errors.ts';
import { AppError } from '#src/core/errors.ts';
import { menuOf, openThenFill, option, plain, valuesOf } from './window.ts';

const CALLBACK_ID = 'triage_settings';
// Slack draws a hundred blocks.
const MAX_CATEGORIES = 70;

type Settings = TriageAdminQuery['triageSettings'];
export type AdminCategory = TriageAdminQuery['categories'][number];

/** `/aiops settings`: how triage works here, and its categories. For the workspace's admins. */
export const openTriageSettings = (call: Call, triggerId: string): Promise<void> =>
  openThenFill(call, {
    triggerId,
    view: { type: 'modal', title: plain('Ticket triage'), close: plain('Close'), blocks: [context('Fetching the settings …')] },
    async fill() {
      const [known] = await Promise.all([
        call.api.request(TriageAdminDocument, {}, call.acting),
        call.people.requireAdmin(call.acting.userId),
      ]);
      return triageSettingsModal(known);
    },
  });

/** After a category changed: the list behind its window is drawn anew, and what was typed beside it stays. */
export const refreshTriageSettings = ({ api, acting, slack, meanwhile }: Call, viewId: string): void =>
  meanwhile(async () => {
    const view = triageSettingsModal(await api.request(TriageAdminDocument, {}, acting));
    await slack('views.update', { view_id: viewId, view });
  });

// Block ids are the fields of SaveTriageSettingsInput: what the API refuses is shown where it was typed.
const triageSettingsModal = ({ triageSettings, categories, all }: TriageAdminQuery): ModalView => ({
  type: 'modal',
  callback_id: CALLBACK_ID,
  title: plain('Ticket triage'),
  submit: plain('Save'),
  close: plain('Close'),
  blocks: [...inputs(triageSettings), { type: 'divider' }, ...categoryList(categories, all)],
});

const inputs = ({
  emoji,
  threshold,
  delaySeconds,
  restrictedChannels,
  adminChannel,
  businessHours,
  answerWithin,
  enginePrompt,
}: Settings): KnownBlock[] => [
  {
    type: 'input',
    block_id: 'emoji',
    label: plain('Emoji that makes a ticket'),
    element: { type: 'plain_text_input', action_id: 'emoji', max_length: 100, initial_value: emoji },
  },
  {
    type: 'input',
    block_id: 'threshold',
    label: plain('Apply nothing below this probability'),
    hint: plain('0 to 1. Below it a ticket is marked "needs a human".'),
    element: {
      type: 'number_input',
      action_id: 'threshold',
      is_decimal_allowed: true,
      min_value: '0',
      max_value: '1',
      initial_value: String(threshold),
    },
  },
  {
    type: 'input',
    block_id: 'delaySeconds',
    label: plain('Seconds in which people can be first'),
    element: {
      type: 'number_input',
      action_id: 'delaySeconds',
      is_decimal_allowed: false,
      min_value: '0',
      initial_value: String(delaySeconds),
    },
  },
  {
    type: 'input',
    block_id: 'restrictedChannels',
    optional: true,
    label: plain('Channels whose tickets never leave this machine'),
    element: {
      type: 'multi_conversations_select',
      action_id: 'restrictedChannels',
      filter: CHANNELS,
      ...(restrictedChannels.length > 0 ? { initial_conversations: restrictedChannels } : {}),
    },
  },
  {
    type: 'input',
    block_id: 'adminChannel',
    optional: true,
    label: plain('Channel for admins'),
    hint: plain(
      'Weekly advice, and tickets that wait or may be critical where nobody can say whose they are or their team has no channel.',
    ),
    element: {
      type: 'conversations_select',
      action_id: 'adminChannel',
      filter: CHANNELS,
      ...(adminChannel ? { initial_conversation: adminChannel } : {}),
    },
  },
  {
    type: 'input',
    block_id: 'businessHours.timeZone',
    label: plain('Business hours: time zone'),
    hint: plain('As in Europe/Berlin or America/New_York.'),
    element: { type: 'plain_text_input', action_id: 'businessHours.timeZone', max_length: 60, initial_value: businessHours.timeZone },
  },
  {
    type: 'input',
    block_id: 'businessHours.days',
    label: plain('Business hours: days'),
    element: {
      type: 'checkboxes',
      action_id: 'businessHours.days',
      options: DAYS,
      ...(businessHours.days.length > 0 ? { initial_options: DAYS.filter(({ value }) => businessHours.days.includes(Number(value))) } : {}),
    },
  },
  timeInput('from', 'Business hours: from', businessHours.from),
  timeInput('to', 'Business hours: to', businessHours.to),
  {
    type: 'input',
    block_id: CLOSED_DAYS,
    optional: true,
    label: plain('Business hours: closed days'),
    hint: plain('One on each line: 2026-12-28, 2026-12-28..2027-01-02, or 12-25 for every year.'),
    element: {
      type: 'plain_text_input',
      action_id: CLOSED_DAYS,
      multiline: true,
      max_length: 3000,
      ...(businessHours.closedDays.length > 0 ? { initial_value: businessHours.closedDays.join('\n').slice(0, 3000) } : {}),
    },
  },
  ...answerWithin.map(
    ({ priority, minutes }): KnownBlock => ({
      type: 'input',
      block_id: `answerWithin.${priority}`,
      label: plain(`Minutes in which a ${priority} is to be answered`),
      element: {
        type: 'number_input',
        action_id: `answerWithin.${priority}`,
        is_decimal_allowed: false,
        min_value: '1',
        initial_value: String(minutes),
      },
    }),
  ),
  aroundTheClockInput(answerWithin),
  {
    type: 'input',
    block_id: 'enginePrompt',
    optional: true,
    label: plain('What the remote engine should know of how you sort'),
    hint: plain('Added to its instructions, e.g. "Everything about invoices is Purchasing, also when a page fails".'),
    element: {
      type: 'plain_text_input',
      action_id: 'enginePrompt',
      multiline: true,
      max_length: 2000,
      ...(enginePrompt ? { initial_value: enginePrompt } : {}),
    },
  },
];

const CLOSED_DAYS = 'businessHours.closedDays';
const AROUND_THE_CLOCK = 'answerWithin.aroundTheClock';

const aroundTheClockInput = (answerWithin: Settings['answerWithin']): KnownBlock => {
  const options = answerWithin.map(({ priority }) => option(priority, priority));
  const chosen = options.filter((_, place) => answerWithin[place]?.aroundTheClock);
  return {
    type: 'input',
    block_id: AROUND_THE_CLOCK,
    optional: true,
    label: plain('These count around the clock, the others in business hours'),
    element: {
      type: 'checkboxes',
      action_id: AROUND_THE_CLOCK,
      options,
      ...(chosen.length > 0 ? { initial_options: chosen } : {}),
    },
  };
};

const CHANNELS = { include: ['public' as const, 'private' as const], exclude_bot_users: true };
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map((day, index) =>
  option(day, String(index + 1)),
);

const timeInput = (field: 'from' | 'to', label: string, time: string): KnownBlock => ({
  type: 'input',
  block_id: `businessHours.${field}`,
  label: plain(label),
  element: { type: 'timepicker', action_id: `businessHours.${field}`, ...(/^\d\d:\d\d$/.test(time) ? { initial_time: time } : {}) },
});

const categoryList = (categories: AdminCategory[], all: TriageAdminQuery['all']): KnownBlock[] => [
  section('*Categories*'),
  ...categories.slice(0, MAX_CATEGORIES).map((category) => ({
    ...section(
      `*${cut(prose(category.name), 200)}* · ${cut(prose(category.team), 200)} · ${MODES[category.mode]}${withoutChannel(category)}\n${cut(prose(category.description), 600)}`,
    ),
    accessory: { type: 'button' as const, action_id: 'category_edit', text: plain('Edit'), value: category.id },
  })),
  ...(categories.length > MAX_CATEGORIES ? [restOf(categories.slice(MAX_CATEGORIES))] : []),
  {
    type: 'actions',
    elements: [
      { type: 'button', action_id: 'category_add', text: plain('Add category'), value: 'new' },
      ...retiredMenu(all.filter(({ retiredAt }) => retiredAt !== null)),
    ],
  },
];

/** Those there is no room to draw: each is found by typing its name. */
const restOf = (categories: AdminCategory[]): KnownBlock => ({
  ...section(`*And ${categories.length} more categories*`),
  accessory: {
    type: 'static_select',
    action_id: 'category_edit',
    placeholder: plain('Edit another one'),
    ...menuOf(categories.map(({ id, name }) => option(name, id))),
  },
});

// Slack's menus hold a hundred.
const retiredMenu = (retired: TriageAdminQuery['all']) =>
  retired.length === 0
    ? []
    : [
        {
          type: 'static_select' as const,
          action_id: 'category_revive',
          placeholder: plain('Bring back a retired one'),
          options: retired.slice(0, 100).map(({ id, name }) => option(name.slice(0, 75), id)),
        },
      ];

const MODES: Record<AdminCategory['mode'], string> = { SUPERVISED: 'suggests', AUTONOMOUS: 'applies by itself' };

const withoutChannel = ({ mode, channel, onCall }: AdminCategory): string =>
  channel || (mode === 'SUPERVISED' && !onCall) ? '' : ' (no channel: told in the ticket’s own thread only)';

export const triageSettingsSubmitted: ViewHandler = {
  callbackId: CALLBACK_ID,
  errorBlock: 'emoji',
  async run({ view, user }, { api, acting, people, settings }) {
    await people.requireAdmin(user.id);
    const values = valuesOf(view);
    const typed = (field: string) => values[field]?.value?.trim() ?? '';
    const input: SaveTriageSettingsInput = {
      emoji: typed('emoji').replace(/^:|:$/g, ''),
      threshold: numberIn(typed('threshold'), 'threshold'),
      delaySeconds: numberIn(typed('delaySeconds'), 'delaySeconds'),
      restrictedChannels: values['restrictedChannels']?.selected_conversations ?? [],
      adminChannel: values['adminChannel']?.selected_conversation ?? null,
      businessHours: {
        timeZone: typed('businessHours.timeZone'),
        days: (values['businessHours.days']?.selected_options ?? []).map(({ value }) => Number(value)),
        from: values['businessHours.from']?.selected_time ?? '',
        to: values['businessHours.to']?.selected_time ?? '',
        // A window that was opened before this box was there says nothing of them.
        ...(values[CLOSED_DAYS] ? { closedDays: typed(CLOSED_DAYS).split(/[\n,;]+/) } : {}),
      },
      answerWithin: PRIORITIES.filter((priority) => values[`answerWithin.${priority}`]).map((priority) => ({
        priority,
        minutes: numberIn(typed(`answerWithin.${priority}`), `answerWithin.${priority}`),
        aroundTheClock: (values[AROUND_THE_CLOCK]?.selected_options ?? []).some(({ value }) => value === priority),
      })),
      enginePrompt: typed('enginePrompt') || null,
    };
    const { saveTriageSettings } = await api.request(SaveTriageSettingsDocument, { input }, acting);
    throwUserError(saveTriageSettings.userErrors);
    settings.forget();
  },
};

const PRIORITIES = ['P1', 'P2', 'P3', 'P4'] as const;

export const numberIn = (text: string, field: string): number => {
  const number = Number(text);
  if (text === '' || !Number.isFinite(number)) throw new AppError('BAD_INPUT', 'That is not a number.', { field });
  return number;
};
