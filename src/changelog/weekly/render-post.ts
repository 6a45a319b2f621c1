import { ChangelogPost } from '#db/entities/changelog-post.ts';
import { ChangelogSubscription } from '#db/entities/changelog-subscription.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { type Composed, loadComposed } from '#src/changelog/compose-changelog.ts';
import type { Clock } from '#src/core/ports.ts';
import type { Report } from '#src/core/report.ts';
import type { Renderer, Showing } from '#src/delivery/deliver.ts';
import { refreshShown, sendUnhurried } from '#src/delivery/send-unhurried.ts';
import type { JobFailure } from '#src/jobs/define-job.ts';
import { draftRoot, pausedReport, reminderReport } from './draft-report.ts';
import { keepAMoment } from './keep-a-moment.ts';
import { failedRoot, postParts, postRoot } from './post-report.ts';
import { holdSubscription, moveOn, pauseSubscription, subjects } from './post-state.ts';

type Deps = { orm: Orm; clock: Clock };
type Part = { of: 'posted' | 'draft' | 'reminder'; number: number };

/** A post's messages, in the channel and in its owner's direct messages; each brings the next one on its way. */
export const createPostRenderer = ({ orm, clock }: Deps): Renderer => {
  // All messages of a post show the same, and so do those of channels that share a changelog; reading it is most of the work.
  const lately = keepAMoment<Composed>(LATELY_MS);
  return async (workspaceId, subjectId) => {
    const { postId, part } = parseSubject(subjectId);
    const db = forWorkspace(orm, workspaceId);
    const post = await db.findOne(ChangelogPost, { id: postId });
    if (!post) return null;
    const refused = (tx: Db, failure: JobFailure) => refusePost(tx, post, failure, clock.now());
    if (!post.changelogId) return { ...alone(failedRoot(post)), final: true, refused };
    const { changelogId, decidedAt } = post;
    const load = () => loadComposed(db, changelogId);
    // A draft is being edited.
    const composed = part.of === 'posted' ? await lately(`${changelogId}:${decidedAt?.getTime()}`, load) : await load();
    if (part.of === 'reminder') return { ...alone(reminderReport(post, composed)), final: true, refused };
    const parts = postParts(composed);
    return { ...show(post, composed, parts, part), afterwards: followUp(post, parts.length, part, clock), refused };
  };
};

const LATELY_MS = 10_000;

/** What a subscription's owner is told about it. */
export const createSubscriptionRenderer =
  ({ orm }: Pick<Deps, 'orm'>): Renderer =>
  async (workspaceId, subjectId) => {
    const [id = ''] = subjectId.split(':');
    const subscription = await forWorkspace(orm, workspaceId).findOne(ChangelogSubscription, { id });
    // Gone on meanwhile, there is nothing to tell any more.
    if (!subscription?.pausedAt || subjectId !== subjects.paused(id, subscription.pausedAt)) return null;
    return { ...alone(pausedReport(subscription)), final: true, refused: async () => null };
  };

const alone = (root: Report) => ({ root, reply: null, unhurried: true });

const show = (post: ChangelogPost, composed: Composed, parts: readonly Report[], { of, number }: Part): Showing => {
  const draft = of === 'draft';
  const final = !draft || post.state !== 'DRAFT';
  if (number === 0) return { ...alone(draft ? draftRoot(post, composed) : postRoot(post, composed)), final };
  // After an edit there may be fewer of them.
  const reply = parts[number - 1] ?? nothing;
  return { root: reply, reply, final, unhurried: true };
};

const nothing: Report = { headline: 'Nothing more here', tone: 'info', sections: [], charts: [], facts: [], actions: [] };

const followUp =
  (post: ChangelogPost, parts: number, { of, number }: Part, clock: Clock): NonNullable<Showing['afterwards']> =>
  async (db, replyTo) => {
    const { id, workspaceId, requestId } = post;
    if (number < parts) {
      const subjectId = of === 'draft' ? subjects.draft(id, number + 1) : subjects.posted(id, number + 1);
      await sendUnhurried(db, { workspaceId, subjectId, replyTo }, clock.now(), requestId ?? undefined);
    } else if (of === 'posted') await finishPost(db, post, clock.now());
  };

/** All of it is out: the cursor moves, and the next one may come. */
const finishPost = async (db: Db, { id, subscriptionId }: ChangelogPost, now: Date): Promise<void> => {
  const subscription = subscriptionId ? await holdSubscription(db, subscriptionId) : null;
  const posted = await db.nativeUpdate(ChangelogPost, { id, state: 'POSTING' }, { state: 'POSTED', postedAt: now });
  if (posted === 0) return;
  await refreshShown(db, [subjects.draft(id)]);
  if (subscription) await moveOn(db, subscription, now);
};

/** Slack will not have it: the subscription rests, and its owner hears of it once. */
const refusePost = async (db: Db, { id, subscriptionId }: ChangelogPost, failure: JobFailure, now: Date): Promise<string | null> => {
  const subscription = subscriptionId ? await holdSubscription(db, subscriptionId) : null;
  const failed = { state: 'FAILED' as const, failure: { ...failure, retryAt: null } };
  await db.nativeUpdate(ChangelogPost, { id, state: { $in: ['POSTING', 'DRAFT'] } }, failed);
  if (!subscription) return subscriptionId ? null : `The changelog could not be posted: ${failure.message} (${failure.id})`;
  await pauseSubscription(db, subscription, failure.message, now);
  await moveOn(db, subscription, now);
  return null;
};

const parseSubject = (subjectId: string): { postId: string; part: Part } => {
  const [postId = '', part = ''] = subjectId.split(':');
  const [, word, digits] = /^(draft|reminder)?(\d*)$/.exec(part) ?? [];
  return { postId, part: { of: word === 'draft' || word === 'reminder' ? word : 'posted', number: Number(digits || 0) } };
};
