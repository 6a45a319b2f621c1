import { Ticket } from '#db/entities/ticket.ts';
import type { Db } from '#db/orm.ts';
import { type ThresholdPoint, thresholdCurve } from '#src/tickets/classify/index.ts';
import { guessOf, judged, saidPlace } from './judged.ts';

export type ConfusionCell = { predictedId: string; actualId: string; count: number };
export type CategoryAccuracy = { categoryId: string; tickets: number; precision: number | null; recall: number | null };
export type TriageReport = {
  decided: number;
  left: number;
  curve: ThresholdPoint[];
  confusion: ConfusionCell[];
  perCategory: CategoryAccuracy[];
};

const MOST = 20_000;

/** How predictions compare with where people put tickets, or left them, on this workspace's own: what each threshold would have meant. */
export const createTriageReport = async (db: Db, { since }: { since?: Date } = {}): Promise<TriageReport> => {
  const rows = await db.find(
    Ticket,
    { ...judged, ...(since ? { createdAt: { $gte: since } } : {}) },
    {
      fields: ['categoryId', 'categoryBy', 'touched', 'state', 'prediction'],
      orderBy: { id: 'desc' },
      limit: MOST,
      disableIdentityMap: true,
    },
  );
  const compared = rows.flatMap(({ prediction, ...ticket }) => {
    const actual = saidPlace(ticket);
    const guess = guessOf(prediction);
    if (!prediction || !guess) return [];
    // Where two judges differ a human decides, whatever the threshold.
    const confidence = prediction.disputed ? -1 : prediction.probability;
    return [{ actual, guess, confidence, right: actual === guess, left: actual !== null && ticket.categoryBy === 'MODEL' }];
  });
  return {
    decided: compared.length,
    left: compared.filter(({ left }) => left).length,
    curve: thresholdCurve(compared),
    confusion: countPairs(compared),
    perCategory: [...new Set(compared.flatMap(({ actual, guess }) => (actual ? [actual, guess] : [guess])))].map((id) =>
      accuracyOf(id, compared),
    ),
  };
};

/** `actual` is null for what people say is no ticket after all: whatever was said of it was wrong. */
type Compared = { actual: string | null; guess: string };

const accuracyOf = (categoryId: string, compared: readonly Compared[]): CategoryAccuracy => {
  const actual = compared.filter((row) => row.actual === categoryId);
  const guessed = compared.filter((row) => row.guess === categoryId);
  const right = actual.filter((row) => row.guess === categoryId).length;
  return {
    categoryId,
    tickets: actual.length,
    precision: guessed.length ? right / guessed.length : null,
    recall: actual.length ? right / actual.length : null,
  };
};

const countPairs = (compared: readonly Compared[]): ConfusionCell[] => {
  const cells = new Map<string, ConfusionCell>();
  for (const { actual, guess } of compared) {
    if (!actual) continue;
    const cell = cells.get(`${guess} ${actual}`) ?? { predictedId: guess, actualId: actual, count: 0 };
    cell.count++;
    cells.set(`${guess} ${actual}`, cell);
  }
  return [...cells.values()].sort((a, b) => b.count - a.count);
};
