import type { TokenBudget } from '#src/core/ports.ts';

/** Where an estimate will do: about four characters of English a token, fewer for digits and symbols. Loads no vocabulary. */
export const estimatedBudget = (maxTokens: number): TokenBudget => ({ maxTokens, countTokens: (text) => Math.ceil(text.length / 3) });
