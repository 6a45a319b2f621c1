import { createBlobs } from '#src/blobs/create-blobs.ts';
import type { Config } from '#src/config.ts';
import { isAppError } from '#src/core/errors.ts';
import { bad, type Finding, ok } from './finding.ts';

/** Whether the store for the text of logs can be used. Nothing where it is PostgreSQL, which is looked at anyway. */
export const lookAtBlobs = async (config: Config): Promise<Finding[]> => {
  if (!config.S3_BUCKET) return [];
  const blobs = await createBlobs(config);
  const where = `bucket ${config.S3_BUCKET}${config.S3_ENDPOINT ? ` at ${new URL(config.S3_ENDPOINT).host}` : ` in ${config.S3_REGION}`}`;
  try {
    await blobs.check();
    return [ok('Store', `${where} answers`)];
  } catch (error) {
    if (!isAppError(error)) throw error;
    return [bad('Store', `${where}: ${error.message}`, 'Check S3_BUCKET, S3_REGION, S3_ENDPOINT and what the key or role may do there.')];
  } finally {
    blobs.close();
  }
};
