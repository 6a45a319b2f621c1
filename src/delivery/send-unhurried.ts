import { Delivery } from '#db/entities/delivery.ts';
import type { Db } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { newId } from '#src/core/ids.ts';
import type { ReplyTo } from '#src/core/ports.ts';
import { takeTurn } from './channel-pace.ts';
import { deliverJob } from './deliver-job-spec.ts';

// Behind everything somebody waits for.
export const UNHURRIED = 5;

/** Puts a message nobody waits for on its way, at its channel's next turn; once for each subject, in the caller's transaction. */
export const sendUnhurried = async (
  db: Db,
  { workspaceId, subjectId, replyTo }: { workspaceId: string; subjectId: string; replyTo: ReplyTo },
  now: Date,
  requestId?: string,
): Promise<void> => {
  const { turn } = await takeTurn(db, { workspaceId, channel: replyTo.channel }, { unhurried: true });
  const id = newId('dlv');
  const [sent] = await db.getConnection().execute<unknown[]>(
    `insert into delivery (id, workspace_id, subject_id, reply_to, state, turn_at, created_at, updated_at)
     values (?, ?, ?, ?::jsonb, 'WAITING', ?, ?, ?) on conflict (subject_id) do nothing returning 1`,
    [id, workspaceId, subjectId, JSON.stringify(replyTo), turn, now, now],
    'all',
    db.getTransactionContext(),
  );
  if (sent) await addJob(db, { ...deliverJob({ id, workspaceId, replyTo }, requestId), runAt: turn, priority: UNHURRIED });
};

/** Has what was sent so far of these subjects shown as it is now. */
export const refreshShown = async (db: Db, subjectIds: readonly string[]): Promise<void> => {
  for (const delivery of await db.find(Delivery, { subjectId: { $in: [...subjectIds] } }, { disableIdentityMap: true }))
    await addJob(db, deliverJob(delivery));
};
