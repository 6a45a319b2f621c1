import { TriageNight, type TriageNightReport } from '#db/entities/triage-night.ts';
import type { Db } from '#db/orm.ts';
import { newId } from '#src/core/ids.ts';
import { findDrift } from '#src/tickets/advice/find-drift.ts';
import { PERIOD_MS, placeOf, ticketsBetween } from '#src/tickets/advice/places.ts';
import { createTriageReport } from './triage-report.ts';

const KEPT_DAYS = 400;
const DAY_MS = 86_400_000;

/** Keeps what a night found out: how well the last four weeks were foretold, how the mix moved, and what was trained. A second run of a night says it anew. */
export const keepNight = async (
  db: Db,
  workspaceId: string,
  { model, modelKept, demoted }: Pick<TriageNightReport, 'model' | 'modelKept' | 'demoted'>,
  now: Date,
): Promise<void> => {
  const from = new Date(now.getTime() - PERIOD_MS);
  const tickets = await ticketsBetween(db, from, now);
  if (tickets.length === 0 && !model) return;
  const before = await ticketsBetween(db, new Date(from.getTime() - PERIOD_MS), from);
  const { decided, confusion, perCategory } = await createTriageReport(db, { since: from });
  const report: TriageNightReport = {
    from: from.toISOString(),
    tickets: tickets.length,
    decided,
    right: confusion.reduce((sum, { predictedId, actualId, count }) => sum + (predictedId === actualId ? count : 0), 0),
    perCategory: perCategory.sort((a, b) => b.tickets - a.tickets),
    drift: findDrift(
      before.flatMap((row) => placeOf(row) ?? []),
      tickets.flatMap((row) => placeOf(row) ?? []),
    ),
    demoted,
    model,
    ...(modelKept ? { modelKept } : {}),
  };
  const day = now.toISOString().slice(0, 10);
  await db.upsert(
    TriageNight,
    { id: newId('ngt'), workspaceId, day, report, createdAt: now },
    { onConflictFields: ['workspaceId', 'day'], onConflictExcludeFields: ['id'] },
  );
  await db.nativeDelete(TriageNight, { createdAt: { $lt: new Date(now.getTime() - KEPT_DAYS * DAY_MS) } });
};
