import type { Category } from '#db/entities/category.ts';
import type { Priority, TicketField, TicketPrediction } from '#db/entities/ticket.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import { isAppError } from '#src/core/errors.ts';
import type { Engine, Log } from '#src/core/ports.ts';
import { explainCategory, extractFields, judgePriority, predict, type TicketText } from './classify/index.ts';
import { instructsModels } from './instructs-models.ts';
import { type FoundLookAlike, findLookAlikes } from './look-alikes.ts';
import type { CurrentModel, Models } from './models.ts';
import { categoryOf, triageTask } from './triage-task.ts';

export type PredictDeps = {
  orm: Orm;
  models: Models /** The remote engine, when there is one and it may be asked. */;
  engine: Engine | null;
  log: Log;
};

export type Asked = {
  workspaceId: string;
  ticketId: string | null;
  title: string;
  body: string;
  threshold: number /** What was said there is no engine's example. */;
  restrictedChannels: readonly string[];
  /** Only look-alikes that came in before it: as it was when it was new. */
  onlyEarlier?: boolean;
};

export type Predicted = { prediction: TicketPrediction; fields: TicketField[] };

const ALTERNATIVES = 3;
const LOOK_ALIKES = 5;
const EXAMPLES = 8;

/**
 * The ladder: look-alikes of this workspace, a classifier trained on its history (and on the categories' descriptions), a remote engine if
 * there is one. Each step works without the next. Only categories in `categories` can come out. Below the threshold it abstains.
 */
export const predictTicket = async (deps: PredictDeps, categories: readonly Category[], asked: Asked): Promise<Predicted> => {
  const text = { title: asked.title, body: asked.body };
  const db = forWorkspace(deps.orm, asked.workspaceId);
  const [lookAlikes, current] = await Promise.all([
    findLookAlikes(db, asked.workspaceId, text, asked.ticketId, { onlyEarlier: asked.onlyEarlier ?? false }),
    deps.models.current(asked.workspaceId, categories),
  ]);
  const ranked = withLookAlikes(rankByModel(current, text, categories), lookAlikes, categories);
  const said = await askEngine(deps, categories, asked, ranked[0], lookAlikes);
  const final = said ? agreeing(ranked, said.categoryId) : ranked;
  const [top] = final;
  const priority = judgePriority(text);
  const abstained = !top || top.probability < asked.threshold;
  return {
    prediction: {
      categoryId: abstained ? null : top.categoryId,
      probability: top?.probability ?? 0,
      alternatives: final.slice(abstained ? 0 : 1, ALTERNATIVES + (abstained ? 0 : 1)),
      abstained,
      priority: priority.priority as Priority,
      priorityWords: priority.reasons.slice(0, 4).map(({ quote }) => quote),
      reason: said?.reason || reasonOf(current, text, top, categories, lookAlikes),
      by: said ? 'engine' : decidedBy(top?.categoryId, lookAlikes, current),
      modelVersion: current.version,
      lookAlikes: lookAlikes
        .slice(0, LOOK_ALIKES)
        .map(({ ticket, score, likely }) => ({ ticketId: ticket.id, number: ticket.number, score, duplicate: likely && isOpen(ticket) })),
    },
    fields: extractFields(`${asked.title}\n${asked.body}`).map(({ kind, value }) => ({ kind, value })),
  };
};

type Guess = { categoryId: string; probability: number };

const rankByModel = ({ model }: CurrentModel, text: TicketText, categories: readonly Category[]): Guess[] =>
  predict(
    model,
    text,
    categories.map(({ id }) => id),
  )?.ranked.map(({ category, confidence }) => ({ categoryId: category, probability: confidence })) ?? [];

/** What people decided on a ticket that reads nearly the same counts for more than what a model makes of its words. */
const withLookAlikes = (ranked: Guess[], lookAlikes: readonly FoundLookAlike[], categories: readonly Category[]): Guess[] => {
  const open = new Set(categories.map(({ id }) => id));
  const decided = lookAlikes
    .filter(({ ticket, score }) => ticket.categoryBy === 'PERSON' && ticket.categoryId && open.has(ticket.categoryId) && score >= CLOSE)
    .slice(0, 3);
  let result = ranked;
  for (const { ticket, score } of decided) result = shift(result, ticket.categoryId as string, score * LOOK_ALIKE_WEIGHT);
  return result;
};

