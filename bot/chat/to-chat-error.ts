import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { AppError } from '#src/core/errors.ts';

/** What Slack or the network said, as a sentence that says how to mend it. */
export const toChatError = (error: unknown): AppError => {
  if (error instanceof AppError) return error;
  if (error instanceof WebAPIRateLimitedError) return rateLimited(error.retryAfter, error);
  if (error instanceof WebAPIHTTPError) return fromStatus(error);
  if (error instanceof WebAPIPlatformError) return fromCode(error);
  return new AppError('CHAT_UNAVAILABLE', 'Slack is out of reach just now. If nothing appears within a minute, please try again.', {
    cause: error,
    ...(neverLeft(error) ? { effect: 'none' } : {}),
  });
};

// No connection was made, so nothing was said on it.
const NO_CONNECTION = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

const neverLeft = (error: unknown): boolean => {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (NO_CONNECTION.has(String((cause as { code?: unknown }).code))) return true;
  return false;
};

/** Slack's own code (e.g. 'invalid_blocks') behind an error of ours; null when there is none. */
export const slackCodeOf = (error: unknown): string | null => {
  const cause = error instanceof AppError ? error.cause : error;
  return cause instanceof WebAPIPlatformError ? cause.data.error : null;
};

export const NOT_A_MEMBER = 'I cannot see that channel. Invite me there with /invite @aiops and try again.';
const BAD_TOKEN = 'Slack no longer accepts my token. An admin must reinstall the Slack app and set SLACK_BOT_TOKEN anew.';
export const GONE = 'That message is gone, or I cannot see it. Invite me to the channel with /invite @aiops, or send me the text itself.';
const FILE_GONE =
  'That file is gone, or it is not shared where I can see it. Send it to me in a direct message or upload it in a channel I am in.';
const NO_POSTING = 'This workspace does not let me post there. Ask an admin, or use another channel.';
const TRIGGER = 'Slack gave up waiting for the window to open. Please try once more.';

const DENIED: Record<string, string> = {
  not_in_channel: NOT_A_MEMBER,
  channel_not_found: NOT_A_MEMBER,
  is_archived: 'That channel is archived. Unarchive it, or ask again in another channel.',
  message_not_found: GONE,
  thread_not_found: GONE,
  file_not_found: FILE_GONE,
  file_deleted: FILE_GONE,
  cant_update_message: 'Slack does not let me edit that message any more.',
  edit_window_closed: 'This workspace does not let messages be edited after a while, so my earlier answer stays as it is.',
  restricted_action: NO_POSTING,
  restricted_action_read_only_channel: NO_POSTING,
  restricted_action_thread_only_channel: NO_POSTING,
  restricted_action_non_threadable_channel: NO_POSTING,
  expired_trigger_id: TRIGGER,
  exchanged_trigger_id: TRIGGER,
  invalid_trigger_id: TRIGGER,
};

const TOKEN = new Set(['invalid_auth', 'not_authed', 'token_revoked', 'token_expired', 'account_inactive']);
const PASSING = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'team_added_to_org', 'accesslimited']);

const fromCode = (error: WebAPIPlatformError): AppError => {
  const code = error.data.error;
  const cause = error;
  if (code === 'ratelimited' || code === 'rate_limited')
    return rateLimited(Number(error.data.response_metadata?.['retryAfter']) || 1, error);
  // The SDK puts a body that was not JSON where the code belongs: a proxy's page, say.
  if (PASSING.has(code) || !/^[a-z0-9_]{1,80}$/.test(code))
    return new AppError('CHAT_UNAVAILABLE', 'Slack has trouble answering just now. If nothing appears within a minute, please try again.', {
      cause,
      effect: 'over',
    });
  if (TOKEN.has(code)) return new AppError('CHAT_TOKEN_REFUSED', BAD_TOKEN, { cause });
  if (code === 'missing_scope') return new AppError('CHAT_DENIED', missingScope((error.data as { needed?: unknown }).needed), { cause });
  return new AppError('CHAT_DENIED', DENIED[code] ?? `Slack refused this (${code}).`, { cause });
};

const missingScope = (needed: unknown): string =>
  `My Slack app lacks the permission ${typeof needed === 'string' && needed ? needed : 'for this'}. An admin can add it under "OAuth & Permissions" (or paste bot/manifest.yml again) and reinstall the app.`;

const fromStatus = (error: WebAPIHTTPError): AppError => {
  if (error.statusCode === 429) return rateLimited(Number(error.headers['retry-after']) || 1, error);
  if (error.statusCode >= 500 || error.statusCode === 408)
    return new AppError('CHAT_UNAVAILABLE', 'Slack has trouble answering just now. If nothing appears within a minute, please try again.', {
      cause: error,
      // What a gateway has given up waiting for may still be done behind it.
      ...(GATEWAY.has(error.statusCode) ? {} : { effect: 'over' }),
    });
  return new AppError('CHAT_DENIED', `Slack refused this (HTTP ${error.statusCode}).`, { cause: error });
};

const GATEWAY = new Set([408, 502, 504]);

const rateLimited = (seconds: number, cause: unknown): AppError =>
  new AppError('CHAT_RATE_LIMITED', 'Slack asked us to slow down. If nothing appears within a minute, please try again.', {
    retryAfterMs: seconds * 1000,
    cause,
  });
