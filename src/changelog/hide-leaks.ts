import { createHash } from 'node:crypto';
import type { Changelog } from '#db/entities/changelog.ts';
import type { ChangelogEntry } from '#db/entities/changelog-entry.ts';
import { type LeakGuard, withoutLeaks, writeHeadline } from './changes/index.ts';

/*
 * A word that comes onto the leak list after a changelog was written does not show in it from then on, wherever it is shown.
 */

export const hideInText = (guard: LeakGuard, { text, section }: Pick<ChangelogEntry, 'text' | 'section'>): string =>
  withoutLeaks(text, section, guard);

/** Where an engine named it, the counts say what there is. */
export const hideInHeadline = (
  guard: LeakGuard,
  { headline, audience, omitted }: Pick<Changelog, 'headline' | 'audience' | 'omitted'>,
  entries: readonly Pick<ChangelogEntry, 'section' | 'breaking'>[],
): string => (headline && guard.leaks(headline) ? writeHeadline({ entries, omitted: omitted ?? [] }, audience) : (headline ?? ''));

export const hideInName = (guard: LeakGuard, name: string): string => (guard.leaks(name) ? 'something private' : name);

/** Keys begin with a system's name. */
export const hideInKey = (guard: LeakGuard, key: string): string =>
  guard.leaks(key) ? `private-${createHash('sha256').update(key).digest('hex').slice(0, 16)}` : key;
