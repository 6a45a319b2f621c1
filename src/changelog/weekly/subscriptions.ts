import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { ChangelogPost } from '#db/entities/changelog-post.ts';
import { ChangelogSubscription } from '#db/entities/changelog-subscription.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { recordAudit } from '#src/auth/audit.ts';
import type { RequireSlackTeam } from '#src/auth/slack-team.ts';
import { findSystems } from '#src/changelog/composing/known-systems.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { Clock } from '#src/core/ports.ts';
import { checkLists, checkSchedule } from './check-subscription.ts';
import { showAnew } from './drafts.ts';
import { holdSubscription, personOf, tellOwner } from './post-state.ts';
import { requireSay } from './require-say.ts';
import { resumeSubscription } from './resume-subscription.ts';
import { lastTime, nextTime } from './schedule.ts';

/** Slack's ids: whose team, where it is posted, and who is asked and told. */
export type Place = { teamId: string; channel: string; owner: string };
type Wishes = Pick<
  ChangelogSubscription,
  'every' | 'weekday' | 'monthDay' | 'time' | 'timeZone' | 'systems' | 'labels' | 'paths' | 'audience' | 'emptyPeriods' | 'draftFirst'
>;
export type Subscribe = { place: Place; wishes: Wishes; idempotencyKey?: string | undefined };
export type ChangeSubscription = Partial<Wishes> & {
  channel?: string | undefined;
  owner?: string | undefined;
  paused?: boolean | undefined;
};

export type Subscriptions = {
  /**
   * The same key gives the first one for ever. `unknownSystems` are those of which nothing was heard yet. Throws BAD_INPUT, CONFLICT (the channel
   * has that one already), FORBIDDEN.
   */
  subscribe(actor: Actor, input: Subscribe): Promise<{ subscription: ChangelogSubscription; replayed: boolean; unknownSystems: string[] }>;
  /** Time that is covered stays covered. Throws BAD_INPUT, NOT_FOUND, FORBIDDEN. */
  changeSubscription(actor: Actor, id: string, input: ChangeSubscription): Promise<ChangelogSubscription>;
  /** Asked twice, it has ended all the same. Throws NOT_FOUND. */
  unsubscribe(actor: Actor, id: string): Promise<ChangelogSubscription>;
  /** Oldest first; those that ended are left out. */
  subscriptions(actor: Actor, filter: { channel?: string | undefined }): Promise<ChangelogSubscription[]>;
  subscription(actor: Actor, id: string): Promise<ChangelogSubscription | null>;
  /** Its place among all its channel ever had, from 1: it stays when others end. */
  numberOf(actor: Actor, subscription: ChangelogSubscription): Promise<number>;
};

export type SubscriptionsDeps = { orm: Orm; clock: Clock; requireSlackTeam: RequireSlackTeam };

const MOST_LISTED = 500;

