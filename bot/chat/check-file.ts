import type { SlackFile } from '#bot/slack-message.ts';
import { AppError } from '#src/core/errors.ts';
import { formatOf } from '#src/core/file-formats.ts';
import { formatBytes } from '#src/core/format-bytes.ts';

export type ReadableFile = { name: string; url: string };

/** What Slack says about a file before a byte is read. Throws AppError CHAT_DENIED, TOO_LARGE, BAD_INPUT. */
export const checkFile = (file: SlackFile, teamId: string, maxFileBytes: number): ReadableFile => {
  const name = file.name || 'That file';
  if (file.mode === 'tombstone' || file.mode === 'hidden_by_limit')
    throw new AppError('CHAT_DENIED', `${name} is gone: it was deleted, or this workspace no longer shows files that old.`);
  if (isStrangers(file, teamId))
    throw new AppError(
      'CHAT_DENIED',
      `${name} belongs to another workspace and I may not open it. Download it and upload it here yourself.`,
    );
  if (file.is_external)
    throw new AppError('CHAT_DENIED', `${name} lives outside Slack, where I cannot open it. Download it and upload it here.`);
  if (file.file_access === 'access_denied')
    throw new AppError('CHAT_DENIED', `${name} is not shared where I can see it. Send it to me in a direct message.`);
  refuseType(name, file.mimetype ?? '');
  if ((file.size ?? 0) > maxFileBytes) throw tooLarge(name, maxFileBytes, file.size ?? undefined);
  const url = file.url_private_download ?? file.url_private;
  if (!url) throw new AppError('CHAT_DENIED', `Slack does not let me download ${name}. Send it to me in a direct message.`);
  return { name, url };
};

// Slack Connect: another workspace's file comes as a stub, or names the other team as its uploader's.
const isStrangers = (file: SlackFile, teamId: string): boolean =>
  file.file_access === 'check_file_info' || file.file_access === 'slack_connect' || Boolean(file.user_team && file.user_team !== teamId);

const refuseType = (name: string, mimetype: string): void => {
  const [, what] = REFUSED_TYPES.find(([type]) => type.test(mimetype)) ?? [];
  if (what) throw refused(name, what);
};

const REFUSED_TYPES: [RegExp, string][] = [
  [/^image\//, 'an image'],
  [/^(audio|video)\//, 'a recording'],
  [/pdf$/, 'a PDF'],
  [/(\/|-)zip(-compressed)?$|x-7z|x-rar|vnd\.rar/, 'an archive'],
  [/officedocument|msword|ms-excel|ms-powerpoint|opendocument/, 'an office document'],
  [/^text\/html/, 'a web page'],
];

/** What the first bytes say, whatever the file is called. Throws AppError BAD_INPUT. */
export const checkStart = (name: string, start: Buffer): void => {
  const what = formatOf(start);
  if (what) throw refused(name, what);
  if (/^\s*<(!doctype html|html[\s>])/i.test(start.subarray(0, 200).toString('latin1'))) throw refused(name, 'a web page');
};

const refused = (name: string, what: string): AppError =>
  new AppError('BAD_INPUT', `${name} is ${what}, not a log. I read text (.log, .txt, .json, …), also packed with gzip or zstd.`);

export const tooLarge = (name: string, limit: number, size?: number): AppError =>
  new AppError(
    'TOO_LARGE',
    `${name} is ${size ? `${formatBytes(size)}; ` : 'too large: '}the most I read is ${formatBytes(limit)}. Send the part around the trouble.`,
  );
