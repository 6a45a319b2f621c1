import type { Config } from '#src/config.ts';
import { AppError } from '#src/core/errors.ts';
import type { BlobStore } from '#src/core/ports.ts';
import { inRow } from './in-row.ts';

type BlobSettings = Pick<Config, 'S3_BUCKET' | 'S3_REGION' | 'S3_ENDPOINT' | 'S3_ACCESS_KEY_ID' | 'S3_SECRET_ACCESS_KEY'>;

/** The store that the settings name; to be closed. */
export const createBlobs = async (settings: BlobSettings): Promise<BlobStore & { close(): void }> => {
  const { S3_BUCKET: bucket, S3_REGION: region, S3_ENDPOINT: endpoint, S3_ACCESS_KEY_ID: id, S3_SECRET_ACCESS_KEY: key } = settings;
  if (!bucket) return { ...inRow, get: onlyFromRows, close() {} };
  // Loaded only when it is used: the SDK takes a noticeable part of a start.
  const { createS3Blobs } = await import('./s3.ts');
  return createS3Blobs({ bucket, region, endpoint, credentials: id && key ? { accessKeyId: id, secretAccessKey: key } : undefined });
};

const onlyFromRows: BlobStore['get'] = async (stored) => {
  if (stored.blobKey !== null)
    throw new AppError('STORE_UNAVAILABLE', 'The text of this log lies in a bucket, and S3_BUCKET is not set here. Set it again.');
  return inRow.get(stored);
};
