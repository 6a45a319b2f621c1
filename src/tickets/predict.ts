import type { Category } from '#db/entities/category.ts';
import type { Priority, TicketField, TicketPrediction } from '#db/entities/ticket.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import { isAppError } from '#src/core/errors.ts';
import type { Engine, Log } from '#src/core/ports.ts';
import { askEngine, EXAMPLES } from './ask-engine.ts';
import { explainCategory, extractFields, judgePriority, type TicketText } from './classify/index.ts';
import { agreeing, CLOSE, type Guess, rankByModel, withDecided } from './guesses.ts';
import { type FoundLookAlike, findLookAlikes } from './look-alikes.ts';
import type { CurrentModel, Models } from './models.ts';

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
  const own = rankByModel(
    current.model,
    text,
    categories.map(({ id }) => id),
  );
  const ranked = withDecided(own, decidedOf(lookAlikes));
  const { said, overBudget } = await ask(deps, categories, asked, ranked[0], lookAlikes);
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
      reason: `${said?.reason || reasonOf(current, text, top, categories, lookAlikes)}${overBudget ? ` ${OVER_BUDGET}` : ''}`,
      by: said ? 'engine' : decidedBy(top?.categoryId, lookAlikes, current),
      modelVersion: current.version,
      lookAlikes: lookAlikes
        .slice(0, LOOK_ALIKES)
        .map(({ ticket, score, likely }) => ({ ticketId: ticket.id, number: ticket.number, score, duplicate: likely && isOpen(ticket) })),
    },
    fields: extractFields(`${asked.title}\n${asked.body}`).map(({ kind, value }) => ({ kind, value })),
  };
};

const decidedOf = (lookAlikes: readonly FoundLookAlike[]): { categoryId: string; score: number }[] =>
  lookAlikes.flatMap(({ ticket, score }) =>
    ticket.categoryBy === 'PERSON' && ticket.categoryId ? [{ categoryId: ticket.categoryId, score }] : [],
  );

const ask = async (
  { engine, log }: PredictDeps,
  categories: readonly Category[],
  { title, body, restrictedChannels }: Asked,
  own: Guess | undefined,
  lookAlikes: readonly FoundLookAlike[],
): Promise<{ said: { categoryId: string; reason: string } | null; overBudget?: true }> => {
  if (!engine || !own) return { said: null };
  const mayLeave = ({ channels }: FoundLookAlike['ticket']): boolean => !channels.some((channel) => restrictedChannels.includes(channel));
  const examples = lookAlikes
    .filter(({ ticket }) => ticket.categoryBy === 'PERSON' && mayLeave(ticket) && categories.some(({ id }) => id === ticket.categoryId))
    .slice(0, EXAMPLES)
    .map(({ ticket }) => ({ title: ticket.title, body: ticket.body, categoryId: ticket.categoryId as string }));
  try {
    return { said: await askEngine(engine, { title, body, categories, examples, ownId: own.categoryId }) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code === 'ENGINE_BUDGET') return { said: null, overBudget: true };
    // The ladder holds without this step (law 10).
    log.warn({ code: error.code }, 'the engine was not of help with a ticket');
    return { said: null };
  }
};

const OVER_BUDGET = "Today's budget for the engine is used up, so it was not asked.";

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
