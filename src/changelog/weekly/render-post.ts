import { ChangelogPost } from '#db/entities/changelog-post.ts';
import { ChangelogSubscription } from '#db/entities/changelog-subscription.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { type Composed, loadComposed } from '#src/changelog/composing/compose-changelog.ts';
import type { Clock } from '#src/core/ports.ts';
import type { Report } from '#src/core/report.ts';
import type { Renderer, Showing } from '#src/delivery/deliver.ts';
import { refreshShown, sendUnhurried } from '#src/delivery/send-unhurried.ts';
import type { JobFailure } from '#src/jobs/define-job.ts';
import { draftRoot, nothingReport, reminderReport } from './draft-report.ts';
import { keepAMoment } from './keep-a-moment.ts';
import { failedRoot, postParts, postRoot } from './post-report.ts';
import { holdSubscription, moveOn, subjects } from './post-state.ts';
import { refusePost } from './refuse-post.ts';

type Deps = { orm: Orm; clock: Clock };
type Part = { of: 'posted' | 'draft' | 'reminder' | 'nothing'; number: number };

/** A post's messages, in the channel and in its owner's direct messages; each brings the next one on its way. */
export const createPostRenderer = ({ orm, clock }: Deps): Renderer => {
  // All messages of a post show the same, and so do those of channels that share a changelog; reading it is most of the work.
  const lately = keepAMoment<Composed>(LATELY_MS);
  return async (workspaceId, subjectId) => {
    const { postId, part } = parseSubject(subjectId);
    const db = forWorkspace(orm, workspaceId);
    const post = await db.findOne(ChangelogPost, { id: postId });
    if (!post) return null;
    const refused = (tx: Db, failure: JobFailure) =>
      refusePost(tx, post, { subjectId, toOwner: part.of !== 'posted' }, failure, clock.now());
    if (!post.changelogId) return { ...alone(failedRoot(post)), final: true, refused };
    const { changelogId, decidedAt } = post;
    const load = () => loadComposed(db, changelogId);
    // A draft is being edited.
    const composed = part.of === 'posted' ? await lately(`${changelogId}:${decidedAt?.getTime()}`, load) : await load();
    const isNewest = part.of !== 'posted' && part.number === 0 && (await isNewestOf(db, post));
    if (part.of === 'reminder') return { ...alone(reminderReport(post, composed, isNewest)), final: true, refused };
    if (part.of === 'nothing') return { ...alone(nothingReport(post, composed)), final: true };
    const parts = postParts(composed);
    return { ...show(post, composed, parts, part, isNewest), afterwards: followUp(post, parts.length, part, clock), refused };
  };
};

const LATELY_MS = 10_000;

const isNewestOf = async (db: Db, { subscriptionId: id, to }: ChangelogPost): Promise<boolean> => {
  const subscription = id ? await db.findOne(ChangelogSubscription, { id }) : null;
  return subscription !== null && to >= subscription.plannedUntil;
};

const alone = (root: Report) => ({ root, reply: null, unhurried: true });

const show = (post: ChangelogPost, composed: Composed, parts: readonly Report[], { of, number }: Part, isNewest: boolean): Showing => {
  const draft = of === 'draft';
  const final = !draft || post.state !== 'DRAFT';
  if (number === 0)
    return {
      ...alone(draft ? draftRoot(post, composed, isNewest) : postRoot(post, composed, { forOwner: post.purpose === 'PREVIEW' })),
      final,
    };
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

const parseSubject = (subjectId: string): { postId: string; part: Part } => {
  const [postId = '', part = ''] = subjectId.split(':');
  const [, word = 'posted', digits] = /^(draft|reminder|nothing)?(\d*)$/.exec(part) ?? [];
  return { postId, part: { of: word as Part['of'], number: Number(digits || 0) } };
};
