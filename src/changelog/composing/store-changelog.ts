import { Changelog } from '#db/entities/changelog.ts';
import { ChangelogEntry } from '#db/entities/changelog-entry.ts';
import type { WorkFailure, WorkStatus } from '#db/entities/log.ts';
import { notify } from '#db/notices.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { createLeakGuard, sectionsOf, writeHeadline } from '#src/changelog/changes/index.ts';
import type { Change, Changelog as Composition } from '#src/changelog/changes/types.ts';
import type { Clock } from '#src/core/ports.ts';
import { enqueueDelivery } from '#src/delivery/enqueue-delivery.ts';
import type { JobFailure } from '#src/jobs/define-job.ts';
import { findEdits } from './find-edits.ts';
import { findPlacements, placeEntries } from './find-placements.ts';
import type { WordedEntry, Words } from './words.ts';

/** What a changelog is made of. */
export type Work = {
  changelog: Changelog;
  changes: readonly Change[];
  /** Ids of changes no remote engine may see. */
  restricted: ReadonlySet<string>;
  leakList: readonly string[];
  plan: Composition;
  readAt: Date;
};

const finished: readonly WorkStatus[] = ['SUCCEEDED', 'FAILED', 'CANCELLED'];
const ROWS = 1_000;

/** False when it is finished already. */
export const beginChangelog = async (db: Db, id: string): Promise<boolean> => {
  const begun = await db.nativeUpdate(Changelog, { id, status: { $in: ['QUEUED', 'RUNNING'] } }, { status: 'RUNNING' });
  if (begun > 0) await notify(db, id);
  return begun > 0 || (await db.count(Changelog, { id, status: 'DIGESTED' })) > 0;
};

type Stored = Words & { status: 'DIGESTED' | 'SUCCEEDED'; failure?: WorkFailure };

/** Entries, words and state in one commit; whoever waits for the changelog hears of it. */
export const storeChangelog = async (
  { orm, clock, work }: { orm: Orm; clock: Clock; work: Work },
  { headline, entries, rejected, receipt, status, failure }: Stored,
): Promise<void> => {
  const { changelog, plan, changes, readAt } = work;
  const { id, workspaceId } = changelog;
  await forWorkspace(orm, workspaceId).transactional(async (db) => {
    const { entries: placed, omitted } = placeEntries(
      { entries: [...entries], omitted: plan.omitted },
      await findPlacements(db, changelog.audience),
      sectionsOf(changelog.audience),
    );
    const isMoved = placed.some(({ key, section }, at) => entries[at]?.key !== key || entries[at].section !== section);
    const stored = await db.nativeUpdate(
      Changelog,
      { id, status: { $nin: [...finished] } },
      {
        ...{
          status,
          headline: isMoved || placed.length < entries.length ? writeHeadline({ entries: placed, omitted }, changelog.audience) : headline,
        },
        ...{ rejected, receipt, readAt, failure: failure ?? null },
        ...{ semver: plan.semver, omitted, changeCount: changes.length },
        finishedAt: status === 'SUCCEEDED' ? clock.now() : null,
      },
    );
    if (stored === 0) return;
    await db.nativeDelete(ChangelogEntry, { changelogId: id });
    const rows = (await withEdits(db, work, placed)).map((entry, position) => ({ ...entry, changelogId: id, workspaceId, position }));
    for (let at = 0; at < rows.length; at += ROWS) await db.insertMany(ChangelogEntry, rows.slice(at, at + ROWS));
    await enqueueDelivery(db, id);
    await notify(db, id);
  });
};

/** Read inside the commit: what a person wrote or moved while the engine wrote stands (law 12). Only the leak list, which people wrote too, is above it. */
const withEdits = async (db: Db, { changelog, leakList }: Work, entries: readonly WordedEntry[]): Promise<WordedEntry[]> => {
  const edits = await findEdits(db, changelog.audience, entries);
  const guard = createLeakGuard(leakList);
  return entries.map((entry) => {
    const edit = edits.get(entry.key);
    return edit === undefined || guard.leaks(edit.text) ? entry : { ...entry, ...edit };
  });
};

/** For job hooks: a failure while another try is planned, and after the last. What code said stands, and is then all there is. */
export const createFailureHooks = ({ orm, clock }: { orm: Orm; clock: Clock }) => {
  const note = (workspaceId: string, id: string, failure: WorkFailure, over: boolean): Promise<void> =>
    forWorkspace(orm, workspaceId).transactional(async (db) => {
      const ended = over ? { finishedAt: clock.now() } : {};
      const digested = await db.nativeUpdate(
        Changelog,
        { id, status: 'DIGESTED' },
        { failure, ...ended, ...(over ? { status: 'SUCCEEDED' as const } : {}) },
      );
      const begun = await db.nativeUpdate(
        Changelog,
        { id, status: { $in: ['QUEUED', 'RUNNING'] } },
        { failure, ...ended, ...(over ? { status: 'FAILED' as const } : {}) },
      );
      if (digested + begun === 0) return;
      await enqueueDelivery(db, id);
      await notify(db, id);
    });
  return {
    retrying: ({ changelogId, workspaceId }: Which, { id, code, message, retryAt }: JobFailure & { retryAt: Date }): Promise<void> =>
      note(workspaceId, changelogId, { id, code, message, retryAt: retryAt.toISOString() }, false),
    giveUp: ({ changelogId, workspaceId }: Which, { id, code, message }: JobFailure): Promise<void> =>
      note(workspaceId, changelogId, { id, code, message, retryAt: null }, true),
  };
};

type Which = { changelogId: string; workspaceId: string };
