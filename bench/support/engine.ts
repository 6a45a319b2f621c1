import { loadConfig } from '#src/config.ts';
import { isAppError } from '#src/core/errors.ts';
import type { Engine, Receipt } from '#src/core/ports.ts';
import { createEngine } from '#src/engine/create-engine.ts';

/** A remote engine to measure with, and what it has cost so far. */
export type MeasuredEngine = {
  engine: Engine;
  spent(): { tokens_in: number; tokens_out: number; cost_usd: number | null; failures: number };
};

const DEFAULT_EMBEDDING_MODEL = 'text-embedding-3-small';
const TOO_MANY = 3;

/** The engine of `--engine`, from the product's own settings; null for the built-in one. Throws a TypeError with a sentence. */
export const openEngine = async (name: string | undefined): Promise<MeasuredEngine | null> => {
  if (name === undefined || name === 'builtin') return null;
  if (name !== 'openai') throw new TypeError(`There is no engine called '${name}'. There is: builtin, openai.`);
  const config = inSentences(loadConfig);
  if (!config.OPENAI_API_KEY)
    throw new TypeError('Set OPENAI_API_KEY (and OPENAI_BASE_URL for a server of your own) to measure with --engine openai.');
  return counted(await createEngine({ ...config, engine: 'openai', EMBEDDING_MODEL: config.EMBEDDING_MODEL ?? DEFAULT_EMBEDDING_MODEL }));
};

const inSentences = <Result>(read: () => Result): Result => {
  try {
    return read();
  } catch (error) {
    throw isAppError(error) ? new TypeError(error.message) : error;
  }
};

/** The same engine; what it answers is paid for, and one that fails three times in a row ends the measurement. */
const counted = (engine: Engine): MeasuredEngine => {
  const spent = { tokens_in: 0, tokens_out: 0, cost_usd: 0 as number | null, failures: 0 };
  let inARow = 0;
  const counting = async <Answer extends { receipt: Receipt }>(asking: Promise<Answer>): Promise<Answer> => {
    try {
      const answer = await asking;
      add(answer.receipt);
      inARow = 0;
      return answer;
    } catch (error) {
      if (!isAppError(error)) throw error;
      if (error.receipt) add(error.receipt);
      spent.failures++;
      if (++inARow >= TOO_MANY) throw new TypeError(`The engine failed ${TOO_MANY} times in a row. ${error.message}`);
      throw error;
    }
  };
  const add = ({ tokensIn, tokensOut, costUsd }: Receipt): void => {
    spent.tokens_in += tokensIn;
    spent.tokens_out += tokensOut;
    spent.cost_usd = spent.cost_usd === null || costUsd === null ? null : spent.cost_usd + costUsd;
  };
  const { embed } = engine;
  return {
    engine: {
      ...engine,
      run: (task, input, options) => counting(engine.run(task, input, options)),
      ...(embed ? { embed: (texts, options) => counting(embed(texts, options)) } : {}),
    },
    spent: () => ({ ...spent, cost_usd: spent.cost_usd === null ? null : Number(spent.cost_usd.toFixed(6)) }),
  };
};

/** So many of them, spread evenly; all when no number is given. */
export const spread = <T>(items: readonly T[], count: number | undefined): T[] =>
  count === undefined || count >= items.length
    ? [...items]
    : Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)] as T);
