import { Changelog } from '#db/entities/changelog.ts';
import { ChangelogEntry } from '#db/entities/changelog-entry.ts';
import { ChangelogPost } from '#db/entities/changelog-post.ts';
import type { ChangelogSubscription } from '#db/entities/changelog-subscription.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { recordAudit } from '#src/auth/audit.ts';
import type { EditEntry } from '#src/changelog/composing/edit-entry.ts';
import type { Actor } from '#src/core/actor.ts';
import { AppError, isAppError } from '#src/core/errors.ts';
import type { Clock } from '#src/core/ports.ts';
import { showAnew } from './drafts.ts';
import { periodOf } from './post-report.ts';
import { holdSubscription, moveOn, postChangelogJob, tellOwner } from './post-state.ts';
import { requireSay } from './require-say.ts';

type EditPost = { id: string; entries: readonly Omit<EditEntry, 'changelogId'>[] };

/** What people do with a draft. All of it may be asked twice. Throws FORBIDDEN, NOT_FOUND; CONFLICT when it was decided otherwise already. */
export type Decisions = {
  /** It is posted when what is older is; `waitsFor` names the period of an older draft nobody decided on. */
  approve(actor: Actor, id: string): Promise<{ post: ChangelogPost; waitsFor: string | null }>;
  /** It is not posted, and its time counts as covered. */
  skip(actor: Actor, id: string): Promise<ChangelogPost>;
  /** People's words stand, also when it is composed anew (law 12). Throws BAD_INPUT; its field is the entry's key. */
  edit(actor: Actor, input: EditPost): Promise<ChangelogPost>;
  /** Reads the period once more, with what came in meanwhile. */
  composeAgain(actor: Actor, id: string): Promise<ChangelogPost>;
};

type Deps = { orm: Orm; clock: Clock; editEntry(actor: Actor, edit: EditEntry): Promise<unknown> };

export const createDecisions = ({ orm, clock, editEntry }: Deps): Decisions => {
  const open = (actor: Actor): Db => forWorkspace(orm, actor.workspaceId);

  const decide = <Result>(
    actor: Actor,
    id: string,
    action: string,
    work: (db: Db, post: ChangelogPost, subscription: ChangelogSubscription | null) => Promise<Result>,
  ): Promise<Result> => {
    requireSay(actor);
    return open(actor).transactional(async (db) => {
      const found = await db.findOne(ChangelogPost, { id });
      const subscription = found?.subscriptionId ? await holdSubscription(db, found.subscriptionId) : null;
      const post = await db.findOne(ChangelogPost, { id }, { refresh: true });
      if (!post) throw new AppError('NOT_FOUND', 'That changelog is not there any more.');
      const result = await work(db, post, subscription);
      await db.flush();
      await recordAudit(db, actor, action, id);
      await showAnew(db, id);
      return result;
    });
  };
  const by = (actor: Actor) => ({ decidedBy: actor.actingFor ?? actor.id, decidedAt: clock.now() });

  return {
    approve: (actor, id) =>
      decide(actor, id, 'changelog.approved', async (db, post, subscription) => {
        if (post.state === 'DRAFT') {
          Object.assign(post, { state: 'POSTING', ...by(actor) });
          await db.flush();
          if (subscription) await moveOn(db, subscription, clock.now());
        } else if (post.state !== 'POSTING' && post.state !== 'POSTED') throw otherwise(post);
        return { post, waitsFor: await olderDraft(db, post) };
      }),

    skip: (actor, id) =>
      decide(actor, id, 'changelog.skipped', async (db, post, subscription) => {
        if (post.state === 'SKIPPED') return post;
        if (post.state !== 'DRAFT') throw otherwise(post);
        Object.assign(post, { state: 'SKIPPED', ...by(actor) });
        await db.flush();
        if (subscription) {
          await tellOwner(db, subscription, actor, { deed: 'skipped', postId: id }, clock.now());
          await moveOn(db, subscription, clock.now());
        }
        return post;
      }),

    async edit(actor, { id, entries }) {
      requireSay(actor);
      const post = await open(actor).findOne(ChangelogPost, { id });
      if (!post?.changelogId) throw new AppError('NOT_FOUND', 'That changelog is not there any more.');
      if (post.state !== 'DRAFT') throw otherwise(post);
      const known = await open(actor).find(ChangelogEntry, { changelogId: post.changelogId });
      const before = new Map(known.map((entry) => [entry.key, entry]));
      for (const { key, text: given, section: wanted, leaveOut } of entries) {
        // What was left as it is stays the engine's, and is worded anew when it is composed anew.
        const text = before.get(key)?.text === given?.trim() ? undefined : given;
        const section = before.get(key)?.section === wanted ? undefined : wanted;
        if (text === undefined && section === undefined && !leaveOut) continue;
        await editEntry(actor, { changelogId: post.changelogId, key, text, section, leaveOut }).catch((error: unknown) => {
          throw isAppError(error) && error.code === 'BAD_INPUT' ? new AppError('BAD_INPUT', error.message, { field: key }) : error;
        });
      }
      await showAnew(open(actor), id);
      return post;
    },

    composeAgain: (actor, id) =>
      decide(actor, id, 'changelog.composed_again', async (db, post, subscription) => {
        if (post.state === 'COMPOSING') return post;
        if (post.state !== 'DRAFT' || !subscription) throw otherwise(post);
        // A later one has told of what came in late since.
        if (post.to < subscription.plannedUntil)
          throw new AppError('CONFLICT', 'There is a newer draft already, which has what came in since. Approve, edit or skip this one.');
        const before = await db.findOneOrFail(Changelog, { id: post.changelogId ?? '' });
        post.state = 'COMPOSING';
        // Not counted as told: they are read again.
        subscription.readUntil = before.lateSince ?? null;
        await db.flush();
        await addJob(db, postChangelogJob(subscription, actor.requestId));
        return post;
      }),
  };
};

const olderDraft = async (db: Db, { subscriptionId, to, state }: ChangelogPost): Promise<string | null> => {
  if (!subscriptionId || state !== 'POSTING') return null;
  const older = await db.findOne(ChangelogPost, { subscriptionId, to: { $lt: to }, state: 'DRAFT' }, { orderBy: { to: 'asc' } });
  return older && periodOf(older);
};

const otherwise = ({ state }: ChangelogPost): AppError =>
  new AppError('CONFLICT', sentences[state] ?? 'That changelog is being composed; wait a moment.');

const sentences: Partial<Record<ChangelogPost['state'], string>> = {
  POSTING: 'That changelog was approved already and is on its way.',
  POSTED: 'That changelog was posted already.',
  SKIPPED: 'That changelog was skipped already; /changelog now tells what has changed since.',
  EMPTY: 'In that time nothing changed that is worth telling.',
  FAILED: 'That changelog could not be posted; say /changelog resume in its channel when that is mended.',
};
