import { z } from 'zod';
import { ChangelogSubscription } from '#db/entities/changelog-subscription.ts';
import { forWorkspace, type Orm, unscoped } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import type { Clock } from '#src/core/ports.ts';
import { defineJob } from '#src/jobs/define-job.ts';
import { remindOfDraft } from './drafts.ts';
import { postChangelogJob } from './post-state.ts';

type Deps = { orm: Orm; clock: Clock };

const MOST_AT_ONCE = 10_000;
// The bell may ring a moment early by our clock: what is due then is asked for its time again by its own job.
const EARLY_MS = 2_000;
// A thousand channels that want nine o'clock are begun within ten seconds, and leave room for whoever waits for an answer.
const APART_MS = 10;

/** The bell of every minute: a job for each subscription that is due. What was missed while nobody worked is due as well. */
export const createDueChangelogs = ({ orm, clock }: Deps) =>
  defineJob({
    name: 'due-changelogs',
    payload: z.object({}),
    async run() {
      const now = clock.now();
      const db = orm.em.fork();
      const due = await db.find(
        ChangelogSubscription,
        { nextAt: { $lte: new Date(now.getTime() + EARLY_MS) }, pausedAt: null, endedAt: null },
        {
          ...unscoped,
          fields: ['id', 'workspaceId', 'nextAt'],
          orderBy: { nextAt: 'asc', id: 'asc' },
          limit: MOST_AT_ONCE,
          disableIdentityMap: true,
        },
      );
      await db.transactional(async (own) => {
        for (const [place, { id, workspaceId, nextAt }] of due.entries()) {
          const runAt = new Date(Math.max(now.getTime(), nextAt.getTime()) + place * APART_MS);
          // One that waits its turn since the last bell keeps it.
          await addJob(own, { ...postChangelogJob({ id, workspaceId }), runAt, onSameKey: 'keep-time' });
        }
      });
    },
  });

/** A day after a draft was shown. */
export const createRemindOfDraft = ({ orm, clock }: Deps) =>
  defineJob({
    name: 'remind-changelog-draft',
    payload: z.object({ postId: z.string(), workspaceId: z.string() }),
    run: ({ postId, workspaceId }) => forWorkspace(orm, workspaceId).transactional((db) => remindOfDraft(db, postId, clock.now())),
  });
