import { TriageAdvice } from '#db/entities/triage-advice.ts';
import { TriageNight } from '#db/entities/triage-night.ts';
import { type ReplayModel, TriageReplay } from '#db/entities/triage-replay.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import type { JobSpec } from '#db/queue.ts';
import { writeTogether } from '#db/write-together.ts';
import { auditRow } from '#src/auth/audit.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { Clock } from '#src/core/ports.ts';
import { requireTriageAdmin } from './require-triage-admin.ts';
import { createTriageReport, type TriageReport } from './triage-report.ts';

export type StartReplay = {
  model: ReplayModel;
  /** How many of the newest decided tickets, 1 to 200. */
  last: number;
  /** Asks the remote engine too, which is paid. */
  engine: boolean;
};

/** How well triage does, and what it would do otherwise. */
export type ReportService = {
  report(actor: Actor): Promise<TriageReport>;
  /** What the last nights found out, newest first. Throws BAD_INPUT. */
  nights(actor: Actor, first: number): Promise<TriageNight[]>;
  /** The newest advice about the categories; null before the first Monday. */
  advice(actor: Actor): Promise<TriageAdvice | null>;
  /** Queues a shadow run on decided tickets. Throws BAD_INPUT. */
  startReplay(actor: Actor, input: StartReplay): Promise<TriageReplay>;
  replay(actor: Actor, id: string): Promise<TriageReplay | null>;
};

const MOST_REPLAYED = 200;
const MOST_NIGHTS = 100;

export const createReportService = ({ orm, clock }: { orm: Orm; clock: Clock }): ReportService => {
  const open = (actor: Actor): Db => forWorkspace(orm, actor.workspaceId);
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

    async startReplay(actor, { model, last, engine }) {
      requireScope(actor, 'ADMIN');
      const { workspaceId, requestId } = actor;
      if (!(Number.isInteger(last) && last >= 1 && last <= MOST_REPLAYED))
        throw new AppError('BAD_INPUT', `A replay takes 1 to ${MOST_REPLAYED} tickets.`, { field: 'last' });
      const replay = Object.assign(new TriageReplay(), {
        id: newId('rpl'),
        workspaceId,
        model,
        last,
        engine,
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
