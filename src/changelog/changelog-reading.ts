import { type FilterQuery, raw } from '@mikro-orm/core';
import { Change } from '#db/entities/change.ts';
import { Changelog, type ChangelogFormat } from '#db/entities/changelog.ts';
import { ChangelogEntry } from '#db/entities/changelog-entry.ts';
import type { WorkStatus } from '#db/entities/log.ts';
import { Ticket } from '#db/entities/ticket.ts';
import type { Notices } from '#db/notices.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { type Connection, findPage, type Page } from '#db/page.ts';
import { queryPrepared } from '#db/prepared.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { createLeakGuard, type LeakGuard } from './changes/index.ts';
import type { Audience, ChangeKind, ChangeSource, Omitted, OmittedReason } from './changes/types.ts';
import { type Composed, loadComposed } from './composing/compose-changelog.ts';
import { notFound } from './composing/edit-entry.ts';
import { findHidden, hideInName, hideInText } from './hide-leaks.ts';
import { PRIVATE } from './private-words.ts';
import { renderChangelog, spliceRelease } from './render/index.ts';
import { readSettings } from './settings-service.ts';
import { showOmitted } from './shown-omitted.ts';

export type ChangeFilter = {
  system?: string | undefined;
  kind?: readonly ChangeKind[] | undefined;
  source?: readonly ChangeSource[] | undefined;
  label?: string | undefined;
  ref?: string | undefined;
  since?: Date | undefined;
  until?: Date | undefined;
};
export type ChangelogFilter = { audience?: Audience | undefined; status?: readonly WorkStatus[] | undefined; system?: string | undefined };

/** An entry, and what it tells of; what is loaded is loaded once for all entries of a list. */
export type EntryView = {
  entry: ChangelogEntry;
  /** Of the change that leads, as it may be shown. */
  title(): Promise<string>;
  changes(): Promise<Change[]>;
  tickets(): Promise<Ticket[]>;
};
export type OmittedView = Omitted & { row: Change };

export type ChangelogReading = {
  change(actor: Actor, id: string): Promise<Change | null>;
  changes(actor: Actor, filter: ChangeFilter, page: Page): Promise<Connection<Change>>;
  changelog(actor: Actor, id: string): Promise<Changelog | null>;
  changelogs(actor: Actor, filter: ChangelogFilter, page: Page): Promise<Connection<Changelog>>;
  entriesOf(actor: Actor, changelogId: string): Promise<EntryView[]>;
  /** Where a ticket is told of: each entry once, as it reads in the newest changelog. */
  entriesOfTicket(actor: Actor, number: number): Promise<EntryView[]>;
  /** All of a changelog's omitted changes, with how many there are for each reason. */
  omittedOf(actor: Actor, changelogId: string): Promise<Omitted[]>;
  /** Its title without anything of the leak list. */
  shownTitle(actor: Actor, change: Change, reason: OmittedReason): Promise<string>;
  changesByIds(actor: Actor, ids: readonly string[]): Promise<Map<string, Change>>;
  /** Throws NOT_FOUND, CONFLICT (not written yet). */
  rendered(actor: Actor, id: string, format: ChangelogFormat, version?: string): Promise<string>;
  spliced(actor: Actor, id: string, into: string, version?: string): Promise<string>;
  /** As it may be shown: without what came onto the leak list since. */
  headlineOf(actor: Actor, changelog: Changelog): Promise<string | null>;
  /**
   * The newest changelogs about exactly one system, or about everything, that somebody asked for or that were posted. What begins at the same
   * time is one, up to its latest end.
   */
  published(actor: Actor, about: { system: string | null; audience: Audience; most: number }): Promise<Composed[]>;
  /** When a change of that system (or of any) came in last; null for never. */
  lastHeard(actor: Actor, system: string | null): Promise<Date | null>;
  watchChangelog(actor: Actor, id: string, signal?: AbortSignal): AsyncIterable<Changelog>;
};

const MOST_ENTRIES_OF_TICKET = 50;

