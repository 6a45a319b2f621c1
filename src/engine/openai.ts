import type OpenAI from 'openai';
import { AppError } from '#src/core/errors.ts';
import type { Engine } from '#src/core/ports.ts';
import {
  type MaskedRequest,
  type MaskedTexts,
  type MaskingOptions,
  type RemoteAnswer,
  type RemoteTransport,
  type RemoteVectors,
  type SendOptions,
  withMasking,
} from './masked-engine.ts';
import { toAppError } from './openai-errors.ts';
import { defaultPrices, type PriceTable } from './prices.ts';

export type OpenAiOptions = {
  apiKey: string;
  /** Any OpenAI-compatible server; OpenAI itself when absent. */
  baseUrl?: string | undefined;
  model: string;
  /** Model that makes vectors of texts; none are offered without it. */
  embeddingModel?: string | undefined;
  /** 'chat' for servers without the Responses API. Default 'responses'. */
  api?: 'responses' | 'chat' | undefined;
  /** For the whole call, body included. */
  timeoutMs: number;
  /** Added to the default table, and wins over it. */
  prices?: PriceTable | undefined;
  /** Default 12,000. */
  maxPromptTokens?: number | undefined;
  /** A ceiling on the bill of one call; reasoning counts. Default 16,000. */
  maxOutputTokens?: number | undefined;
  extraPatterns?: MaskingOptions['extraPatterns'];
  /** Where calls are paid from, if anybody counts. */
  spending?: MaskingOptions['spending'];
  fetch?: typeof globalThis.fetch | undefined;
};

/**
 * OpenAI or anything that speaks its API. The transport behind it is private to this file and takes masked requests only, so there is
 * no such engine without masking. One call is one request: retries belong to the queue.
 */
export const createOpenAiEngine = (options: OpenAiOptions): Engine =>
  withMasking(createTransport(options), {
    prices: { ...defaultPrices, ...options.prices },
    maxPromptTokens: options.maxPromptTokens ?? 12_000,
    extraPatterns: options.extraPatterns,
    maxOutputTokens: options.maxOutputTokens ?? MAX_OUTPUT_TOKENS,
    spending: options.spending,
  });

const MAX_OUTPUT_TOKENS = 16_000;

const createTransport = (options: OpenAiOptions): RemoteTransport => {
  const { embeddingModel } = options;
  const ask = options.api === 'chat' ? askChat : askResponses;
  return {
    name: 'openai',
    model: options.model,
    send: (request, how) => call(options, options.api ?? 'responses', how, (client, signal) => ask(client, request, options, signal)),
    ...(embeddingModel
      ? {
          embedding: {
            model: embeddingModel,
            send: (request, how) =>
              call(options, 'embeddings', how, (client, signal) => askEmbeddings(client, request, embeddingModel, signal)),
          },
        }
      : {}),
  };
};

