import { z } from 'zod';
import type { Category } from '#db/entities/category.ts';
import { Ticket } from '#db/entities/ticket.ts';
import { TriageModel } from '#db/entities/triage-model.ts';
import type { TriageNightReport } from '#db/entities/triage-night.ts';
import { TriageSettings } from '#db/entities/triage-settings.ts';
import { type Db, forWorkspace, type Orm, unscoped } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { newId } from '#src/core/ids.ts';
import type { Clock } from '#src/core/ports.ts';
import { defineJob } from '#src/jobs/define-job.ts';
import { inThread } from '#src/tickets/in-thread.ts';
import { taught, toExample, toFirstDay } from '#src/tickets/prediction/models.ts';
import { openCategories } from '#src/tickets/settings/settings.ts';
import { demoteIfPoor } from './demote.ts';
import { judged } from './judged.ts';
import type { JudgedVotes } from './learn-weights.ts';
import { keepNight } from './night.ts';
import type { Trained, TrainTask } from './train-thread.ts';

export type RetrainDeps = { orm: Orm; clock: Clock };

// Below this there is nothing to hold back and calibrate on; the running corrections do.
const LEAST = 20;
export const MOST_EXAMPLES = 20_000;
const MOST_VOTES = 2_000;
const KEEP_VERSIONS = 5;

/**
 * Every night: trains each workspace's classifier anew on all that people decided, off the event loop, and learns how much each judge counts,
 * unless the one in use was right more often on tickets neither had seen; demotes categories that disappoint; keeps what it found out.
 */
export const createRetrain = ({ orm, clock }: RetrainDeps) =>
  defineJob({
    name: 'retrain-triage',
    payload: z.object({ workspaceId: z.string() }),
    async run({ workspaceId }, { requestId }) {
      const db = forWorkspace(orm, workspaceId);
      // Before the tickets are read: what is decided from here on is learned on top.
      const startedAt = clock.now();
      const categories = await openCategories(db);
      const demoted: string[] = [];
      for (const category of categories)
        if (category.mode === 'AUTONOMOUS' && (await demoteIfPoor(db, category, requestId, startedAt))) demoted.push(category.id);
      await keepNight(db, workspaceId, { ...(await trainAnew(db, workspaceId, categories, startedAt)), demoted }, startedAt);
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

const trainAnew = async (
  db: Db,
  workspaceId: string,
  categories: readonly Category[],
  createdAt: Date,
): Promise<Pick<TriageNightReport, 'model' | 'modelKept'>> => {
  const open = categories.map(({ id }) => id);
  const newest = await db.findOne(TriageModel, {}, { orderBy: { version: 'desc' }, fields: ['version'] });
  const tickets = (
    await db.find(
      Ticket,
      { ...taught, categoryId: { $in: open } },
      { fields: ['title', 'body', 'categoryId'], orderBy: { id: 'desc' }, limit: MOST_EXAMPLES, disableIdentityMap: true },
    )
  ).reverse();
  if (tickets.length < LEAST) {
    // What was trained mostly on categories that are retired now knows less than their successors' descriptions.
    await db.nativeDelete(TriageModel, {});
    return { model: null, modelKept: null };
  }
  const judged = await judgedVotes(db, open);
  const places = new Map(tickets.map(({ id }, row) => [id, row]));
  const { data, weights, report, compared } = await train({
    examples: tickets.map(toExample),
    categories: categories.map(toFirstDay),
    judged,
    asked: judged.flatMap(({ ticketId, version, votes, truth }) => {
      const row = places.get(ticketId);
      return row === undefined || version !== (newest?.version ?? null) ? [] : [{ row, right: votes.own[0]?.categoryId === truth }];
    }),
  });
  if (compared?.worse)
    return { model: null, modelKept: { tickets: compared.tickets, right: compared.rightBefore, newRight: compared.right } };
  const version = (newest?.version ?? 0) + 1;
  const row = {
    id: newId('mdl'),
    workspaceId,
    version,
    data: Buffer.from(data),
    weights,
    report: { ...report, tickets: tickets.length },
    createdAt,
  };
  await db.transactional(async (tx) => {
    await tx.insert(TriageModel, row);
    await tx.nativeDelete(TriageModel, { version: { $lte: version - KEEP_VERSIONS } });
  });
  return { model: { version, trainedOn: tickets.length, weights, ...report }, modelKept: null };
};

/** `version`: of the classifier that was asked; null on the first days. */
type Asked = JudgedVotes & { ticketId: string; version: number | null };

/** What each judge said of the newest tickets that people put somewhere, or left where they were, before they did. */
const judgedVotes = async (db: Db, open: readonly string[]): Promise<Asked[]> => {
  const tickets = await db.find(
    Ticket,
    { ...judged, state: { $ne: 'NOT_A_TICKET' }, categoryId: { $in: [...open] } },
    { fields: ['categoryId', 'prediction'], orderBy: { id: 'desc' }, limit: MOST_VOTES, disableIdentityMap: true },
  );
  return tickets.flatMap(({ id, categoryId, prediction }) => {
    const votes = prediction?.late ? undefined : prediction?.votes;
    return votes && categoryId
      ? [{ ticketId: id, version: prediction?.modelVersion ?? null, votes: withTruth(votes, categoryId), truth: categoryId }]
      : [];
  });
};

type Kept = NonNullable<NonNullable<Ticket['prediction']>['votes']>;

/** The likeliest are kept; one that was not among them had a share of what is left. */
const withTruth = (votes: Kept, truth: string): JudgedVotes['votes'] => {
  const { own, of } = votes;
  if (own.some(({ categoryId }) => categoryId === truth)) return votes;
  const rest = 1 - own.reduce((sum, { probability }) => sum + probability, 0);
  return { ...votes, own: [...own, { categoryId: truth, probability: Math.max(0, rest) / Math.max(1, of - own.length) }] };
};
