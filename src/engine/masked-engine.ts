import { createHash } from 'node:crypto';
import { AppError, isAppError } from '#src/core/errors.ts';
import type { Engine, EngineTask, Receipt } from '#src/core/ports.ts';
import type { ExtraPattern } from '#src/core/sensitive/find-sensitive.ts';
import { createTokenBudget } from './budget.ts';
import { createMasker, type Masker } from './masking.ts';
import { type JsonSchema, toOutputSchema } from './output-schema.ts';
import { costOf, type PriceTable } from './prices.ts';
import type { Spending, Spent } from './spending.ts';

/**
 * What may leave. Only this file can make one: the brand is a class with a private field and the class is not exported, so a
 * transport has no way to be handed anything that was not masked.
 */
export type MaskedRequest = InstanceType<typeof Masked>;
export type MaskedTexts = InstanceType<typeof MaskedTextList>;

/** The inside of a remote engine: sends masked bytes, answers with parsed JSON and the exact body it sent. Throws AppError. */
export type RemoteTransport = {
  readonly name: string;
  readonly model: string;
  /** `leaving` is told the exact body just before it goes out, so that it is on record whatever happens next. */
  send(request: MaskedRequest, options: SendOptions): Promise<RemoteAnswer>;
  /** Where vectors come from, if anywhere. */
  readonly embedding?: { readonly model: string; send(request: MaskedTexts, options: SendOptions): Promise<RemoteVectors> } | undefined;
};

export type SendOptions = { signal?: AbortSignal | undefined; leaving(body: string): void };
export type RemoteVectors = { vectors: Float32Array[]; tokensIn: number | null };

/** Tokens are null when the server did not say; `text` is the answer as received, to count them. */
export type RemoteAnswer = { value: unknown; text: string; tokensIn: number | null; tokensOut: number | null };

export type MaskingOptions = {
  prices: PriceTable;
  /** Most tokens of instructions and prompt together. */
  maxPromptTokens: number;
  extraPatterns?: readonly ExtraPattern[] | undefined;
  /** Most tokens of an answer; what a call may cost at most is reckoned with it. */
  maxOutputTokens?: number | undefined;
  /** Where every call is paid from, if anybody counts. */
  spending?: Spending | undefined;
};

/**
 * The one choke point in front of every engine that is not ours (law 4). Instructions, prompt and output schema (its enums come from
 * the database) go out masked; the answer is unmasked, then checked against the task's schema. An answer that does not fit
 * is ENGINE_BAD_ANSWER. What a call may cost at most is set aside before it leaves, or it does not leave.
 */
export const withMasking = (transport: RemoteTransport, options: MaskingOptions): Engine => ({
  name: transport.name,
  model: transport.model,
  local: false,
  async run(task, input, { signal, workspaceId } = {}) {
    const masker = createMasker({ extraPatterns: options.extraPatterns });
    const { request, countTokens } = await prepare(task, input, masker, options.maxPromptTokens);
    const call = startCall(transport, transport.model, task, options.prices, () => masker.counts());
    let answered: RemoteAnswer | undefined;
    const tokens = (): [number, number] =>
      answered ? [answered.tokensIn ?? countTokens(call.sent()), answered.tokensOut ?? countTokens(answered.text)] : [0, 0];
    const payment = await pay(options, transport.model, workspaceId, [countRequest(request, countTokens), options.maxOutputTokens ?? 0]);
    try {
      answered = await transport.send(request, { signal, leaving: call.leaving });
      return { output: check(task, masker.unmask(answered.value)), receipt: call.receipt(...tokens()) };
    } catch (error) {
      // What left has left, and what was answered is paid for, also when it is of no use.
      throw call.sent() === '' || !isAppError(error) ? error : withReceipt(error, call.receipt(...tokens()));
    } finally {
      // Nobody says what an answer that never came cost; the question was read, perhaps.
      await payment?.settle(answered ? tokens() : [countTokens(call.sent()), 0]);
    }
  },
  ...embeddingOf(transport, options),
});

/** Tokens of what `run` would send, masked as it would be. */
export const tokensOfCall = async <Input, Output>(
  task: EngineTask<Input, Output>,
  input: Input,
  maxPromptTokens: number,
): Promise<number> => {
  const { request, countTokens } = await prepare(task, input, createMasker({}), maxPromptTokens);
  return countRequest(request, countTokens);
};

/** Nothing where nobody counts. Throws ENGINE_BUDGET when it is more than is left. */
const pay = async (
  { spending, prices }: MaskingOptions,
  model: string,
  workspaceId: string | undefined,
  most: [tokensIn: number, tokensOut: number],
): Promise<{ settle(tokens: [number, number]): Promise<void> } | undefined> => {
  if (!spending) return undefined;
  if (!workspaceId) throw new Error('A call that is paid from a budget needs to say whose it is.');
  const toSpent = ([tokensIn, tokensOut]: [number, number]): Spent => ({
    tokens: tokensIn + tokensOut,
    usd: costOf(prices, model, tokensIn, tokensOut) ?? 0,
  });
  const reserved = await spending.reserve(workspaceId, toSpent(most));
  if (!reserved) throw new AppError('ENGINE_BUDGET', `Today's budget for ${model} is used up; it begins anew at 00:00 UTC.`);
  return { settle: (tokens) => reserved.settle(toSpent(tokens)) };
};

// The schema goes along as JSON, and a few words frame it all.
const FRAME_TOKENS = 200;
const countRequest = ({ instructions, prompt, schema }: MaskedRequest, countTokens: (text: string) => number): number =>
  countTokens(instructions) + countTokens(prompt) + countTokens(JSON.stringify(schema)) + FRAME_TOKENS;