const call = async <Answer>(
  options: OpenAiOptions,
  api: 'responses' | 'chat' | 'embeddings',
  { signal: cancelled, leaving }: SendOptions,
  ask: (client: OpenAI, signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> => {
  const { default: Client } = await import('openai');
  // The SDK's own timeout stops counting at the first byte of the answer; ours does not.
  const timedOut = AbortSignal.timeout(options.timeoutMs);
  const signal = cancelled ? AbortSignal.any([cancelled, timedOut]) : timedOut;
  // What the SDK would take from the environment (OPENAI_ORG_ID, …) is set here: settings come from our config alone.
  const client = new Client({
    apiKey: options.apiKey,
    baseURL: options.baseUrl ?? 'https://api.openai.com/v1',
    adminAPIKey: null,
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: options.timeoutMs,
    logLevel: 'off',
    fetch: recording(options.fetch ?? globalThis.fetch, leaving),
  });
  try {
    cancelled?.throwIfAborted();
    return await ask(client, signal);
  } catch (error) {
    throw toAppError(error, {
      api,
      cancelled: cancelled?.aborted ?? false,
      timedOut: timedOut.aborted,
      timeoutMs: options.timeoutMs,
    });
  }
};

// Only these take a size, and lose little by it (their makers' table: 512 of 1,536 numbers keep 61.6 of 62.3 points).
const SIZED = /^text-embedding-3-/;
const SIZE = 512;

const askEmbeddings = async (client: OpenAI, { texts }: MaskedTexts, model: string, signal: AbortSignal): Promise<RemoteVectors> => {
  const answer = await client.embeddings.create(
    { model, input: [...texts], encoding_format: 'float', ...(SIZED.test(model) ? { dimensions: SIZE } : {}) },
    { signal },
  );
  if (!Array.isArray(answer?.data) || answer.data.length !== texts.length) throw badAnswer('not a vector for each text');
  const vectors: Float32Array[] = [];
  for (const { index, embedding } of answer.data) if (Array.isArray(embedding)) vectors[index] = Float32Array.from(embedding);
  const size = vectors[0]?.length ?? 0;
  for (let i = 0; i < texts.length; i++)
    if (size === 0 || vectors[i]?.length !== size || !vectors[i]?.every(Number.isFinite))
      throw badAnswer('vectors of no or of different sizes');
  return { vectors, tokensIn: positive(answer.usage?.prompt_tokens) };
};

const askResponses = async (client: OpenAI, request: MaskedRequest, options: OpenAiOptions, signal: AbortSignal): Promise<RemoteAnswer> => {
  const response = await client.responses.create(
    {
      model: options.model,
      instructions: request.instructions,
      input: request.prompt,
      text: { format: { type: 'json_schema', name: request.taskName, strict: true, schema: request.schema } },
      max_output_tokens: options.maxOutputTokens ?? MAX_OUTPUT_TOKENS,
      // Kept for 30 days otherwise.
      store: false,
    },
    { signal },
  );
  if (response?.object !== 'response' || !Array.isArray(response.output)) throw badAnswer('not a response object');
  if (response.status === 'failed') throw failed(response.error?.code);
  const parts = response.output.flatMap((item) => (item.type === 'message' ? item.content : []));
  if (parts.some((part) => part.type === 'refusal') || response.incomplete_details?.reason === 'content_filter') throw refused();
  if (response.status === 'incomplete') throw cutOff();
  const text = parts.map((part) => (part.type === 'output_text' ? part.text : '')).join('');
  return {
    value: parseJson(text),
    text,
    tokensIn: positive(response.usage?.input_tokens),
    tokensOut: positive(response.usage?.output_tokens),
  };
};

const askChat = async (client: OpenAI, request: MaskedRequest, options: OpenAiOptions, signal: AbortSignal): Promise<RemoteAnswer> => {
  const completion = await client.chat.completions.create(
    {
      model: options.model,
      messages: [
        { role: 'system', content: request.instructions },
        { role: 'user', content: request.prompt },
      ],
      response_format: { type: 'json_schema', json_schema: { name: request.taskName, strict: true, schema: request.schema } },
      max_completion_tokens: options.maxOutputTokens ?? MAX_OUTPUT_TOKENS,
    },
    { signal },
  );
  const choice = completion?.choices?.[0];
  if (!choice?.message) throw badAnswer('no choice in the completion');
  if (choice.message.refusal || choice.finish_reason === 'content_filter') throw refused();
  if (choice.finish_reason === 'length') throw cutOff();
  const text = choice.message.content ?? '';
  return {
    value: parseJson(text),
    text,
    tokensIn: positive(completion.usage?.prompt_tokens),
    tokensOut: positive(completion.usage?.completion_tokens),
  };
};

/** Tells the body that really goes out: the receipt's hash is of these bytes and no others. */
const recording = (fetch: typeof globalThis.fetch, leaving: (body: string) => void): typeof globalThis.fetch =>
  (async (url, init) => {
    leaving(typeof init?.body === 'string' ? init.body : '');
    return fetch(url, init);
  }) satisfies typeof globalThis.fetch as typeof globalThis.fetch;

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw badAnswer(`not JSON (${text.length} characters)`);
  }
};

/** Some servers send 0 for "not counted". */
const positive = (tokens: number | undefined): number | null => (tokens && tokens > 0 ? tokens : null);

const badAnswer = (why: string): AppError =>
  new AppError('ENGINE_BAD_ANSWER', 'The model answered with something we cannot read. Another try may help.', { cause: new Error(why) });
const cutOff = (): AppError => new AppError('ENGINE_BAD_ANSWER', 'The model’s answer was cut off before its end. Another try may help.');
const refused = (): AppError =>
  new AppError('ENGINE_REFUSED', 'The model declined to answer about this content. The digest above is complete without it.');
const failed = (code: string | undefined): AppError =>
  code === 'rate_limit_exceeded'
    ? new AppError('ENGINE_RATE_LIMITED', 'The model is busy: its rate limit was reached.')
    : new AppError('ENGINE_UNAVAILABLE', 'The model could not finish its answer.', {
        cause: new Error(`response failed: ${String(code).slice(0, 60)}`),
      });
