import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import { addChange, asTitle } from '#bot/add-change.ts';
import type { ViewHandler } from '#bot/handler.ts';
import { option, plain, valuesOf } from './window.ts';

const CALLBACK_ID = 'changelog_add';
const MAX_TITLE = 300;
/** Slack's own limit for a text box. */
const MAX_TEXT = 3_000;

const kinds = [
  option('Something else', 'NOTE'),
  option('Product', 'PRODUCT'),
  option('People', 'PEOPLE'),
  option('Policy', 'POLICY'),
  option('Deploy', 'DEPLOY'),
  option('Feature flag', 'FLAG'),
  option('Configuration', 'CONFIG'),
  option('Infrastructure', 'INFRASTRUCTURE'),
  option('Database', 'DATABASE'),
  option('Release', 'RELEASE'),
];
const BREAKING = option('Breaking: somebody has to do something about it', 'breaking');

/** "Add to changelog": what the message says, to be looked over first. */
export const addChangeModal = (message: { channel: string; ts: string; text: string }): ModalView => {
  const [first = '', ...rest] = message.text.trim().split('\n');
  const title = asTitle(first, MAX_TITLE);
  const body = (title === first ? rest.join('\n') : message.text).trim().slice(0, MAX_TEXT);
  return {
    type: 'modal',
    callback_id: CALLBACK_ID,
    private_metadata: JSON.stringify({ channel: message.channel, ts: message.ts }),
    title: plain('Add to changelog'),
    submit: plain('Add'),
    close: plain('Cancel'),
    // Block ids are the fields of AddChangeInput: what the API refuses is shown where it was typed.
    blocks: [
      {
        type: 'input',
        block_id: 'title',
        label: plain('What changed, in a sentence'),
        element: { type: 'plain_text_input', action_id: 'title', max_length: MAX_TITLE, ...(title ? { initial_value: title } : {}) },
      },
      {
        type: 'input',
        block_id: 'body',
        optional: true,
        label: plain('More about it'),
        element: {
          type: 'plain_text_input',
          action_id: 'body',
          multiline: true,
          max_length: MAX_TEXT,
          ...(body ? { initial_value: body } : {}),
        },
      },
      {
        type: 'input',
        block_id: 'kind',
        label: plain('What it is about'),
        element: { type: 'static_select', action_id: 'kind', options: kinds, initial_option: kinds[0] },
      },
      {
        type: 'input',
        block_id: 'breaking',
        optional: true,
        label: plain('Breaking?'),
        element: { type: 'checkboxes', action_id: 'breaking', options: [BREAKING] },
      },
    ],
  };
};

/** A message is one change, however often and by whomever it is added. */
export const addChangeSubmitted: ViewHandler = {
  callbackId: CALLBACK_ID,
  errorBlock: 'title',
  async run({ view }, call) {
    const { channel, ts } = noted.parse(JSON.parse(view.private_metadata));
    const values = valuesOf(view);
    await addChange(call, {
      title: values['title']?.value?.trim() ?? '',
      body: values['body']?.value?.trim() || null,
      kind: kind.parse(values['kind']?.selected_option?.value),
      breaking: (values['breaking']?.selected_options ?? []).length > 0,
      time: new Date(Number(ts) * 1000).toISOString(),
      slack: { teamId: call.acting.teamId, channel, ts },
      idempotencyKey: `slack:view:${view.id}`,
    });
  },
};

const noted = z.object({ channel: z.string(), ts: z.string() });
const kind = z.enum(['NOTE', 'PRODUCT', 'PEOPLE', 'POLICY', 'DEPLOY', 'FLAG', 'CONFIG', 'INFRASTRUCTURE', 'DATABASE', 'RELEASE']);
