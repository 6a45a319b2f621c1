import { z } from 'zod';
import { Delivery } from '#db/entities/delivery.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import { addJob, type JobSpec } from '#db/queue.ts';
import type { Chat, Posted } from '#src/core/ports.ts';
import { defineJob, type Job } from '#src/jobs/define-job.ts';
import { tellAskerJob } from './tell-asker.ts';

const payload = z.object({ deliveryId: z.string(), workspaceId: z.string(), channel: z.string(), ts: z.string() });

/** The job that takes a message of a delivery's back that should not stand where it stands. */
export const takeBackJob = ({ id, workspaceId, replyTo }: Delivery, { ts, channel = replyTo.channel }: Posted): JobSpec => ({
  name: 'take-back',
  payload: { deliveryId: id, workspaceId, channel, ts },
  key: `take-back:${channel}:${ts}`,
  onSameKey: 'once',
});

/** Tried as an answer is; when Slack's no is final, whoever asked hears what stands where, for they can have it removed. */
export const createTakeBack = ({ orm, chat }: { orm: Orm; chat: Chat }): Job<z.output<typeof payload>> =>
  defineJob({
    name: 'take-back',
    payload,
    run: ({ channel, ts }) => chat.remove({ channel, ts }),
    async giveUp({ deliveryId, workspaceId }, failure) {
      const { id, message } = failure;
      const db = forWorkspace(orm, workspaceId);
      const delivery = await db.findOne(Delivery, { id: deliveryId });
      if (!delivery) return;
      const sentence = `A message of mine about ${delivery.subjectId} stands in the channel you asked in, under nothing, and I could not take it back: ${message} (${id}) Whoever may delete messages there can remove it.`;
      await addJob(db, tellAskerJob(delivery, sentence, failure));
    },
  });
