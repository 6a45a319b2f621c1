import { z } from 'zod';
import { Category } from '#db/entities/category.ts';
import { Ticket } from '#db/entities/ticket.ts';
import { TriageModel } from '#db/entities/triage-model.ts';
import { TriageSettings } from '#db/entities/triage-settings.ts';
import { type Db, forWorkspace, type Orm, unscoped } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { writeTogether } from '#db/write-together.ts';
import { auditRow } from '#src/auth/audit.ts';
import { newId } from '#src/core/ids.ts';
import type { Clock } from '#src/core/ports.ts';
import { defineJob } from '#src/jobs/define-job.ts';
import { inThread } from './in-thread.ts';
import { toDescribed, toExample } from './models.ts';
import { postAlone } from './post-alone.ts';
import { ensureSettings, openCategories } from './settings.ts';
import type { Trained, TrainTask } from './train-thread.ts';

export type RetrainDeps = { orm: Orm; clock: Clock };

// Below this there is nothing to hold back and calibrate on; the running corrections do.
const LEAST = 20;
export const MOST_EXAMPLES = 20_000;
const KEEP_VERSIONS = 5;
// A category is judged on so many decisions before it is demoted.
const JUDGED_AT_LEAST = 20;
const JUDGED_AT_MOST = 200;

/** Every night: trains each workspace's classifier anew on all that people decided, off the event loop, and demotes categories that disappoint. */
export const createRetrain = ({ orm, clock }: RetrainDeps) =>
  defineJob({
    name: 'retrain-triage',
    payload: z.object({ workspaceId: z.string() }),
    async run({ workspaceId }, { requestId }) {
      const db = forWorkspace(orm, workspaceId);
      // Before the tickets are read: what is decided from here on is learned on top.
      const startedAt = clock.now();
      const decided = await db.find(
        Ticket,
        { categoryBy: 'PERSON', categoryId: { $ne: null } },
        { fields: ['title', 'body', 'categoryId'], orderBy: { id: 'desc' }, limit: MOST_EXAMPLES },
      );
      const categories = await openCategories(db);
      for (const category of categories)
        if (category.mode === 'AUTONOMOUS') await demoteIfPoor(db, workspaceId, category, requestId, startedAt);
      if (decided.length < LEAST) return;
      const { data, report } = await train({ examples: decided.reverse().map(toExample), categories: categories.map(toDescribed) });
      const newest = await db.findOne(TriageModel, {}, { orderBy: { version: 'desc' }, fields: ['version'] });
      const version = (newest?.version ?? 0) + 1;
      await db.transactional(async (tx) => {
        await tx.insert(TriageModel, {
          id: newId('mdl'),
          workspaceId,
          version,
          data: Buffer.from(data),
          report: { ...report, tickets: decided.length },
          createdAt: startedAt,
        });
        await tx.nativeDelete(TriageModel, { version: { $lte: version - KEEP_VERSIONS } });
      });
    },
  });

/** The nightly bell: one job for each workspace that has tickets. */
export const createRetrainAll = ({ orm }: RetrainDeps) =>
  defineJob({
    name: 'retrain-all',
    payload: z.object({}),
    async run() {
      const db = orm.em.fork();
      for (const { workspaceId } of await db.find(TriageSettings, {}, unscoped))
        await addJob(db, { name: 'retrain-triage', payload: { workspaceId }, key: `retrain-triage:${workspaceId}` });
    },
  });

export const train = (task: TrainTask): Promise<Trained> => inThread<Trained>(new URL('./train-thread.ts', import.meta.url), task);

/**
 * A category that applies itself and is right less often than it was to be suggests only, until somebody trusts it again. Right is what
 * people worked with and left where it was, and what they put there themselves.
 */
const demoteIfPoor = async (db: Db, workspaceId: string, category: Category, requestId: string, now: Date): Promise<void> => {
  const said = (
    await db.find(
      Ticket,
      { touched: true, prediction: { categoryId: category.id } },
      { fields: ['categoryId', 'state', 'prediction'], orderBy: { id: 'desc' }, limit: JUDGED_AT_MOST },
    )
  ).filter(({ prediction }) => !prediction?.late);
  const right = said.filter(({ categoryId, state }) => categoryId === category.id && state !== 'NOT_A_TICKET').length;
  if (said.length < JUDGED_AT_LEAST || right / said.length >= category.targetPrecision) return;
  await db.transactional(async (tx) => {
    if ((await tx.nativeUpdate(Category, { id: category.id, mode: 'AUTONOMOUS' }, { mode: 'SUPERVISED' })) === 0) return;
    const [entity, event] = auditRow({ workspaceId, id: 'triage', actingFor: null, requestId }, 'category.demoted', category.id);
    await writeTogether(tx, { rows: [[entity, event]] });
    const { adminChannel } = await ensureSettings(tx, workspaceId, now);
    await postAlone(tx, workspaceId, event.id, adminChannel, now);
  });
};
