import type { KnownBlock } from '@slack/web-api';
import { section } from '#bot/block-parts.ts';
import type { Told } from '#bot/handler.ts';
import { escapeMrkdwn } from '#bot/mrkdwn.ts';
import type { SlackCall } from '#bot/slack-call.ts';
import { AppError, isAppError } from '#src/core/errors.ts';
import type { ReplyTo } from '#src/core/ports.ts';
import { isSlackHost } from './slack-host.ts';

/** Tells one person one sentence, or asks what to do. Throws AppError CHAT_* when every way failed. */
export type Whisper = (to: ReplyTo, told: Told) => Promise<void>;

/** response_url first (it works where we are no member), then an ephemeral message, then a direct one. */
export const createWhisper =
  ({ slack, apiUrl, fetch: send = fetch }: { slack: SlackCall; apiUrl: string; fetch?: typeof fetch }): Whisper =>
  async ({ channel, user, threadTs, responseUrl }, told) => {
    const words = drawTold(told);
    const instead = typeof told === 'object' && 'instead' in told;
    if (
      responseUrl &&
      isSlackHost(responseUrl, apiUrl) &&
      (await sendToResponseUrl(send, responseUrl, { ...words, replace_original: instead }))
    )
      return;
    const quiet = { unfurl_links: false, unfurl_media: false };
    try {
      await slack('chat.postEphemeral', { channel, user, ...words, ...(threadTs ? { thread_ts: threadTs } : {}) });
    } catch (error) {
      if (!isAppError(error) || error.code !== 'CHAT_DENIED') throw error;
      await slack('chat.postMessage', { channel: user, ...words, ...quiet });
    }
  };

type Words = { text: string; blocks?: KnownBlock[] };

const drawTold = (told: Told): Words => {
  if (typeof told === 'string') return { text: escapeMrkdwn(told) };
  const text = escapeMrkdwn(told.text);
  if ('instead' in told) return { text };
  const elements = told.buttons.map(({ id, label, value, primary }) => ({
    type: 'button' as const,
    action_id: id,
    text: { type: 'plain_text' as const, text: label },
    value,
    ...(primary ? { style: 'primary' as const } : {}),
  }));
  return { text, blocks: [section(text), { type: 'actions', elements }] };
};

/** False when it is used up (5 times) or too old (30 minutes); then the next way is tried. */
const sendToResponseUrl = async (send: typeof fetch, url: string, words: Words & { replace_original: boolean }): Promise<boolean> => {
  try {
    const response = await send(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response_type: 'ephemeral', ...words }),
      redirect: 'error',
      signal: AbortSignal.timeout(5_000),
    });
    await response.body?.cancel();
    if (response.status === 429)
      throw new AppError('CHAT_RATE_LIMITED', 'Slack asked us to slow down.', {
        retryAfterMs: (Number(response.headers.get('retry-after')) || 1) * 1000,
      });
    return response.ok;
  } catch (error) {
    if (isAppError(error)) throw error;
    return false;
  }
};
