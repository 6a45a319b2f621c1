import type { Category } from '#db/entities/category.ts';
import { Ticket } from '#db/entities/ticket.ts';
import { TriageModel } from '#db/entities/triage-model.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { queryPrepared } from '#db/prepared.ts';
import { type Example, fromBytes, type Model, trainModel, updateModel } from './classify/index.ts';
import { cautious, type Weights } from './combine.ts';

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
      const [newest] = await queryPrepared<{ id: string }>(
        db,
        'select id from triage_model where workspace_id = ? order by version desc limit 1',
        [workspaceId],
      );
      const described = JSON.stringify(categories.map(({ id, name, description }) => [id, name, description]));
      let known = kept.get(workspaceId);
      if (!known || known.modelId !== (newest?.id ?? null) || known.described !== described)
        known = await load(db, newest?.id ?? null, categories, described);
      const fresh = await decidedSince(db, workspaceId, known);
      if (fresh.length > 0) known = learn(known, fresh);
      kept.set(workspaceId, known);
      return { model: known.model, version: known.version, weights: known.weights };
    },
  };
};

const load = async (db: Db, modelId: string | null, categories: readonly Category[], described: string): Promise<Kept> => {
  const row = modelId ? await db.findOneOrFail(TriageModel, { id: modelId }) : null;
  const model = row ? withNewcomers(fromBytes(row.data), categories) : trainModel([], { categories: categories.map(toDescribed) });
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

/** A category made since the last training is known by its description until the next. */
const withNewcomers = (model: Model, categories: readonly Category[]): Model => {
  const newcomers = categories.filter(({ id }) => !model.categories.includes(id)).map(toDescribed);
  return newcomers.length === 0
    ? model
    : updateModel(
        model,
        newcomers.map(({ name, description }) => ({ text: { title: '', body: description }, category: name })),
      );
};

const learn = (known: Kept, fresh: readonly Ticket[]): Kept => ({
  ...known,
  model: updateModel(known.model, fresh.map(toExample)),
  learnedUntil: new Date(Math.max(known.learnedUntil.getTime(), ...fresh.map(({ updatedAt }) => updatedAt.getTime()))),
  learned: new Map([...known.learned, ...fresh.map(({ id, categoryId }) => [id, categoryId as string] as const)]),
});

// Asked before each prediction, so prepared: the ORM's way took a millisecond more.
const decidedSince = async (db: Db, workspaceId: string, { learnedUntil, learned }: Kept): Promise<Ticket[]> => {
  const since = new Date(Math.max(0, learnedUntil.getTime() - OVERLAP_MS));
  const decided = await queryPrepared<{ id: string; category_id: string }>(
    db,
    `select id, category_id from ticket
     where workspace_id = ? and category_by = 'PERSON' and category_id is not null and state <> 'NOT_A_TICKET' and updated_at >= ? order by updated_at desc, id desc limit ${MOST_AT_ONCE}`,
    [workspaceId, since],
  );
  const ids = decided.filter((one) => learned.get(one.id) !== one.category_id).map(({ id }) => id);
  return ids.length === 0 ? [] : db.find(Ticket, { id: { $in: ids } }, { orderBy: { updatedAt: 'asc', id: 'asc' }, refresh: true });
};

/** Tickets a person decided on are what a model learns from. */
export const toExample = (ticket: Pick<Ticket, 'title' | 'body' | 'categoryId'>): Example => ({
  text: { title: ticket.title, body: ticket.body },
  category: ticket.categoryId as string,
});

/** Classes are ids, so that a category keeps its history when it is renamed; its words are its description. */
export const toDescribed = ({
  id,
  name,
  description,
}: Pick<Category, 'id' | 'name' | 'description'>): { name: string; description: string } => ({
  name: id,
  description: `${name}. ${description}`,
});
