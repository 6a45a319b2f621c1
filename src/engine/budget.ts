import type { TokenBudget } from '#src/core/ports.ts';

/**
 * A budget that counts as OpenAI's models do (o200k_base). The vocabulary takes 0.1 s and 2 MB to load, so it is loaded on first use:
 * a process that only ever runs the built-in engine never pays for it. Other models count within a few percent of this.
 */
export const createTokenBudget = async (maxTokens: number): Promise<TokenBudget> => {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
  // A log may contain '<|endoftext|>': it is text like any other, not an instruction to the tokenizer.
  const asText = { allowedSpecial: new Set<string>(), disallowedSpecial: new Set<string>() };
  return { maxTokens, countTokens: (text) => pieces(text).reduce((sum, piece) => sum + countTokens(piece, asText), 0) };
};

const PIECE = 4096;

// Merging is quadratic in the length of one unbroken word; cutting costs at most one token a cut.
const pieces = (text: string): string[] => {
  const cut: string[] = [];
  for (let at = 0; at < text.length; at += PIECE) cut.push(text.slice(at, at + PIECE));
  return cut;
};
