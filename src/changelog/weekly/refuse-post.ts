import { ChangelogPost } from '#db/entities/changelog-post.ts';
import { Delivery } from '#db/entities/delivery.ts';
import type { Db } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { deliverJob } from '#src/delivery/deliver-job-spec.ts';
import { UNHURRIED } from '#src/delivery/send-unhurried.ts';
import type { JobFailure } from '#src/jobs/define-job.ts';
import { holdSubscription, moveOn, pauseSubscription } from './post-state.ts';

// By then it was tried for a day.
const LATER_MS = 3_600_000;

/** Slack is away, or refuses us as a whole: that is nobody's channel's fault, and passes. */
export const passes = ({ code }: JobFailure): boolean => code.startsWith('CHAT_') && code !== 'CHAT_DENIED';

/**
 * A message of a post did not get through for good. What passes is tried on for as long as it takes (law 10). A channel that will not have it
 * stops its subscription, and whoever owns that hears of it; an owner who cannot be reached (drafts and reminders go to owners) stops it as well.
 * Gives the sentence for whoever asked for what belongs to no subscription.
 */
export const refusePost = async (
  db: Db,
  { id, subscriptionId }: ChangelogPost,
  { subjectId, toOwner }: { subjectId: string; toOwner: boolean },
  failure: JobFailure,
  now: Date,
): Promise<string | null> => {
  const delivery = await db.findOne(Delivery, { subjectId }, { refresh: true });
  if (passes(failure)) return tryOn(db, delivery, now);
  // It was shown, and Slack does not let us edit it any more: that takes nothing back.
  if (delivery?.messageTs) return null;
  const subscription = subscriptionId ? await holdSubscription(db, subscriptionId) : null;
  const failed = { state: 'FAILED' as const, failure: { ...failure, retryAt: null } };
  await db.nativeUpdate(ChangelogPost, { id, state: { $in: ['POSTING', 'DRAFT'] } }, failed);
  if (!subscription) return subscriptionId ? null : `The changelog could not be posted: ${failure.message} (${failure.id})`;
  const lost = toOwner && failure.code === 'CHAT_DENIED';
  if (lost) subscription.ownerLostAt = now;
  const reason = lost ? `I cannot reach the one who approves it (${failure.message})` : failure.message;
  await pauseSubscription(db, subscription, reason, now);
  await moveOn(db, subscription, now);
  return null;
};

/** Has a message that was given up tried once more later. */
export const tryOn = async (db: Db, delivery: Delivery | null, now: Date): Promise<null> => {
  if (!delivery) return null;
  await db.nativeUpdate(Delivery, { id: delivery.id }, { state: 'WAITING', failure: null });
  await addJob(db, { ...deliverJob(delivery), runAt: new Date(now.getTime() + LATER_MS), priority: UNHURRIED });
  return null;
};
