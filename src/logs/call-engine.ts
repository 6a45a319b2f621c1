import { type CallSubject, onRecord } from '#db/on-record.ts';
import type { Orm } from '#db/orm.ts';
import type { Clock, Engine, EngineResult, EngineTask } from '#src/core/ports.ts';

export type CallDeps = { orm: Orm; engine: Engine; clock: Clock };

/** Runs a task. What a remote engine was sent is on record, also when it failed; throws the engine's AppError. */
export const callEngine = <Input, Output>(
  { engine, ...deps }: CallDeps,
  { id, workspaceId }: CallSubject,
  task: EngineTask<Input, Output>,
  input: Input,
  signal: AbortSignal,
): Promise<EngineResult<Output>> => {
  const ask = () => engine.run(task, input, { signal, workspaceId });
  return engine.local ? ask() : onRecord(deps, { id, workspaceId }, ask);
};
