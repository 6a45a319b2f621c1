import { LLMock } from '@copilotkit/aimock';

export type OpenAiStandIn = {
  /** Give this as OPENAI_BASE_URL. */
  baseUrl: string;
  /** The only key it accepts. */
  apiKey: string;
  /** For whatever the shortcuts below do not cover (faults, latency). */
  mock: LLMock;
  /** Answers prompts that contain `prompt` with a JSON value, and says what it cost. */
  answer(prompt: string | RegExp, value: unknown, usage?: { input: number; output: number }): void;
  /** Everything that crossed the wire, headers and bodies, as one text: for "no secret left" checks. */
  wire(): string;
  requests(): { path: string; body: Record<string, unknown> }[];
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** A real HTTP server on loopback that speaks OpenAI's API (aimock). Unmatched prompts get an error, so no test passes by luck. */
export const startOpenAi = async (): Promise<OpenAiStandIn> => {
  const apiKey = 'sk-test';
  const mock = new LLMock({ port: 0, strict: true, logLevel: 'silent', auth: { apiKeys: [apiKey] } });
  await mock.start();
  const stop = () => mock.stop();
  return {
    baseUrl: `${mock.url}/v1`,
    apiKey,
    mock,
    answer: (prompt, value, usage = { input: 1200, output: 300 }) => {
      mock.on(
        { userMessage: prompt },
        {
          content: JSON.stringify(value),
          usage: {
            input_tokens: usage.input,
            output_tokens: usage.output,
            total_tokens: usage.input + usage.output,
            prompt_tokens: usage.input,
            completion_tokens: usage.output,
          },
        },
      );
    },
    wire: () => JSON.stringify(mock.getRequests().map(({ path, headers, body }) => ({ path, headers, body }))),
    requests: () => mock.getRequests().map(({ path, body }) => ({ path, body: (body ?? {}) as Record<string, unknown> })),
    stop,
    [Symbol.asyncDispose]: stop,
  };
};
