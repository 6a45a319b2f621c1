import { EngineCall } from '#db/entities/engine-call.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import { writeTogether } from '#db/write-together.ts';
import { isAppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { Clock, Engine, Receipt } from '#src/core/ports.ts';

/** The same engine, paid by the workspace of what it is asked about; what it was sent is on record (law 4). */
export const onRecord = (
  { orm, engine, clock }: { orm: Orm; engine: Engine; clock: Clock },
  { id, workspaceId }: { id: string; workspaceId: string },
): Engine => {
  const record = (outcome: string, receipt: Receipt | null): Promise<boolean> =>
    writeTogether(forWorkspace(orm, workspaceId), {
      rows: [[EngineCall, { id: newId('call'), workspaceId, subjectId: id, at: clock.now(), outcome, receipt }]],
    });
  const recorded = async <Answer extends { receipt: Receipt }>(asking: Promise<Answer>): Promise<Answer> => {
    try {
      const answer = await asking;
      await record('SUCCEEDED', answer.receipt);
      return answer;
    } catch (error) {
      // Nothing was sent.
      if (isAppError(error) && error.code === 'ENGINE_BUDGET') throw error;
      await record(isAppError(error) ? error.code : 'INTERNAL', isAppError(error) ? (error.receipt ?? null) : null);
      throw error;
    }
  };
  const { embed } = engine;
  return {
    ...engine,
    run: (task, input, options) => recorded(engine.run(task, input, { ...options, workspaceId })),
    ...(embed ? { embed: (texts, options) => recorded(embed(texts, { ...options, workspaceId })) } : {}),
  };
};