// Below this, two tickets share a subject, not a case.
const CLOSE = 0.35;
const LOOK_ALIKE_WEIGHT = 0.6;

/** Two judges that see different things and agree are right more often than either; when they differ, both are doubted. */
const agreeing = (ranked: Guess[], said: string): Guess[] => shift(ranked, said, ranked[0]?.categoryId === said ? 0.6 : 0.55);

/** Moves a share of all probability to one category. */
const shift = (ranked: readonly Guess[], categoryId: string, share: number): Guess[] =>
  ranked
    .map((guess) => ({ ...guess, probability: guess.probability * (1 - share) + (guess.categoryId === categoryId ? share : 0) }))
    .sort((a, b) => b.probability - a.probability);

const askEngine = async (
  { engine, log }: PredictDeps,
  categories: readonly Category[],
  asked: Asked,
  own: Guess | undefined,
  lookAlikes: readonly FoundLookAlike[],
): Promise<{ categoryId: string; reason: string } | null> => {
  if (!engine || !own || instructsModels(`${asked.title}\n${asked.body}`)) return null;
  const mayLeave = ({ channels }: FoundLookAlike['ticket']): boolean =>
    !channels.some((channel) => asked.restrictedChannels.includes(channel));
  const examples = lookAlikes
    .filter(({ ticket }) => ticket.categoryBy === 'PERSON' && mayLeave(ticket) && categories.some(({ id }) => id === ticket.categoryId))
    .slice(0, EXAMPLES);
  try {
    const { output } = await engine.run(triageTask, {
      title: asked.title,
      body: asked.body,
      categories,
      examples: examples.map(({ ticket }) => ({ title: ticket.title, body: ticket.body, categoryId: ticket.categoryId as string })),
      own: { categoryId: own.categoryId, reason: '' },
    });
    const categoryId = categoryOf(output, categories);
    if (!categoryId) return null;
    // The reason is shown with a quotation of ours: only a phrase that really stands in the ticket.
    const quote = output.quote.trim();
    const found = quote.length >= 3 && `${asked.title}\n${asked.body}`.toLowerCase().includes(quote.toLowerCase());
    return { categoryId, reason: found ? `The ticket says “${quote.slice(0, 160)}”.` : '' };
  } catch (error) {
    if (!isAppError(error)) throw error;
    // The ladder holds without this step (law 10).
    log.warn({ code: error.code }, 'the engine was not of help with a ticket');
    return null;
  }
};

const decidedBy = (categoryId: string | undefined, lookAlikes: readonly FoundLookAlike[], { model, version }: CurrentModel): string => {
  if (lookAlikes.some(({ ticket, score }) => score >= CLOSE && ticket.categoryBy === 'PERSON' && ticket.categoryId === categoryId))
    return 'look-alikes';
  return version !== null || model.counts.some((count) => count > 0) ? 'model' : 'descriptions';
};

const reasonOf = (
  { model }: CurrentModel,
  text: TicketText,
  top: Guess | undefined,
  categories: readonly Category[],
  lookAlikes: readonly FoundLookAlike[],
): string => {
  // Hardly more than chance: whatever words it hangs on explain nothing.
  const categoryId = top && top.probability * categories.length > CLEARLY_MORE_THAN_CHANCE ? top.categoryId : undefined;
  const name = categories.find(({ id }) => id === categoryId)?.name;
  if (!categoryId || !name) return 'Nothing in the text points clearly to one of the categories.';
  const alike = lookAlikes.find(
    ({ ticket, score }) => score >= CLOSE && ticket.categoryBy === 'PERSON' && ticket.categoryId === categoryId,
  );
  const quotes = explainCategory(model, text, categoryId).map(({ quote }) => `“${quote}”`);
  const because = alike ? `It reads like T-${alike.ticket.number}, which a person put there` : null;
  if (because && quotes.length > 0) return `${because}; ${quotes.slice(0, 2).join(' and ')} point there too.`;
  if (because) return `${because}.`;
  return quotes.length > 0
    ? `${joined(quotes)} ${quotes.length > 1 ? 'point' : 'points'} to ${name}.`
    : `Nothing in it points elsewhere than ${name}.`;
};

const CLEARLY_MORE_THAN_CHANCE = 1.5;

const joined = (parts: string[]): string => (parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : (parts[0] ?? ''));

const isOpen = ({ state }: { state: string }): boolean => !['RESOLVED', 'MERGED', 'WITHDRAWN', 'NOT_A_TICKET'].includes(state);
