/** USD per million tokens. */
export type PriceTable = Record<string, { inputPerMillion: number; outputPerMillion: number }>;

/**
 * Standard prices as last looked up in November 2026: OpenAI's list of spring 2026, as quoted by several public price guides (the page
 * itself was out of reach). Discounts for cached input are ignored, so a receipt says too much rather than too little.
 * OPENAI_PRICES adds to this table and wins over it.
 */
export const defaultPrices: PriceTable = {
  'gpt-5.5': { inputPerMillion: 5, outputPerMillion: 30 },
  'gpt-5.4': { inputPerMillion: 2.5, outputPerMillion: 15 },
  'gpt-5.4-mini': { inputPerMillion: 0.75, outputPerMillion: 4.5 },
  'gpt-5.4-nano': { inputPerMillion: 0.2, outputPerMillion: 1.25 },
  'gpt-5.2': { inputPerMillion: 1.75, outputPerMillion: 14 },
  'gpt-5.1': { inputPerMillion: 1.25, outputPerMillion: 10 },
  'gpt-5': { inputPerMillion: 1.25, outputPerMillion: 10 },
  'gpt-5-mini': { inputPerMillion: 0.25, outputPerMillion: 2 },
  'gpt-5-nano': { inputPerMillion: 0.05, outputPerMillion: 0.4 },
  'gpt-4.1': { inputPerMillion: 2, outputPerMillion: 8 },
  'gpt-4.1-mini': { inputPerMillion: 0.4, outputPerMillion: 1.6 },
  'gpt-4.1-nano': { inputPerMillion: 0.1, outputPerMillion: 0.4 },
  'gpt-4o': { inputPerMillion: 2.5, outputPerMillion: 10 },
  'gpt-4o-mini': { inputPerMillion: 0.15, outputPerMillion: 0.6 },
  o3: { inputPerMillion: 2, outputPerMillion: 8 },
  'o4-mini': { inputPerMillion: 1.1, outputPerMillion: 4.4 },
  'text-embedding-3-small': { inputPerMillion: 0.02, outputPerMillion: 0 },
  'text-embedding-3-large': { inputPerMillion: 0.13, outputPerMillion: 0 },
  'text-embedding-ada-002': { inputPerMillion: 0.1, outputPerMillion: 0 },
};

/** Null when the table does not know the model. A dated snapshot ('gpt-5-mini-2025-08-07') costs what its name costs. */
export const costOf = (prices: PriceTable, model: string, tokensIn: number, tokensOut: number): number | null => {
  const price = ownPrice(prices, model) ?? ownPrice(prices, model.replace(/-\d{4}-\d{2}-\d{2}$/, ''));
  return price ? (tokensIn * price.inputPerMillion + tokensOut * price.outputPerMillion) / 1_000_000 : null;
};

const ownPrice = (prices: PriceTable, model: string) => (Object.hasOwn(prices, model) ? prices[model] : undefined);