export const createChangelogReading = ({ orm, notices }: { orm: Orm; notices: Notices }): ChangelogReading => {
  const open = (actor: Actor): Db => {
    requireScope(actor, 'CHANGES_READ');
    return forWorkspace(orm, actor.workspaceId);
  };
  const written = async (actor: Actor, id: string): Promise<Composed> => {
    const db = open(actor);
    const changelog = await db.findOne(Changelog, { id });
    if (!changelog) throw notFound();
    if (changelog.changeCount === null || changelog.changeCount === undefined)
      throw new AppError('CONFLICT', 'That changelog is still being written; ask again when its status is SUCCEEDED.', { field: 'id' });
    return loadComposed(db, id);
  };

  return {
    change: async (actor, id) => open(actor).findOne(Change, { id }),
    changes: async (actor, filter, page) => findPage(open(actor), Change, 'chg', changesMatching(filter), page),
    changelog: async (actor, id) => open(actor).findOne(Changelog, { id }),
    changelogs: async (actor, filter, page) => findPage(open(actor), Changelog, 'clg', changelogsMatching(filter), page),

    async entriesOf(actor, changelogId) {
      const db = open(actor);
      return toViews(db, actor, await db.find(ChangelogEntry, { changelogId }, { orderBy: { position: 'asc' } }));
    },

    async headlineOf(actor, changelog) {
      const db = open(actor);
      const guard = await readGuard(db, actor.workspaceId);
      if (!changelog.headline || !guard.leaks(changelog.headline)) return changelog.headline ?? null;
      return (await loadComposed(db, changelog.id)).headline;
    },

    async entriesOfTicket(actor, number) {
      const db = open(actor);
      const found = await db.find(
        ChangelogEntry,
        { tickets: { $contains: [`T-${number}`] }, [raw(`(tickets <> '{}')`)]: true } as FilterQuery<ChangelogEntry>,
        { orderBy: { changelogId: 'desc' }, limit: 10 * MOST_ENTRIES_OF_TICKET },
      );
      const newest = new Map<string, ChangelogEntry>();
      for (const entry of found) if (!newest.has(entry.key)) newest.set(entry.key, entry);
      return toViews(db, actor, [...newest.values()].slice(0, MOST_ENTRIES_OF_TICKET));
    },

    async omittedOf(actor, changelogId) {
      const changelog = await open(actor).findOne(Changelog, { id: changelogId }, { populate: ['omitted'] as never });
      return changelog?.omitted ?? [];
    },

    async shownTitle(actor, { title }, reason) {
      return reason === 'private' ? PRIVATE : hideInName(await readGuard(open(actor), actor.workspaceId), title);
    },

    changesByIds: async (actor, ids) => findChanges(open(actor), ids),

    async rendered(actor, id, format, version) {
      const composed = await written(actor, id);
      if (format !== 'JSON') return renderChangelog(composed, format, { version });
      const db = open(actor);
      const guard = await readGuard(db, actor.workspaceId);
      return renderChangelog(composed, format, { omitted: await showOmitted(db, actor.workspaceId, composed.omitted, guard) });
    },
    spliced: async (actor, id, into, version) => spliceRelease(await written(actor, id), into, { version }),

    async published(actor, { system, audience, most }) {
      const db = open(actor);
      // As PostgreSQL writes it.
      const systems = system === null ? '[]' : `[${JSON.stringify(system)}]`;
      const values = [actor.workspaceId, audience, systems, most];
      const rows = await queryPrepared<{ id: string }>(db, publishedQuery, values);
      return Promise.all(rows.map(({ id }) => loadComposed(db, id)));
    },

    async lastHeard(actor, system) {
      const values = [actor.workspaceId, system === null, system ?? ''];
      const [row] = await queryPrepared<{ at: Date | string | null }>(open(actor), heardQuery, values);
      return row?.at ? new Date(row.at) : null;
    },

    async *watchChangelog(actor, id, signal = new AbortController().signal) {
      requireScope(actor, 'CHANGES_READ');
      for await (const changelog of notices.watch(id, signal, () => open(actor).findOne(Changelog, { id }))) {
        if (!changelog) throw notFound();
        yield changelog;
        if (changelog.finishedAt) return;
      }
    },
  };
};

const heardQuery = `select max("received_at") as "at" from "change" where "workspace_id" = ? and (? or lower("system") = lower(?))`;

