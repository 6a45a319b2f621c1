import { Category, type TriageMode } from '#db/entities/category.ts';
import { Ticket } from '#db/entities/ticket.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { recordAudit } from '#src/auth/audit.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { Clock } from '#src/core/ports.ts';
import { createById } from '#src/tickets/by-id.ts';
import { tellAll } from '#src/tickets/telling/team-post.ts';
import { ticketJob } from '#src/tickets/ticket-job.ts';
import { requireTriageAdmin } from './require-triage-admin.ts';
import { ensureSettings } from './settings.ts';

export type SaveCategory = {
  id?: string | undefined;
  name: string;
  description: string;
  team: string;
  channel: string | null;
  onCall: string | null;
  mode: TriageMode;
  targetPrecision: number;
};

export type CategoryService = {
  categories(actor: Actor, options: { includeRetired: boolean }): Promise<Category[]>;
  category(actor: Actor, id: string): Promise<Category | null>;
  /**
   * Makes one, or changes the one of that id. One that is made with the name of a retired one is that one, brought back with its history.
   * Throws BAD_INPUT, CONFLICT (the name is taken, or it is retired), NOT_FOUND.
   */
  saveCategory(actor: Actor, input: SaveCategory): Promise<{ category: Category; revived: boolean }>;
  /** It keeps its tickets, is never predicted, and nothing is learned from them as long as it is. */
  retireCategory(actor: Actor, id: string): Promise<Category>;
  /** Brings a retired one back as it was. Throws NOT_FOUND, CONFLICT (another has its name by now). */
  reviveCategory(actor: Actor, id: string): Promise<Category>;
};

// It becomes a mention, so it can be nothing else (law 8).
const ON_CALL = /^[UWS][A-Z0-9]{1,20}$/;

export const createCategoryService = ({ orm, clock }: { orm: Orm; clock: Clock }): CategoryService => {
  const open = (actor: Actor): Db => forWorkspace(orm, actor.workspaceId);
  const categoryById = createById(orm, Category);
  return {
    async categories(actor, { includeRetired }) {
      requireScope(actor, 'TICKETS_READ');
      const db = open(actor);
      await ensureSettings(db, actor.workspaceId, clock.now());
      return db.find(Category, includeRetired ? {} : { retiredAt: null }, { orderBy: { name: 'asc' } });
    },

    async category(actor, id) {
      requireScope(actor, 'TICKETS_READ');
      return categoryById(actor.workspaceId, id);
    },

    async saveCategory(actor, input) {
      requireTriageAdmin(actor);
      const name = parseLine(input.name, 'name', 60);
      const values = {
        ...input,
        name,
        description: parseLine(input.description, 'description', 500),
        team: parseLine(input.team, 'team', 60),
      };
      if (!(input.targetPrecision > 0 && input.targetPrecision <= 1))
        throw new AppError('BAD_INPUT', 'The target precision is a share between 0 and 1, e.g. 0.8.', { field: 'targetPrecision' });
      if (input.onCall !== null && !ON_CALL.test(input.onCall))
        throw new AppError('BAD_INPUT', 'On call is the id of a person (U…) or of a user group (S…), as Slack shows it in a profile.', {
          field: 'onCall',
        });
      return open(actor).transactional(async (db) => {
        await ensureSettings(db, actor.workspaceId, clock.now());
        await requireFreeName(db, name, input.id);
        const retired = input.id ? null : await db.findOne(Category, named(name), { orderBy: { retiredAt: 'desc' } });
        const category = input.id
          ? await openCategory(db, input.id, 'bring it back first')
          : (retired ??
            Object.assign(new Category(), { id: newId('cat'), workspaceId: actor.workspaceId, retiredAt: null, createdAt: clock.now() }));
        if (retired) await reopen(db, retired);
        const { id: _, ...rest } = values;
        if (category.mode !== values.mode) category.modeSince = clock.now();
        Object.assign(category, rest);
        await db.persist(category).flush();
        await recordAudit(db, actor, input.id ? 'category.changed' : retired ? 'category.revived' : 'category.created', category.id);
        return { category, revived: retired !== null };
      });
    },

    async retireCategory(actor, id) {
      requireTriageAdmin(actor);
      return open(actor).transactional(async (db) => {
        const category = await openCategory(db, id);
        category.retiredAt = clock.now();
        await db.flush();
        await learnAnew(db, actor.workspaceId);
        await lookAgain(db, id, actor.requestId);
        await recordAudit(db, actor, 'category.retired', id);
        return category;
      });
    },

    async reviveCategory(actor, id) {
      requireTriageAdmin(actor);
      return open(actor).transactional(async (db) => {
        const category = await db.findOne(Category, { id });
        if (!category) throw notFound();
        if (!category.retiredAt) return category;
        await requireFreeName(db, category.name, id);
        await reopen(db, category);
        await recordAudit(db, actor, 'category.revived', id);
        return category;
      });
    },
  };
};

/** A category something can be put into. Throws NOT_FOUND, and CONFLICT when it is retired. */
export const openCategory = async (db: Db, id: string, instead = 'choose another'): Promise<Category> => {
  const category = await db.findOne(Category, { id });
  if (!category) throw notFound();
  if (category.retiredAt)
    throw new AppError('CONFLICT', `The category "${category.name}" is retired; ${instead}.`, { field: 'categoryId' });
  return category;
};

const notFound = (): AppError =>
  new AppError('NOT_FOUND', 'That category was not found; the list of categories has those there are.', { field: 'categoryId' });

const named = (name: string) => ({ name: { $ilike: name.replace(/[\\%_]/g, '\\$&') } });

const requireFreeName = async (db: Db, name: string, id: string | undefined): Promise<void> => {
  const same = await db.findOne(Category, { ...named(name), retiredAt: null });
  if (same && same.id !== id)
    throw new AppError('CONFLICT', `There is a category "${same.name}" already; change that one, or choose another name.`, {
      field: 'name',
    });
};

const reopen = async (db: Db, category: Category): Promise<void> => {
  category.retiredAt = null;
  await db.flush();
  await learnAnew(db, category.workspaceId);
};

// Who retires one with more waiting suggestions has not looked at them for long.
const MOST_LOOKED_AT = 500;

/** Nobody can confirm a suggestion of a category that is gone: what waits for that is foretold anew, or drawn anew where people have it in hand. */
const lookAgain = async (db: Db, categoryId: string, requestId: string): Promise<void> => {
  const waiting = await db.find(
    Ticket,
    {
      state: { $in: ['SUGGESTED', 'NEEDS_HUMAN'] },
      $or: [{ prediction: { categoryId } }, { prediction: { alternatives: { $contains: [{ categoryId }] } } }],
    },
    { fields: ['workspaceId', 'touched', 'prediction'], orderBy: { id: 'desc' }, limit: MOST_LOOKED_AT, disableIdentityMap: true },
  );
  for (const ticket of waiting)
    if (ticket.touched) await tellAll(db, ticket.id);
    else await addJob(db, ticketJob('triage-ticket', ticket, requestId));
};

/** What retired categories taught is not to stand in the way of others until the night, nor what one knew be missing. */
const learnAnew = (db: Db, workspaceId: string): Promise<unknown> =>
  addJob(db, { name: 'retrain-triage', payload: { workspaceId }, key: `retrain-triage:${workspaceId}` });

const parseLine = (text: string, field: string, most: number): string => {
  const line = text.replace(/\p{Cc}+/gu, ' ').trim();
  if (line === '' || line.length > most) throw new AppError('BAD_INPUT', `The ${field} needs 1 to ${most} characters.`, { field });
  return line;
};