const embeddingOf = ({ name, embedding }: RemoteTransport, options: MaskingOptions): Pick<Engine, 'embed' | 'embeddingModel'> => {
  if (!embedding) return {};
  const { prices, extraPatterns } = options;
  return {
    embeddingModel: embedding.model,
    async embed(texts, { signal, workspaceId } = {}) {
      const request = new MaskedTextList(texts, extraPatterns);
      const { countTokens } = await createTokenBudget(0);
      const call = startCall({ name }, embedding.model, { name: 'embed', version: '1' }, prices, () => request.counts);
      const ownCount = (): number => request.texts.reduce((sum, text) => sum + countTokens(text), 0);
      const payment = await pay(options, embedding.model, workspaceId, [ownCount(), 0]);
      try {
        const { vectors, tokensIn } = await embedding.send(request, { signal, leaving: call.leaving });
        return { vectors, receipt: call.receipt(tokensIn ?? ownCount(), 0) };
      } catch (error) {
        throw call.sent() === '' || !isAppError(error) ? error : withReceipt(error, call.receipt(0, 0));
      } finally {
        await payment?.settle([call.sent() === '' ? 0 : ownCount(), 0]);
      }
    },
  };
};

const startCall = (
  { name }: Pick<RemoteTransport, 'name'>,
  model: string,
  task: { name: string; version: string },
  prices: PriceTable,
  maskedCounts: () => Record<string, number>,
) => {
  const started = performance.now();
  let sent = '';
  return {
    leaving(body: string): void {
      sent = body;
    },
    sent: () => sent,
    receipt: (tokensIn: number, tokensOut: number): Receipt => ({
      engine: name,
      model,
      task: task.name,
      promptVersion: task.version,
      tokensIn,
      tokensOut,
      costUsd: costOf(prices, model, tokensIn, tokensOut),
      durationMs: Math.round(performance.now() - started),
      maskedCounts: maskedCounts(),
      sentHash: createHash('sha256').update(sent).digest('hex'),
      sentBytes: Buffer.byteLength(sent),
    }),
  };
};

const withReceipt = (error: AppError, receipt: Receipt): AppError =>
  new AppError(error.code, error.message, { ...error, cause: error.cause, receipt });

/** Texts that are read for themselves: in each, placeholders are counted from one, so that the same words mean the same wherever they stand. */
class MaskedTextList {
  readonly #masked = true;
  readonly texts: readonly string[];
  readonly counts: Record<string, number> = {};

  constructor(texts: readonly string[], extraPatterns: MaskingOptions['extraPatterns']) {
    this.texts = texts.map((text) => {
      const masked = createMasker({ extraPatterns }).mask(text);
      for (const [kind, count] of Object.entries(masked.counts)) this.counts[kind] = (this.counts[kind] ?? 0) + count;
      return masked.text;
    });
  }

  isMasked(): boolean {
    return this.#masked;
  }
}

class Masked {
  // Never read: it makes the type nominal.
  readonly #masked = true;
  readonly taskName: string;
  readonly instructions: string;
  readonly prompt: string;
  readonly schema: JsonSchema;

  constructor(masker: Masker, parts: { taskName: string; instructions: string; prompt: string; schema: JsonSchema }) {
    this.taskName = parts.taskName.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 64);
    this.instructions = masker.mask(parts.instructions).text;
    this.prompt = masker.mask(parts.prompt).text;
    this.schema = maskStrings(parts.schema, masker);
  }

  isMasked(): boolean {
    return this.#masked;
  }
}

const prepare = async <Input, Output>(task: EngineTask<Input, Output>, input: Input, masker: Masker, maxPromptTokens: number) => {
  const { countTokens } = await createTokenBudget(maxPromptTokens);
  const instructions = `${task.instructions}\n\n${aboutPlaceholders}`;
  const budget = { maxTokens: Math.max(0, maxPromptTokens - countTokens(instructions)), countTokens };
  const schema = await toOutputSchema(task.name, task.schema);
  return { request: new Masked(masker, { taskName: task.name, instructions, prompt: task.prompt(input, budget), schema }), countTokens };
};

// Not part of a task's version on purpose: it is the same for all and says nothing about the task.
const aboutPlaceholders =
  'Personal data and secrets were replaced by placeholders in capital letters such as <EMAIL_1>, <IP_2> or <TOKEN_1>; the same value always has the same placeholder. Copy a placeholder exactly when you need it; never invent one.';

const check = <Input, Output>(task: EngineTask<Input, Output>, value: unknown): Output => {
  const checked = task.schema.safeParse(value);
  if (checked.success) return checked.data;
  // Issue messages can repeat the model's words; the paths are the schema's own.
  const where = checked.error.issues.slice(0, 3).map((issue) => issue.path.map(String).join('.') || '(root)');
  throw new AppError('ENGINE_BAD_ANSWER', 'The model answered in a shape we cannot use. Another try may help.', {
    cause: new Error(`answer to ${task.name} breaks its schema at ${where.join(', ')}`),
  });
};

const maskStrings = (schema: JsonSchema, masker: Masker): JsonSchema => {
  const visit = (part: unknown): unknown => {
    if (typeof part === 'string') return masker.mask(part).text;
    if (Array.isArray(part)) return part.map(visit);
    if (part !== null && typeof part === 'object')
      return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, visit(inner)]));
    return part;
  };
  return visit(schema) as JsonSchema;
};
