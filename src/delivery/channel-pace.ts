import type { Db } from '#db/orm.ts';

/*
 * Slack takes one message a second in a channel. Messages take turns there, over all processes and by the database's clock. What somebody waits
 * for has turns of its own, which go first; what nobody waits for keeps its distance from them.
 */

/** Between the answer to one message and the next: so however long Slack takes, two never reach it within a second. */
export const QUIET_MS = 1_000;
// Turns are further apart by what a message takes; otherwise each would come a moment too early and need another turn.
const TAKES_MS = 150;

export type Place = { workspaceId: string; channel: string };
export type Pace = {
  /** Nobody waits for it. */
  unhurried?: boolean | undefined;
  /** Turns one behind the other, of which the first is given; default 1. */
  messages?: number;
  quietMs?: number;
};

/** How far a second turn is behind the first. */
export const apartMs = (quietMs = QUIET_MS): number => (quietMs === 0 ? 0 : quietMs + TAKES_MS);

/** The channel's next free turn, which is now this caller's, and whether it has come. */
export const takeTurn = async (
  db: Db,
  place: Place,
  { unhurried = false, messages = 1, quietMs = QUIET_MS }: Pace = {},
): Promise<{ turn: Date; come: boolean }> => {
  const taken = `${messages * apartMs(quietMs)} * interval '1 millisecond'`;
  const free = `pace.last_at + ${quietMs} * interval '1 millisecond', clock_timestamp()`;
  const [own, other] = unhurried ? ['next_turn_at', 'next_reply_at'] : ['next_reply_at', 'next_turn_at'];
  const before = unhurried ? 'pace.next_turn_at, pace.next_reply_at' : 'pace.next_reply_at';
  const [row] = await run<{ turn: Date | string; come: boolean }>(
    db,
    `insert into channel_pace as pace (workspace_id, channel, last_at, ${own}, ${other}) values (?, ?, to_timestamp(0), clock_timestamp() + ${taken}, to_timestamp(0))
     on conflict (workspace_id, channel) do update set ${own} = greatest(${before}, ${free}) + ${taken}
     returning ${own} - ${taken} as turn, ${own} - ${taken} <= clock_timestamp() as come`,
    place,
  );
  return { turn: new Date(row?.turn ?? 0), come: row?.come === true };
};

/** Whether a message may go out now: its turn has come, nothing was said a moment ago, and nothing that is waited for is about to be. */
export const isTurn = async (db: Db, place: Place, turn: Date, { unhurried = false, quietMs = QUIET_MS }: Pace = {}): Promise<boolean> => {
  const [row] = await db.getConnection().execute<{ free: boolean }[]>(
    // A turn is kept in milliseconds.
    `select clock_timestamp() >= ?::timestamptz and coalesce(bool_and(
        last_at + ${quietMs} * interval '1 millisecond' <= clock_timestamp()${unhurried ? " and coalesce(next_reply_at, '-infinity') <= clock_timestamp()" : ''}
      ), true) as free
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
