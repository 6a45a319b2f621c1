import type { Db } from '#db/orm.ts';

/*
 * Slack takes about one message a second in a channel, and short bursts. Answers somebody waits for go out at once; what nobody waits for takes
 * turns, over all processes and by the database's clock, and keeps its distance from whatever else was said.
 */

// Between the answer to one message and the next: so however long Slack takes, two never reach it within a second.
const QUIET = "interval '1 second'";
// Turns are further apart by what a message takes; otherwise each would come a moment too early and need another turn.
const APART = "interval '1150 milliseconds'";

type Place = { workspaceId: string; channel: string };

/** The channel's next free turn, which is now this caller's. */
export const takeTurn = async (db: Db, place: Place): Promise<Date> => {
  const [row] = await run<{ turn: Date | string }>(
    db,
    `insert into channel_pace as pace (workspace_id, channel, last_at, next_turn_at) values (?, ?, to_timestamp(0), clock_timestamp() + ${APART})
     on conflict (workspace_id, channel) do update
       set next_turn_at = greatest(pace.next_turn_at, pace.last_at + ${QUIET}, clock_timestamp()) + ${APART}
     returning next_turn_at - ${APART} as turn`,
    place,
  );
  return new Date(row?.turn ?? 0);
};

/** Whether a message may go out now: its turn has come, and nothing was said a moment ago. */
export const isTurn = async (db: Db, place: Place, turn: Date): Promise<boolean> => {
  const [row] = await db.getConnection().execute<{ free: boolean }[]>(
    // A turn is kept in milliseconds.
    `select clock_timestamp() >= ?::timestamptz and coalesce(max(last_at) + ${QUIET} <= clock_timestamp(), true) as free
     from channel_pace where workspace_id = ? and channel = ?`,
    [turn, place.workspaceId, place.channel],
    'all',
    db.getTransactionContext(),
  );
  return row?.free === true;
};

/** Something was said in the channel just now. What a power cut takes of it is a second of distance: no wait for the disk. */
export const noteMessage = async (db: Db, place: Place): Promise<void> => {
  await run(
    db,
    `insert into channel_pace as pace (workspace_id, channel, last_at, next_turn_at) values (?, ?, clock_timestamp(), clock_timestamp())
     on conflict (workspace_id, channel) do update set last_at = clock_timestamp() returning set_config('synchronous_commit', 'off', true)`,
    place,
  );
};

const run = <Row>(db: Db, statement: string, { workspaceId, channel }: Place): Promise<Row[]> =>
  db.getConnection().execute<Row[]>(statement, [workspaceId, channel], 'all', db.getTransactionContext());
