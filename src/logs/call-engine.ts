import { EngineCall } from '#db/entities/engine-call.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import { writeTogether } from '#db/write-together.ts';
import { isAppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { Clock, Engine, EngineResult, EngineTask } from '#src/core/ports.ts';

export type CallDeps = { orm: Orm; engine: Engine; clock: Clock };

/** Runs a task. What a remote engine was sent is on record, also when it failed; throws the engine's AppError. */
export const callEngine = async <Input, Output>(
  { orm, engine, clock }: CallDeps,
  subject: { id: string; workspaceId: string },
  task: EngineTask<Input, Output>,
  input: Input,
  signal: AbortSignal,
): Promise<EngineResult<Output>> => {
  const record = async (outcome: string, receipt: EngineResult<Output>['receipt'] | null): Promise<void> => {
    if (engine.local || receipt?.insteadOf !== undefined) return;
    const row = { id: newId('call'), workspaceId: subject.workspaceId, subjectId: subject.id, at: clock.now(), outcome, receipt };
    await writeTogether(forWorkspace(orm, subject.workspaceId), { rows: [[EngineCall, row]] });
  };
  try {
    const result = await engine.run(task, input, { signal, workspaceId: subject.workspaceId });
    await record('SUCCEEDED', result.receipt);
    return result;
  } catch (error) {
    await record(isAppError(error) ? error.code : 'INTERNAL', isAppError(error) ? (error.receipt ?? null) : null);
    throw error;
  }
};
