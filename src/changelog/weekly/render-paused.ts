import { ChangelogPost } from '#db/entities/changelog-post.ts';
import { ChangelogSubscription } from '#db/entities/changelog-subscription.ts';
import { Delivery } from '#db/entities/delivery.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import type { Clock, Log } from '#src/core/ports.ts';
import type { Renderer } from '#src/delivery/deliver.ts';
import type { JobFailure } from '#src/jobs/define-job.ts';
import { doneReport, pausedReport } from './draft-report.ts';
import { type Deed, holdSubscription, subjects, type ToldTo, tellPaused } from './post-state.ts';
import { passes, tryOn } from './refuse-post.ts';

type Deps = { orm: Orm; clock: Clock; log: Log };

/** What is told of a subscription that rests: to its owner; where Slack does not let us, to the channel, to the admins, to the server's log. */
export const createSubscriptionRenderer =
  ({ orm, clock, log }: Deps): Renderer =>
  async (workspaceId, subjectId) => {
    const [id = '', what = '', , to = 'owner', postId = ''] = subjectId.split(':');
    const db = forWorkspace(orm, workspaceId);
    const subscription = await db.findOne(ChangelogSubscription, { id });
    if (subscription && isDeed(what)) {
      const post = postId ? await db.findOne(ChangelogPost, { id: postId }) : null;
      // Who cannot be told this misses nothing that waits for them.
      return { ...alone, root: doneReport(subscription, { deed: what, by: to, post }), refused: async () => null };
    }
    // Gone on meanwhile, there is nothing to tell any more.
    if (!subscription?.pausedAt || subjectId !== subjects.paused(id, subscription.pausedAt, to as ToldTo)) return null;
    const refused = async (tx: Db, failure: JobFailure): Promise<null> => {
      if (passes(failure)) return tryOn(tx, await tx.findOne(Delivery, { subjectId }, { refresh: true }), clock.now());
      const told = await tellNext(tx, id, to as ToldTo, clock.now());
      const fields = { subscriptionId: id, failure: failure.id, code: failure.code };
      if (told) log.warn({ ...fields, told }, 'The owner of a paused changelog could not be reached; others were told');
      else log.error(fields, 'A changelog is paused, and nobody in Slack could be told');
      return null;
    };
    return { ...alone, root: pausedReport(subscription), refused };
  };

const alone = { reply: null, unhurried: true, final: true };

const isDeed = (what: string): what is Deed => what === 'ended' || what === 'rested' || what === 'skipped';

/** Where one cannot be told, the next is; null when there is none. A channel that does not take the changelog does not take this either. */
const tellNext = async (db: Db, id: string, to: ToldTo, now: Date): Promise<ToldTo | null> => {
  const subscription = await holdSubscription(db, id);
  if (!subscription || to === 'admins') return null;
  const channelWorks = to === 'owner' && subscription.ownerLostAt !== null;
  if (to === 'owner') subscription.ownerLostAt ??= now;
  await db.flush();
  for (const next of channelWorks ? (['channel', 'admins'] as const) : (['admins'] as const))
    if (await tellPaused(db, subscription, next, now)) return next;
  return null;
};
