import { Ticket } from '#db/entities/ticket.ts';
import type { Db } from '#db/orm.ts';
import { type ThresholdPoint, thresholdCurve } from './classify/index.ts';

export type ConfusionCell = { predictedId: string; actualId: string; count: number };
export type CategoryAccuracy = { categoryId: string; tickets: number; precision: number | null; recall: number | null };
export type TriageReport = { decided: number; curve: ThresholdPoint[]; confusion: ConfusionCell[]; perCategory: CategoryAccuracy[] };

const MOST = 20_000;

/** How predictions compare with what people decided, on this workspace's own tickets: what each threshold would have meant. */
export const createTriageReport = async (db: Db, { since }: { since?: Date } = {}): Promise<TriageReport> => {
  const rows = await db.find(
    Ticket,
    { categoryBy: 'PERSON', state: { $ne: 'NOT_A_TICKET' }, ...(since ? { createdAt: { $gte: since } } : {}) },
    { fields: ['categoryId', 'prediction'], orderBy: { id: 'desc' }, limit: MOST, disableIdentityMap: true },
  );
  const judged = rows.flatMap(({ categoryId, prediction }) => {
    // Only what was foretold before a person decided can be right or wrong.
    const guess = prediction && !prediction.late && (prediction.categoryId ?? prediction.alternatives[0]?.categoryId);
    if (!guess || !categoryId) return [];
    // Where two judges differ a human decides, whatever the threshold.
    return [{ actual: categoryId, guess, confidence: prediction.disputed ? -1 : prediction.probability, right: categoryId === guess }];
  });
  return {
    decided: judged.length,
    curve: thresholdCurve(judged),
    confusion: countPairs(judged),
    perCategory: [...new Set(judged.flatMap(({ actual, guess }) => [actual, guess]))].map((categoryId) => accuracyOf(categoryId, judged)),
  };
};

type Judged = { actual: string; guess: string };

const accuracyOf = (categoryId: string, judged: readonly Judged[]): CategoryAccuracy => {
  const actual = judged.filter((row) => row.actual === categoryId);
  const guessed = judged.filter((row) => row.guess === categoryId);
  const right = actual.filter((row) => row.guess === categoryId).length;
  return {
    categoryId,
    tickets: actual.length,
    precision: guessed.length ? right / guessed.length : null,
    recall: actual.length ? right / actual.length : null,
  };
};

const countPairs = (judged: readonly Judged[]): ConfusionCell[] => {
  const cells = new Map<string, ConfusionCell>();
  for (const { actual, guess } of judged) {
    const cell = cells.get(`${guess} ${actual}`) ?? { predictedId: guess, actualId: actual, count: 0 };
    cell.count++;
    cells.set(`${guess} ${actual}`, cell);
  }
  return [...cells.values()].sort((a, b) => b.count - a.count);
};
