import { Ticket } from '#db/entities/ticket.ts';
import type { Db } from '#db/orm.ts';

export type TriageReport = {
  decided: number;
  curve: { threshold: number; right: number; wrong: number; abstained: number }[];
  confusion: { predictedId: string; actualId: string; count: number }[];
  perCategory: { categoryId: string; tickets: number; precision: number | null; recall: number | null }[];
};

const MOST = 20_000;
const thresholds = Array.from({ length: 20 }, (_, step) => step / 20);

/** How predictions compare with what people decided, on this workspace's own tickets: what each threshold would have meant. */
export const createTriageReport = async (db: Db, { since }: { since?: Date } = {}): Promise<TriageReport> => {
  const rows = await db.find(
    Ticket,
    { categoryBy: 'PERSON', ...(since ? { createdAt: { $gte: since } } : {}) },
    { fields: ['categoryId', 'prediction'], orderBy: { id: 'desc' }, limit: MOST },
  );
  const judged = rows.flatMap(({ categoryId, prediction }) => {
    // Only what was foretold before a person decided can be right or wrong.
    const guess = prediction && !prediction.late && (prediction.categoryId ?? prediction.alternatives[0]?.categoryId);
    return guess && categoryId ? [{ actual: categoryId, guess, probability: prediction.probability }] : [];
  });
  const share = (count: number): number => (judged.length === 0 ? 0 : count / judged.length);
  return {
    decided: judged.length,
    curve: thresholds.map((threshold) => {
      const said = judged.filter(({ probability }) => probability >= threshold);
      const right = said.filter(({ actual, guess }) => actual === guess).length;
      return { threshold, right: share(right), wrong: share(said.length - right), abstained: share(judged.length - said.length) };
    }),
    confusion: countPairs(judged),
    perCategory: [...new Set(judged.flatMap(({ actual, guess }) => [actual, guess]))].map((categoryId) => {
      const actual = judged.filter((row) => row.actual === categoryId);
      const guessed = judged.filter((row) => row.guess === categoryId);
      const right = actual.filter((row) => row.guess === categoryId).length;
      return {
        categoryId,
        tickets: actual.length,
        precision: guessed.length ? right / guessed.length : null,
        recall: actual.length ? right / actual.length : null,
      };
    }),
  };
};

const countPairs = (judged: readonly { actual: string; guess: string }[]): TriageReport['confusion'] => {
  const cells = new Map<string, { predictedId: string; actualId: string; count: number }>();
  for (const { actual, guess } of judged) {
    const cell = cells.get(`${guess} ${actual}`) ?? { predictedId: guess, actualId: actual, count: 0 };
    cell.count++;
    cells.set(`${guess} ${actual}`, cell);
  }
  return [...cells.values()].sort((a, b) => b.count - a.count);
};
