import type { Engine } from '#src/core/ports.ts';

export type Tally = {
  engine: Engine;
  sums(): { answers: number; tokensIn: number; tokensOut: number; costUsd: number | null };
  /** The last of too many failures in a row; null while the engine answers. */
  failing(): unknown;
};

const TOO_MANY = 3;

/** The same engine; what it answers is counted. The cost is null when the price of one answer is not known. */
export const createTally = (engine: Engine): Tally => {
  const sums = { answers: 0, tokensIn: 0, tokensOut: 0, costUsd: 0 as number | null };
  const failures: unknown[] = [];
  return {
    engine: {
      ...engine,
      async run(task, input, options) {
        try {
          const answer = await engine.run(task, input, options);
          const { tokensIn, tokensOut, costUsd } = answer.receipt;
          sums.answers++;
          sums.tokensIn += tokensIn;
          sums.tokensOut += tokensOut;
          sums.costUsd = sums.costUsd === null || costUsd === null ? null : sums.costUsd + costUsd;
          failures.length = 0;
          return answer;
        } catch (error) {
          failures.push(error);
          throw error;
        }
      },
    },
    sums: () => sums,
    failing: () => (failures.length >= TOO_MANY ? failures.at(-1) : null),
  };
};
