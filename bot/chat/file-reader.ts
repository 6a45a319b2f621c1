import { z } from 'zod';
import type { SlackCall } from '#bot/slack-call.ts';
import { slackFile } from '#bot/slack-message.ts';
import { AppError } from '#src/core/errors.ts';
import { checkFile, checkStart, type ReadableFile, tooLarge } from './check-file.ts';
import { isSlackHost } from './slack-host.ts';
import { toChatError } from './to-chat-error.ts';

export type FileReader = {
  /** Looks a file up and checks whose, how large and what it is. Throws AppError CHAT_DENIED, TOO_LARGE, BAD_INPUT. */
  find(fileId: string, teamId: string): Promise<ReadableFile>;
  /** Its bytes as they lie in Slack. Throws while read: CHAT_UNAVAILABLE, CHAT_DENIED, TOO_LARGE, BAD_INPUT. */
  read(file: ReadableFile): AsyncIterable<Uint8Array>;
};

type FileReaderDeps = { slack: SlackCall; token: string; maxFileBytes: number; apiUrl: string; fetch: typeof fetch };

export const createFileReader = (deps: FileReaderDeps): FileReader => ({
  async find(fileId, teamId) {
    const { file } = fileInfo.parse(await deps.slack('files.info', { file: fileId }));
    return checkFile(file, teamId, deps.maxFileBytes);
  },
  read: (file) => download(deps, file),
});

const fileInfo = z.object({ file: slackFile });

async function* download(
  { token, maxFileBytes, apiUrl, fetch: send }: FileReaderDeps,
  { name, url }: ReadableFile,
): AsyncGenerator<Uint8Array> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), IDLE_MS);
  try {
    const response = await open({ send, token, apiUrl, url, name, signal: silence.signal });
    let received = 0;
    for await (const chunk of response.body ?? []) {
      clearTimeout(timer);
      if (received === 0) checkStart(name, Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
      received += chunk.byteLength;
      if (received > maxFileBytes) throw tooLarge(name, maxFileBytes);
      yield chunk;
      timer = setTimeout(() => silence.abort(), IDLE_MS);
    }
  } catch (error) {
    // A connection cut half-way is a bare TypeError: the file must not pass for whole.
    throw toChatError(error);
  } finally {
    clearTimeout(timer);
  }
}

const IDLE_MS = 30_000;
const MAX_REDIRECTS = 3;

type Opening = { send: typeof fetch; token: string; apiUrl: string; url: string; name: string; signal: AbortSignal };

/** Follows redirects by hand: the token goes to Slack's hosts only, whatever an answer says. */
const open = async ({ send, token, apiUrl, url, name, signal }: Opening): Promise<Response> => {
  let at = url;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    if (!isSlackHost(at, apiUrl))
      throw new AppError('CHAT_DENIED', `${name} is not kept at Slack, so I did not open it. Download it and upload it here.`);
    const response = await send(at, { headers: { authorization: `Bearer ${token}` }, redirect: 'manual', signal });
    const next = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || !next) return checked(response, name);
    await response.body?.cancel();
    at = new URL(next, at).href;
  }
  throw new AppError('CHAT_UNAVAILABLE', `Slack sent me round in circles for ${name}; I will try again.`);
};

const checked = async (response: Response, name: string): Promise<Response> => {
  const type = response.headers.get('content-type') ?? '';
  if (response.ok && !type.startsWith('text/html')) return response;
  await response.body?.cancel();
  // Without files:read Slack does not refuse: it shows its sign-in page.
  if (response.ok)
    throw new AppError(
      'CHAT_DENIED',
      `Slack showed me a sign-in page instead of ${name}: my app lacks the permission files:read. An admin can add it and reinstall the app.`,
    );
  if (response.status === 429)
    throw new AppError('CHAT_RATE_LIMITED', 'Slack asked us to slow down; I will try again shortly.', {
      retryAfterMs: (Number(response.headers.get('retry-after')) || 1) * 1000,
    });
  if (response.status >= 500) throw new AppError('CHAT_UNAVAILABLE', `Slack had trouble handing over ${name}; I will try again.`);
  throw new AppError(
    'CHAT_DENIED',
    `Slack does not let me download ${name}. Send it to me in a direct message, or upload it in a channel I am in.`,
  );
};
