import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import { askLog } from '#bot/ask-log.ts';
import type { ViewHandler } from '#bot/handler.ts';
import { AppError } from '#src/core/errors.ts';
import { plain } from './window.ts';

const CALLBACK_ID = 'ask_log_modal';
const QUESTION = 'question';

type Asked = { logId: string; channel: string; threadTs: string };

/** The window behind a report's "Ask" button; the answer comes in the report's thread. */
export const askLogModal = (asked: Asked): ModalView => ({
  type: 'modal',
  callback_id: CALLBACK_ID,
  private_metadata: JSON.stringify(asked),
  title: plain('Ask the log'),
  submit: plain('Ask'),
  close: plain('Cancel'),
  blocks: [
    {
      type: 'input',
      block_id: QUESTION,
      label: plain('Your question'),
      hint: plain('All lines are searched. Name words, ids or a “phrase” that stand in the log: “which orders timed out?”'),
      element: { type: 'plain_text_input', action_id: QUESTION, max_length: 2000 },
    },
  ],
});

export const askLogSubmitted: ViewHandler = {
  callbackId: CALLBACK_ID,
  errorBlock: QUESTION,
  async run({ view, user }, call) {
    const { logId, channel, threadTs } = asked.parse(JSON.parse(view.private_metadata));
    const question = state.parse(view.state.values)[QUESTION][QUESTION].value ?? '';
    const replyTo = { teamId: call.acting.teamId, channel, user: user.id, threadTs };
    if (!(await askLog(call, { logId, question, idempotencyKey: `slack:view:${view.id}`, replyTo })))
      throw new AppError('NOT_FOUND', 'That log is no longer kept.', { field: QUESTION });
  },
};

const asked = z.object({ logId: z.string(), channel: z.string(), threadTs: z.string() });
const state = z.object({ [QUESTION]: z.object({ [QUESTION]: z.object({ value: z.string().nullish() }) }) });
