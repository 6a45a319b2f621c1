import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { AppError } from '#src/core/errors.ts';
import { createBuiltinEngine } from '#src/engine/builtin.ts';
import { createOpenAiEngine, type OpenAiOptions } from '#src/engine/openai.ts';
import { type OpenAiStandIn, startOpenAi } from '#tests/support/openai.ts';

let openai: OpenAiStandIn;
beforeAll(async () => {
  openai = await startOpenAi();
});
afterEach(() => openai.mock.reset());
afterAll(() => openai.stop());

const engine = (options: Partial<OpenAiOptions> = {}) =>
  createOpenAiEngine({
    apiKey: openai.apiKey,
    baseUrl: openai.baseUrl,
    model: 'gpt-5-mini',
    embeddingModel: 'text-embedding-3-small',
    timeoutMs: 5000,
    ...options,
  });
const embed = (texts: string[], options: Partial<OpenAiOptions> = {}) => engine(options).embed?.(texts) ?? expect.fail('no embeddings');
const failure = (texts: string[], options: Partial<OpenAiOptions> = {}): Promise<AppError> =>
  embed(texts, options).then(
    () => expect.fail('it should have failed'),
    (error: unknown) => (error instanceof AppError ? error : expect.fail(`not an AppError: ${String(error)}`)),
  );
/** What a compatible server answers, whatever is asked. */
const answering = (body: unknown) => ({ fetch: (async () => Response.json(body)) as typeof fetch });
const list = (...embeddings: unknown[]) => ({
  object: 'list',
  model: 'x',
  data: embeddings.map((embedding, index) => ({ object: 'embedding', index, embedding })),
});

test('each text has a vector, in order, with a receipt of tokens and cost', async () => {
  openai.mock.onEmbedding(/printer/, { embedding: [0.6, 0.8, 0] });
  const { vectors, receipt } = await embed(['the printer on floor 3 is jammed', 'paper stuck in the machine']);
  expect(vectors).toEqual([Float32Array.of(0.6, 0.8, 0), Float32Array.of(0.6, 0.8, 0)]);
  expect(receipt).toMatchObject({ engine: 'openai', model: 'text-embedding-3-small', task: 'embed', tokensOut: 0, maskedCounts: {} });
  expect(receipt.tokensIn).toBeGreaterThan(8);
  expect(receipt.costUsd).toBeCloseTo((receipt.tokensIn * 0.02) / 1_000_000, 12);
  expect(receipt.sentHash).toMatch(/^[0-9a-f]{64}$/);
  expect(openai.requests()).toHaveLength(1);
  expect(openai.requests()[0]?.path).toBe('/v1/embeddings');
});

test('vectors are put in the order of the texts, whatever order they come in', async () => {
  const [first, second] = list([1, 0], [0, 1]).data;
  const { vectors } = await embed(['a', 'b'], answering({ object: 'list', data: [second, first], usage: { prompt_tokens: 7 } }));
  expect(vectors).toEqual([Float32Array.of(1, 0), Float32Array.of(0, 1)]);
});

test('no secret and no personal datum crosses the wire, and the same words are masked alike in every text (law 4)', async () => {
  openai.mock.onEmbedding(/./, { embedding: [1, 0] });
  const token = `gh${'p_'}${'a1B2c3'.repeat(6)}`;
  const { receipt } = await embed(['mail from ana@acme.io', `mail from bob@acme.io, password=hunter2 and ${token}`]);
  for (const leak of ['acme.io', 'hunter2', token]) expect(openai.wire()).not.toContain(leak);
  expect(openai.wire().match(/mail from <EMAIL_1>/g)).toHaveLength(2);
  expect(receipt.maskedCounts).toMatchObject({ email: 2, 'github token': 1 });
});

test('a small size is asked for where the model can be asked', async () => {
  const bodies: Record<string, unknown>[] = [];
  const recording = {
    fetch: (async (_, init) => {
      bodies.push(JSON.parse(String(init?.body)));
      return Response.json(list([1, 0]));
    }) as typeof fetch,
  };
  await embed(['a'], recording);
  await embed(['a'], { ...recording, embeddingModel: 'bge-m3' });
  expect(bodies.map(({ model, dimensions }) => [model, dimensions])).toEqual([
    ['text-embedding-3-small', 512],
    ['bge-m3', undefined],
  ]);
});

test('failures have the codes of every engine call, and what left is on the receipt', async () => {
  openai.mock.nextRequestError(429, { message: 'slow down', type: 'rate_limit_error' });
  const limited = await failure(['busy']);
  expect(limited).toMatchObject({ code: 'ENGINE_RATE_LIMITED', receipt: { task: 'embed', tokensIn: 0 } });
  openai.mock.nextRequestError(404, { message: 'no such model', type: 'invalid_request_error' });
  expect(await failure(['gone'])).toMatchObject({ code: 'ENGINE_DENIED', message: expect.stringContaining('EMBEDDING_MODEL') });
  openai.mock.nextRequestError(500, { message: 'boom', type: 'server_error' });
  expect(await failure(['boom'])).toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
});

test.each([
  ['too few', list([1, 0])],
  ['of different sizes', list([1, 0], [1, 0, 0])],
  ['empty', list([], [])],
  ['not numbers', list([1, 'x'], [0, 1])],
  ['no list', { hello: 'world' }],
])('vectors that are %s are no answer', async (_, body) => {
  expect(await failure(['a', 'b'], answering(body))).toMatchObject({ code: 'ENGINE_BAD_ANSWER' });
});

test('without an embedding model, and in the built-in engine, there are no embeddings', () => {
  expect(engine({ embeddingModel: undefined }).embed).toBeUndefined();
  expect(createBuiltinEngine().embed).toBeUndefined();
});
