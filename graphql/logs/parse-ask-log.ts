import { parseReplyTo } from '#graphql/base/parse-reply-to.ts';
import { parseSlackId, parseTs } from '#graphql/base/parse-slack-origin.ts';
import type { AskLogInput } from '#graphql/generated/resolver-types.ts';
import { withoutNul } from '#graphql/without-nul.ts';
import { type Actor, requireActingFor } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { parseLine } from '#src/core/parse-line.ts';
import type { AskLog } from '#src/logs/ask/question-service.ts';

/** What the service needs, from what the caller wrote. Throws BAD_INPUT, and FORBIDDEN for Slack's parts without ACT_FOR_SLACK and somebody to act for. */
export const parseAskLog = (actor: Actor, { logId, thread, question, idempotencyKey, replyTo }: AskLogInput): AskLog => {
  if (thread || replyTo) requireActingFor(actor);
  if (Boolean(logId) === Boolean(thread))
    throw new AppError('BAD_INPUT', 'Say which log: exactly one of logId and thread.', { field: 'logId' });
  return {
    log: thread
      ? { thread: { channel: parseSlackId(thread.channel, 'thread.channel'), ts: parseTs(thread.ts, 'thread.ts') } }
      : { logId: withoutNul(logId ?? '') },
    question,
    idempotencyKey: idempotencyKey ? parseLine(idempotencyKey, 'idempotencyKey', 200) : undefined,
    replyTo: replyTo ? parseReplyTo(replyTo) : undefined,
  };
};
