import { createHash } from 'node:crypto';
import type { Changelog } from '#db/entities/changelog.ts';
import type { ChangelogEntry } from '#db/entities/changelog-entry.ts';
import type { Db } from '#db/orm.ts';
import { queryPrepared } from '#db/prepared.ts';
import { type LeakGuard, neutral, withoutLeaks, writeHeadline } from './changes/index.ts';
import type { Change } from './changes/types.ts';
import { PRIVATE } from './private-words.ts';

/*
 * A word that comes onto the leak list after a changelog was written does not show in it from then on, wherever it is shown.
 */

/** Of what lies wholly in listed places only a person's own words are shown. */
export const hideInText = (
  guard: LeakGuard,
  { text, section, wordedBy }: Pick<ChangelogEntry, 'text' | 'section' | 'wordedBy'>,
  hidden: boolean,
): string => (hidden && wordedBy !== 'PERSON' ? neutral[section] : withoutLeaks(text, section, guard));

/** Of each entry whether all it tells of lies wholly in listed places, in the same order. */
export const findHidden = async (
  db: Db,
  workspaceId: string,
  entries: readonly Pick<ChangelogEntry, 'changes'>[],
  guard: LeakGuard,
): Promise<boolean[]> => {
  if (!guard.knowsPlaces) return entries.map(() => false);
  const ids = [...new Set(entries.flatMap(({ changes }) => changes))];
  const touched = new Map<string, Touched>();
  for (let at = 0; at < ids.length; at += MOST_IN_A_QUERY)
    for (const row of await queryPrepared<Touched>(db, touchedQuery, [workspaceId, ids.slice(at, at + MOST_IN_A_QUERY)]))
      touched.set(row.id, row);
  return entries.map(({ changes }) => guard.hides(changes.flatMap((id) => touched.get(id) ?? [])));
};

type Touched = Pick<Change, 'id' | 'paths' | 'filesChanged'>;

const MOST_IN_A_QUERY = 5_000;

const touchedQuery = `select "id", "paths", "files_changed" as "filesChanged" from "change" where "workspace_id" = ? and "id" = any(?::text[])`;

/** Where an engine named it, the counts say what there is. */
export const hideInHeadline = (
  guard: LeakGuard,
  { headline, audience, omitted }: Pick<Changelog, 'headline' | 'audience' | 'omitted'>,
  entries: readonly Pick<ChangelogEntry, 'section' | 'breaking'>[],
): string => (headline && guard.leaks(headline) ? writeHeadline({ entries, omitted: omitted ?? [] }, audience) : (headline ?? ''));

export const hideInName = (guard: LeakGuard, name: string): string => (guard.leaks(name) ? PRIVATE : name);

/** Keys begin with a system's name. */
export const hideInKey = (guard: LeakGuard, key: string, hidden: boolean): string =>
  hidden || guard.leaks(key) ? `private-${createHash('sha256').update(key).digest('hex').slice(0, 16)}` : key;
