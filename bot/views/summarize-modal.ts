import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import type { ViewHandler } from '#bot/handler.ts';
import { submitLog } from '#bot/submit-log.ts';
import { AppError } from '#src/core/errors.ts';

const CALLBACK_ID = 'summarize_modal';
const TEXT = 'log_text';
const FILES = 'log_files';

/** The window behind `/summarize` alone: a text box (Slack allows 3,000 characters in it) and a file input. */
export const summarizeModal = (asked: { channel: string; responseUrl?: string | undefined }): ModalView => ({
  type: 'modal',
  callback_id: CALLBACK_ID,
  private_metadata: JSON.stringify(asked),
  title: { type: 'plain_text', text: 'Summarize a log' },
  submit: { type: 'plain_text', text: 'Summarize' },
  close: { type: 'plain_text', text: 'Cancel' },
  blocks: [
    {
      type: 'input',
      block_id: TEXT,
      optional: true,
      label: { type: 'plain_text', text: 'Paste the log' },
      hint: { type: 'plain_text', text: 'Up to 3,000 characters. For more, add it as a file below.' },
      element: { type: 'plain_text_input', action_id: TEXT, multiline: true, max_length: 3000 },
    },
    {
      type: 'input',
      block_id: FILES,
      optional: true,
      label: { type: 'plain_text', text: 'Or add files' },
      hint: { type: 'plain_text', text: 'Text, JSON, or either packed with gzip or zstd.' },
      element: { type: 'file_input', action_id: FILES, max_files: 10 },
    },
  ],
});

/** One view is submitted once, however often the button is hit: the view's id is the key. */
export const summarizeModalSubmitted: ViewHandler = {
  callbackId: CALLBACK_ID,
  errorBlock: TEXT,
  async run({ view, user, team }, { api, acting }) {
    const asked = privateMetadata.parse(JSON.parse(view.private_metadata));
    const state = modalState.parse(view.state.values);
    const text = state[TEXT]?.[TEXT]?.value?.trim() ?? '';
    const fileIds = (state[FILES]?.[FILES]?.files ?? []).map((file) => file.id);
    if (text === '' && fileIds.length === 0) throw new AppError('BAD_INPUT', 'Paste a log here, or add a file below.', { field: TEXT });
    const from = { teamId: team?.id ?? acting.teamId, channel: asked.channel, user: user.id };
    const content =
      fileIds.length > 0 ? { slack: { kind: 'FILES' as const, ...from, fileIds, text: text || null } } : { text, title: 'pasted log' };
    await submitLog(
      api,
      { ...content, replyTo: { ...from, responseUrl: asked.responseUrl }, idempotencyKey: `slack:view:${view.id}` },
      acting,
    );
  },
};

const privateMetadata = z.object({ channel: z.string(), responseUrl: z.string().optional() });

const modalState = z.record(
  z.string(),
  z.record(z.string(), z.object({ value: z.string().nullish(), files: z.array(z.object({ id: z.string() })).nullish() })),
);
