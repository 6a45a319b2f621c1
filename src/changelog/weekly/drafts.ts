import { ChangelogPost } from '#db/entities/changelog-post.ts';
import { Delivery } from '#db/entities/delivery.ts';
import type { Db } from '#db/orm.ts';
import { addJob, type JobSpec } from '#db/queue.ts';
import { refreshShown, sendUnhurried, UNHURRIED } from '#src/delivery/send-unhurried.ts';
import { replyIn, subjects } from './post-state.ts';

const DAY_MS = 24 * 3_600_000;

/** Shows a draft to its owner, and sees to it that it is not forgotten. */
export const sendDraft = async (db: Db, post: ChangelogPost, now: Date): Promise<void> => {
  const { id, workspaceId, owner, requestId } = post;
  const replyTo = await replyIn(db, workspaceId, owner, owner);
  await sendUnhurried(db, { workspaceId, subjectId: subjects.draft(id), replyTo }, now, requestId ?? undefined);
  // Composed anew, it is there already.
  await showAnew(db, id);
  await addJob(db, remindJob(post, new Date(now.getTime() + DAY_MS)));
};

const remindJob = ({ id, workspaceId }: ChangelogPost, runAt: Date): JobSpec => ({
  name: 'remind-changelog-draft',
  payload: { postId: id, workspaceId },
  key: `remind-changelog-draft:${id}`,
  runAt,
  priority: UNHURRIED,
});

/** Has whatever of a draft was shown already shown as it is now. */
export const showAnew = async (db: Db, postId: string): Promise<void> => {
  const shown = await db.find(Delivery, { subjectId: { $like: `${postId}:%` } }, { fields: ['subjectId'], disableIdentityMap: true });
  await refreshShown(
    db,
    shown.map(({ subjectId }) => subjectId),
  );
};

/** Those that wait already are no longer the newest. */
export const showDraftsAnew = async (db: Db, subscriptionId: string): Promise<void> => {
  for (const { id } of await db.find(ChangelogPost, { subscriptionId, state: 'DRAFT' })) await showAnew(db, id);
};

/** Reminds of a draft nobody decided on; once. */
export const remindOfDraft = async (db: Db, postId: string, now: Date): Promise<void> => {
  const reminded = await db.nativeUpdate(ChangelogPost, { id: postId, state: 'DRAFT', remindedAt: null }, { remindedAt: now });
  if (reminded === 0) return;
  const { workspaceId, owner } = await db.findOneOrFail(ChangelogPost, { id: postId });
  const replyTo = await replyIn(db, workspaceId, owner, owner);
  await sendUnhurried(db, { workspaceId, subjectId: subjects.reminder(postId), replyTo }, now);
};
