import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Actor } from '#src/core/actor.ts';
import { AppError, isAppError } from '#src/core/errors.ts';
import { formatBytes } from '#src/core/format-bytes.ts';
import { parseLine } from '#src/core/parse-line.ts';
import type { LogService, SubmitLog } from '#src/logs/service.ts';
import { answerJson } from './answer.ts';
import { withBearer } from './basic-auth.ts';
import { linesAsHtml, linesAsText, parseLinesAsked, readLinesPage, style } from './log-lines-page.ts';
import { answerPage, readDoor } from './pages.ts';
import type { Route } from './server.ts';

export type LogsEndpointDeps = {
  logs: Pick<LogService, 'submitLog' | 'log' | 'logLines'>;
  authenticate(request: Pick<IncomingMessage, 'headers'>, requestId: string): Promise<Actor>;
  maxBytes: number;
  /** A sender that says nothing for so long is given up. */
  idleMs: number;
};

/**
 * `curl -T app.log -H 'Authorization: Bearer …' http://…/logs`: a log of any size, streamed straight into the database. The title is the
 * last part of the path or `?title=`; also `?source=` and the header Idempotency-Key. `GET /logs/log_…?lines=120-140` shows lines to whoever may
 * read the log: what evidence links to.
 */
export const logsEndpoint = ({ logs, authenticate, maxBytes, idleMs }: LogsEndpointDeps): Route => ({
  path: '/logs',
  async handle(request, response, requestId) {
    if (request.method === 'GET' || request.method === 'HEAD') return showLines({ logs, authenticate }, request, response, requestId);
    if (request.method !== 'PUT' && request.method !== 'POST') {
      response.setHeader('allow', 'GET, HEAD, PUT, POST');
      throw new AppError('BAD_INPUT', 'Send a log here with PUT or POST, e.g. curl -T app.log; read logs through /graphql.');
    }
    const actor = await authenticate(request, requestId);
    // Its boundaries and part headers would become lines of the log.
    if (/^multipart\//i.test(request.headers['content-type'] ?? ''))
      throw new AppError(
        'BAD_INPUT',
        'Send the log itself, not a form: curl -T FILE (or --data-binary @FILE) instead of -F. Nothing was kept.',
      );
    const declared = Number(request.headers['content-length'] ?? 0);
    // Packed or not, what is larger than the limit already cannot fit.
    if (declared > maxBytes)
      throw new AppError(
        'TOO_LARGE',
        `This log has ${formatBytes(declared)}; at most ${formatBytes(maxBytes)} are taken. Cut out the hours that matter, or raise MAX_LOG_BYTES. Nothing was kept.`,
      );
    const { log, replayed } = await logs.submitLog(actor, {
      content: { kind: 'bytes', bytes: patiently(request, idleMs), maxBytes },
      entry: 'STREAM',
      ...describe(request),
      idempotencyKey: idempotencyKeyOf(request),
    });
    request.resume();
    answerJson(response, 202, {
      id: log.id,
      title: log.title,
      status: log.status,
      bytes: log.bytes,
      lines: log.lineCount,
      replayed,
      next: `query { logSummary(logId: "${log.id}") { status headline } }`,
    });
  },
});

/** A browser without a token is asked to sign in. A token never stands in the address, for addresses end up in logs. */
const showLines = async (
  { logs, authenticate }: Pick<LogsEndpointDeps, 'logs' | 'authenticate'>,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<void> => {
  const asked = parseLinesAsked(new URL(request.url ?? '/', 'http://localhost'));
  if (!asked) throw new AppError('NOT_FOUND', 'Lines of a log are at /logs/ID?lines=120-140; send a log here with PUT or POST.');
  const isBrowser = (request.headers.accept ?? '').includes('text/html');
  if (isBrowser && request.headers.authorization === undefined) return answerPage(response, door, 401);
  const actor = await authenticate(withBearer(request), requestId);
  const page = await readLinesPage({ logs }, actor, asked);
  response.writeHead(200, {
    'content-type': isBrowser ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'`,
    'cache-control': 'private, no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  response.end(request.method === 'HEAD' ? undefined : isBrowser ? linesAsHtml(page) : linesAsText(page));
};

const door = readDoor(style);

const describe = (request: IncomingMessage): Pick<SubmitLog, 'title' | 'fileName' | 'source'> => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const name = url.pathname.slice('/logs'.length).replace(/^\/+/, '');
  return {
    title: url.searchParams.get('title') ?? undefined,
    fileName: name ? safeDecode(name) : 'Uploaded log',
    source: url.searchParams.get('source') ?? undefined,
  };
};

const safeDecode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

// One that we could not keep must not be passed over in silence: the sender relies on it.
const idempotencyKeyOf = ({ headers }: IncomingMessage): string | undefined => {
  const key = headers['idempotency-key'];
  return key ? parseLine(String(key), 'Idempotency-Key', 200) : undefined;
};

async function* patiently(request: IncomingMessage, idleMs: number): AsyncIterable<Uint8Array> {
  // The request stays open when we stop reading it: the sender is told why on the same connection.
  const pieces = request.iterator({ destroyOnReturn: false });
  try {
    for (let next = await within(idleMs, pieces.next()); !next.done; next = await within(idleMs, pieces.next())) yield next.value as Buffer;
  } catch (error) {
    throw isAppError(error)
      ? error
      : new AppError('BAD_INPUT', 'The upload was cut off. Nothing was kept; send it again.', { cause: error });
  }
}

const within = async <Value>(idleMs: number, value: Promise<Value>): Promise<Value> => {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new AppError('BAD_INPUT', `Nothing arrived for ${idleMs / 1000} s, so the upload was given up. Nothing was kept; send it again.`),
        ),
      idleMs,
    );
  });
  try {
    return await Promise.race([value, silence]);
  } finally {
    clearTimeout(timer);
  }
};