/** Channels that want a changelog by the clock. */
export const createSubscriptions = ({ orm, clock, requireSlackTeam }: SubscriptionsDeps): Subscriptions => {
  const open = (actor: Actor): Db => forWorkspace(orm, actor.workspaceId);
  const byKey = (actor: Actor, idempotencyKey: string | undefined) =>
    idempotencyKey ? open(actor).findOne(ChangelogSubscription, { idempotencyKey }) : null;

  return {
    async subscribe(actor, { place, wishes, idempotencyKey }) {
      requireSay(actor);
      await requireSlackTeam(actor.workspaceId, place.teamId);
      const known = await byKey(actor, idempotencyKey);
      if (known) return { subscription: known, replayed: true, unknownSystems: [] };
      const now = clock.now();
      const lists = checkLists(wishes);
      const { systems, unknown } = await findSystems(open(actor), actor.workspaceId, lists.systems);
      const checked = { ...wishes, ...checkSchedule(wishes), ...lists, systems };
      const { channel, owner } = place;
      const covered = lastTime(checked, now);
      const subscription = Object.assign(new ChangelogSubscription(), {
        ...{ id: newId('csb'), workspaceId: actor.workspaceId, channel, owner, ...checked },
        // So that the first one tells of a whole period.
        ...{ coveredUntil: covered, plannedUntil: covered, readUntil: null, nextAt: nextTime(checked, now) },
        ...{
          pausedAt: null,
          pausedReason: null,
          ownerLostAt: null,
          createdBy: actor.id,
          actingFor: actor.actingFor,
          createdAt: now,
          endedAt: null,
        },
        idempotencyKey: idempotencyKey ?? null,
      });
      try {
        await open(actor).transactional(async (db) => {
          if (await hasSame(db, subscription))
            throw new AppError('CONFLICT', 'This channel has exactly that changelog already; /changelog list shows it.');
          await db.persist(subscription).flush();
          await recordAudit(db, actor, 'changelog.subscribed', subscription.id);
        });
      } catch (error) {
        // Somebody else was storing the same key just now.
        const other = error instanceof UniqueConstraintViolationException ? await byKey(actor, idempotencyKey) : null;
        if (!other) throw error;
        return { subscription: other, replayed: true, unknownSystems: [] };
      }
      return { subscription, replayed: false, unknownSystems: unknown };
    },

    changeSubscription: (actor, id, input) => {
      requireSay(actor);
      return open(actor).transactional(async (db) => {
        const subscription = await holdSubscription(db, id);
        if (!subscription) throw notFound();
        const { paused, ...wishes } = input;
        Object.assign(subscription, wishes);
        Object.assign(subscription, checkSchedule(subscription), checkLists(subscription));
        if (wishes.systems) subscription.systems = (await findSystems(db, actor.workspaceId, subscription.systems)).systems;
        const now = clock.now();
        // A new hour begins to count from now on: nothing comes at once because it would have come earlier by the new one.
        if (changesSchedule(wishes)) subscription.nextAt = nextTime(subscription, now);
        if (paused === true && !subscription.pausedAt) {
          Object.assign(subscription, { pausedAt: now, pausedReason: 'Somebody paused it.' });
          await tellOwner(db, subscription, actor, { deed: 'rested' }, now);
        }
        await db.flush();
        if (wishes.owner) subscription.ownerLostAt = null;
        if (paused === false && subscription.pausedAt) {
          takeOver(subscription, actor);
          await resumeSubscription(db, subscription, now);
        }
        await recordAudit(db, actor, 'changelog.subscription_changed', id);
        return subscription;
      });
    },

    unsubscribe: (actor, id) => {
      requireSay(actor);
      return open(actor).transactional(async (db) => {
        const subscription = (await holdSubscription(db, id)) ?? (await db.findOne(ChangelogSubscription, { id }));
        if (!subscription) throw notFound();
        if (subscription.endedAt) return subscription;
        const now = clock.now();
        subscription.endedAt = now;
        // What nobody approved is not posted any more; what is on its way arrives whole.
        const open = await db.find(ChangelogPost, { subscriptionId: id, state: { $in: ['COMPOSING', 'DRAFT', 'FAILED'] } });
        for (const post of open) Object.assign(post, { state: 'SKIPPED', decidedBy: actor.actingFor ?? actor.id, decidedAt: now });
        await db.flush();
        for (const post of open) await showAnew(db, post.id);
        await tellOwner(db, subscription, actor, { deed: 'ended' }, now);
        await recordAudit(db, actor, 'changelog.unsubscribed', id);
        return subscription;
      });
    },

    async subscriptions(actor, { channel }) {
      requireScope(actor, 'CHANGES_READ');
      const where = { endedAt: null, ...(channel ? { channel } : {}) };
      return open(actor).find(ChangelogSubscription, where, { orderBy: { id: 'asc' }, limit: MOST_LISTED });
    },

    async subscription(actor, id) {
      requireScope(actor, 'CHANGES_READ');
      return open(actor).findOne(ChangelogSubscription, { id });
    },

    numberOf: async (actor, { id, channel }) => open(actor).count(ChangelogSubscription, { channel, id: { $lte: id } }),
  };
};

const hasSame = async (
  db: Db,
  { channel, every, weekday, monthDay, time, timeZone, systems, labels, paths, audience }: ChangelogSubscription,
): Promise<boolean> => {
  const alike = await db.find(ChangelogSubscription, { channel, every, weekday, monthDay, time, timeZone, audience, endedAt: null });
  const about = JSON.stringify([systems, labels, paths]);
  return alike.some((one) => JSON.stringify([one.systems, one.labels, one.paths]) === about);
};

/** Whoever lets one go on whose owner cannot be reached is asked and told from then on. */
const takeOver = (subscription: ChangelogSubscription, actor: Actor): void => {
  const person = personOf(actor);
  if (subscription.ownerLostAt && person) Object.assign(subscription, { owner: person, ownerLostAt: null });
};

const changesSchedule = ({ every, weekday, monthDay, time, timeZone }: Partial<Wishes>): boolean =>
  [every, weekday, monthDay, time, timeZone].some((one) => one !== undefined);

export const notFound = (): AppError =>
  new AppError('NOT_FOUND', 'That subscription is not there any more; /changelog list shows those that are.');
