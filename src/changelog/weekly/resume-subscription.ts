import { ChangelogPost, type PostState } from '#db/entities/changelog-post.ts';
import type { ChangelogSubscription } from '#db/entities/changelog-subscription.ts';
import { Delivery } from '#db/entities/delivery.ts';
import type { Db } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { deliverJob } from '#src/delivery/deliver-job-spec.ts';
import { sendDraft } from './drafts.ts';
import { moveOn, postChangelogJob, subjects } from './post-state.ts';

/** Lets a held subscription go on where it stopped: what could not be posted is tried again, and what was missed is made up for. */
export const resumeSubscription = async (db: Db, subscription: ChangelogSubscription, now: Date): Promise<void> => {
  Object.assign(subscription, { pausedAt: null, pausedReason: null });
  for (const post of await db.find(ChangelogPost, { subscriptionId: subscription.id, state: 'FAILED' })) {
    const begun = await sendAgain(db, post);
    const { channel, owner } = subscription;
    Object.assign(post, { state: stateOf(post, subscription, begun), failure: null, ...(begun ? {} : { channel, owner }) });
    await db.flush();
    if (post.state === 'DRAFT') await sendDraft(db, post, now);
  }
  await moveOn(db, subscription, now);
  await addJob(db, postChangelogJob(subscription));
};

/** What may have gone out is brought to its end where it began; what never did is taken back, to begin anew. Says whether the channel saw any of it. */
const sendAgain = async (db: Db, { id }: ChangelogPost): Promise<boolean> => {
  const sent = await db.find(Delivery, { subjectId: { $like: `${id}%` } });
  const root = sent.find(({ subjectId }) => subjectId === subjects.posted(id));
  const begun = Boolean(root?.messageTs || root?.postingSince);
  for (const delivery of sent.filter(({ state }) => state === 'FAILED')) {
    if (delivery.messageTs || delivery.postingSince || delivery.replyTo.threadTs) {
      Object.assign(delivery, { state: 'WAITING', failure: null });
      await db.flush();
      await addJob(db, deliverJob(delivery));
    } else await db.nativeDelete(Delivery, { id: delivery.id });
  }
  return begun;
};

const stateOf = (post: ChangelogPost, { draftFirst }: ChangelogSubscription, begun: boolean): PostState => {
  if (!post.changelogId) return 'COMPOSING';
  return draftFirst && !post.decidedAt && !begun ? 'DRAFT' : 'POSTING';
};
