import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '#src/core/errors.ts';
import type { EngineTask } from '#src/core/ports.ts';
import { createOpenAiEngine, type OpenAiOptions } from '#src/engine/openai.ts';
import { type OpenAiStandIn, startOpenAi } from '#tests/support/openai.ts';

type Answer = { title: string; priority: 'low' | 'high'; owner: string | null };

const task: EngineTask<string, Answer> = {
  name: 'test task',
  version: '1',
  instructions: 'Answer about the text.',
  prompt: (text) => text,
  schema: z.object({ title: z.string().min(1).max(200), priority: z.enum(['low', 'high']), owner: z.string().nullable() }),
  offline: () => ({ title: 'offline', priority: 'low', owner: null }),
};
const good: Answer = { title: 'Build broken', priority: 'high', owner: null };

describe.each(['responses', 'chat'] as const)('the OpenAI engine over %s', (api) => {
  let openai: OpenAiStandIn;
  beforeAll(async () => {
    openai = await startOpenAi();
  });
  afterEach(() => openai.mock.reset());
  afterAll(() => openai.stop());

  const engine = (options: Partial<OpenAiOptions> = {}) =>
    createOpenAiEngine({ apiKey: openai.apiKey, baseUrl: openai.baseUrl, model: 'gpt-5-mini', api, timeoutMs: 5000, ...options });
  const failure = (prompt: string, options?: Partial<OpenAiOptions>): Promise<AppError> =>
    engine(options)
      .run(task, prompt)
      .then(
        () => expect.fail('it should have failed'),
        (error: unknown) => (error instanceof AppError ? error : expect.fail(`not an AppError: ${String(error)}`)),
      );

  test('returns the checked answer with a receipt', async () => {
    openai.answer('the build is broken', good, { input: 1000, output: 500 });
    const { output, receipt } = await engine().run(task, 'the build is broken');
    expect(output).toEqual(good);
    expect(receipt).toMatchObject({
      engine: 'openai',
      model: 'gpt-5-mini',
      task: 'test task',
      promptVersion: '1',
      tokensIn: 1000,
      tokensOut: 500,
      maskedCounts: {},
    });
    expect(receipt.costUsd).toBeCloseTo((1000 * 0.25 + 500 * 2) / 1_000_000, 10);
    expect(openai.requests()[0]?.path).toBe(api === 'chat' ? '/v1/chat/completions' : '/v1/responses');
  });

  test('no secret and no personal datum crosses the wire, and the answer gets its values back', async () => {
    const token = `gh${'p_'}${'a1B2c3'.repeat(6)}`;
    const secretTask = {
      ...task,
      instructions: `Owner is boss@acme.io. ${task.instructions}`,
      schema: z.object({ title: z.string(), priority: z.enum(['low', 'high']), owner: z.enum(['team@acme.io', 'nobody']).nullable() }),
    };
    let sent = '';
    const recordingFetch: typeof fetch = (url, init) => {
      sent = String(init?.body);
      return fetch(url, init);
    };
    openai.answer(/login of/, {
      title: 'Login of <EMAIL_2> from <IP_1> with <GITHUB_TOKEN_1> by <EMAIL_9>',
      priority: 'high',
      owner: '<EMAIL_3>',
    });
    const { output, receipt } = await engine({ fetch: recordingFetch }).run(
      secretTask,
      `login of ana@acme.io from 203.0.113.9 with ${token} password=hunter2`,
    );
    for (const leak of ['acme.io', '203.0.113.9', token, 'hunter2']) expect(openai.wire()).not.toContain(leak);
    expect(output).toEqual({
      title: 'Login of ana@acme.io from 203.0.113.9 with [masked: github token] by <EMAIL_9>',
      priority: 'high',
      owner: 'team@acme.io',
    });
    expect(receipt.maskedCounts).toEqual({ email: 3, ip: 1, 'github token': 1, secret: 1 });
    expect(receipt.sentHash).toBe(createHash('sha256').update(sent).digest('hex'));
    expect(receipt.sentBytes).toBe(Buffer.byteLength(sent));
  });

  test('counts tokens itself when the server does not, and prices no model it does not know', async () => {
    openai.answer('uncounted', good, { input: 0, output: 0 });
    const { receipt } = await engine({ model: 'local-llama' }).run(task, 'uncounted');
    expect(receipt.tokensIn).toBeGreaterThan(50);
    expect(receipt.tokensOut).toBeGreaterThan(5);
    expect(receipt.costUsd).toBeNull();
  });

  test('a rate limit says how long to wait', async () => {
    openai.mock.on(
      { userMessage: 'busy' },
      { error: { message: 'slow down', type: 'rate_limit_error', code: 'rate_limit_exceeded' }, status: 429, retryAfter: 7 },
    );
    expect(await failure('busy')).toMatchObject({ code: 'ENGINE_RATE_LIMITED', retryAfterMs: 7000 });
    expect(openai.requests()).toHaveLength(1);
  });

  test('an empty account is not worth another try', async () => {
    openai.mock.on(
      { userMessage: 'broke' },
      { error: { message: 'You exceeded your current quota', type: 'insufficient_quota', code: 'insufficient_quota' }, status: 429 },
    );
    expect(await failure('broke')).toMatchObject({ code: 'ENGINE_DENIED', message: expect.stringContaining('credit') });
  });

  test.each([500, 502, 503, 529])('status %i is worth another try', async (status) => {
    openai.mock.nextRequestError(status, { message: 'boom', type: 'server_error' });
    expect(await failure('anything')).toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
  });

  test('a bad key says which setting to mend, and is not repeated', async () => {
    const error = await failure('anything', { apiKey: 'sk-wrong-key-123' });
    expect(error).toMatchObject({ code: 'ENGINE_DENIED', message: expect.stringContaining('OPENAI_API_KEY') });
    expect(inFull(error)).not.toContain('sk-wrong');
  });

  test('a server that repeats key and prompt in its error does not get them into ours', async () => {
    openai.mock.nextRequestError(400, {
      message: `bad request with key ${openai.apiKey} for prompt: the secret plan`,
      type: 'invalid_request_error',
      code: 'bad the secret plan',
    });
    const error = await failure('the secret plan');
    expect(error.code).toBe('ENGINE_DENIED');
    expect(inFull(error)).not.toMatch(/sk-test|secret plan/);
  });

  test('a model that is not there says which setting to mend', async () => {
    openai.mock.nextRequestError(404, { message: 'no such model', type: 'invalid_request_error', code: 'model_not_found' });
    expect(await failure('anything')).toMatchObject({ code: 'ENGINE_DENIED', message: expect.stringContaining('OPENAI_MODEL') });
  });

  test('nonsense is a bad answer', async () => {
    openai.mock.on({ userMessage: 'nonsense' }, { content: 'certainly! here is your JSON:' });
    expect(await failure('nonsense')).toMatchObject({ code: 'ENGINE_BAD_ANSWER' });
  });

  test('an answer of another shape is a bad answer', async () => {
    openai.answer('shape', { title: 1, priority: 'urgent', owner: null });
    expect(await failure('shape')).toMatchObject({ code: 'ENGINE_BAD_ANSWER' });
  });

  test('an answer that was cut off is a bad answer', async () => {
    openai.mock.on({ userMessage: 'too long' }, { content: '{"title":"par', finishReason: 'length' });
    expect(await failure('too long')).toMatchObject({ code: 'ENGINE_BAD_ANSWER' });
  });

  test('silence ends at the timeout', async () => {
    openai.mock.on({ userMessage: 'slow' }, { content: JSON.stringify(good) }, { chaos: { latencyMs: 3000 } });
    expect(await failure('slow', { timeoutMs: 200 })).toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
      message: expect.stringContaining('0.2 s'),
    });
  });

  test('a connection cut by the server is worth another try', async () => {
    openai.mock.on({ userMessage: 'cut' }, { content: JSON.stringify(good) }, { chaos: { disconnectRate: 1 } });
    expect(await failure('cut')).toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
  });

  test('nobody listening is worth another try', async () => {
    expect(await failure('anything', { baseUrl: 'http://127.0.0.1:9/v1' })).toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
  });

  test('a cancelled call says so', async () => {
    openai.mock.on({ userMessage: 'slow' }, { content: JSON.stringify(good) }, { chaos: { latencyMs: 3000 } });
    const cancel = new AbortController();
    const running = engine().run(task, 'slow', { signal: cancel.signal });
    setTimeout(() => cancel.abort(), 50);
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  test('half an answer, a refusal, a web page and an empty object each get their code', async () => {
    const refusal =
      api === 'chat'
        ? {
            id: 'c',
            object: 'chat.completion',
            created: 1,
            model: 'm',
            choices: [
              {
                index: 0,
                finish_reason: 'stop',
                logprobs: null,
                message: { role: 'assistant', content: null, refusal: 'I cannot help with that.' },
              },
            ],
          }
        : {
            id: 'r',
            object: 'response',
            status: 'completed',
            output: [
              {
                type: 'message',
                id: 'm',
                role: 'assistant',
                status: 'completed',
                content: [{ type: 'refusal', refusal: 'I cannot help with that.' }],
              },
            ],
          };
    const cases: [Parameters<typeof serveOnce>[0], string][] = [
      [{ body: '{"id":"r","object":"resp', length: 5000 }, 'ENGINE_UNAVAILABLE'],
      [{ body: JSON.stringify(refusal) }, 'ENGINE_REFUSED'],
      [{ body: '<html>welcome</html>', type: 'text/html' }, 'ENGINE_BAD_ANSWER'],
      [{ body: '{"id":"r","obj' }, 'ENGINE_BAD_ANSWER'],
      [{ body: '{}' }, 'ENGINE_BAD_ANSWER'],
      [{ body: 'null' }, 'ENGINE_BAD_ANSWER'],
      [{ body: '{"half":', stall: true }, 'ENGINE_UNAVAILABLE'],
    ];
    for (const [reply, code] of cases) {
      await using server = await serveOnce(reply);
      expect(await failure('anything', { baseUrl: server.url, timeoutMs: 300 }), reply.body).toMatchObject({ code });
    }
  });
});

/** Everything an error could bring into a log. */
const inFull = (error: Error): string =>
  `${error.message} ${error.stack ?? ''} ${error.cause instanceof Error ? `${error.cause.message} ${error.cause.stack ?? ''}` : String(error.cause)}`;

/** Faults that aimock has no words for: a body shorter than it claims, one that never ends, answers of no known shape. */
const serveOnce = async (reply: { body: string; type?: string; length?: number; stall?: boolean }) => {
  const server: Server = createServer((_, response) => {
    response.writeHead(200, {
      'content-type': reply.type ?? 'application/json',
      ...(reply.length ? { 'content-length': reply.length } : {}),
    });
    response.write(reply.body);
    if (reply.length) setTimeout(() => response.destroy(), 20);
    else if (!reply.stall) response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
