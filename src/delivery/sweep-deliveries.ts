import { z } from 'zod';
import type { Delivery } from '#db/entities/delivery.ts';
import type { Db, Orm } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { defineJob } from '#src/jobs/define-job.ts';
import { deliverJob } from './deliver-job-spec.ts';

const AT_ONCE = 500;

/**
 * Brings answers on their way again that nobody has seen and of which no job in the queue knows any more: a version that did not know how to
 * draw them took their job for done.
 */
export const createSweepDeliveries = ({ orm }: { orm: Orm }) =>
  defineJob({
    name: 'sweep-deliveries',
    payload: z.object({}).loose(),
    async run(_, { log }) {
      const db = orm.em.fork();
      const forgotten = await findForgotten(db);
      for (const delivery of forgotten) await addJob(db, deliverJob(delivery));
      if (forgotten.length > 0) log.warn({ count: forgotten.length }, 'answers nobody was bringing on their way are on their way again');
    },
  });

/** Every minute. */
export const deliveryCrontab = ['* * * * * sweep-deliveries'];

type Found = Pick<Delivery, 'id' | 'workspaceId' | 'replyTo'>;

// Keys of jobs name what they are about after the first colon; what is still being worked on will be delivered in its time.
const findForgotten = (db: Db): Promise<Found[]> =>
  db.getConnection().execute<Found[]>(
    `with busy as materialized (
       select split_part(key, ':', 2) as about from graphile_worker._private_jobs where key is not null and attempts < max_attempts)
     select id, workspace_id as "workspaceId", reply_to as "replyTo" from delivery
     where state = 'WAITING' and message_ts is null and updated_at < now() - interval '30 seconds'
       and id not in (select about from busy) and split_part(subject_id, ':', 1) not in (select about from busy)
     order by updated_at limit ${AT_ONCE}`,
  );
