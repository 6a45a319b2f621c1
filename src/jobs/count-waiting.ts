import type { Orm } from '#db/orm.ts';
import type { LaneState } from './fair-tags.ts';

/** What waits, by workspace and lane. */
export type Waiting = {
  count: number;
  /** The tag of what runs next. */
  firstTag: number;
  workspaces: Map<string, { count: number; oldestSeconds: number; lanes: Map<string, LaneState> }>;
};

type Row = { workspace: string; place: string; count: number; oldest: number; last: number | null; first: number | null };

/** Work that people asked for and that is due or was tried before, and answers on their way to a channel. */
export const createCountWaiting = (orm: Orm) => async (): Promise<Waiting> => {
  const connection = orm.em.fork().getConnection();
  let rows = await connection.execute<Row[]>(query);
  if (firstOf(rows) > FAR) {
    await connection.execute(startOver);
    rows = await connection.execute<Row[]>(query);
  }
  const waiting: Waiting = { count: 0, firstTag: firstOf(rows), workspaces: new Map() };
  for (const { workspace, place, count, oldest, last } of rows) {
    const own = waiting.workspaces.get(workspace) ?? { count: 0, oldestSeconds: 0, lanes: new Map<string, LaneState>() };
    waiting.workspaces.set(workspace, own);
    own.lanes.set(place, { count, oldestSeconds: oldest, lastTag: last });
    own.count += count;
    own.oldestSeconds = Math.max(own.oldestSeconds, oldest);
    waiting.count += count;
  }
  return waiting;
};

const firstOf = (rows: readonly Row[]): number => {
  const tags = rows.map(({ first }) => first).filter((tag) => tag !== null);
  return tags.length > 0 ? Math.min(...tags) : 0;
};

// While the queue is never empty, tags only grow, and they have an end.
const FAR = 10_000;

// Of several processes one does it; what it has done already is below the old beginning and is left alone.
const startOver = `with due as materialized (
    select id, priority from graphile_worker._private_jobs where locked_at is null and attempts < max_attempts and run_at <= now() and payload->>'lane' is not null),
  beginning as (select min(priority) as priority from due)
  update graphile_worker._private_jobs job set priority = job.priority - beginning.priority from beginning
  where beginning.priority > ${FAR} and job.priority >= beginning.priority and job.locked_at is null and job.payload->>'lane' is not null`;

const query = `select workspace, place, count(*)::int as count, extract(epoch from max(now() - created_at))::float8 as oldest,
    max(priority) filter (where laned) as last, min(priority) filter (where laned and run_at <= now()) as first
  from (
    select job.payload->>'workspaceId' as workspace, coalesce(job.payload->>'lane', substr(queue.queue_name, length('slack:') + 1)) as place,
      job.priority, job.run_at, job.created_at, job.payload->>'lane' is not null as laned, job.payload->>'attempt' is not null as tried
    from graphile_worker._private_jobs job left join graphile_worker._private_job_queues queue on queue.id = job.job_queue_id
    where job.locked_at is null and job.attempts < job.max_attempts
  ) waiting
  where workspace is not null and (laned and (run_at <= now() or tried) or not laned and place <> '' and priority = 0)
  group by 1, 2`;
