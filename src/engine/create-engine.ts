import type { Config } from '#src/config.ts';
import { AppError } from '#src/core/errors.ts';
import type { Engine, Reckoner } from '#src/core/ports.ts';
import { createBuiltinEngine } from './builtin.ts';
import { costOf, defaultPrices } from './prices.ts';
import type { Spending } from './spending.ts';

/** The engine of the settings, or another `model` of it. The remote one is loaded only when it is used: it costs a noticeable part of the start. */
export const createEngine = async (config: Config, spending?: Spending | undefined, model = config.OPENAI_MODEL): Promise<Engine> => {
  if (config.engine === 'builtin' || !config.OPENAI_API_KEY) return createBuiltinEngine();
  checkPrices(config, model);
  const { createOpenAiEngine } = await import('./openai.ts');
  return createOpenAiEngine({
    apiKey: config.OPENAI_API_KEY,
    baseUrl: config.OPENAI_BASE_URL,
    model,
    embeddingModel: config.EMBEDDING_MODEL,
    api: config.OPENAI_API,
    timeoutMs: config.OPENAI_TIMEOUT_SECONDS * 1000,
    prices: config.OPENAI_PRICES,
    maxPromptTokens: config.SUMMARY_MAX_TOKENS,
    spending,
  });
};

/** Null where nothing is to be paid: the built-in engine. It reckons and calls nobody, so an API apart from its workers needs no key for it. */
export const createReckoner = (config: Config): Reckoner | null => {
  if (config.engine === 'builtin') return null;
  const prices = { ...defaultPrices, ...config.OPENAI_PRICES };
  return {
    model: config.OPENAI_MODEL,
    async tokensOf(task, input) {
      const { tokensOfCall } = await import('./masked-engine.ts');
      return tokensOfCall(task, input, config.SUMMARY_MAX_TOKENS);
    },
    costOf: (model, tokensIn, tokensOut) => costOf(prices, model, tokensIn, tokensOut),
  };
};

// A budget in money that counts a model as free would never be used up.
const checkPrices = ({ ENGINE_BUDGET_USD_PER_DAY, OPENAI_PRICES, EMBEDDING_MODEL }: Config, model: string): void => {
  if (ENGINE_BUDGET_USD_PER_DAY === undefined) return;
  for (const used of [model, EMBEDDING_MODEL])
    if (used && costOf({ ...defaultPrices, ...OPENAI_PRICES }, used, 1, 1) === null)
      throw new AppError(
        'CONFIG',
        `ENGINE_BUDGET_USD_PER_DAY is set, but nobody knows what ${used} costs: add it to OPENAI_PRICES, or set ENGINE_BUDGET_TOKENS_PER_DAY instead.`,
      );
};
