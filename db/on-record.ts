import { isAppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { Clock, Receipt } from '#src/core/ports.ts';
import { EngineCall } from './entities/engine-call.ts';
import { toJsonb } from './jsonb.ts';
import { type Db, forWorkspace, type Orm } from './orm.ts';
import { queryPrepared } from './prepared.ts';
import { writeTogether } from './write-together.ts';

export type CallSubject = { id: string; workspaceId: string };

/**
 * Asks a remote engine, on record (law 4): STARTED before anything leaves, so that a call whose process is killed in the middle is there, too;
 * afterwards what came of it. A call that sent nothing leaves no trace: the budget of the day is used up, or another engine answered instead.
 */
export const onRecord = async <Answer extends { receipt: Receipt }>(
  { orm, clock }: { orm: Orm; clock: Clock },
  { id: subjectId, workspaceId }: CallSubject,
  ask: () => Promise<Answer>,
): Promise<Answer> => {
  const db = forWorkspace(orm, workspaceId);
  const id = newId('call');
  await writeTogether(db, { rows: [[EngineCall, { id, workspaceId, subjectId, at: clock.now(), outcome: 'STARTED', receipt: null }]] });
  const end = endOf(db, id, workspaceId);
  try {
    const answer = await ask();
    await (answer.receipt.insteadOf === undefined ? end('SUCCEEDED', answer.receipt) : end(null));
    return answer;
  } catch (error) {
    const [code, receipt] = isAppError(error) ? [error.code, error.receipt ?? null] : ['INTERNAL', null];
    await (code === 'ENGINE_BUDGET' ? end(null) : end(code, receipt));
    throw error;
  }
};

const endOf =
  (db: Db, id: string, workspaceId: string) =>
  (outcome: string | null, receipt: Receipt | null = null): Promise<unknown> =>
    outcome === null
      ? queryPrepared(db, 'delete from engine_call where id = ? and workspace_id = ?', [id, workspaceId])
      : queryPrepared(db, 'update engine_call set outcome = ?, receipt = ?::jsonb where id = ? and workspace_id = ?', [
          outcome,
          receipt && toJsonb(receipt),
          id,
          workspaceId,
        ]);
