import { createHash } from 'node:crypto';
import { Changelog } from '#db/entities/changelog.ts';
import type { ChangelogPost } from '#db/entities/changelog-post.ts';
import { forWorkspace } from '#db/orm.ts';
import { type ComposeDeps, type Composed, composeForPeriod } from '#src/changelog/compose-changelog.ts';
import { keepAMoment } from './keep-a-moment.ts';

type Compose = (
  post: ChangelogPost,
  /** What came in up to then was told before. */
  lateSince: Date | null,
  context: { requestId: string; signal: AbortSignal },
) => Promise<Composed>;

/**
 * Has a post's changelog written. Channels that ask the same of the same period share one, which is written and paid once: those who come while
 * it is being written in this process wait for it, and fail with it if it fails.
 */
export const createComposePost = (deps: ComposeDeps): Compose => {
  const shared = keepAMoment<Composed>(SHARED_MS);
  return async (post, lateSince, { requestId, signal }) => {
    const { workspaceId, systems, from, to, audience } = post;
    const before = post.changelogId ? await forWorkspace(deps.orm, workspaceId).findOne(Changelog, { id: post.changelogId }) : null;
    const scope = { systems: [...systems].sort(), labels: [], paths: [] };
    const period = {
      workspaceId,
      scope,
      from,
      to,
      audience,
      requestId,
      signal,
      lateSince: before ? (before.lateSince ?? null) : lateSince,
    };
    const idempotencyKey = keyOf(post, period.lateSince);
    return shared(`${workspaceId}:${idempotencyKey}`, () => composeForPeriod(deps, { ...period, idempotencyKey }));
  };
};

const SHARED_MS = 10_000;

const keyOf = ({ id, purpose, changelogId, systems, audience, from, to }: ChangelogPost, lateSince: Date | null): string => {
  // Composed anew, it is to be another one.
  if (changelogId) return `post:${id}:after:${changelogId}`;
  if (purpose !== 'PERIOD') return `post:${id}`;
  const asked = JSON.stringify([[...systems].sort(), audience, from, to, lateSince]);
  return `period:${createHash('sha256').update(asked).digest('hex')}`;
};
