import type { Changelog } from '#db/entities/changelog.ts';
import { ChangelogSettings } from '#db/entities/changelog-settings.ts';
import { forWorkspace } from '#db/orm.ts';
import { isAppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import { askForWords } from './ask-for-words.ts';
import type { ComposeDeps } from './compose-changelog.ts';
import { findCertain } from './find-edits.ts';
import { findPlacements } from './find-placements.ts';
import { nextRelease } from './next-release.ts';
import { type Apart, readPeriod } from './read-period.ts';
import { beginChangelog, storeChangelog } from './store-changelog.ts';
import { builtinWords } from './words.ts';

export type WriteOptions = {
  signal: AbortSignal;
  /** The engine's failure is thrown, to be tried again later: the built-in wording is stored and shown meanwhile. */
  engineMayWait: boolean;
  apart?: Apart | undefined;
};

/**
 * Reads, plans and words a changelog and stores it. What code can say is stored first and shown while a remote engine writes; when it fails,
 * that stands (law 10). What a person wrote stands in any case (law 12).
 */
export const writeChangelog = async (
  deps: ComposeDeps,
  changelog: Changelog,
  { signal, engineMayWait, apart }: WriteOptions,
): Promise<void> => {
  const { orm, engine, clock, composer } = deps;
  const { id, workspaceId, audience, scope, from, to, lateSince = null, begins } = changelog;
  const db = forWorkspace(orm, workspaceId);
  if (!(await beginChangelog(db, id))) return;
  const leakList = (await db.findOne(ChangelogSettings, { workspaceId }))?.leakList ?? [];
  const readAt = clock.now();
  const { changes, restricted } = await readPeriod(db, workspaceId, { scope, from, to, lateSince, begins, ...apart });
  const certain = await findCertain(db, audience, changes);
  const composed = await composer.run(changes, { audience, leakList, certain, ...(await findPlacements(db, audience)) }, signal);
  const plan = { ...composed, semver: { ...composed.semver, version: await nextRelease(db, changelog, changes, composed.semver.bump) } };
  const work = { changelog, changes, restricted, leakList, plan, readAt };
  const store = { orm, clock, work };
  if (!engine.local && plan.entries.length > 0) await storeChangelog(store, { ...builtinWords(plan, audience), status: 'DIGESTED' });
  try {
    await storeChangelog(store, { ...(await askForWords(deps, work, signal)), status: 'SUCCEEDED' });
  } catch (error) {
    if (engineMayWait || signal.aborted || !isAppError(error) || !error.code.startsWith('ENGINE_')) throw error;
    const failure = { id: newId('err'), code: error.code, message: error.message, retryAt: null };
    await storeChangelog(store, { ...builtinWords(plan, audience), status: 'SUCCEEDED', failure });
  }
};
