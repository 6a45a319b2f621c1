import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseAway, isDatabaseAway, isDatabaseFull, signOf } from '#src/core/database-away.ts';
import { AppError, isAppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { Log } from '#src/core/ports.ts';
import { whileSomebodyWaits } from '#src/core/somebody-waits.ts';
import { answerError } from './answer.ts';
import { hearOut } from './hear-out.ts';

/** Answers requests whose path is `path` or lies below it. */
export type Route = {
  path: string;
  handle(request: IncomingMessage, response: ServerResponse, requestId: string): void | Promise<void>;
  /** Asked by machines every few seconds, for ever: only what goes wrong is logged. */
  probe?: true;
};

export type HttpDeps = {
  /** Looked at with each request: more may come. */
  routes: readonly Route[];
  log: Log;
  /** Until then what is not there may come yet. */
  isStarting?: () => boolean;
  /** Called when a response is done; `route` is the route's path, never what the client sent. */
  onResponse?: (route: string, status: number, seconds: number) => void;
};

export type HttpServer = {
  url: string;
  port: number;
  /**
   * Answers what is under way, for `graceMs` at most (default 3 s), and meanwhile also what still comes in: whoever sends it may not know yet
   * that we stop. What has no answer by then gets one that says so. Streams without an end are ended at once, their readers asked to come again.
   */
  close(options?: { graceMs?: number }): Promise<void>;
};

// A connection on which nothing moves for so long is closed; event streams send a sign of life more often.
const SILENT_MS = 120_000;
const GRACE_MS = 3_000;
// Requests may come one upon the other for ever; after this a new one is refused.
const OPEN_MS = 5_000;
const LOOK_MS = 20;
const LAST_WORDS_MS = 1_000;
const REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/;

/** The one HTTP server of a process. Throws AppError CONFLICT when the port is taken. */
export const startHttpServer = async (deps: HttpDeps, { host, port }: { host: string; port: number }): Promise<HttpServer> => {
  const underWay: UnderWay = new Map();
  let closing: Promise<void> | undefined;
  const server = createServer((request, response) => {
    underWay.set(response, request);
    response.once('close', () => underWay.delete(response));
    hearOut(request, response);
    // The next request is for somebody else.
    if (closing) response.setHeader('connection', 'close');
    void route(request, response, deps);
  });
  // A gigabyte over a slow line takes longer than Node's five minutes; endpoints watch for silence instead.
  server.requestTimeout = 0;
  server.timeout = SILENT_MS;
  server.listen(port, host);
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw listenError(error, host, port);
  });
  const { port: actual } = server.address() as AddressInfo;
  const shownHost = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return {
    url: `http://${shownHost.includes(':') ? `[${shownHost}]` : shownHost}:${actual}`,
    port: actual,
    close: ({ graceMs = GRACE_MS } = {}) => (closing ??= closeServer(server, underWay, graceMs)),
  };
};

const route = async (
  request: IncomingMessage,
  response: ServerResponse,
  { routes, log, isStarting, onResponse }: HttpDeps,
): Promise<void> => {
  const begun = performance.now();
  const given = request.headers['x-request-id'];
  const requestId = typeof given === 'string' && REQUEST_ID.test(given) ? given : newId('req');
  request.headers['x-request-id'] = requestId;
  response.setHeader('x-request-id', requestId);
  const path = (request.url ?? '/').split('?', 1)[0] as string;
  const found = routes.find(
    (candidate) => path === candidate.path || path.startsWith(candidate.path === '/' ? '//' : `${candidate.path}/`),
  );
  response.once('close', () => {
    const seconds = (performance.now() - begun) / 1000;
    onResponse?.(found?.path ?? 'none', response.statusCode, seconds);
    if (found?.probe && response.statusCode < 400) return;
    log.info({ requestId, route: found?.path ?? 'none', status: response.statusCode, seconds }, 'request answered');
  });
  try {
    if (!found && isStarting?.()) throw stillStarting();
    if (!found)
      throw new AppError('NOT_FOUND', 'There is nothing at this address. The API is at /graphql, logs go to /logs, and / says more.');
    await whileSomebodyWaits(() => found.handle(request, response, requestId));
  } catch (error) {
    // It was told to be off while it was at it.
    if (response.writableEnded) return;
    // A sender who broke off is not a failure of ours.
    const told = { requestId, route: found?.path, why: signOf(error) };
    if (isDatabaseFull(error)) log.error(told, 'request refused: the database can write nothing down');
    else if (isDatabaseAway(error) && !request.readableAborted) log.warn(told, 'request refused: the database is away');
    else if (databaseAway(error) && !request.readableAborted) log.warn(told, 'request refused: the database undid it');
    else if (!isAppError(error) && !request.readableAborted) log.error({ requestId, route: found?.path, error }, 'request failed');
    answerError(request, response, error, requestId);
  }
};

