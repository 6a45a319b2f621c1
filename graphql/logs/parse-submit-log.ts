import { parseReplyTo } from '#graphql/base/parse-reply-to.ts';
import { parseSlackOrigin } from '#graphql/base/parse-slack-origin.ts';
import type { SubmitLogInput } from '#graphql/generated/resolver-types.ts';
import { type Actor, requireActingFor } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { parseLine } from '#src/core/parse-line.ts';
import type { LogContent, SubmitLog } from '#src/logs/service.ts';

/** What the service needs, from what the caller wrote. Throws BAD_INPUT, and FORBIDDEN for Slack's parts without ACT_FOR_SLACK and somebody to act for. */
export const parseSubmitLog = (actor: Actor, input: SubmitLogInput, maxBytes: number): SubmitLog => {
  const fromSlack = Boolean(input.slack || input.replyTo);
  if (fromSlack) requireActingFor(actor);
  return {
    content: parseContent(input, maxBytes),
    entry: fromSlack ? 'SLACK' : 'API',
    title: input.title ?? undefined,
    fileName: input.upload?.name,
    source: input.source ?? undefined,
    idempotencyKey: input.idempotencyKey ? parseLine(input.idempotencyKey, 'idempotencyKey', 200) : undefined,
    replyTo: input.replyTo ? parseReplyTo(input.replyTo) : undefined,
  };
};

const parseContent = ({ text, upload, slack }: SubmitLogInput, maxBytes: number): LogContent => {
  const given = [text, upload, slack].filter((one) => one !== null && one !== undefined);
  if (given.length !== 1) throw new AppError('BAD_INPUT', 'Send exactly one of text, upload and slack.', { field: 'text' });
  if (slack) return { kind: 'slack', origin: parseSlackOrigin(slack) };
  return {
    kind: 'bytes',
    bytes: upload ? bytesOf(upload) : bytesOfText(text ?? ''),
    maxBytes,
    biggerWay: 'Send it with curl -T FILE to /logs/, or cut out the hours that matter.',
  };
};

async function* bytesOfText(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

// Pulled chunk by chunk: whoever counts the bytes stops reading at the limit.
async function* bytesOf(upload: File): AsyncGenerator<Uint8Array> {
  const reader = upload.stream().getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    await reader.cancel();
  }
}
