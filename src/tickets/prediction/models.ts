import type { Category } from '#db/entities/category.ts';
import { Ticket } from '#db/entities/ticket.ts';
import { TriageModel } from '#db/entities/triage-model.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { queryPrepared } from '#db/prepared.ts';
import { type Example, fromBytes, type Model, trainModel, updateModel } from '#src/tickets/classify/index.ts';
import { phrasesOf } from '#src/tickets/settings/default-categories.ts';
import { cautious, type Weights } from './combine.ts';
import { heeded } from './without-instructions.ts';

/** A model that knows everything people have said up to now. Its classes are ids of categories. */
export type CurrentModel = { model: Model; version: number | null; weights: Weights };

export type Models = {
  /** The workspace's model, brought up to date: a correction counts in the very next prediction. */
  current(workspaceId: string, categories: readonly Category[]): Promise<CurrentModel>;
};

/** `learned` is what each ticket decided since then was learned as: a ticket that changes in other ways teaches nothing twice. */
type Kept = CurrentModel & { modelId: string | null; described: string; learnedUntil: Date; learned: Map<string, string> };

// More than these teach nothing before the night's training: learning holds up everything else while it lasts.
const MOST_AT_ONCE = 500;
// What was decided earlier may be committed later, and processes' clocks differ.
const OVERLAP_MS = 60_000;

export const createModels = ({ orm }: { orm: Orm }): Models => {
  const kept = new Map<string, Kept>();
  return {
    async current(workspaceId, categories) {
      const db = forWorkspace(orm, workspaceId);
      const described = JSON.stringify(categories.map(({ id, name, description }) => [id, name, description]));
      let known = kept.get(workspaceId);
      let said = await lookUp(db, workspaceId, known?.learnedUntil ?? null);
      if (!known || known.modelId !== said.modelId || known.described !== described) {
        known = await load(db, said.modelId, categories, described);
        said = await lookUp(db, workspaceId, known.learnedUntil);
      }
      const fresh = await notLearned(db, known, said.decided);
      if (fresh.length > 0) known = learn(known, fresh);
      kept.set(workspaceId, known);
      return { model: known.model, version: known.version, weights: known.weights };
    },
  };
};

const load = async (db: Db, modelId: string | null, categories: readonly Category[], described: string): Promise<Kept> => {
  const row = modelId ? await db.findOneOrFail(TriageModel, { id: modelId }) : null;
  const model = row ? await withNewcomers(db, fromBytes(row.data), categories) : trainModel([], { categories: categories.map(toFirstDay) });
  const weights = row?.weights ?? cautious;
  return {
    model,
    version: row?.version ?? null,
    weights,
    modelId,
    described,
    learnedUntil: row?.createdAt ?? new Date(0),
    learned: new Map(),
  };
};

/** A category made, or brought back, since the last training is known by its description and by what people put there before, until the next. */
const withNewcomers = async (db: Db, model: Model, categories: readonly Category[]): Promise<Model> => {
  const newcomers = categories.filter(({ id }) => !model.categories.includes(id));
  if (newcomers.length === 0) return model;
  const before = await db.find(
    Ticket,
    { ...taught, categoryId: { $in: newcomers.map(({ id }) => id) } },
    { fields: ['title', 'body', 'categoryId'], orderBy: { id: 'desc' }, limit: MOST_AT_ONCE, disableIdentityMap: true },
  );
  const described = newcomers
    .map(toFirstDay)
    .flatMap(({ name, called, description, phrases }) =>
      [`${called}. ${description}`, ...phrases].map((body) => ({ text: { title: '', body }, category: name })),
    );
  return updateModel(model, [...described, ...before.reverse().map(toExample)]);
};

const learn = (known: Kept, fresh: readonly Ticket[]): Kept => ({
  ...known,
  model: updateModel(
    known.model,
    fresh.map((ticket) => heeded(toExample(ticket))),
  ),
  learnedUntil: new Date(Math.max(known.learnedUntil.getTime(), ...fresh.map(({ updatedAt }) => updatedAt.getTime()))),
  learned: new Map([...known.learned, ...fresh.map(({ id, categoryId }) => [id, categoryId as string] as const)]),
});

type Said = { modelId: string | null; decided: { id: string; category_id: string }[] };

/** The newest model, and what people decided lately: one statement before each prediction. */
const lookUp = async (db: Db, workspaceId: string, learnedUntil: Date | null): Promise<Said> => {
  const [row] = await queryPrepared<{ model_id: string | null; decided: Said['decided'] | null }>(
    db,
    `select (select id from triage_model where workspace_id = ? order by version desc limit 1) as model_id,
       (select json_agg(lately) from (select id, category_id from ticket
          where workspace_id = ? and category_by = 'PERSON' and category_id is not null and state <> 'NOT_A_TICKET' and updated_at >= ?
            and category_id in (select id from category where workspace_id = ? and retired_at is null)
          order by updated_at desc, id desc limit ${MOST_AT_ONCE}) lately) as decided`,
    [workspaceId, workspaceId, new Date(learnedUntil ? Math.max(0, learnedUntil.getTime() - OVERLAP_MS) : LATER_THAN_ALL), workspaceId],
  );
  return { modelId: row?.model_id ?? null, decided: row?.decided ?? [] };
};

// Before a model is known, nobody asks what was decided since.
const LATER_THAN_ALL = 8.64e15 / 10;

const notLearned = async (db: Db, { learned }: Kept, decided: Said['decided']): Promise<Ticket[]> => {
  const ids = decided.filter((one) => learned.get(one.id) !== one.category_id).map(({ id }) => id);
  return ids.length === 0 ? [] : db.find(Ticket, { id: { $in: ids } }, { orderBy: { updatedAt: 'asc', id: 'asc' }, refresh: true });
};

/** What a model learns from: tickets a person decided on, of categories that are not retired. */
export const taught = { categoryBy: 'PERSON' as const, state: { $ne: 'NOT_A_TICKET' as const } };

export const toExample = (ticket: Pick<Ticket, 'title' | 'body' | 'categoryId'>): Example => ({
  text: { title: ticket.title, body: ticket.body },
  category: ticket.categoryId as string,
});

/**
 * Classes are ids, so that a category keeps its history when it is renamed; its words are its name and description. What people ask for everywhere is better
 * than nothing, and a help while there is little history.
 */
export const toFirstDay = (category: Pick<Category, 'id' | 'name' | 'description'>) => {
  const { id, name, description } = category;
  return { name: id, called: name, description, phrases: phrasesOf(category) };
};
