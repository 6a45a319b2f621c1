import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { AppError } from '#src/core/errors.ts';
import type { BlobStore } from '#src/core/ports.ts';

export type S3Settings = {
  bucket: string;
  region: string;
  /** For servers that speak S3 and are not AWS. */
  endpoint?: string | undefined;
  /** Without them the SDK's own chain: environment, profile, role of the task, pod or machine. */
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined;
  /** How long it may say nothing, before and within an answer; default 10 s. */
  silentMs?: number;
};

// A request costs tens of milliseconds and $5 a million; bytes of this size are not noticed in a row. Most logs pasted by people are shorter.
const IN_ROW_BELOW = 8 * 1024;
const MOST_AT_ONCE = 1_000;
const TRIES = 3;
const SILENT_MS = 10_000;

/** Bytes in a bucket of S3 or of a server that speaks it. Objects are written once, under keys that are never used again. */
export const createS3Blobs = ({
  bucket,
  region,
  endpoint,
  credentials,
  silentMs = SILENT_MS,
}: S3Settings): BlobStore & { close(): void } => {
  const s3 = new S3Client({
    region,
    maxAttempts: TRIES,
    // By themselves these limits only warn, or do not end an answer that stops half-way: a bucket that hangs would hold jobs and uploads for ever.
    requestHandler: {
      connectionTimeout: 3_000,
      requestTimeout: silentMs,
      throwOnRequestTimeout: true,
      socketTimeout: silentMs,
    } satisfies S3ClientConfig['requestHandler'],
    // Names of buckets as hosts need names in DNS that other servers seldom have.
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    ...(credentials ? { credentials } : {}),
  });
  const list = (after: string | null, limit = MOST_AT_ONCE) =>
    s3.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: limit, ...(after ? { StartAfter: after } : {}) })).catch(inWords);

  return {
    name: 's3',
    async put(key, bytes) {
      if (bytes.length < IN_ROW_BELOW) return { data: bytes, blobKey: null };
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes })).catch(inWords);
      return { data: NOTHING, blobKey: key };
    },
    async get({ data, blobKey }) {
      if (blobKey === null) return data;
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: blobKey })).catch(inWords);
      if (!Body) throw gone();
      return Buffer.from(await Body.transformToByteArray().catch(inWords));
    },
    async delete(keys) {
      for (let from = 0; from < keys.length; from += MOST_AT_ONCE) {
        const Objects = keys.slice(from, from + MOST_AT_ONCE).map((Key) => ({ Key }));
        const { Errors = [] } = await s3
          .send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }))
          .catch(inWords);
        if (Errors.length > 0) throw unavailable(`${Errors.length} objects could not be deleted (${Errors[0]?.Code})`);
      }
    },
    async list(after) {
      const { Contents = [], IsTruncated } = await list(after);
      const blobs = Contents.flatMap(({ Key, LastModified }) => (Key && LastModified ? [{ key: Key, storedAt: LastModified }] : []));
      return { blobs, next: IsTruncated ? (blobs.at(-1)?.key ?? null) : null };
    },
    async check() {
      await list(null, 1);
    },
    close: () => s3.destroy(),
  };
};

const NOTHING = Buffer.alloc(0);

const inWords = (error: unknown): never => {
  const { name, $metadata, Code } = error as { name?: string; Code?: string; $metadata?: { httpStatusCode?: number } };
  if (name === 'NoSuchKey') throw gone(error);
  const status = $metadata?.httpStatusCode;
  throw unavailable(status === undefined ? 'it does not answer' : `it answers ${status} ${Code ?? name ?? ''}`.trim(), error);
};

const unavailable = (why: string, cause?: unknown): AppError =>
  new AppError('STORE_UNAVAILABLE', `The store for the text of logs is out of reach: ${why}. Try again in a minute.`, { cause });

const gone = (cause?: unknown): AppError =>
  new AppError('NOT_FOUND', 'The text of this log is not where it was kept; what was found in it still stands.', { cause });
