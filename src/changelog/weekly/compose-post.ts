import { createHash } from 'node:crypto';
import { Changelog } from '#db/entities/changelog.ts';
import type { ChangelogPost } from '#db/entities/changelog-post.ts';
import { ChangelogSubscription } from '#db/entities/changelog-subscription.ts';
import { type Db, forWorkspace } from '#db/orm.ts';
import { type ComposeDeps, type Composed, composeForPeriod } from '#src/changelog/composing/compose-changelog.ts';
import type { Apart } from '#src/changelog/composing/read-period.ts';
import { findApart } from './find-apart.ts';
import { keepAMoment } from './keep-a-moment.ts';

type Compose = (post: ChangelogPost, context: { requestId: string; signal: AbortSignal }) => Promise<Composed>;

/**
 * Has a post's changelog written. Channels that ask the same of the same period share one, which is written and paid once: those who come while
 * it is being written in this process wait for it, and fail with it if it fails.
 */
export const createComposePost = (deps: ComposeDeps): Compose => {
  const shared = keepAMoment<Composed>(SHARED_MS);
  return async (post, { requestId, signal }) => {
    const { workspaceId, from, to, audience } = post;
    const db = forWorkspace(deps.orm, workspaceId);
    const lateSince = await lateSinceOf(db, post);
    const apart = await apartOf(db, post, lateSince);
    const scope = { systems: [...post.systems].sort(), labels: [...post.labels].sort(), paths: [...post.paths].sort() };
    const idempotencyKey = keyOf(post, { scope, audience, from, to, lateSince, apart });
    const period = { workspaceId, scope, from, to, audience, lateSince, apart, idempotencyKey, requestId, signal };
    return shared(`${workspaceId}:${idempotencyKey}`, () => composeForPeriod(deps, period));
  };
};

const SHARED_MS = 10_000;

/** What came in up to then was told before. Composed anew, it is asked once more what was asked before. */
const lateSinceOf = async (db: Db, post: ChangelogPost): Promise<Date | null> => {
  const before = post.changelogId ? await db.findOne(Changelog, { id: post.changelogId }) : null;
  return before ? (before.lateSince ?? null) : ((await subscriptionOf(db, post))?.readUntil ?? null);
};

const apartOf = async (db: Db, post: ChangelogPost, lateSince: Date | null): Promise<Apart> => {
  const subscription = await subscriptionOf(db, post);
  return findApart(db, post, { id: subscription?.id ?? '', channel: subscription?.channel ?? post.channel, lateSince });
};

/** Also of a preview, which covers nothing of it and is to show what comes next. */
const subscriptionOf = async (db: Db, { subscriptionId, previewOf }: ChangelogPost): Promise<ChangelogSubscription | null> => {
  const id = subscriptionId ?? previewOf;
  return id ? db.findOne(ChangelogSubscription, { id }, { refresh: true }) : null;
};

const keyOf = ({ id, purpose, changelogId }: ChangelogPost, asked: object): string => {
  // Composed anew, it is to be another one.
  if (changelogId) return `post:${id}:after:${changelogId}`;
  if (purpose !== 'PERIOD') return `post:${id}`;
  return `period:${createHash('sha256').update(JSON.stringify(asked)).digest('hex')}`;
};
