import { Delivery } from '#db/entities/delivery.ts';
import { Workspace } from '#db/entities/workspace.ts';
import type { Db } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { deliverJob } from '#src/delivery/deliver-job-spec.ts';
import { newDelivery } from './team-post.ts';

/** A message that stands alone in a channel an admin named; once for each subject, and nowhere before the workspace has a Slack team. */
export const postAlone = async (
  db: Db,
  workspaceId: string,
  subjectId: string,
  channel: string | null | undefined,
  now: Date,
): Promise<void> => {
  const workspace = await db.findOneOrFail(Workspace, { id: workspaceId });
  if (!channel || !workspace.slackTeamId || (await db.findOne(Delivery, { subjectId }))) return;
  const delivery = newDelivery({ workspaceId }, subjectId, { kind: 'slack', teamId: workspace.slackTeamId, channel, user: '' }, now);
  await db.persist(delivery).flush();
  await addJob(db, deliverJob(delivery));
};
