import { Workspace } from '#db/entities/workspace.ts';
import type { Db } from '#db/orm.ts';
import { sendUnhurried } from '#src/delivery/send-unhurried.ts';

/** A message that stands alone in a channel an admin named; once for each subject, and nowhere before the workspace has a Slack team. */
export const postAlone = async (
  db: Db,
  workspaceId: string,
  subjectId: string,
  channel: string | null | undefined,
  now: Date,
): Promise<void> => {
  const { slackTeamId: teamId } = await db.findOneOrFail(Workspace, { id: workspaceId });
  if (channel && teamId) await sendUnhurried(db, { workspaceId, subjectId, replyTo: { kind: 'slack', teamId, channel, user: '' } }, now);
};
