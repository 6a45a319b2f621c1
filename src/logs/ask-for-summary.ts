import { EngineCall } from '#db/entities/engine-call.ts';
import type { Log } from '#db/entities/log.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import { writeTogether } from '#db/write-together.ts';
import { isAppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { Clock, Engine, Receipt } from '#src/core/ports.ts';
import type { Digest } from './digest/types.ts';
import type { LogSummary } from './summary.ts';
import { summaryTask } from './summary-task.ts';
import type { verifySummary } from './verify-summary.ts';

export type AskDeps = { orm: Orm; engine: Engine /** Law 6. */; verify: typeof verifySummary; clock: Clock };

/** The engine writes, code checks. What a remote engine was sent is on record, also when it failed. Throws the engine's AppError. */
export const askForSummary = async (
  deps: AskDeps,
  log: Pick<Log, 'id' | 'workspaceId' | 'title' | 'source'>,
  digest: Digest,
  signal: AbortSignal,
): Promise<{ summary: LogSummary; receipt: Receipt }> => {
  const { engine, verify } = deps;
  try {
    const { output, receipt } = await engine.run(summaryTask, { digest, title: log.title, source: log.source ?? null }, { signal });
    if (!engine.local) await record(deps, log, 'SUCCEEDED', receipt);
    return { summary: verify(output, digest), receipt };
  } catch (error) {
    if (!engine.local)
      await record(deps, log, isAppError(error) ? error.code : 'INTERNAL', isAppError(error) ? (error.receipt ?? null) : null);
    throw error;
  }
};

const record = async (
  { orm, clock }: AskDeps,
  { id, workspaceId }: Pick<Log, 'id' | 'workspaceId'>,
  outcome: string,
  receipt: Receipt | null,
): Promise<void> => {
  await writeTogether(forWorkspace(orm, workspaceId), {
    rows: [[EngineCall, { id: newId('call'), workspaceId, subjectId: id, at: clock.now(), outcome, receipt }]],
  });
};
