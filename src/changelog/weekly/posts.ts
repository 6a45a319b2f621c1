import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { ChangelogPost } from '#db/entities/changelog-post.ts';
import type { ChangelogSubscription } from '#db/entities/changelog-subscription.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { recordAudit } from '#src/auth/audit.ts';
import type { RequireSlackTeam } from '#src/auth/slack-team.ts';
import type { Audience } from '#src/changelog/changes/types.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import type { Clock } from '#src/core/ports.ts';
import { UNHURRIED } from '#src/delivery/send-unhurried.ts';
import { checkLists } from './check-subscription.ts';
import { showDraftsAnew } from './drafts.ts';
import { holdSubscription, newPost, POSTED_NOW, postChangelogJob } from './post-state.ts';
import { requireSay } from './require-say.ts';
import { notFound, type Place } from './subscriptions.ts';
import { findZone } from './zone.ts';

/** What is wanted now: what a subscription would tell next, or the last days of a channel that has none. */
export type AskNow = {
  place: Place;
  subscriptionId?: string | undefined;
  audience?: Audience | undefined;
  systems?: readonly string[] | undefined;
  labels?: readonly string[] | undefined;
  paths?: readonly string[] | undefined;
  timeZone?: string | undefined;
  idempotencyKey?: string | undefined;
};

export type Posts = {
  /**
   * Posts what has changed since the subscription's last post, which then counts as told (as a draft first where that is wished for); in a
   * channel without one, the last seven days. Throws BAD_INPUT, NOT_FOUND, CONFLICT (paused).
   */
  postNow(actor: Actor, input: AskNow): Promise<{ post: ChangelogPost; replayed: boolean }>;
  /** Shows the same to whoever asks and nobody else; nothing counts as told. */
  preview(actor: Actor, input: AskNow): Promise<{ post: ChangelogPost; replayed: boolean }>;
  post(actor: Actor, id: string): Promise<ChangelogPost | null>;
  /** Newest first. */
  posts(actor: Actor, subscriptionId: string, first: number): Promise<ChangelogPost[]>;
};

type Deps = { orm: Orm; clock: Clock; requireSlackTeam: RequireSlackTeam };

const WEEK_MS = 7 * 24 * 3_600_000;

/** Posts that are asked for, and what is to be known of any. */
export const createPosts = ({ orm, clock, requireSlackTeam }: Deps): Posts => {
  const open = (actor: Actor): Db => forWorkspace(orm, actor.workspaceId);

  const store = async (actor: Actor, { idempotencyKey }: AskNow, make: (db: Db) => Promise<ChangelogPost>, action: string) => {
    const known = idempotencyKey ? await open(actor).findOne(ChangelogPost, { idempotencyKey }) : null;
    if (known) return { post: known, replayed: true };
    try {
      const post = await open(actor).transactional(async (db) => {
        const made = Object.assign(await make(db), {
          idempotencyKey: idempotencyKey ?? null,
          requestId: actor.requestId,
          createdBy: actor.id,
        });
        await db.persist(made).flush();
        await recordAudit(db, actor, action, made.id);
        const { id, workspaceId } = made;
        const once = {
          name: 'post-changelog-once',
          payload: { postId: id, workspaceId },
          key: `post-changelog-once:${id}`,
          priority: UNHURRIED,
        };
        await addJob(db, made.subscriptionId ? postChangelogJob({ id: made.subscriptionId, workspaceId }) : once);
        return made;
      });
      return { post, replayed: false };
    } catch (error) {
      // Somebody else was storing the same key just now.
      const raced = error instanceof UniqueConstraintViolationException && idempotencyKey;
      const other = raced ? await open(actor).findOne(ChangelogPost, { idempotencyKey }) : null;
      if (!other) throw error;
      return { post: other, replayed: true };
    }
  };

  const begin = async (actor: Actor, { place }: AskNow): Promise<void> => {
    requireSay(actor);
    await requireSlackTeam(actor.workspaceId, place.teamId);
  };

  return {
    async postNow(actor, input) {
      await begin(actor, input);
      const now = clock.now();
      const make = async (db: Db) => {
        if (!input.subscriptionId) return newPost({ ...alone(actor, input, now), purpose: 'NOW' });
        const subscription = await hold(db, input.subscriptionId);
        if (subscription.pausedAt)
          throw new AppError('CONFLICT', 'That changelog is paused. Say /changelog resume first, and what was missed is made up for.');
        const post = newPost({ ...ofSubscription(subscription, actor, now), subscriptionId: subscription.id, purpose: 'NOW' });
        subscription.plannedUntil = post.to;
        await db.flush();
        await showDraftsAnew(db, subscription.id);
        return post;
      };
      return store(actor, input, make, POSTED_NOW);
    },

    async preview(actor, input) {
      await begin(actor, input);
      const now = clock.now();
      const { owner } = input.place;
      const make = async (db: Db) => {
        const given = input.subscriptionId ? ofSubscription(await hold(db, input.subscriptionId), actor, now) : alone(actor, input, now);
        return newPost({ ...given, channel: owner, owner, purpose: 'PREVIEW', previewOf: input.subscriptionId ?? null });
      };
      return store(actor, input, make, 'changelog.previewed');
    },

    async post(actor, id) {
      requireScope(actor, 'CHANGES_READ');
      return open(actor).findOne(ChangelogPost, { id });
    },

    async posts(actor, subscriptionId, first) {
      requireScope(actor, 'CHANGES_READ');
      return open(actor).find(ChangelogPost, { subscriptionId }, { orderBy: { to: 'desc' }, limit: Math.min(Math.max(first, 1), 100) });
    },
  };
};

const hold = async (db: Db, id: string): Promise<ChangelogSubscription> => {
  const subscription = await holdSubscription(db, id);
  if (!subscription) throw notFound();
  return subscription;
};

const ofSubscription = (subscription: ChangelogSubscription, actor: Actor, now: Date) => {
  const { workspaceId, channel, owner, systems, labels, paths, audience, timeZone, plannedUntil } = subscription;
  if (plannedUntil >= now) throw new AppError('CONFLICT', 'There is nothing newer than what that changelog told just now.');
  const what = { channel, owner, systems, labels, paths, audience, timeZone };
  return { workspaceId, ...what, from: plannedUntil, to: now, createdBy: actor.id, createdAt: now };
};

const alone = (actor: Actor, { place, audience = 'company', systems = [], labels = [], paths = [], timeZone }: AskNow, now: Date) => ({
  workspaceId: actor.workspaceId,
  channel: place.channel,
  owner: place.owner,
  ...checkLists({ systems, labels, paths }),
  audience,
  timeZone: findZone(timeZone ?? 'UTC') ?? 'UTC',
  from: new Date(now.getTime() - WEEK_MS),
  to: now,
  createdBy: actor.id,
  createdAt: now,
});
