import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { EmulatedSlack } from './slack-emulator.ts';
import { findLimitProblem } from './slack-limits.ts';

type Json = Record<string, unknown>;

/** What goes wrong with a call. `cut` breaks the connection before Slack did the work, or after it (`done`). */
export type Fault =
  | { kind: 'status'; status: number; retryAfterSeconds?: number }
  | { kind: 'error'; error: string; more?: Json }
  | { kind: 'hang' }
  | { kind: 'cut'; done?: boolean }
  | { kind: 'delay'; ms: number }
  | { kind: 'rewrite'; answer(json: Json): Json }
  | { kind: 'reply'; status?: number; headers: Record<string, string>; body: string };

/** `channel`: only of calls about this one; what another test still posts is not met. */
export type FaultOptions = { times?: number; channel?: string };
type Armed = { method: string; fault: Fault; times: number; channel?: string };

/** Forwards to the emulator, records calls, and answers in its place where it would be kinder than Slack. */
export const startSlackProxy = async (emulator: EmulatedSlack) => {
  const calls: { method: string; args: Json }[] = [];
  const responses: Json[] = [];
  const violations: string[] = [];
  let faults: Armed[] = [];
  const usesOf = new Map<string, number>();

  const takeFault = (method: string, args: Json): Fault | null => {
    const armed = faults.find((each) => each.method === method && each.times > 0 && (each.channel ?? args.channel) === args.channel);
    if (!armed) return null;
    armed.times--;
    return armed.fault;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>));
    const path = new URL(request.url ?? '/', 'http://stand-in');
    const method = path.pathname.startsWith('/api/')
      ? path.pathname.slice(5)
      : path.pathname.startsWith('/response/')
        ? 'response_url'
        : 'files';
    const args = { ...Object.fromEntries(path.searchParams), ...parseArgs(body, request.headers['content-type'] ?? '') };
    calls.push({ method, args });
    const fault = takeFault(method, args);
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'cut' && !fault.done) return void response.destroy();
    if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    if (fault?.kind === 'status')
      return void response.writeHead(fault.status, fault.retryAfterSeconds ? { 'retry-after': String(fault.retryAfterSeconds) } : {}).end();
    if (fault?.kind === 'error') return sendJson(response, { ok: false, error: fault.error, ...fault.more });
    if (fault?.kind === 'reply') return void response.writeHead(fault.status ?? 200, fault.headers).end(fault.body);

    if (method === 'response_url') {
      const uses = (usesOf.get(path.pathname) ?? 0) + 1;
      usesOf.set(path.pathname, uses);
      if (uses > 5) return void response.writeHead(404).end('used_url');
      responses.push(args);
      return void response.writeHead(200).end('ok');
    }
    const problem = refusal(method, args);
    if (problem) {
      violations.push(`${method}: ${problem.detail}`);
      return sendJson(response, { ok: false, error: problem.error });
    }
    const answer = await fetch(`${emulator.url}${path.pathname}${path.search}`, forwarded(request, method, args, body, emulator));
    if (fault?.kind === 'cut') return void response.destroy();
    if (method === 'files')
      return void response
        .writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' })
        .end(Buffer.from(await answer.arrayBuffer()));
    if (!answer.ok) return void response.writeHead(answer.status).end(await answer.text());
    const json = JSON.parse((await answer.text()).replaceAll(emulator.url, url)) as Json;
    const paged = withPerson(method, completed(method, args, json), emulator);
    sendJson(response, fault?.kind === 'rewrite' ? fault.answer(paged) : paged);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.writeHead(502).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return {
    url,
    calls,
    responses,
    violations,
    fail: (method: string, fault: Fault, { times = Number.POSITIVE_INFINITY, ...only }: FaultOptions = {}) =>
      void faults.push({ method, fault, times, ...only }),
    heal: () => void (faults = []),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const sendJson = (response: ServerResponse, json: Json): void =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(json));

