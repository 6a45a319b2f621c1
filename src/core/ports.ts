import type { z } from 'zod';
import type { Report } from './report.ts';

/** What an engine is asked to do. OpenAI uses instructions + prompt, the built-in engine `offline`; both answers pass `schema`. */
export type EngineTask<Input, Output> = {
  name: string;
  /** Changes whenever instructions, prompt or schema change; stored on every receipt. */
  version: string;
  instructions: string;
  /** Must stay under `budget.maxTokens` as counted by `budget.countTokens`. */
  prompt(input: Input, budget: TokenBudget): string;
  schema: z.ZodType<Output>;
  offline(input: Input): Output;
};

export type TokenBudget = { maxTokens: number; countTokens(text: string): number };

export type EngineResult<Output> = { output: Output; receipt: Receipt };

/** What left, to which model, at what price. `costUsd` is null when the price table does not know the model. */
export type Receipt = {
  engine: string;
  model: string;
  task: string;
  promptVersion: string;
  tokensIn: number;
  tokensOut: number;
  costUsd: number | null;
  durationMs: number;
  /** Masked items by kind, e.g. { email: 3 }. Empty for the built-in engine: nothing left. */
  maskedCounts: Record<string, number>;
  /** SHA-256 (hex) of exactly what was sent; null when nothing was. */
  sentHash: string | null;
  sentBytes: number;
  /** The model that would have answered, had the workspace's budget of the day not been used up, or the model given an answer. */
  insteadOf?: string | undefined;
  /** Why, where it was not the budget: what became of the model while somebody waited at a terminal. */
  insteadBecause?: InsteadBecause | undefined;
};

export type InsteadBecause = 'UNAVAILABLE' | 'DENIED' | 'REFUSED' | 'BAD_ANSWER';

/** `workspaceId`: whose budget it is paid from. */
type CallOptions = { signal?: AbortSignal | undefined; workspaceId?: string | undefined };

/**
 * Throws AppError: ENGINE_RATE_LIMITED and ENGINE_UNAVAILABLE (try again later, `retryAfterMs` when told), ENGINE_BAD_ANSWER
 * (malformed or cut off: worth another try), ENGINE_REFUSED and ENGINE_DENIED (trying again changes nothing), ENGINE_BUDGET (nothing was sent:
 * the workspace's budget of the day is used up).
 */
export type Engine = {
  readonly name: string;
  readonly model: string;
  /** True when nothing leaves this process and a call costs nothing. */
  readonly local: boolean;
  run<Input, Output>(task: EngineTask<Input, Output>, input: Input, options?: CallOptions): Promise<EngineResult<Output>>;
  /** The model behind `embed`; both are absent where the engine offers none. */
  readonly embeddingModel?: string | undefined;
  /** A vector for each text, in order: texts that mean alike point the same way. Throws as `run` does. */
  embed?(texts: readonly string[], options?: CallOptions): Promise<{ vectors: Float32Array[]; receipt: Receipt }>;
};

/** What calls of the remote engine would take, found out without making one. */
export type Reckoner = {
  /** Of the settings. */
  readonly model: string;
  /** Tokens of what would be sent. */
  tokensOf<Input, Output>(task: EngineTask<Input, Output>, input: Input): Promise<number>;
  /** Null when the price of that model is not known. */
  costOf(model: string, tokensIn: number, tokensOut: number): number | null;
};

/** Where an answer goes: where the question was asked, and nowhere else. */
export type ReplyTo = {
  kind: 'slack';
  teamId: string;
  channel: string;
  /** The person who asked (Slack user id). */
  user: string;
  /** Thread to answer in. Absent (a slash command carries no message): a root message is posted first and answered under. */
  threadTs?: string | undefined;
  /** Slack's response_url: 5 uses, 30 minutes; the way to tell the asker something privately. */
  responseUrl?: string | undefined;
};

/** Content that lives in Slack and is fetched by a job with the bot's token. */
export type SlackOrigin =
  | { kind: 'message'; teamId: string; channel: string; ts: string; user: string; threadTs?: string | undefined }
  | { kind: 'thread'; teamId: string; channel: string; ts: string; user: string }
  | {
      kind: 'history';
      teamId: string;
      channel: string;
      user: string;
      lastMessages?: number | undefined;
      sinceSeconds?: number | undefined;
      before?: string | undefined;
    }
  | { kind: 'files'; teamId: string; channel: string; user: string; fileIds: string[]; text?: string | undefined };

/** What a fetch from chat yields: named parts, each a stream of raw bytes (may be gzip or zstd). */
export type ChatPart = { name: string; bytes: AsyncIterable<Uint8Array> };

