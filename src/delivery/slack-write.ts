import { randomUUID } from 'node:crypto';
import { Delivery } from '#db/entities/delivery.ts';
import type { Db } from '#db/orm.ts';
import { isAppError } from '#src/core/errors.ts';
import type { Posted } from '#src/core/ports.ts';
import { startStopwatch } from '#src/core/stopwatch.ts';

/** The part of a delivery that Slack numbers: the root we post to have a thread, or the message itself. */
export type Part = 'rootTs' | 'messageTs';

// Claimed and not gone by then, a call stays: who claims next counts on it.
const LEAVES_WITHIN_MS = 2_000;

/** Milliseconds after its claim when a call has done what it will ever do. */
export const settledAfterMs = (callTimeoutMs: number): number => callTimeoutMs + LEAVES_WITHIN_MS;

/** Another has taken this delivery over, or we were too slow to know: nothing went out. */
export class Overtaken extends Error {
  constructor() {
    super('Another has taken this delivery over');
    this.name = 'Overtaken';
  }
}

/**
 * Before each call that changes something in Slack, which has no idempotency key, the delivery is claimed: a later try then knows that the call
 * may have got through, and whoever was asleep since it last looked (its machine hung, say) finds the claim taken, and says nothing.
 */
export const createClaim = (db: Db, delivery: Delivery) => {
  const mine = randomUUID();
  const claim = async (): Promise<void> => {
    const sinceAsked = startStopwatch();
    const [row] = await execute<{ posting_since: Date | string }>(
      db,
      // Kept to the millisecond, as it is read.
      `update delivery set posting_since = date_trunc('milliseconds', clock_timestamp()), posting_by = ?, updated_at = now()
       where id = ? and workspace_id = ? and state <> 'FAILED' and posting_by is not distinct from ? and posting_since is not distinct from ?::timestamptz
         and root_ts is not distinct from ? and message_ts is not distinct from ? and shown_hash is not distinct from ? returning posting_since`,
      [
        mine,
        delivery.id,
        delivery.workspaceId,
        delivery.postingBy ?? null,
        delivery.postingSince ?? null,
        delivery.rootTs ?? null,
        delivery.messageTs ?? null,
        // A claim that has ended leaves no other trace of news that are newer than what we are about to show.
        delivery.shownHash ?? null,
      ],
    );
    if (!row) throw new Overtaken();
    Object.assign(delivery, { postingBy: mine, postingSince: new Date(row.posting_since) });
    if (sinceAsked() > LEAVES_WITHIN_MS) throw new Overtaken();
  };
  return {
    claim,
    /** After a call that failed: gives the claim back if it certainly did nothing, and remembers if it will do nothing more. */
    async afterFailure(error: unknown): Promise<void> {
      const effect = effectOf(error);
      if (delivery.postingBy !== mine || effect === undefined) return;
      const since = effect === 'none' ? null : new Date(0);
      const by = effect === 'none' ? null : mine;
      await db.nativeUpdate(Delivery, { id: delivery.id, postingBy: mine }, { postingSince: since, postingBy: by });
      Object.assign(delivery, { postingSince: since, postingBy: by });
    },
  };
};

// Told to slow down, or no, it did nothing.
const CLEAR_NO = ['CHAT_RATE_LIMITED', 'CHAT_DENIED', 'CHAT_TOKEN_REFUSED'];

const effectOf = (error: unknown): 'none' | 'over' | undefined => {
  if (!isAppError(error)) return undefined;
  return CLEAR_NO.includes(error.code) ? 'none' : error.effect;
};

/** Milliseconds until the call that was claimed last has done what it will do; 0 when it has, or when there is none. */
export const untilSettled = async (db: Db, { postingSince }: Delivery, settledMs: number): Promise<number> => {
  if (!postingSince) return 0;
  const [row] = await execute<{ ms: number }>(
    db,
    `select extract(epoch from ?::timestamptz - clock_timestamp())::float8 * 1000 + ? as ms`,
    [postingSince, settledMs],
  );
  return Math.max(0, Math.ceil(row?.ms ?? 0));
};

/**
 * Writes down what Slack numbered, unless another was first with one of its own: then that one stands. Says which message of ours is one too
 * many, if any.
 */
export const recordPosted = async (
  db: Db,
  delivery: Delivery,
  part: Part,
  { ts, channel }: Posted,
  more: Partial<Pick<Delivery, 'shownHash' | 'turnAt'>>,
): Promise<{ surplus: boolean }> => {
  const replyTo = channel && channel !== delivery.replyTo.channel ? { ...delivery.replyTo, channel } : delivery.replyTo;
  const change = { ...more, [part]: ts, replyTo, postingSince: null, postingBy: null, updatedAt: new Date() };
  if ((await db.nativeUpdate(Delivery, { id: delivery.id, [part]: null }, change)) > 0) {
    Object.assign(delivery, change);
    return { surplus: false };
  }
  const now = await db.findOneOrFail(Delivery, { id: delivery.id }, { disableIdentityMap: true });
  Object.assign(delivery, now);
  return { surplus: now[part] !== ts };
};

const execute = <Row>(db: Db, statement: string, values: unknown[]): Promise<Row[]> =>
  db.getConnection().execute<Row[]>(statement, values, 'all', db.getTransactionContext());
