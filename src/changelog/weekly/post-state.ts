import { LockMode } from '@mikro-orm/core';
import { AuditEvent } from '#db/entities/audit-event.ts';
import { ChangelogPost, type PostState } from '#db/entities/changelog-post.ts';
import { ChangelogSubscription } from '#db/entities/changelog-subscription.ts';
import { TriageSettings } from '#db/entities/triage-settings.ts';
import { Workspace } from '#db/entities/workspace.ts';
import type { Db } from '#db/orm.ts';
import type { JobSpec } from '#db/queue.ts';
import type { Actor } from '#src/core/actor.ts';
import { newId } from '#src/core/ids.ts';
import type { ReplyTo } from '#src/core/ports.ts';
import { sendUnhurried, UNHURRIED } from '#src/delivery/send-unhurried.ts';

const open: PostState[] = ['COMPOSING', 'DRAFT', 'POSTING', 'FAILED'];

/** Who hears that a subscription rests: its owner, else its channel, else the admins' channel. */
export type ToldTo = 'owner' | 'channel' | 'admins';

/** What a message is about, by the id of its delivery's subject. */
export const subjects = {
  /** The message in the channel and the replies under it, counted from 1. */
  posted: (postId: string, part = 0): string => (part === 0 ? postId : `${postId}:${part}`),
  /** The same, shown to its owner alone. */
  draft: (postId: string, part = 0): string => (part === 0 ? `${postId}:draft` : `${postId}:draft${part}`),
  reminder: (postId: string): string => `${postId}:reminder`,
  /** For whoever asked for a post when there was nothing to tell. */
  nothing: (postId: string): string => `${postId}:nothing`,
  paused: (subscriptionId: string, at: Date, to: ToldTo): string => `${subscriptionId}:paused:${at.getTime()}:${to}`,
  /** What somebody else did with it; `by` is their id in Slack, or empty for an admin elsewhere. */
  done: (subscriptionId: string, { deed, at, by, postId = '' }: Done): string =>
    `${subscriptionId}:${deed}:${at.getTime()}:${by}:${postId}`,
};

export type Deed = 'ended' | 'rested' | 'skipped';
type Done = { deed: Deed; at: Date; by: string; postId?: string };

type NewPost = Pick<
  ChangelogPost,
  | 'workspaceId'
  | 'purpose'
  | 'channel'
  | 'owner'
  | 'systems'
  | 'labels'
  | 'paths'
  | 'audience'
  | 'timeZone'
  | 'from'
  | 'to'
  | 'createdBy'
  | 'createdAt'
> &
  Partial<ChangelogPost>;

export const newPost = (given: NewPost): ChangelogPost =>
  Object.assign(new ChangelogPost(), {
    id: newId('pst'),
    subscriptionId: null,
    previewOf: null,
    covers: 1,
    state: 'COMPOSING' as const,
    changelogId: null,
    failure: null,
    remindedAt: null,
    decidedBy: null,
    decidedAt: null,
    idempotencyKey: null,
    requestId: null,
    postedAt: null,
    ...given,
  });

/** The subscription, held until the transaction ends: whoever changes its posts comes one after another. Null when it has ended. */
export const holdSubscription = (db: Db, id: string): Promise<ChangelogSubscription | null> =>
  db.findOne(ChangelogSubscription, { id, endedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });

/** The work of a subscription: one job at a time. */
export const postChangelogJob = ({ id, workspaceId }: Pick<ChangelogSubscription, 'id' | 'workspaceId'>, requestId?: string): JobSpec => ({
  name: 'post-changelog',
  payload: { subscriptionId: id, workspaceId, ...(requestId ? { requestId } : {}) },
  key: `post-changelog:${id}`,
  priority: UNHURRIED,
});

export const replyIn = async (db: Db, workspaceId: string, channel: string, user: string): Promise<ReplyTo> => {
  const workspace = await db.findOneOrFail(Workspace, { id: workspaceId });
  return { kind: 'slack', teamId: workspace.slackTeamId ?? '', channel, user };
};