const parseArgs = (body: Buffer, contentType: string): Json => {
  if (contentType.startsWith('application/json')) return JSON.parse(body.toString() || '{}') as Json;
  if (!contentType.startsWith('application/x-www-form-urlencoded')) return {};
  return Object.fromEntries(
    [...new URLSearchParams(body.toString())].map(([name, value]) => [
      name,
      /^[[{]/.test(value) && STRUCTURED.has(name) ? JSON.parse(value) : value,
    ]),
  );
};
const STRUCTURED = new Set(['blocks', 'attachments', 'metadata', 'view', 'files']);

const refusal = (method: string, args: Json) => {
  if (/^chat\.(postMessage|update|postEphemeral)$/.test(method))
    return findLimitProblem({
      blocks: Array.isArray(args['blocks']) ? args['blocks'] : [],
      text: String(args['text'] ?? ''),
      modal: false,
    });
  const view = args['view'] as View | undefined;
  return method.startsWith('views.') && view ? findViewProblem(view) : null;
};

type View = { blocks?: Json[]; title?: { text: string }; submit?: { text: string }; close?: { text: string }; private_metadata?: string };

const findViewProblem = ({ blocks = [], title, submit, close, private_metadata = '' }: View) => {
  const long = [title, submit, close].find((each) => each && (each.text.length < 1 || each.text.length > 24));
  if (long) return { error: 'invalid_arguments', detail: `"${long.text}" is not 1 to 24 characters` };
  if (private_metadata.length > 3_000) return { error: 'invalid_arguments', detail: 'private_metadata over 3,000' };
  if (!submit && blocks.some((block) => block['type'] === 'input')) return { error: 'invalid_arguments', detail: 'inputs without submit' };
  return findLimitProblem({ blocks, text: '', modal: true });
};

const forwarded = (request: IncomingMessage, method: string, args: Json, body: Buffer, { store }: EmulatedSlack): RequestInit => {
  const authorization = request.headers.authorization ?? '';
  if (request.method === 'GET') return { headers: { authorization } };
  if (method === 'files') return { method: 'POST', headers: { authorization }, body: new Uint8Array(body) };
  const sent = { ...args };
  // The emulator knows neither pages nor times: everything is asked for and cut down in `completed`.
  if (PAGED.has(method)) Object.assign(sent, { limit: 1000, cursor: '' });
  const parent = store.messages.all().some((each) => each['channel_id'] === args['channel'] && each['ts'] === args['thread_ts']);
  // Slack posts a reply to a parent that is gone into the channel, and calls that a success.
  if (method === 'chat.postMessage' && !parent) delete sent['thread_ts'];
  return { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify(sent) };
};

/** Slack knows everybody's time zone and who is a guest, the emulator does not. */
const withPerson = (method: string, json: Json, { store }: EmulatedSlack): Json => {
  const user = json['user'] as Json | undefined;
  const known = method === 'users.info' && user ? store.users.findOneBy('user_id', user['id']) : undefined;
  if (!known) return json;
  const more = ['tz', 'is_restricted', 'is_ultra_restricted', 'is_stranger'].filter((field) => known[field] !== undefined);
  return { ...json, user: { ...user, ...Object.fromEntries(more.map((field) => [field, known[field]])) } };
};

const PAGED = new Set(['conversations.history', 'conversations.replies']);

const completed = (method: string, args: Json, json: Json): Json => {
  if (!PAGED.has(method) || !Array.isArray(json['messages'])) return json;
  const { oldest = '0', latest = '9999999999.999999', inclusive = false, limit = 100, cursor = '', ts } = args as Record<string, string>;
  const within = (at: string) =>
    String(inclusive) === 'true' ? at >= String(oldest) && at <= String(latest) : at > String(oldest) && at < String(latest);
  const all = (json['messages'] as (Json & { ts: string })[]).filter(
    (message) => within(message.ts) || (method === 'conversations.replies' && message.ts === ts),
  );
  const from = Number(cursor) || 0;
  const page = all.slice(from, from + Number(limit));
  const next = from + page.length < all.length ? String(from + page.length) : '';
  const bare = page.map((message) => (args['include_all_metadata'] ? message : { ...message, metadata: undefined }));
  return { ...json, messages: bare, has_more: next !== '', response_metadata: { next_cursor: next } };
};
