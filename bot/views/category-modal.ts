import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import { context } from '#bot/block-parts.ts';
import { SaveCategoryDocument, TriageAdminDocument } from '#bot/generated/operations.ts';
import type { Call, ViewHandler } from '#bot/handler.ts';
import { throwUserError } from '#bot/user-errors.ts';
import { AppError } from '#src/core/errors.ts';
import { type AdminCategory, numberIn, refreshTriageSettings } from './triage-settings-modal.ts';
import { openThenFill, option, plain, valuesOf } from './window.ts';

const CALLBACK_ID = 'category';

/** The window of one category, on top of the settings'. */
export const openCategory = (call: Call, triggerId: string, id: string): Promise<void> =>
  openThenFill(call, {
    method: 'views.push',
    triggerId,
    view: { type: 'modal', title: plain('Category'), close: plain('Back'), blocks: [context('Fetching the category …')] },
    async fill() {
      const [{ categories }] = await Promise.all([
        call.api.request(TriageAdminDocument, {}, call.acting),
        call.people.requireAdmin(call.acting.userId),
      ]);
      const category = categories.find((each) => each.id === id);
      if (!category) throw new AppError('NOT_FOUND', 'That category is not there any more. Go back and open the settings again.');
      return categoryModal(category);
    },
  });

// Block ids are the fields of SaveCategoryInput: what the API refuses is shown where it was typed.
export const categoryModal = (category?: AdminCategory): ModalView => ({
  type: 'modal',
  callback_id: CALLBACK_ID,
  private_metadata: JSON.stringify({ id: category?.id }),
  title: plain(category ? 'Category' : 'New category'),
  submit: plain('Save'),
  close: plain('Back'),
  blocks: [
    textInput('name', 'Name', category?.name, { max: 60 }),
    textInput('description', 'What belongs here', category?.description, {
      max: 500,
      multiline: true,
      hint: 'Triage reads this: the more it says, the better.',
    }),
    textInput('team', 'Team', category?.team, { max: 60 }),
    {
      type: 'input',
      block_id: 'channel',
      optional: true,
      label: plain("The team's channel"),
      hint: plain(
        'Without one its tickets are told in their own threads only (late or critical ones to the admins), and nobody on call is called.',
      ),
      element: {
        type: 'conversations_select',
        action_id: 'channel',
        filter: { include: ['public', 'private'], exclude_bot_users: true },
        ...(category?.channel ? { initial_conversation: category.channel } : {}),
      },
    },
    textInput('onCall', 'On call', category?.onCall ?? '', {
      max: 21,
      optional: true,
      hint: 'Called for P1 and P2 only: the id of a person (U…) or of a user group (S…), as their profile in Slack shows it.',
    }),
    {
      type: 'input',
      block_id: 'mode',
      label: plain('What triage may do'),
      element: {
        type: 'radio_buttons',
        action_id: 'mode',
        options: MODES,
        initial_option: category?.mode === 'AUTONOMOUS' ? APPLIES : SUGGESTS,
      },
    },
    {
      type: 'input',
      block_id: 'targetPrecision',
      label: plain('Share of its decisions that must be right'),
      hint: plain('0 to 1. Below it the category goes back to suggesting.'),
      element: {
        type: 'number_input',
        action_id: 'targetPrecision',
        is_decimal_allowed: true,
        min_value: '0',
        max_value: '1',
        initial_value: String(category?.targetPrecision ?? 0.8),
      },
    },
    ...(category ? [retireBlock(category)] : []),
  ],
});

const SUGGESTS = option('Suggest, and wait for a tap', 'SUPERVISED');
const APPLIES = option("Apply, and post to the team's channel", 'AUTONOMOUS');
const MODES = [SUGGESTS, APPLIES];

const textInput = (
  field: string,
  label: string,
  value: string | undefined,
  { max, multiline = false, optional = false, hint }: { max: number; multiline?: boolean; optional?: boolean; hint?: string },
) => ({
  type: 'input' as const,
  block_id: field,
  optional,
  label: plain(label),
  ...(hint ? { hint: plain(hint) } : {}),
  element: {
    type: 'plain_text_input' as const,
    action_id: field,
    multiline,
    max_length: max,
    ...(value ? { initial_value: value.slice(0, max) } : {}),
  },
});

const retireBlock = ({ id, name }: AdminCategory) => ({
  type: 'actions' as const,
  elements: [
    {
      type: 'button' as const,
      action_id: 'category_retire',
      style: 'danger' as const,
      text: plain('Retire'),
      value: id,
      confirm: {
        title: plain('Retire this category?'),
        text: plain(`${name.slice(0, 100)} keeps its tickets and is not predicted any more. The settings can bring it back.`),
        confirm: plain('Retire'),
        deny: plain('Keep'),
      },
    },
  ],
});

export const categorySubmitted: ViewHandler = {
  callbackId: CALLBACK_ID,
  errorBlock: 'name',
  async run({ view, user }, call) {
    await call.people.requireAdmin(user.id);
    const { id } = noted.parse(JSON.parse(view.private_metadata));
    const values = valuesOf(view);
    const typed = (field: string) => values[field]?.value?.trim() ?? '';
    const input = {
      ...(id ? { id } : {}),
      name: typed('name'),
      description: typed('description'),
      team: typed('team'),
      channel: values['channel']?.selected_conversation ?? null,
      onCall: typed('onCall') || null,
      mode: values['mode']?.selected_option?.value === 'AUTONOMOUS' ? ('AUTONOMOUS' as const) : ('SUPERVISED' as const),
      targetPrecision: numberIn(typed('targetPrecision'), 'targetPrecision'),
    };
    const { saveCategory } = await call.api.request(SaveCategoryDocument, { input }, call.acting);
    throwUserError(saveCategory.userErrors);
    if (view.root_view_id && view.root_view_id !== view.id) refreshTriageSettings(call, view.root_view_id);
  },
};

const noted = z.object({ id: z.string().optional() });
