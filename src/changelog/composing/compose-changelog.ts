import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { Changelog, type ChangelogScope } from '#db/entities/changelog.ts';
import { ChangelogEntry, type WordedBy } from '#db/entities/changelog-entry.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { createLeakGuard, type LeakGuard } from '#src/changelog/changes/index.ts';
import type { Audience, Changelog as Composition, Entry, Omitted } from '#src/changelog/changes/types.ts';
import { findHidden, hideInHeadline, hideInKey, hideInName, hideInText } from '#src/changelog/hide-leaks.ts';
import { findLinks, type Links } from '#src/changelog/links.ts';
import { readSettings } from '#src/changelog/settings-service.ts';
import { newId } from '#src/core/ids.ts';
import type { Clock, Engine } from '#src/core/ports.ts';
import type { Composer } from './composer.ts';
import type { Apart } from './read-period.ts';
import { writeChangelog } from './write-changelog.ts';

export type ComposeDeps = { orm: Orm; engine: Engine; clock: Clock; composer: Composer };

export type ComposePeriod = {
  workspaceId: string;
  scope: ChangelogScope;
  /** Included. */
  from: Date;
  /** Not included. */
  to: Date;
  audience: Audience;
  requestId: string;
  signal: AbortSignal;
  /** Changes of earlier times count too when they came in since then: hand in `readAt` of the changelog before, and none is lost or told twice. */
  lateSince?: Date | null | undefined;
  apart?: Apart | undefined;
  /** The same key gives the same changelog again once it is written: a job that runs twice pays once. */
  idempotencyKey?: string | undefined;
};

export type ComposedEntry = Entry & {
  wordedBy: WordedBy;
  /** Of the leading change; http(s) only. */
  url: string | null;
  /** Addresses of references, where one came in. */
  links: Record<string, string>;
};

export type Composed = {
  changelogId: string;
  workspaceId: string;
  headline: string;
  entries: ComposedEntry[];
  omitted: Omitted[];
  semver: Composition['semver'];
  changeCount: number;
  scope: ChangelogScope;
  from: Date;
  to: Date;
  audience: Audience;
  /** Why the words are the built-in ones although an engine was asked; null when all went well. */
  engineFailure: string | null;
  /** Up to when changes had come in that this one knows. */
  readAt: Date;
};

/**
 * Reads a period's changes, plans, words, checks and stores a changelog in one go. An engine that fails leaves the built-in wording and says
 * so in `engineFailure`; it does not throw. Throws BAD_INPUT (too many changes) and what the database throws.
 */
export const composeForPeriod = async (deps: ComposeDeps, period: ComposePeriod): Promise<Composed> => {
  const db = forWorkspace(deps.orm, period.workspaceId);
  const changelog = await ensureChangelog(db, deps, period);
  if (changelog.status !== 'SUCCEEDED')
    await writeChangelog(deps, changelog, { signal: period.signal, engineMayWait: false, apart: period.apart });
  return loadComposed(forWorkspace(deps.orm, period.workspaceId), changelog.id);
};

/** A written changelog with everything in it. */
export const loadComposed = async (db: Db, changelogId: string): Promise<Composed> => {
  const changelog = await db.findOneOrFail(Changelog, { id: changelogId }, { populate: ['omitted'] as never, refresh: true });
  const rows = await db.find(ChangelogEntry, { changelogId }, { orderBy: { position: 'asc' } });
  const { leakList } = await readSettings(db, changelog.workspaceId);
  const guard = createLeakGuard(leakList);
  const { audience } = changelog;
  const links = await findLinks(db, changelog.workspaceId, rows, { audience, guard: createLeakGuard(leakList, audience) });
  const hidden = await findHidden(db, changelog.workspaceId, rows, guard);
  return {
    changelogId,
    workspaceId: changelog.workspaceId,
    headline: hideInHeadline(guard, changelog, rows),
    entries: rows.map((row, place) => toComposedEntry(row, guard, hidden[place] ? null : (links[place] ?? null))),
    omitted: changelog.omitted ?? [],
    semver: changelog.semver ?? { bump: 'none', reason: '' },
    changeCount: changelog.changeCount ?? 0,
    scope: { ...changelog.scope, systems: changelog.scope.systems.map((system) => hideInName(guard, system)) },
    from: changelog.from,
    to: changelog.to,
    audience: changelog.audience,
    engineFailure: changelog.failure?.message ?? null,
    readAt: changelog.readAt ?? changelog.createdAt,
  };
};

/** `links` is null for what lies wholly in listed places: nothing may lead there. */
const toComposedEntry = (row: ChangelogEntry, guard: LeakGuard, links: Links | null): ComposedEntry => {
  const { key, section, breaking, changes, wordedBy } = row;
  const shown = (refs: readonly string[]): string[] => (links ? refs.filter((ref) => !guard.leaks(ref)) : []);
  return {
    ...{ section, breaking, changes, wordedBy },
    key: hideInKey(guard, key, links === null),
    text: hideInText(guard, row, links === null),
    refs: shown(row.refs),
    tickets: shown(row.tickets),
    url: links?.url ?? null,
    links: links?.refs ?? {},
  };
};

const ensureChangelog = async (db: Db, { clock }: ComposeDeps, period: ComposePeriod): Promise<Changelog> => {
  const { workspaceId, scope, from, to, audience, requestId, lateSince = null, idempotencyKey = null } = period;
  const known = idempotencyKey ? await db.findOne(Changelog, { idempotencyKey }) : null;
  if (known) return known;
  const changelog = newChangelog(
    { workspaceId, scope, from, to, audience, lateSince, requestId, idempotencyKey, createdBy: 'schedule' },
    clock,
  );
  try {
    await db.persist(changelog).flush();
    return changelog;
  } catch (error) {
    const other =
      idempotencyKey && error instanceof UniqueConstraintViolationException ? await db.fork().findOne(Changelog, { idempotencyKey }) : null;
    if (!other) throw error;
    return other;
  }
};

type Given = Pick<Changelog, 'workspaceId' | 'scope' | 'from' | 'to' | 'audience' | 'createdBy'> &
  Partial<Pick<Changelog, 'lateSince' | 'begins' | 'requestId' | 'idempotencyKey' | 'actingFor' | 'format'>>;

/** A changelog nothing is known of yet. */
export const newChangelog = (given: Given, clock: Clock): Changelog =>
  Object.assign(new Changelog(), {
    id: newId('clg'),
    format: 'MARKDOWN' as const,
    lateSince: null,
    begins: null,
    status: 'QUEUED' as const,
    failure: null,
    headline: null,
    semver: null,
    changeCount: null,
    omitted: null,
    rejected: 0,
    receipt: null,
    readAt: null,
    actingFor: null,
    idempotencyKey: null,
    requestId: null,
    createdAt: clock.now(),
    finishedAt: null,
    ...given,
  });
