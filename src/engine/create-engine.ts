import type { Config } from '#src/config.ts';
import type { Engine } from '#src/core/ports.ts';
import { createBuiltinEngine } from './builtin.ts';

/** The engine of the settings. The remote one is loaded only when it is used: it costs a noticeable part of the start. */
export const createEngine = async (config: Config): Promise<Engine> => {
  if (config.engine === 'builtin' || !config.OPENAI_API_KEY) return createBuiltinEngine();
  const { createOpenAiEngine } = await import('./openai.ts');
  return createOpenAiEngine({
    apiKey: config.OPENAI_API_KEY,
    baseUrl: config.OPENAI_BASE_URL,
    model: config.OPENAI_MODEL,
    embeddingModel: config.EMBEDDING_MODEL,
    api: config.OPENAI_API,
    timeoutMs: config.OPENAI_TIMEOUT_SECONDS * 1000,
    prices: config.OPENAI_PRICES,
    maxPromptTokens: config.SUMMARY_MAX_TOKENS,
  });
};
