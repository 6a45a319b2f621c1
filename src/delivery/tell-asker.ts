import { z } from 'zod';
import { Delivery } from '#db/entities/delivery.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import type { JobSpec } from '#db/queue.ts';
import type { Chat } from '#src/core/ports.ts';
import { defineJob, type Job, type JobFailure } from '#src/jobs/define-job.ts';

const payload = z.object({ deliveryId: z.string(), workspaceId: z.string(), sentence: z.string() });

/** The job that tells whoever asked what became of their answer. It is written down in the commit that says so, for Slack may be away just then. */
export const tellAskerJob = (
  { id, workspaceId }: Pick<Delivery, 'id' | 'workspaceId'>,
  sentence: string,
  failure: JobFailure,
): JobSpec => ({
  name: 'tell-asker',
  payload: { deliveryId: id, workspaceId, sentence },
  key: `tell-asker:${id}:${failure.id}`,
  onSameKey: 'once',
});

/** Tried as an answer is. Where Slack lets us tell them in no way, the delivery says what happened. */
export const createTellAsker = ({ orm, chat }: { orm: Orm; chat: Chat }): Job<z.output<typeof payload>> =>
  defineJob({
    name: 'tell-asker',
    payload,
    async run({ deliveryId, workspaceId, sentence }) {
      const delivery = await forWorkspace(orm, workspaceId).findOne(Delivery, { id: deliveryId });
      if (delivery) await chat.whisper(delivery.replyTo, sentence);
    },
  });
