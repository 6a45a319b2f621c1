import { z } from 'zod';
import type { Category } from '#db/entities/category.ts';
import { Ticket } from '#db/entities/ticket.ts';
import { type ReplayResult, TriageReplay } from '#db/entities/triage-replay.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { AppError, isAppError } from '#src/core/errors.ts';
import type { Clock, Engine, Log } from '#src/core/ports.ts';
import { defineJob, type JobFailure } from '#src/jobs/define-job.ts';
import { fromBytes } from '#src/tickets/classify/index.ts';
import { MOST_EXAMPLES, train } from '#src/tickets/learning/retrain.ts';
import { onRecord } from '#src/tickets/on-record.ts';
import { cautious } from '#src/tickets/prediction/combine.ts';
import { type Models, taught, toExample, toFirstDay } from '#src/tickets/prediction/models.ts';
import { predictTicket } from '#src/tickets/prediction/predict.ts';
import { ensureSettings, openCategories } from '#src/tickets/settings/settings.ts';
import { guidedBy } from '#src/tickets/triage-task.ts';
import { mayLeave } from '#src/tickets/triage-ticket.ts';
import { createTally, type Tally } from './engine-tally.ts';
import { lastDecided } from './last-decided.ts';
import { type Replayed, toResult } from './replay-result.ts';

export type ReplayDeps = {
  orm: Orm;
  engine: Engine;
  /** The same engine with another of its models. Throws CONFIG. */
  engineOf(model: string): Promise<Engine>;
  models: Models;
  clock: Clock;
};

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
  const { threshold, restrictedChannels, enginePrompt } = await ensureSettings(db, workspaceId, deps.clock.now());
  const categories = await openCategories(db);
  const { tickets, decided } = await lastDecided(db, categories, replay);
  const { models, trainedOn } =
    replay.model === 'NEW' ? await trainWithout(db, tickets, categories) : { models: deps.models, trainedOn: null };
  const remote = replay.engineModel ? await deps.engineOf(replay.engineModel) : deps.engine;
  const tally = replay.engine ? createTally(onRecord({ ...deps, engine: remote }, replay)) : null;
  const task = guidedBy(replay.prompt ?? enginePrompt);
  const replayed: Replayed[] = [];
  for (const ticket of tickets) {
    signal.throwIfAborted();
    const engine = tally && mayLeave(ticket, restrictedChannels, remote) ? tally.engine : null;
    const { id: ticketId, title, body } = ticket;
    const asked = { workspaceId, ticketId, title, body, threshold, restrictedChannels, onlyEarlier: true };
    const { prediction } = await predictTicket({ orm: deps.orm, models, engine, log, task }, categories, asked);
    stopWithTheEngine(tally);
    stopAtTheLimit(tally, replay);
    replayed.push({ ticket, wouldBeId: prediction.categoryId });
  }
  return { ...toResult(replayed), trainedOn, note: noteOf(replay, tickets.length, decided), engine: tally?.sums() ?? null };
};

const noteOf = ({ model, last }: TriageReplay, tried: number, decided: number): string | null => {
  if (tried >= last) return null;
  const all = `${decided} ${decided === 1 ? 'ticket is' : 'tickets are'} decided, fewer than the ${last} asked for`;
  return model === 'NEW' && decided < 2 * last
    ? `${decided < last ? all : `${decided} tickets are decided, fewer than twice the ${last} asked for`}: the new model learned from the older half and was tried on the ${tried} newest.`
    : `${all}.`;
};

// A ticket is sorted without an engine that fails (law 10); a replay that is about the engine says that it fails.
const stopWithTheEngine = (tally: Tally | null): void => {
  const error = tally?.failing();
  if (error)
    throw new AppError(
      'CANCELLED',
      `The engine failed several times in a row, so the replay was stopped${spentOf(tally)}. ${isAppError(error) ? error.message : ''}`.trim(),
    );
};

const spentOf = (tally: Tally | null): string => {
  const { answers, costUsd } = tally?.sums() ?? { answers: 0, costUsd: 0 };
  return answers > 0 && costUsd !== null ? `; it has cost $${costUsd.toFixed(4)}` : '';
};

/** It was reckoned from a part of the tickets; what is paid counts. */
const stopAtTheLimit = (tally: Tally | null, { mostUsd }: TriageReplay): void => {
  const cost = tally?.sums().costUsd ?? 0;
  if (mostUsd != null && cost > mostUsd)
    throw new AppError('CANCELLED', `The replay was stopped at $${mostUsd}, as you said. It has cost $${cost.toFixed(4)}.`);
};

/** Trained as at night, but on what was decided before the first of these tickets came in. */
const trainWithout = async (
  db: Db,
  tickets: readonly Ticket[],
  categories: readonly Category[],
): Promise<{ models: Models; trainedOn: number }> => {
  const first = tickets.at(-1)?.id;
  const earlier = await db.find(
    Ticket,
    { ...taught, categoryId: { $in: categories.map(({ id }) => id) }, ...(first ? { id: { $lt: first } } : {}) },
    { fields: ['title', 'body', 'categoryId'], orderBy: { id: 'desc' }, limit: MOST_EXAMPLES, disableIdentityMap: true },
  );
  const { data } = await train({
    examples: earlier.reverse().map(toExample),
    categories: categories.map(toFirstDay),
    judged: [],
    asked: [],
  });
  const model = fromBytes(data);
  return { models: { current: async () => ({ model, version: null, weights: cautious }) }, trainedOn: earlier.length };
};
