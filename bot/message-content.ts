import type { SubmitLogInput } from './generated/operations.ts';
import { isMoreThanRemark, messageFiles, messageText, type SlackMessage } from './slack-message.ts';

/** What a message holds, as content of `submitLog`: its files with its text, or its text and attachments alone; null when empty. */
export const messageContent = (
  message: Pick<SlackMessage, 'text' | 'attachments' | 'blocks' | 'files'>,
  from: { teamId: string; channel: string; user: string },
): Pick<SubmitLogInput, 'text' | 'title' | 'slack'> | null => {
  const text = messageText(message);
  const fileIds = messageFiles(message).map((file) => file.id);
  if (fileIds.length > 0)
    return { slack: { kind: 'FILES', ...from, fileIds: [...new Set(fileIds)], text: isMoreThanRemark(text) ? text : null } };
  return text.trim() === '' ? null : { text, title: 'a message' };
};