// A draft is for its owner, and a preview for whoever asked for it.
const publishedQuery = `select "id" from (
    select distinct on ("from") "id", "to" from "changelog"
    where "workspace_id" = ? and "audience" = ? and "status" = 'SUCCEEDED'
      and lower(("scope"->'systems')::text) = lower(?) and "scope"->'labels' = '[]' and "scope"->'paths' = '[]'
      and ("created_by" <> 'schedule' or exists (
        select from "changelog_post" post where post."changelog_id" = "changelog"."id" and post."state" = 'POSTED' and post."purpose" <> 'PREVIEW'))
    order by "from", "to" desc, "id" desc) newest
  order by "to" desc, "id" desc limit ?`;

const readGuard = async (db: Db, workspaceId: string): Promise<LeakGuard> =>
  createLeakGuard((await readSettings(db, workspaceId)).leakList);

const changesMatching = ({ system, kind, source, label, ref, since, until }: ChangeFilter): FilterQuery<Change> =>
  ({
    ...(system === undefined ? {} : { system }),
    ...(kind ? { kind: { $in: [...kind] } } : {}),
    ...(source ? { source: { $in: [...source] } } : {}),
    ...(label === undefined ? {} : { labels: { $contains: [label] } }),
    ...(ref === undefined ? {} : { refs: { $contains: [ref] } }),
    ...(since || until ? { time: { ...(since ? { $gte: since } : {}), ...(until ? { $lt: until } : {}) } } : {}),
  }) as FilterQuery<Change>;

const changelogsMatching = ({ audience, status, system }: ChangelogFilter): FilterQuery<Changelog> =>
  ({
    ...(audience ? { audience } : {}),
    ...(status ? { status: { $in: [...status] } } : {}),
    ...(system === undefined ? {} : { [raw(`(scope->'systems' @> ?::jsonb)`, [JSON.stringify([system])])]: true }),
  }) as FilterQuery<Changelog>;

const findChanges = async (db: Db, ids: readonly string[]): Promise<Map<string, Change>> => {
  const rows = await db.find(Change, { id: { $in: [...new Set(ids)] } });
  return new Map(rows.map((row) => [row.id, row]));
};

const toViews = async (db: Db, actor: Actor, rows: readonly ChangelogEntry[]): Promise<EntryView[]> => {
  const guard = await readGuard(db, actor.workspaceId);
  const hidden = await findHidden(db, actor.workspaceId, rows, guard);
  const entries = rows.map((row, place) => ({
    ...row,
    text: hideInText(guard, row, hidden[place] ?? false),
    ...(hidden[place] ? { refs: [], tickets: [] } : {}),
  }));
  const allChanges = once(() =>
    findChanges(
      db,
      entries.flatMap(({ changes }) => changes),
    ),
  );
  const allTickets = once(async () => {
    const numbers = [...new Set(entries.flatMap(({ tickets }) => tickets.map((ref) => Number(ref.slice(2)))))].filter(isNumber);
    const found = numbers.length > 0 ? await db.find(Ticket, { number: { $in: numbers } }) : [];
    return new Map(found.map((ticket) => [`T-${ticket.number}`, ticket]));
  });
  return entries.map((entry, place) => ({
    entry,
    async title() {
      const lead = (await allChanges()).get(entry.changes[0] ?? '');
      return hidden[place] || !lead ? PRIVATE : hideInName(guard, lead.title);
    },
    async changes() {
      const known = await allChanges();
      return entry.changes.flatMap((id) => known.get(id) ?? []);
    },
    async tickets() {
      // Who may not read tickets is not told of them here either.
      if (!actor.scopes.includes('TICKETS_READ')) return [];
      const known = await allTickets();
      return entry.tickets.flatMap((ref) => known.get(ref) ?? []);
    },
  }));
};

// A column of 32 bits; a reference like T-99999999999 names no ticket of ours.
const isNumber = (number: number): boolean => Number.isInteger(number) && number <= 2_147_483_647;

const once = <Value>(load: () => Promise<Value>): (() => Promise<Value>) => {
  let value: Promise<Value> | undefined;
  return () => (value ??= load());
};
