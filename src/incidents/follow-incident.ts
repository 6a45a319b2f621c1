import { z } from 'zod';
import { Delivery } from '#db/entities/delivery.ts';
import { Incident } from '#db/entities/incident.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import { addJob, type JobSpec } from '#db/queue.ts';
import { AppError } from '#src/core/errors.ts';
import type { Clock } from '#src/core/ports.ts';
import { deliverJob } from '#src/delivery/deliver-job-spec.ts';
import { newDelivery } from '#src/delivery/new-delivery.ts';
import { defineJob } from '#src/jobs/define-job.ts';

/** What is said under an incident's message: what its service's logs tell, and that it is over. */
export type Following = 'opened' | 'resolved';

export const followingSubject = (incidentId: string, what: Following): string => `${incidentId}:${what}`;

export const followJob = ({ id, workspaceId }: Pick<Incident, 'id' | 'workspaceId'>, what: Following, requestId: string): JobSpec => ({
  name: 'follow-incident',
  payload: { incidentId: id, workspaceId, what, requestId },
  key: `follow-incident:${id}:${what}`,
  onSameKey: 'once',
});

/** Puts a reply under an incident's message as soon as that is there; once. */
export const createFollowIncident = ({ orm, clock }: { orm: Orm; clock: Clock }) =>
  defineJob({
    name: 'follow-incident',
    payload: z.object({ incidentId: z.string(), workspaceId: z.string(), what: z.enum(['opened', 'resolved']) }),
    async run({ incidentId, workspaceId, what }) {
      const db = forWorkspace(orm, workspaceId);
      const [message, incident] = [await db.findOne(Delivery, { subjectId: incidentId }), await db.findOne(Incident, { id: incidentId })];
      if (!message || !incident || message.state === 'FAILED') return;
      if (!message.messageTs) throw new AppError('CHAT_UNAVAILABLE', 'The incident’s message is not posted yet.');
      const subjectId = followingSubject(incidentId, what);
      if (await db.findOne(Delivery, { subjectId })) return;
      const delivery = newDelivery(workspaceId, subjectId, { ...message.replyTo, threadTs: message.messageTs }, clock.now());
      await db.transactional(async (tx) => {
        await tx.persist(delivery).flush();
        await addJob(tx, deliverJob(delivery));
      });
    },
  });
