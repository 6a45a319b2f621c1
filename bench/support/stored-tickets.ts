import { Category } from '#db/entities/category.ts';
import { Ticket } from '#db/entities/ticket.ts';
import { TriageModel } from '#db/entities/triage-model.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { ensureDefaultWorkspace } from '#src/auth/workspaces.ts';
import { newId } from '#src/core/ids.ts';
import { ensureSettings } from '#src/tickets/settings/settings.ts';
import { type LabelledTicket, readDuplicateSets, readTicketSets } from './ticket-sets.ts';

export type Stored = { title: string; body: string; category: string };

/** Labelled tickets and bug reports of all sets in a folder, each with a category of its own set. */
export const readTexts = async (path: string): Promise<Stored[]> => {
  const labelled = (await readTicketSets(path)).flatMap(({ name, train, test }) =>
    [...train, ...(test ?? [])].map((ticket) => toStored(ticket, name)),
  );
  const reports = (await readDuplicateSets(path)).flatMap(({ name, reports }) =>
    reports.map(({ title, body }) => ({ title, body, category: name })),
  );
  return [...labelled, ...reports];
};

const toStored = ({ text, category }: LabelledTicket, set: string): Stored => {
  const [first = ''] = text.body.split('\n');
  return { title: (text.title || first).slice(0, 200) || 'Ticket', body: text.body, category: `${set}: ${category}` };
};

/** As many as wanted: each of the given ones, its sentences mixed with those of another of its category. */
export const mixTexts = (texts: readonly Stored[], count: number): Stored[] => {
  const random = createChance();
  const byCategory = Map.groupBy(texts, ({ category }) => category);
  return Array.from({ length: count }, (_, i) => {
    // Not one set after the other.
    const one = texts[(i * STRIDE) % texts.length] as Stored;
    if (i < texts.length) return one;
    const alike = byCategory.get(one.category) as Stored[];
    const other = alike[random(alike.length)] as Stored;
    const words = other.title.split(' ');
    const title = [...one.title.split(' ').slice(0, 4), ...words.slice(Math.floor(words.length / 2))].join(' ');
    return { title, body: mixLines(one.body, other.body, random), category: one.category };
  });
};

/** A prime larger than any set here, so that all are met before the first comes again. */
const STRIDE = 1_000_003;

const mixLines = (one: string, other: string, random: (below: number) => number): string => {
  const [mine, theirs] = [one.split(/(?<=[.!?\n])\s/), other.split(/(?<=[.!?\n])\s/)];
  return mine.map((line, i) => (random(2) === 0 ? (theirs[i] ?? line) : line)).join(' ');
};

const createChance = () => {
  let state = 42;
  return (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
};

const ONE_AT_A_TIME = 1000;

/** A workspace with these tickets, decided by people over the last two years, and with the model given. */
export const storeTickets = async (
  orm: Orm,
  tickets: readonly Stored[],
  train: (examples: readonly Stored[]) => Uint8Array,
): Promise<{ workspaceId: string; categories: Category[] }> => {
  const workspaceId = (await ensureDefaultWorkspace(orm)).id;
  const now = Date.now();
  await ensureSettings(forWorkspace(orm, workspaceId), workspaceId, new Date(now));
  const names = [...new Set(tickets.map(({ category }) => category))].sort();
  const db = forWorkspace(orm, workspaceId);
  await db.nativeDelete(Category, {});
  const categories = names.map((name) => toCategory(workspaceId, name, new Date(now)));
  await db.insertMany(Category, categories as never);
  const idOf = new Map(categories.map(({ id, name }) => [name, id]));
  for (let from = 0; from < tickets.length; from += ONE_AT_A_TIME) {
    const rows = tickets
      .slice(from, from + ONE_AT_A_TIME)
      .map((ticket, i) => toRow(workspaceId, ticket, idOf.get(ticket.category) as string, from + i, now));
    await forWorkspace(orm, workspaceId).insertMany(Ticket, rows as never);
  }
  const data = Buffer.from(train(tickets.map((ticket) => ({ ...ticket, category: idOf.get(ticket.category) as string }))));
  await db.insert(TriageModel, { id: newId('mdl'), workspaceId, version: 1, data, report: {}, createdAt: new Date(now) });
  await settle(db);
  return { workspaceId, categories: await db.find(Category, {}) };
};

// What the database's own housekeeping does by itself within a minute or two.
const settle = (db: Db): Promise<unknown> => db.getConnection().execute('vacuum analyze');

const toCategory = (workspaceId: string, name: string, createdAt: Date): Category =>
  Object.assign(new Category(), {
    id: newId('cat'),
    workspaceId,
    name,
    description: name,
    team: 'Team',
    channel: null,
    onCall: null,
    mode: 'SUPERVISED' as const,
    targetPrecision: 0.8,
    retiredAt: null,
    createdAt,
  });

const TWO_YEARS = 2 * 365 * 86_400_000;

const toRow = (workspaceId: string, { title, body }: Stored, categoryId: string, place: number, now: number) => {
  const at = new Date(now - TWO_YEARS + (place % 100_000) * (TWO_YEARS / 100_001));
  return {
    id: `tkt_${String(place).padStart(26, '0')}`,
    workspaceId,
    number: place + 1,
    title: title.replaceAll('\u0000', ''),
    body: body.replaceAll('\u0000', ''),
    entry: 'API' as const,
    reporter: 'somebody',
    status: 'SUCCEEDED' as const,
    state: 'RESOLVED' as const,
    categoryId,
    categoryBy: 'PERSON' as const,
    fields: [],
    touched: true,
    createdBy: 'somebody',
    createdAt: at,
    updatedAt: at,
  };
};
