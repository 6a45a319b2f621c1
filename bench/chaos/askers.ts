import { type IncomingMessage, request } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { sampleLog } from '#tests/support/sample-log.ts';
import type { SlackSender, SlackStandIn } from '#tests/support/slack.ts';

/** A person with a slash command, a post that Slack delivers, a script with curl: each asks again as they would. */
type Way = 'command' | 'post' | 'upload';

/** Something that was asked for once, however often it took to be let in. */
export type Wish = {
  way: Way;
  /** Where it is answered; none for an upload. */
  channel: string | null;
  letIn: boolean;
  /** Of an upload that was let in. */
  logId?: string;
  /** `lines` is what its answer is known by: each try has a number of its own, but for those under one key. */
  lines: number;
  /** Tries that were told no: what of those is answered all the same was said to be lost, and was not. */
  refused: { lines: number; told: string }[];
};

export type AskersOptions = {
  slack: SlackStandIn;
  /** Where the bot and the API listen. */
  botUrl: string;
  apiUrl: string;
  token: string;
  perSecond: number;
  lastMs: number;
  /** When nobody asks again any more, from the first request. */
  patienceMs: number;
};

const CHANNELS = 12;
const TRIES = 6;
// Whoever is told "in a minute" is in more of a hurry here: there are three minutes in all. Slack delivers at once, after a minute, after five.
const PERSON_AGAIN_MS = 5_000;
const SLACK_AGAIN_MS = [0, 5_000, 20_000];
const NO_ANSWER_MS = 20_000;

/** Every so often somebody asks, in turns by each way; comes back when all were let in or have given up. */
export const askOn = async (options: AskersOptions): Promise<Wish[]> => {
  const { slack, perSecond, lastMs, patienceMs } = options;
  const channels = Array.from({ length: CHANNELS }, (_, index) => slack.createChannel({ name: `storm-${index}` }));
  const direct = slack.createDirectMessages();
  const send = slack.sendTo(`${options.botUrl}/slack/events`);
  const begun = performance.now();
  const until = begun + patienceMs;
  const asked: Promise<Wish>[] = [];
  for (let number = 0; number < (lastMs / 1000) * perSecond; number++) {
    await sleep(Math.max(0, begun + (number * 1000) / perSecond - performance.now()));
    const channel = channels[number % CHANNELS] as string;
    if (number % 6 === 1) asked.push(post({ slack, send, channel: direct, number, until }));
    else if (number % 6 === 4) asked.push(upload({ url: options.apiUrl, token: options.token, number, until }));
    else asked.push(command({ send, channel, number, until }));
  }
  return Promise.all(asked);
};

type Asking = { number: number; until: number };

/** A person reads that nothing was kept, and types it once more. */
const command = async ({ send, channel, number, until }: Asking & { send: SlackSender; channel: string }): Promise<Wish> => {
  const refused: Wish['refused'] = [];
  for (let attempt = 0; attempt < TRIES && performance.now() < until; attempt++) {
    const { text, lines } = logOf(number, attempt);
    const { status, body } = await send.slash({ channel, text }).catch((error: unknown) => ({ status: 0, body: String(error) }));
    if (status === 200 && body.includes('Got it')) return { way: 'command', channel, letIn: true, lines, refused };
    refused.push({ lines, told: toldIn(status, body) });
    await sleep(PERSON_AGAIN_MS);
  }
  return { way: 'command', channel, letIn: false, lines: 0, refused };
};

/** A person posts once; Slack delivers that until it hears "ok", three times more at most. */
const post = async ({
  slack,
  send,
  channel,
  number,
  until,
}: Asking & { slack: SlackStandIn; send: SlackSender; channel: string }): Promise<Wish> => {
  const refused: Wish['refused'] = [];
  const { text, lines } = logOf(number, 0);
  const { ts } = await slack.post({ channel, text });
  const eventId = `Ev${number}`;
  const event = { type: 'message', channel_type: 'im', channel, user: slack.ana, ts, text };
  for (const [attempt, waitMs] of [null, ...SLACK_AGAIN_MS].entries()) {
    if (waitMs) await sleep(waitMs);
    if (performance.now() > until) break;
    const delivery = attempt === 0 ? { eventId } : { eventId, retryNum: attempt };
    const { status, body } = await send.event(event, delivery).catch((error: unknown) => ({ status: 0, body: String(error) }));
    if (status === 200) return { way: 'post', channel, letIn: true, lines, refused };
    // The same key: it is not lost yet, nor told so.
    refused.push({ lines: 0, told: toldIn(status, body) });
  }
  return { way: 'post', channel, letIn: false, lines, refused };
};

/** A script that waits as long as it is told, under one key. */
const upload = async ({ url, token, number, until }: Asking & { url: string; token: string }): Promise<Wish> => {
  const refused: Wish['refused'] = [];
  const { text, lines } = logOf(number, 0);
  const [way, channel] = ['upload', null] as const;
  while (performance.now() < until) {
    const { status, body, retryAfter } = await put(`${url}/logs/storm.log`, token, `storm-${number}`, text);
    if (status === 202) return { way, channel, letIn: true, logId: (JSON.parse(body) as { id: string }).id, lines, refused };
    refused.push({ lines: 0, told: toldIn(status, body) });
    await sleep(Math.min(PERSON_AGAIN_MS, retryAfter * 1000));
  }
  return { way, channel, letIn: false, lines, refused };
};

const put = async (
  url: string,
  token: string,
  key: string,
  text: string,
): Promise<{ status: number; body: string; retryAfter: number }> => {
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key };
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const sending = request(url, { method: 'PUT', headers, timeout: NO_ANSWER_MS }, resolve);
      sending.on('error', reject).on('timeout', () => sending.destroy(new Error('no answer')));
      sending.end(text);
    });
    return { status: response.statusCode ?? 0, body: await readText(response), retryAfter: Number(response.headers['retry-after'] ?? 1) };
  } catch (error) {
    return { status: 0, body: String(error), retryAfter: 1 };
  }
};

const logOf = (number: number, attempt: number): { text: string; lines: number } => {
  const text = `${sampleLog({ quiet: 10 + number * TRIES + attempt, failures: 5 })}${marker(number * TRIES + attempt)}\n`;
  return { text, lines: text.split('\n').length - 1 };
};

// A line no other log has, so that it goes along to the engine; not the worst of them, for the engine speaks of that.
const marker = (number: number): string => `2026-11-20T12:59:59.000Z WARN storm request storm-${number} of the seed ends here`;

/** Whose log an engine is asked about. */
export const numberIn = (prompt: string): string => /storm-(\d+) of the seed/.exec(prompt)?.[1] ?? 'unknown';

const toldIn = (status: number, body: string): string => {
  const said = parse(body);
  return said?.text ?? said?.error?.message ?? (status === 0 ? `no answer: ${body}` : `${status}: ${body.slice(0, 100)}`);
};

const parse = (body: string): { text?: string; error?: { message?: string } } | null => {
  try {
    return JSON.parse(body) as { text?: string };
  } catch {
    return null;
  }
};
