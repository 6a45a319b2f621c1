import type { Delivery } from '#db/entities/delivery.ts';
import type { Log, WorkStatus } from '#db/entities/log.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import { queryPrepared } from '#db/prepared.ts';
import type { JobSpec } from '#db/queue.ts';
import { deliverJob } from '#src/delivery/deliver-job-spec.ts';
import type { StoredChunk } from './chunks.ts';
import type { OwnTime } from './own-time.ts';

/** What a job needs to know of its log, in one query. */
export type LogWork = {
  log: OwnTime & {
    id: string;
    workspaceId: string;
    title: string;
    source: string | null;
    status: WorkStatus;
    bytes: number;
    createdAt: Date;
  };
  /** The text's first chunk, which for most logs is all of it; null when there is none. */
  firstChunk: StoredChunk | null;
  /** The job that shows the news to whoever waits for them; none when nobody does. */
  delivery: JobSpec[];
  /** What its usual is remembered for: the source it names, or the channel it was asked for in. Null when it is from nowhere. */
  memory: string | null;
};

/** What its usual is remembered for. */
const memoryOf = (source: string | null, replyTo: Delivery['replyTo'] | null): string | null =>
  source ?? (replyTo ? `slack:${replyTo.channel}` : null);

type NewLog = Pick<Log, 'id' | 'workspaceId' | 'title' | 'source' | 'status' | 'bytes' | 'createdAt' | 'requestId'>;

/** The same of a log that is only now taken in, all of whose text is `firstChunk`. */
export const newWork = (log: NewLog, delivery: Pick<Delivery, 'id' | 'replyTo'> | undefined, firstChunk: StoredChunk): LogWork => ({
  log: {
    id: log.id,
    workspaceId: log.workspaceId,
    title: log.title,
    source: log.source ?? null,
    status: log.status,
    bytes: log.bytes ?? 0,
    createdAt: log.createdAt,
    firstAt: null,
    lastAt: null,
  },
  firstChunk,
  delivery: delivery
    ? [deliverJob({ id: delivery.id, replyTo: delivery.replyTo, workspaceId: log.workspaceId }, log.requestId ?? undefined)]
    : [],
  memory: memoryOf(log.source ?? null, delivery?.replyTo ?? null),
});

/** Null when the log is gone. */
export const findWork = async (orm: Orm, { logId, workspaceId }: { logId: string; workspaceId: string }): Promise<LogWork | null> => {
  const [row] = await queryPrepared<Row>(forWorkspace(orm, workspaceId), query, [logId, workspaceId]);
  if (!row) return null;
  const log = {
    id: logId,
    workspaceId,
    title: row.title,
    source: row.source,
    status: row.status,
    bytes: Number(row.bytes ?? 0),
    createdAt: new Date(row.created_at),
    firstAt: row.first_at === null ? null : new Date(row.first_at),
    lastAt: row.last_at === null ? null : new Date(row.last_at),
  };
  const firstChunk = row.chunk_data && { data: row.chunk_data, blobKey: row.chunk_key, bytes: Number(row.chunk_bytes) };
  return {
    log,
    firstChunk,
    delivery:
      row.delivery_id && row.reply_to
        ? [deliverJob({ id: row.delivery_id, workspaceId, replyTo: row.reply_to }, row.request_id ?? undefined)]
        : [],
    memory: memoryOf(row.source, row.reply_to),
  };
};

const query = `select log.title, log.source, log.status, log.bytes, log.created_at, log.first_at, log.last_at, log.request_id, delivery.id as delivery_id, delivery.reply_to,
    chunk.data as chunk_data, chunk.blob_key as chunk_key, chunk.bytes as chunk_bytes
  from log left join delivery on delivery.subject_id = log.id left join log_chunk chunk on chunk.log_id = log.id and chunk.seq = 0
  where log.id = ? and log.workspace_id = ?`;

type Row = {
  title: string;
  source: string | null;
  status: WorkStatus;
  bytes: string | null;
  created_at: string | Date;
  first_at: string | Date | null;
  last_at: string | Date | null;
  request_id: string | null;
  delivery_id: string | null;
  reply_to: Delivery['replyTo'] | null;
  chunk_data: Buffer | null;
  chunk_key: string | null;
  chunk_bytes: number | null;
};
