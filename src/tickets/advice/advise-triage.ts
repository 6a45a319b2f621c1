import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { z } from 'zod';
import { AuditEvent } from '#db/entities/audit-event.ts';
import { Category } from '#db/entities/category.ts';
import { TriageAdvice, type TriageAdviceContent } from '#db/entities/triage-advice.ts';
import { TriageSettings } from '#db/entities/triage-settings.ts';
import { type Db, forWorkspace, type Orm, unscoped } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { isRestricted } from '#db/restricted.ts';
import { newId } from '#src/core/ids.ts';
import type { Clock } from '#src/core/ports.ts';
import { defineJob } from '#src/jobs/define-job.ts';
import { inThread } from '#src/tickets/in-thread.ts';
import { saidPlace } from '#src/tickets/learning/judged.ts';
import { createTriageReport } from '#src/tickets/learning/triage-report.ts';
import { ensureSettings, openCategories } from '#src/tickets/settings/settings.ts';
import { postAlone } from '#src/tickets/telling/post-alone.ts';
import type { AdviceTask, AdvisedTicket, Findings } from './advise.ts';
import { betterThreshold, nearest } from './better-threshold.ts';
import { MOST_READ } from './find-clusters.ts';
import { PERIOD_MS, type PlacedTicket, placeOf, ticketsBetween } from './places.ts';

export type AdviseDeps = { orm: Orm; clock: Clock };

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** Every Monday: looks at four weeks of a workspace's tickets, keeps what they say about its categories, and tells its admins. Once a week. */
export const createAdviseTriage = ({ orm, clock }: AdviseDeps) =>
  defineJob({
    name: 'advise-triage',
    payload: z.object({ workspaceId: z.string() }),
    async run({ workspaceId }) {
      const db = forWorkspace(orm, workspaceId);
      const now = clock.now();
      const week = mondayOf(now);
      if (await db.findOne(TriageAdvice, { week }, { fields: ['id'] })) return;
      const { adminChannel, ...settings } = await ensureSettings(db, workspaceId, now);
      const content = await findOut(db, workspaceId, now, settings);
      const id = newId('adv');
      try {
        await forWorkspace(orm, workspaceId).transactional(async (tx) => {
          await tx.insert(TriageAdvice, { id, workspaceId, week, content, createdAt: now });
          if (content.tickets > 0) await postAlone(tx, workspaceId, id, adminChannel, now);
        });
      } catch (error) {
        // Another worker was quicker.
        if (!(error instanceof UniqueConstraintViolationException)) throw error;
      }
    },
  });

/** The weekly bell. */
export const createAdviseAll = ({ orm }: AdviseDeps) =>
  defineJob({
    name: 'advise-all',
    payload: z.object({}),
    async run() {
      const db = orm.em.fork();
      for (const { workspaceId } of await db.find(TriageSettings, {}, unscoped))
        await addJob(db, { name: 'advise-triage', payload: { workspaceId }, key: `advise-triage:${workspaceId}` });
    },
  });

const findOut = async (
  db: Db,
  workspaceId: string,
  now: Date,
  { restrictedChannels, threshold }: Pick<TriageSettings, 'restrictedChannels' | 'threshold'>,
): Promise<TriageAdviceContent> => {
  const from = new Date(now.getTime() - PERIOD_MS);
  const rows = await ticketsBetween(db, from, now);
  const texts = await textsOf(
    db,
    workspaceId,
    rows.slice(0, MOST_READ).map(({ id }) => id),
  );
  const earlier = await ticketsBetween(db, new Date(from.getTime() - PERIOD_MS), from);
  const { decided, confusion, perCategory, curve } = await createTriageReport(db, { since: from });
  const right = confusion.reduce((sum, { predictedId, actualId, count }) => sum + (predictedId === actualId ? count : 0), 0);
  const categories = await openCategories(db);
  const at = nearest(curve, threshold);
  const task: AdviceTask = {
    from,
    tickets: rows.map((row) => toAdvised(row, texts.get(row.id), restrictedChannels)),
    before: earlier.flatMap((row) => placeOf(row) ?? []),
    categories: categories.map(({ id, name, description, createdAt }) => ({ id, name, description, createdAt })),
    confusion,
  };
  const findings = await inThread<Findings>(new URL('./advice-thread.ts', import.meta.url), task);
  return {
    from: from.toISOString(),
    until: now.toISOString(),
    tickets: rows.length,
    decided,
    right,
    ...(at && decided > 0 ? { told: { tickets: decided, threshold, right: at.right, wrong: at.wrong, abstained: at.abstained } } : {}),
    betterThreshold: betterThreshold(curve, { decided, threshold, precision: wantedOf(categories) }),
    ...findings,
    perCategory: perCategory.sort((a, b) => b.tickets - a.tickets),
    demoted: await demotedSince(db, new Date(now.getTime() - WEEK_MS)),
  };
};

/** As often as the open categories are to be right, on average. */
const wantedOf = (categories: readonly Category[]): number =>
  categories.length === 0 ? 1 : categories.reduce((sum, { targetPrecision }) => sum + targetPrecision, 0) / categories.length;

type Text = { id: string; title: string; body: string };

/** How tickets begin: what they are about is said there, and thousands of them are in memory at once. */
const textsOf = async (db: Db, workspaceId: string, ids: readonly string[]): Promise<Map<string, Text>> => {
  const rows = await db
    .getConnection()
    .execute<Text[]>(
      'select id, title, left(body, 2000) as body from ticket where workspace_id = ? and id in (select json_array_elements_text(?::json))',
      [workspaceId, JSON.stringify(ids)],
    );
  return new Map(rows.map((row) => [row.id, row]));
};

const toAdvised = (row: PlacedTicket, text: Text | undefined, restrictedChannels: readonly string[]): AdvisedTicket => ({
  id: row.id,
  number: row.number,
  title: text?.title ?? '',
  body: text?.body ?? '',
  placedIn: placeOf(row),
  decided: saidPlace(row),
  // What was said in a restricted channel lends its words to no message elsewhere.
  abstained: row.prediction?.abstained === true && !isRestricted(row, restrictedChannels),
});

const demotedSince = async (db: Db, since: Date): Promise<string[]> => {
  const events = await db.find(AuditEvent, { action: 'category.demoted', at: { $gte: since } }, { orderBy: { id: 'asc' } });
  const ids = [...new Set(events.flatMap(({ subjectId }) => subjectId ?? []))];
  // Trusted again since then is no news.
  return (await db.find(Category, { id: { $in: ids }, mode: 'SUPERVISED', retiredAt: null }, { orderBy: { id: 'asc' } })).map(
    ({ id }) => id,
  );
};

const mondayOf = (now: Date): string => {
  const day = (now.getUTCDay() + 6) % 7;
  return new Date(now.getTime() - day * DAY_MS).toISOString().slice(0, 10);
};
