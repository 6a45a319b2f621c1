import { TriageAdvice } from '#db/entities/triage-advice.ts';
import { TriageNight } from '#db/entities/triage-night.ts';
import { type ReplayEstimate, type ReplayModel, TriageReplay } from '#db/entities/triage-replay.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import type { JobSpec } from '#db/queue.ts';
import { writeTogether } from '#db/write-together.ts';
import { auditRow } from '#src/auth/audit.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { Clock, Log, Reckoner } from '#src/core/ports.ts';
import { createTriageReport, type TriageReport } from './learning/triage-report.ts';
import type { Models } from './prediction/models.ts';
import { reckonReplay } from './replay/reckon-replay.ts';
import { requireTriageAdmin } from './settings/require-triage-admin.ts';
import { MAX_PROMPT } from './settings/settings-service.ts';

export type StartReplay = {
  model: ReplayModel;
  /** How many of the newest decided tickets, 1 to 200. */
  last: number;
  /** Asks the remote engine too, which is paid. */
  engine: boolean;
  /** Another of its models; asks it. */
  engineModel: string | null;
  /** In place of the workspace's own words to the engine, empty for none; asks it. */
  prompt: string | null;
  mostUsd: number | null;
};

/** How well triage does, and what it would do otherwise. */
export type ReportService = {
  report(actor: Actor): Promise<TriageReport>;
  /** What the last nights found out, newest first. Throws BAD_INPUT. */
  nights(actor: Actor, first: number): Promise<TriageNight[]>;
  /** The newest advice about the categories; null before the first Monday. */
  advice(actor: Actor): Promise<TriageAdvice | null>;
  /** What a replay would cost; null when it asks no engine. Throws BAD_INPUT. */
  reckonReplay(actor: Actor, input: StartReplay): Promise<ReplayEstimate | null>;
  /** Queues a shadow run on decided tickets. Throws BAD_INPUT, also when it may cost more than it may. */
  startReplay(actor: Actor, input: StartReplay): Promise<TriageReplay>;
  replay(actor: Actor, id: string): Promise<TriageReplay | null>;
};

const MOST_REPLAYED = 200;
const MOST_NIGHTS = 100;

export type ReportServiceDeps = { orm: Orm; clock: Clock; models: Models; log: Log; reckoner: Reckoner | null };

export const createReportService = ({ orm, clock, models, log, reckoner }: ReportServiceDeps): ReportService => {
  const open = (actor: Actor): Db => forWorkspace(orm, actor.workspaceId);
  const reckon = async (actor: Actor, input: StartReplay): Promise<ReplayEstimate | null> => {
    if (!asksEngine(input)) return null;
    if (!reckoner)
      throw wrong(
        'engine',
        'This server knows of no remote engine: ask for a replay without it, its models and prompts, or, where only workers have the key, tell the API ENGINE=openai as well.',
      );
    return reckonReplay({ orm, models, reckoner, log }, open(actor), { ...input, workspaceId: actor.workspaceId }, clock.now());
  };
  return {
    async report(actor) {
      requireScope(actor, 'TICKETS_READ');
      return createTriageReport(open(actor));
    },

    async nights(actor, first) {
      requireScope(actor, 'TICKETS_READ');
      if (!(first >= 1 && first <= MOST_NIGHTS)) throw new AppError('BAD_INPUT', `Ask for 1 to ${MOST_NIGHTS} nights.`, { field: 'first' });
      return open(actor).find(TriageNight, {}, { orderBy: { day: 'desc' }, limit: first });
    },

    async advice(actor) {
      requireTriageAdmin(actor);
      return open(actor).findOne(TriageAdvice, {}, { orderBy: { week: 'desc' } });
    },

    async reckonReplay(actor, input) {
      requireScope(actor, 'ADMIN');
      checkReplay(input);
      return reckon(actor, input);
    },

    async startReplay(actor, input) {
      requireScope(actor, 'ADMIN');
      checkReplay(input);
      const { model, last, engineModel, prompt, mostUsd } = input;
      const estimate = await reckon(actor, input);
      checkCost(estimate, mostUsd);
      const { workspaceId, requestId } = actor;
      const replay = Object.assign(new TriageReplay(), {
        id: newId('rpl'),
        workspaceId,
        model,
        last,
        engine: asksEngine(input),
        engineModel,
        prompt,
        mostUsd,
        estimate,
        status: 'QUEUED' as const,
        failure: null,
        result: null,
        createdAt: clock.now(),
        finishedAt: null,
      });
      const job: JobSpec = {
        name: 'replay-triage',
        payload: { replayId: replay.id, workspaceId, requestId },
        key: `replay-triage:${replay.id}`,
        queue: `replay:${workspaceId}`,
      };
      await writeTogether(open(actor), {
        rows: [[TriageReplay, replay], auditRow(actor, 'triage_replay.started', replay.id)],
        jobs: [job],
      });
      return replay;
    },

    async replay(actor, id) {
      requireScope(actor, 'ADMIN');
      return open(actor).findOne(TriageReplay, { id });
    },
  };
};

const wrong = (field: string, sentence: string): AppError => new AppError('BAD_INPUT', sentence, { field });

const asksEngine = ({ engine, engineModel, prompt }: StartReplay): boolean => engine || engineModel !== null || prompt !== null;

const checkReplay = ({ last, engineModel, prompt, mostUsd }: StartReplay): void => {
  if (!(Number.isInteger(last) && last >= 1 && last <= MOST_REPLAYED)) throw wrong('last', `A replay takes 1 to ${MOST_REPLAYED} tickets.`);
  if (engineModel !== null && !/^[\w.:/@-]{1,100}$/.test(engineModel))
    throw wrong('engineModel', 'Name a model of the engine, e.g. gpt-5.4-mini.');
  if (prompt !== null && prompt.length > MAX_PROMPT)
    throw wrong('prompt', `A prompt has ${MAX_PROMPT.toLocaleString('en')} characters at most.`);
  if (mostUsd !== null && !(mostUsd > 0)) throw wrong('mostUsd', 'Say how many dollars it may cost, e.g. 0.5.');
};

const checkCost = (estimate: ReplayEstimate | null, mostUsd: number | null): void => {
  if (!estimate || mostUsd === null) return;
  if (estimate.mostCostUsd === null)
    throw wrong('mostUsd', `Nobody knows what ${estimate.model} costs: add it to OPENAI_PRICES, or leave out mostUsd.`);
  if (estimate.mostCostUsd > mostUsd)
    throw wrong(
      'mostUsd',
      `It may cost $${estimate.mostCostUsd.toFixed(4)} (${estimate.asked} tickets), more than $${mostUsd}. Take fewer tickets, or allow more.`,
    );
};
