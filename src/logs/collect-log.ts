import { z } from 'zod';
import { Delivery } from '#db/entities/delivery.ts';
import { Log } from '#db/entities/log.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { AppError, isAppError } from '#src/core/errors.ts';
import type { BlobStore, Chat, ChatPart, Clock } from '#src/core/ports.ts';
import { defineJob } from '#src/jobs/define-job.ts';
import { storeChunks } from './chunks.ts';
import { takeIn, toText } from './intake/index.ts';
import { logJob } from './log-job.ts';
import { createFailureHooks, isFinished, moveLog } from './log-state.ts';
import { mendTitle } from './name-log.ts';

export type CollectLogDeps = { orm: Orm; chat: Chat; clock: Clock; blobs: BlobStore; limits: { maxBytes: number; maxUnpackRatio: number } };

/** Fetches a log that lives in Slack and stores it; then it is a log like any other. */
export const createCollectLog = (deps: CollectLogDeps) =>
  defineJob({
    name: 'collect-log',
    payload: z.object({ logId: z.string(), workspaceId: z.string() }),
    ...createFailureHooks(deps),
    async run({ logId, workspaceId }, { requestId, lane }) {
      const log = await forWorkspace(deps.orm, workspaceId).findOne(Log, { id: logId });
      if (!log?.origin || isFinished(log.status)) return;
      const { title, parts, leftOut } = await deps.chat.fetch(log.origin);
      await forWorkspace(deps.orm, workspaceId).transactional(async (db) => {
        const limits = { maxBytes: deps.limits.maxBytes, maxRatio: deps.limits.maxUnpackRatio };
        const text = await storeChunks({ db, blobs: deps.blobs }, log, takeIn(joinParts(parts, limits), limits));
        if (!(await moveLog(db, logId, { ...text, title: mendTitle(title) ?? log.title, origin: null, failure: null })))
          throw new AppError('CANCELLED', 'Work on this log was stopped.');
        await addJob(db, logJob('digest-log', log, requestId, lane));
      });
      if (leftOut) await tellLeftOut(deps, log, leftOut);
    },
  });

/** To whoever asked, once the log is kept. The title says the same in short, to everybody: a word that Slack does not take is not tried again. */
const tellLeftOut = async ({ orm, chat }: CollectLogDeps, { id, workspaceId }: Log, sentence: string): Promise<void> => {
  const delivery = await forWorkspace(orm, workspaceId).findOne(Delivery, { subjectId: id });
  if (!delivery) return;
  await chat.whisper(delivery.replyTo, sentence).catch((error: unknown) => {
    if (!isAppError(error)) throw error;
  });
};

// Each part may be packed and encoded in its own way; every part ends its last line.
async function* joinParts(parts: AsyncIterable<ChatPart>, limits: { maxBytes: number; maxRatio: number }): AsyncIterable<Uint8Array> {
  for await (const part of parts) {
    let last = 0x0a;
    for await (const bytes of toText(part.bytes, limits)) {
      last = bytes[bytes.length - 1] ?? last;
      yield bytes;
    }
    if (last !== 0x0a) yield Buffer.from('\n');
  }
}
