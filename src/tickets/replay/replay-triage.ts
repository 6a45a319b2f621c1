import { z } from 'zod';
import type { Category } from '#db/entities/category.ts';
import { Ticket } from '#db/entities/ticket.ts';
import { type ReplayResult, TriageReplay } from '#db/entities/triage-replay.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { AppError, isAppError } from '#src/core/errors.ts';
import type { Clock, Engine, Log } from '#src/core/ports.ts';
import { defineJob, type JobFailure } from '#src/jobs/define-job.ts';
import { fromBytes } from '#src/tickets/classify/index.ts';
import { cautious } from '#src/tickets/combine.ts';
import { type Models, toDescribed, toExample } from '#src/tickets/models.ts';
import { onRecord } from '#src/tickets/on-record.ts';
import { predictTicket } from '#src/tickets/predict.ts';
import { MOST_EXAMPLES, train } from '#src/tickets/retrain.ts';
import { ensureSettings, openCategories } from '#src/tickets/settings.ts';
import { mayLeave } from '#src/tickets/triage-ticket.ts';
import { createTally, type Tally } from './engine-tally.ts';
import { type Replayed, toResult } from './replay-result.ts';

export type ReplayDeps = { orm: Orm; engine: Engine; models: Models; clock: Clock };

/**
 * Foretells the last decided tickets once more, in the shadow: nothing about them changes. A NEW model is trained without them, and
 * look-alikes are only those that were there before, so that nothing knows the answer; the CURRENT one has learned from them.
 */
export const createReplayTriage = (deps: ReplayDeps) =>
  defineJob({
    name: 'replay-triage',
    payload: z.object({ replayId: z.string(), workspaceId: z.string() }),
    giveUp: createReplayFailure(deps),
    async run({ replayId, workspaceId }, { log, signal }) {
      const db = forWorkspace(deps.orm, workspaceId);
      const replay = await db.findOne(TriageReplay, { id: replayId });
      if (!replay || replay.result) return;
      // What an engine answered is paid: an interrupted run is not begun again by itself.
      if (replay.engine && replay.status !== 'QUEUED')
        throw new AppError(
          'CANCELLED',
          'The replay was interrupted; the engine is paid by the ticket, so ask for another when you want it.',
        );
      if (replay.engine && deps.engine.local)
        throw new AppError('BAD_INPUT', 'There is no remote engine here; ask for a replay without it.', { field: 'engine' });
      await db.nativeUpdate(TriageReplay, { id: replayId }, { status: 'RUNNING' });
      const result = await play(deps, db, replay, log, signal);
      await db.nativeUpdate(TriageReplay, { id: replayId }, { status: 'SUCCEEDED', result, finishedAt: deps.clock.now() });
    },
  });

const createReplayFailure =
  ({ orm, clock }: ReplayDeps) =>
  async ({ replayId, workspaceId }: { replayId: string; workspaceId: string }, { id, code, message }: JobFailure): Promise<void> => {
    const failure = { id, code, message, retryAt: null };
    await forWorkspace(orm, workspaceId).nativeUpdate(
      TriageReplay,
      { id: replayId },
      { status: 'FAILED', failure, finishedAt: clock.now() },
    );
  };

const play = async (deps: ReplayDeps, db: Db, replay: TriageReplay, log: Log, signal: AbortSignal): Promise<ReplayResult> => {
  const { workspaceId } = replay;
  const { threshold, restrictedChannels } = await ensureSettings(db, workspaceId, deps.clock.now());
  const categories = await openCategories(db);
  const tickets = await lastDecided(db, categories, replay.last);
  const { models, trainedOn } =
    replay.model === 'NEW' ? await trainWithout(db, tickets, categories) : { models: deps.models, trainedOn: null };
  const tally = replay.engine ? createTally(onRecord(deps, replay)) : null;
  const replayed: Replayed[] = [];
  for (const ticket of tickets) {
    signal.throwIfAborted();
    const engine = tally && mayLeave(ticket, restrictedChannels, deps.engine) ? tally.engine : null;
    const { id: ticketId, title, body } = ticket;
    const asked = { workspaceId, ticketId, title, body, threshold, restrictedChannels, onlyEarlier: true };
    const { prediction } = await predictTicket({ orm: deps.orm, models, engine, log }, categories, asked);
    stopWithTheEngine(tally);
    replayed.push({ ticket, wouldBeId: prediction.categoryId });
  }
  return { ...toResult(replayed), trainedOn, engine: tally?.sums() ?? null };
};

// A ticket is sorted without an engine that fails (law 10); a replay that is about the engine says that it fails.
const stopWithTheEngine = (tally: Tally | null): void => {
  const error = tally?.failing();
  if (error)
    throw new AppError(
      'CANCELLED',
      `The engine failed several times in a row, so the replay was stopped. ${isAppError(error) ? error.message : ''}`.trim(),
    );
};

const decided = { categoryBy: 'PERSON' as const };

const lastDecided = (db: Db, categories: readonly Category[], last: number): Promise<Ticket[]> =>
  db.find(
    Ticket,
    { ...decided, categoryId: { $in: categories.map(({ id }) => id) }, state: { $ne: 'NOT_A_TICKET' } },
    { orderBy: { id: 'desc' }, limit: last, disableIdentityMap: true },
  );

/** Trained as at night, but on what was decided before the first of these tickets came in. */
const trainWithout = async (
  db: Db,
  tickets: readonly Ticket[],
  categories: readonly Category[],
): Promise<{ models: Models; trainedOn: number }> => {
  const first = tickets.at(-1)?.id;
  const earlier = await db.find(
    Ticket,
    { ...decided, categoryId: { $ne: null }, state: { $ne: 'NOT_A_TICKET' }, ...(first ? { id: { $lt: first } } : {}) },
    { fields: ['title', 'body', 'categoryId'], orderBy: { id: 'desc' }, limit: MOST_EXAMPLES, disableIdentityMap: true },
  );
  const { data } = await train({ examples: earlier.reverse().map(toExample), categories: categories.map(toDescribed), judged: [] });
  const model = fromBytes(data);
  return { models: { current: async () => ({ model, version: null, weights: cautious }) }, trainedOn: earlier.length };
};
