import type { ReplyToInput } from '#graphql/generated/resolver-types.ts';
import { AppError } from '#src/core/errors.ts';
import type { ReplyTo } from '#src/core/ports.ts';
import { parseSlackId, parseTs } from './parse-slack-origin.ts';

/** Where an answer goes, from what the bot wrote. Throws BAD_INPUT. */
export const parseReplyTo = ({ teamId, channel, user, threadTs, responseUrl }: ReplyToInput): ReplyTo => ({
  kind: 'slack',
  teamId: parseSlackId(teamId, 'replyTo.teamId'),
  channel: parseSlackId(channel, 'replyTo.channel'),
  user: parseSlackId(user, 'replyTo.user'),
  threadTs: threadTs ? parseTs(threadTs, 'replyTo.threadTs') : undefined,
  responseUrl: responseUrl ? parseUrl(responseUrl) : undefined,
});

const parseUrl = (text: string): string => {
  const url = URL.canParse(text) && text.length <= 2000 ? new URL(text) : null;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw new AppError('BAD_INPUT', 'The responseUrl is not a web address.', { field: 'replyTo.responseUrl' });
  return url.href;
};
