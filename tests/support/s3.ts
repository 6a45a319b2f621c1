import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startFauxqs } from 'fauxqs';

export type S3StandIn = {
  /** Give these to the product. */
  settings: { S3_BUCKET: string; S3_ENDPOINT: string; S3_ACCESS_KEY_ID: string; S3_SECRET_ACCESS_KEY: string };
  /** What lies in the bucket. */
  keys(): Promise<string[]>;
  put(key: string): Promise<void>;
  /** Keys that were read so far. */
  reads: string[];
  /** Answers everything with 503 until it is mended. */
  fail(): void;
  mend(): void;
  [Symbol.asyncDispose](): Promise<void>;
};

const BUCKET = 'logs';

/** A server that speaks S3 on loopback, not written by us, behind a door that can be shut. */
export const startS3 = async (): Promise<S3StandIn> => {
  const server = await startFauxqs({ port: 0, logger: false });
  server.createBucket(BUCKET);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const endpoint = `http://127.0.0.1:${server.port}`;
  const client = new S3Client({ region: 'us-east-1', endpoint, forcePathStyle: true, credentials });
  const reads: string[] = [];
  let down = false;
  const door = createServer((request, response) => {
    if (down) return void response.writeHead(503, { 'content-type': 'application/xml' }).end('<Error><Code>SlowDown</Code></Error>');
    const path = request.url ?? '/';
    if (request.method === 'GET' && path.startsWith(`/${BUCKET}/logs/`)) reads.push(path.slice(BUCKET.length + 2).split('?', 1)[0] ?? '');
    const { method, headers } = request;
    const onward = forward({ host: '127.0.0.1', port: server.port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  return {
    settings: {
      S3_BUCKET: BUCKET,
      S3_ENDPOINT: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
      S3_ACCESS_KEY_ID: 'test',
      S3_SECRET_ACCESS_KEY: 'test',
    },
    async keys() {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: BUCKET }));
      return Contents.map(({ Key = '' }) => Key);
    },
    async put(key) {
      await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: 'x' }));
    },
    reads,
    fail: () => {
      down = true;
    },
    mend: () => {
      down = false;
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
      door.closeAllConnections();
      await new Promise((resolve) => door.close(resolve));
      await server.stop();
    },
  };
};