/**
 * Brings a held subscription on: its cursor to the end of what is settled, and the first post that is ready into the channel. Posts come in
 * order: what is ready waits for what is older.
 */
export const moveOn = async (db: Db, subscription: ChangelogSubscription, now: Date): Promise<void> => {
  const first = await db.findOne(
    ChangelogPost,
    { subscriptionId: subscription.id, state: { $in: open } },
    { orderBy: { to: 'asc' }, refresh: true },
  );
  subscription.coveredUntil = first?.from ?? subscription.plannedUntil;
  await db.flush();
  if (first?.state === 'POSTING' && !subscription.pausedAt) await sendPost(db, first, now);
};

/** Sends its first message; the others follow, each when the one before is out. */
export const sendPost = async (db: Db, { id, workspaceId, channel, owner, requestId }: ChangelogPost, now: Date): Promise<void> =>
  sendUnhurried(
    db,
    { workspaceId, subjectId: subjects.posted(id), replyTo: await replyIn(db, workspaceId, channel, owner) },
    now,
    requestId ?? undefined,
  );

/** Whoever asked for a post that has nothing to tell hears so; a channel is not troubled with nothing. */
export const tellNothing = async (db: Db, { id, workspaceId, requestId }: ChangelogPost, now: Date): Promise<void> => {
  const asked = await db.findOne(AuditEvent, { subjectId: id, action: POSTED_NOW });
  const asker = asked && personOf({ actingFor: asked.actingFor ?? null });
  if (!asker) return;
  const replyTo = await replyIn(db, workspaceId, asker, asker);
  await sendUnhurried(db, { workspaceId, subjectId: subjects.nothing(id), replyTo }, now, requestId ?? undefined);
};

/** As the audit trail calls it that somebody had a post made now. */
export const POSTED_NOW = 'changelog.posted_now';

/** Stops a held subscription and tells why, once: its owner, or its channel where the owner cannot be reached. */
export const pauseSubscription = async (db: Db, subscription: ChangelogSubscription, reason: string, now: Date): Promise<void> => {
  if (subscription.pausedAt) return;
  Object.assign(subscription, { pausedAt: now, pausedReason: reason });
  await db.flush();
  await tellPaused(db, subscription, subscription.ownerLostAt ? 'channel' : 'owner', now);
};

/** False where there is nobody to tell. */
export const tellPaused = async (db: Db, subscription: ChangelogSubscription, to: ToldTo, now: Date): Promise<boolean> => {
  const { id, workspaceId, owner, channel, pausedAt } = subscription;
  const place = to === 'owner' ? owner : to === 'channel' ? channel : (await db.findOne(TriageSettings, { workspaceId }))?.adminChannel;
  if (!place || !pausedAt) return false;
  const replyTo = await replyIn(db, workspaceId, place, owner);
  await sendUnhurried(db, { workspaceId, subjectId: subjects.paused(id, pausedAt, to), replyTo }, now);
  return true;
};

/** Somebody else than the owner decided: the owner hears of it, and of whom. */
export const tellOwner = async (
  db: Db,
  { id, workspaceId, owner }: ChangelogSubscription,
  actor: Pick<Actor, 'actingFor'>,
  what: { deed: Deed; postId?: string },
  now: Date,
): Promise<void> => {
  const by = personOf(actor) ?? '';
  if (by === owner) return;
  const replyTo = await replyIn(db, workspaceId, owner, owner);
  await sendUnhurried(db, { workspaceId, subjectId: subjects.done(id, { ...what, at: now, by }), replyTo }, now);
};

/** Slack's id of the person the bot acts for. */
export const personOf = ({ actingFor }: Pick<Actor, 'actingFor'>): string | null => /^slack:[^:]+:(.+)$/.exec(actingFor ?? '')?.[1] ?? null;