const listenError = (error: NodeJS.ErrnoException, host: string, port: number): Error => {
  if (error.code === 'EADDRINUSE')
    return new AppError(
      'CONFLICT',
      `Port ${port} is in use by another program. Stop it, or set PORT to another one (PORT=0 picks a free one).`,
    );
  if (error.code === 'EACCES')
    return new AppError('CONFIG', `Port ${port} needs rights this user does not have. Set PORT to 1024 or more.`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new AppError('CONFIG', `HOST ${host} is not an address of this machine. Set HOST to 127.0.0.1 or 0.0.0.0.`);
  return error;
};

type UnderWay = Map<ServerResponse, IncomingMessage>;

const closeServer = async (server: Server, underWay: UnderWay, graceMs: number): Promise<void> => {
  const begun = performance.now();
  const untilDone = async (withinMs: number): Promise<void> => {
    while (performance.now() - begun < withinMs) {
      for (const response of underWay.keys()) if (isStream(response)) endStream(response);
      if (underWay.size === 0) return;
      await sleep(LOOK_MS);
    }
  };
  // What is under way may itself ask us something (a bot its API), so the door stays open until it is done.
  await untilDone(Math.min(OPEN_MS, graceMs));
  const closed = once(server, 'close');
  server.close();
  // Again and again: a connection kept alive is idle only once its answer is out.
  const idle = setInterval(() => server.closeIdleConnections(), LOOK_MS);
  await untilDone(graceMs);
  for (const [response, request] of underWay) answerError(request, response, stopped(), String(response.getHeader('x-request-id')));
  // Whoever is still sending reads that once they look up.
  await untilDone(graceMs + LAST_WORDS_MS);
  clearInterval(idle);
  server.closeAllConnections();
  await closed;
};

const stopped = (): AppError =>
  new AppError(
    'UNAVAILABLE',
    'This process is being stopped and could not wait for the end of this. Most likely nothing was kept; send it again: with an idempotency key nothing is done twice.',
    { retryAfterMs: AGAIN_MS },
  );

const AGAIN_MS = 5_000;

/** What a process says that cannot take anything in yet. */
export const stillStarting = (): AppError =>
  new AppError('UNAVAILABLE', 'This process is still starting, so nothing was kept. Send it again in a moment.', {
    retryAfterMs: AGAIN_MS,
  });

// Readers of event streams come again by themselves where one ends: after `retry`, and, of GraphQL's, because no "complete" said that this was all.
// The first line is for people with curl.
const COME_AGAIN = `: this process is being stopped; subscribe again\nretry: 1000\n\n`;

const endStream = (response: ServerResponse): void => {
  if (response.writableEnded) return;
  // Whoever still has something to say there comes too late.
  response.on('error', () => {});
  response.end(COME_AGAIN);
  // Its reader may be asleep.
  setTimeout(() => response.destroy(), LAST_WORDS_MS).unref();
};

const isStream = (response: ServerResponse): boolean => String(response.getHeader('content-type') ?? '').startsWith('text/event-stream');
