import type { SlackOriginInput } from '#graphql/generated/resolver-types.ts';
import { AppError } from '#src/core/errors.ts';
import type { SlackOrigin } from '#src/core/ports.ts';

const MAX_FILES = 20;
const MAX_MESSAGES = 1000;
const MAX_SECONDS = 31 * 24 * 60 * 60;
const MAX_TEXT = 40_000;

/** The content in Slack that an input names. Throws BAD_INPUT when something its kind needs is missing or malformed. */
export const parseSlackOrigin = (input: SlackOriginInput): SlackOrigin => {
  const place = {
    teamId: parseSlackId(input.teamId, 'slack.teamId'),
    channel: parseSlackId(input.channel, 'slack.channel'),
    user: parseSlackId(input.user, 'slack.user'),
  };
  switch (input.kind) {
    case 'MESSAGE':
      return {
        kind: 'message',
        ...place,
        ts: parseTs(input.ts, 'slack.ts'),
        threadTs: input.threadTs ? parseTs(input.threadTs, 'slack.threadTs') : undefined,
      };
    case 'THREAD':
      return { kind: 'thread', ...place, ts: parseTs(input.ts, 'slack.ts') };
    case 'HISTORY':
      return {
        kind: 'history',
        ...place,
        lastMessages: parseCount(input.lastMessages, MAX_MESSAGES, 'slack.lastMessages'),
        sinceSeconds: parseCount(input.sinceSeconds, MAX_SECONDS, 'slack.sinceSeconds'),
        before: input.before ? parseTs(input.before, 'slack.before') : undefined,
      };
    case 'FILES':
      return { kind: 'files', ...place, fileIds: parseFileIds(input.fileIds), text: parseText(input.text) };
  }
};

export const parseSlackId = (id: string, field: string): string => {
  if (!/^[A-Za-z0-9]{1,64}$/.test(id)) throw new AppError('BAD_INPUT', `${field} is not an id of Slack's.`, { field });
  return id;
};

/** A channel as the settings name it: a name would match nothing, and say nothing about it. */
export const parseSlackChannel = (channel: string, field: string): string => {
  const id = channel.trim();
  if (!/^[CG][A-Z0-9]{2,30}$/.test(id))
    throw new AppError('BAD_INPUT', 'Name a channel by its id, e.g. C0123456789: Slack shows it at the end of "About" of the channel.', {
      field,
    });
  return id;
};

export const parseTs = (ts: string | null | undefined, field: string): string => {
  if (!ts || !/^\d{1,16}\.\d{1,9}$/.test(ts))
    throw new AppError('BAD_INPUT', `${field} is not a timestamp of Slack's, like 1700000000.000100.`, { field });
  return ts;
};

const parseCount = (count: number | null | undefined, max: number, field: string): number | undefined => {
  if (count === null || count === undefined) return undefined;
  if (count < 1 || count > max) throw new AppError('BAD_INPUT', `${field} can be 1 to ${max}.`, { field });
  return count;
};

const parseFileIds = (ids: readonly string[] | null | undefined): string[] => {
  if (!ids || ids.length === 0 || ids.length > MAX_FILES)
    throw new AppError('BAD_INPUT', `Name 1 to ${MAX_FILES} files.`, { field: 'slack.fileIds' });
  return ids.map((id) => parseSlackId(id, 'slack.fileIds'));
};

// Goes into a JSON column, and PostgreSQL's JSON takes no NUL.
const parseText = (text: string | null | undefined): string | undefined => text?.replaceAll('\0', '').slice(0, MAX_TEXT) || undefined;