/**
 * The one driver that talks to Slack. Throws AppError: CHAT_RATE_LIMITED (with retryAfterMs), CHAT_UNAVAILABLE (try again; `effect` says
 * what is known of the call), CHAT_TOKEN_REFUSED (an admin must act, and then it works again), CHAT_DENIED (not in the channel, missing
 * scope, gone: the sentence says how to mend it), TOO_LARGE; `fetch` also BAD_INPUT (empty, or a picture, PDF, archive: not a log).
 */
export type Chat = {
  readonly name: string;
  /**
   * Posts one message. `deliveryId` travels in the message's metadata. `leaving` is awaited just before each request that writes goes out;
   * what it throws keeps it back. For a person's id as the channel, the direct messages with that person; `channel` is where it landed.
   */
  post(message: {
    deliveryId: string;
    channel: string;
    threadTs?: string | undefined;
    report: Report;
    leaving(): Promise<void>;
  }): Promise<Posted>;
  /**
   * The message that carries a delivery's id where it would have been posted, if there is one: an earlier try's, whose outcome is unknown.
   * It was not posted before `since`, nor after `until` where that is known.
   */
  find(sought: {
    deliveryId: string;
    channel: string;
    threadTs?: string | undefined;
    since: Date;
    until?: Date | undefined;
  }): Promise<Posted | null>;
  update(message: { deliveryId: string; channel: string; ts: string; report: Report; leaving(): Promise<void> }): Promise<void>;
  /** Takes a message of ours back; one that is gone already is gone. */
  remove(message: { channel: string; ts: string }): Promise<void>;
  /** One sentence only `user` can see: response_url first, then ephemeral, then a direct message. */
  whisper(to: ReplyTo, sentence: string): Promise<void>;
  /**
   * Reads what an origin names; `title` is what people would call it, `threadTs` the thread a message is a reply in, `leftOut` a sentence for
   * whoever asked about what is not among the parts.
   */
  fetch(
    origin: SlackOrigin,
  ): Promise<{ title: string; parts: AsyncIterable<ChatPart>; threadTs?: string | undefined; leftOut?: string | undefined }>;
};

/** What is said in Slack, for whoever reads a conversation and not a log. Throws AppError CHAT_* as `Chat` does. */
export type Conversations = {
  /** A message with all of its thread, for `user`, who must be able to open it. What is no text is left out, and so are our own messages. */
  read(place: { teamId: string; channel: string; ts: string; threadTs?: string | undefined; user: string }): Promise<Said>;
  /** Whether every full member of the workspace may read that channel. */
  isOpen(channel: string): Promise<boolean>;
  /** The address of a message, for people; null when Slack has not said where this workspace is. */
  linkTo(message: { channel: string; ts: string }): Promise<string | null>;
};

/** Who is who in Slack. */
export type Colleagues = {
  /** False for bots, people of other organisations and whom Slack does not know or show; true also when it gives no answer in time. */
  isColleague(user: string, teamId: string): Promise<boolean>;
};

/** A thread as it is now, oldest first; `text` is what a message says, its attachments and readable files included. */
export type Said = {
  /** Its first message. */
  threadTs: string;
  messages: { ts: string; text: string }[];
  /** Where forwarded messages in it come from. */
  quotedChannels: string[];
  /** Files whose text is not in it, with their message's `ts`: pictures and the like, what may not be opened, and what is too many. */
  unreadFiles: { ts: string; name: string }[];
};

/** `channel` is there when it is another than was asked for; `astray` when it stands in the channel, as the message it was to answer under is gone. */
export type Posted = { ts: string; channel?: string; astray?: true };

/** Bytes as the row that speaks of them holds them: themselves, or (then `data` is empty) the key they lie under. */
export type StoredBytes = { data: Buffer; blobKey: string | null };

/**
 * Where bytes lie that are many and never searched: the text of logs. They are kept before the row that speaks of them is written, so that a row
 * never speaks of what is not there; what is kept and then not spoken of is swept. Throws AppError: STORE_UNAVAILABLE (try again), `get` also
 * NOT_FOUND (gone for good).
 */
export type BlobStore = {
  readonly name: 'postgres' | 's3';
  /** `key` must never have been used before. What it gives back goes into the row. */
  put(key: string, bytes: Buffer): Promise<StoredBytes>;
  get(stored: StoredBytes): Promise<Buffer>;
  /** Keys that are not there are fine. */
  delete(keys: readonly string[]): Promise<void>;
  /** What lies outside of rows, in the order of its keys, a page at a time; `next` is null on the last. */
  list(after: string | null): Promise<{ blobs: { key: string; storedAt: Date }[]; next: string | null }>;
  /** Throws when it cannot be used as the settings say. Changes nothing. */
  check(): Promise<void>;
};

export type Clock = { now(): Date };

/** Structured log; never message text, never tokens. */
export type Log = {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
  child(fields: Record<string, unknown>): Log;
};
