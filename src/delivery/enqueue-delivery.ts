import { Delivery } from '#db/entities/delivery.ts';
import type { Db } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { deliverJob } from './deliver-job-spec.ts';

/** If somebody waits for an answer about this subject, has it brought up to date there. */
export const enqueueDelivery = async (db: Db, subjectId: string, requestId?: string): Promise<void> => {
  const delivery = await db.findOne(Delivery, { subjectId }, { disableIdentityMap: true });
  if (delivery) await addJob(db, deliverJob(delivery, requestId));
};
