import { z } from 'zod';
import { ChangelogPost } from '#db/entities/changelog-post.ts';
import { ChangelogSubscription } from '#db/entities/changelog-subscription.ts';
import { type Db, forWorkspace } from '#db/orm.ts';
import type { ComposeDeps, Composed } from '#src/changelog/composing/compose-changelog.ts';
import { defineJob } from '#src/jobs/define-job.ts';
import { createComposePost } from './compose-post.ts';
import { sendDraft, showDraftsAnew } from './drafts.ts';
import { holdSubscription, moveOn, newPost, pauseSubscription, sendPost, tellNothing } from './post-state.ts';
import { duePeriods } from './schedule.ts';

/** Brings a subscription up to date: a post for each period that is due, each composed in order and sent on its way or shown as a draft. */
export const createPostChangelog = (deps: ComposeDeps) => {
  const { orm, clock } = deps;
  const compose = createComposePost(deps);
  return defineJob({
    name: 'post-changelog',
    payload: z.object({ subscriptionId: z.string(), workspaceId: z.string() }),
    async run({ subscriptionId, workspaceId }, context) {
      const open = (): Db => forWorkspace(orm, workspaceId);
      const planned = await open().transactional((db) => planPosts(db, subscriptionId, clock.now(), context.requestId));
      // The bell may ring a moment early by our clock.
      if (planned.soon) return context.later(planned.soon);
      for (;;) {
        const db = open();
        const subscription = await db.findOne(ChangelogSubscription, { id: subscriptionId, endedAt: null, pausedAt: null });
        const post = subscription && (await db.findOne(ChangelogPost, { subscriptionId, state: 'COMPOSING' }, { orderBy: { to: 'asc' } }));
        if (!post) return;
        const composed = await compose(post, context);
        await open().transactional((tx) => settlePost(tx, post.id, composed, clock.now()));
      }
    },
    async giveUp({ subscriptionId, workspaceId }, failure) {
      await forWorkspace(orm, workspaceId).transactional(async (db) => {
        const subscription = await holdSubscription(db, subscriptionId);
        if (!subscription) return;
        const post = await db.findOne(ChangelogPost, { subscriptionId, state: 'COMPOSING' }, { orderBy: { to: 'asc' } });
        if (post) Object.assign(post, { state: 'FAILED', failure: { ...failure, retryAt: null } });
        await pauseSubscription(db, subscription, `The changelog could not be composed: ${failure.message} (${failure.id})`, clock.now());
      });
    },
  });
};

const SOON_MS = 5_000;

/** A row for each period that is due, and both cursors, in one commit: whoever comes second finds nothing due (law 3). */
const planPosts = async (db: Db, subscriptionId: string, now: Date, requestId: string): Promise<{ soon: Date | null }> => {
  const subscription = await holdSubscription(db, subscriptionId);
  if (!subscription || subscription.pausedAt) return { soon: null };
  const { periods, nextAt } = duePeriods(subscription, subscription, now);
  const wait = nextAt.getTime() - now.getTime();
  if (periods.length === 0) return { soon: wait <= SOON_MS && !(await isComposing(db, subscriptionId)) ? nextAt : null };
  const { workspaceId, channel, owner, systems, labels, paths, audience, timeZone } = subscription;
  for (const period of periods) {
    const given = { workspaceId, channel, owner, systems, labels, paths, audience, timeZone, subscriptionId, ...period };
    db.persist(newPost({ ...given, purpose: 'PERIOD', createdBy: 'schedule', requestId, createdAt: now }));
    subscription.plannedUntil = period.to;
  }
  subscription.nextAt = nextAt;
  await db.flush();
  await showDraftsAnew(db, subscriptionId);
  return { soon: null };
};

const isComposing = async (db: Db, subscriptionId: string): Promise<boolean> =>
  (await db.count(ChangelogPost, { subscriptionId, state: 'COMPOSING' })) > 0;

/** What becomes of a post now that its changelog is written; once, also when two workers wrote it. */
const settlePost = async (db: Db, postId: string, composed: Composed, now: Date): Promise<void> => {
  const found = await db.findOneOrFail(ChangelogPost, { id: postId });
  const subscription = await holdSubscription(db, found.subscriptionId ?? '');
  const post = await db.findOne(ChangelogPost, { id: postId, state: 'COMPOSING' }, { refresh: true });
  if (!post || !subscription) return;
  post.changelogId = composed.changelogId;
  if ((subscription.readUntil?.getTime() ?? 0) < composed.readAt.getTime()) subscription.readUntil = composed.readAt;
  const nothing = composed.entries.length === 0;
  if (nothing && subscription.emptyPeriods === 'SILENT') post.state = 'EMPTY';
  // There is nothing to approve in "nothing changed".
  else if (subscription.draftFirst && !nothing) post.state = 'DRAFT';
  else post.state = 'POSTING';
  await db.flush();
  if (post.state === 'DRAFT') await sendDraft(db, post, now);
  if (post.state === 'EMPTY' && post.purpose === 'NOW') await tellNothing(db, post, now);
  await moveOn(db, subscription, now);
};

/** Composes and sends what belongs to no subscription: a preview, or what a channel without one asked for. */
export const createPostOnce = (deps: ComposeDeps) => {
  const { orm, clock } = deps;
  const compose = createComposePost(deps);
  return defineJob({
    name: 'post-changelog-once',
    payload: z.object({ postId: z.string(), workspaceId: z.string() }),
    async run({ postId, workspaceId }, context) {
      const post = await forWorkspace(orm, workspaceId).findOne(ChangelogPost, { id: postId, state: 'COMPOSING' });
      if (!post) return;
      const { changelogId, entries } = await compose(post, context);
      // Who asked for themselves is answered, a channel is not troubled with nothing.
      const state = post.purpose === 'NOW' && entries.length === 0 ? 'EMPTY' : 'POSTING';
      await forWorkspace(orm, workspaceId).transactional(async (db) => {
        const ready = { id: postId, state: 'COMPOSING' as const };
        if ((await db.nativeUpdate(ChangelogPost, ready, { state, changelogId })) === 0) return;
        const settled = await db.findOneOrFail(ChangelogPost, { id: postId });
        await (state === 'EMPTY' ? tellNothing : sendPost)(db, settled, clock.now());
      });
    },
    async giveUp({ postId, workspaceId }, failure) {
      await forWorkspace(orm, workspaceId).transactional(async (db) => {
        const failed = { state: 'FAILED' as const, failure: { ...failure, retryAt: null } };
        if ((await db.nativeUpdate(ChangelogPost, { id: postId, state: 'COMPOSING' }, failed)) === 0) return;
        // Its one message says what went wrong instead.
        await sendPost(db, await db.findOneOrFail(ChangelogPost, { id: postId }), clock.now());
      });
    },
  });
};
