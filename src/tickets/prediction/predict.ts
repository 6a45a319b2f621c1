import type { Category } from '#db/entities/category.ts';
import type { TicketField, TicketPrediction } from '#db/entities/ticket.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import { isRestricted } from '#db/restricted.ts';
import { isAppError } from '#src/core/errors.ts';
import type { Engine, Log } from '#src/core/ports.ts';
import { extractFields, judgePriority } from '#src/tickets/classify/index.ts';
import { usualPriorityOf } from '#src/tickets/settings/default-categories.ts';
import { isOver } from '#src/tickets/ticket-state.ts';
import type { TriageTask } from '#src/tickets/triage-task.ts';
import { type AskedAs, askEngine, type EngineWord } from './ask-engine.ts';
import { combine, isDisputed, type Votes } from './combine.ts';
import { CLOSE, type Guess, rankByModel } from './guesses.ts';
import { type Heard, hearEngine } from './hear-engine.ts';
import { instructsModels } from './instructs-models.ts';
import { findLookAlikes } from './look-alikes.ts';
import type { Models } from './models.ts';
import { reasonOf } from './reason.ts';
import { type Known, whatPeopleSaid } from './what-people-said.ts';
import { withoutInstructions } from './without-instructions.ts';

export type PredictDeps = {
  orm: Orm;
  models: Models;
  /** The remote engine, when there is one and it may be asked. */
  engine: Engine | null;
  log: Log;
  /** What it is asked, when that is not the usual. */
  task?: TriageTask | undefined;
};

export type Asked = {
  workspaceId: string;
  ticketId: string | null;
  title: string;
  body: string;
  threshold: number;
  /** What was said there is no engine's example. */
  restrictedChannels: readonly string[];
  /** The category a person chose. */
  chosen?: string | null;
  /** Only look-alikes that came in before it: as it was when it was new. */
  onlyEarlier?: boolean;
};

export type Predicted = { prediction: TicketPrediction; fields: TicketField[] };

const ALTERNATIVES = 3;
const LOOK_ALIKES = 5;

/**
 * The ladder: look-alikes of this workspace, a classifier trained on its history (and on the categories' descriptions), a remote engine if
 * there is one; what they say is added up. Each step works without the next. Only categories in `categories` can come out. It abstains below
 * the threshold, when sure judges differ, and when it reads like what people said is no ticket.
 */
export const predictTicket = async (deps: PredictDeps, categories: readonly Category[], asked: Asked): Promise<Predicted> => {
  const whole = { title: asked.title, body: asked.body };
  const text = withoutInstructions(
    whole,
    categories.map(({ name }) => name),
  );
  const db = forWorkspace(deps.orm, asked.workspaceId);
  const [found, current] = await Promise.all([
    findLookAlikes(db, asked.workspaceId, text, asked.ticketId, { onlyEarlier: asked.onlyEarlier ?? false }),
    deps.models.current(asked.workspaceId, categories),
  ]);
  const known = whatPeopleSaid(found);
  const ids = categories.map(({ id }) => id);
  const without: Votes = {
    own: rankByModel(current.model, text, ids),
    alike: known.decided.filter(({ categoryId }) => ids.includes(categoryId)),
    engine: null,
  };
  const own = without.own[0];
  const heard: Heard =
    deps.engine && own
      ? await hearEngine(`${whole.title}\n${whole.body}`, { votes: without, weights: current.weights, threshold: asked.threshold }, (as) =>
          ask(deps, categories, asked, known, own.categoryId, as),
        )
      : { votes: without, quote: null };
  const votes = heard.votes;
  // Of one category nothing can be told: it may as well be something else.
  const alone = ids.length === 1;
  const ranked = combine(votes, current.weights).map((guess) => (alone ? { ...guess, probability: 0.5 } : guess));
  const [top] = ranked;
  const disputed = isDisputed(votes);
  const abstained = !top || top.probability < asked.threshold || alone || disputed || known.notATicket !== null;
  return {
    prediction: {
      categoryId: abstained ? null : top.categoryId,
      probability: top?.probability ?? 0,
      alternatives: ranked.slice(abstained ? 0 : 1, ALTERNATIVES + (abstained ? 0 : 1)),
      abstained,
      ...priorityOf(
        text,
        known,
        categories.find(({ id }) => id === (asked.chosen ?? (abstained ? null : top.categoryId))),
      ),
      ...(instructsModels(`${whole.title}\n${whole.body}`) ? { priorityUnread: true } : {}),
      reason: alone
        ? 'There is only one category, so there is nothing to choose between.'
        : reasonOf({ current, text, top, categories, alike: known.alike, votes, quote: heard.quote, notATicket: known.notATicket }),
      by: heard.quote === null ? decidedBy(top, known, current) : 'engine',
      modelVersion: current.version,
      lookAlikes: known.alike.slice(0, LOOK_ALIKES).map(({ ticket, score, likely }) => ({
        ticketId: ticket.id,
        number: ticket.number,
        score,
        duplicate: likely && !isOver(ticket.state),
      })),
      votes: { own: votes.own.slice(0, VOTES_KEPT), of: votes.own.length, alike: votes.alike.slice(0, LOOK_ALIKES), engine: votes.engine },
      ...(disputed ? { disputed } : {}),
      ...(heard.leftOut ? { engineLeftOut: heard.leftOut } : {}),
      ...(known.notATicket === null ? {} : { notATicketLike: known.notATicket }),
      ...(top && combine(without, current.weights)[0]?.categoryId !== top.categoryId ? { engineAlone: true } : {}),
    },
    fields: extractFields(`${asked.title}\n${asked.body}`).map(({ kind, value }) => ({ kind, value })),
  };
};

/** The ladder holds without this step (law 10). Throws ENGINE_BUDGET. */
const ask = async (
  { engine, log, task }: PredictDeps,
  categories: readonly Category[],
  { ticketId, title, body, restrictedChannels }: Asked,
  { alike }: Known,
  ownId: string,
  as: AskedAs,
): Promise<EngineWord | null> => {
  const examples = alike
    .filter((one) => one.ticket.categoryBy === 'PERSON' && one.ticket.categoryId && !isRestricted(one.ticket, restrictedChannels))
    .map(({ ticket }) => ({ title: ticket.title, body: ticket.body, categoryId: ticket.categoryId as string }));
  try {
    return engine && (await askEngine(engine, { id: ticketId ?? '', title, body, categories, examples, ownId }, as, task));
  } catch (error) {
    if (!isAppError(error) || error.code === 'ENGINE_BUDGET') throw error;
    log.warn({ code: error.code }, 'the engine was not of help with a ticket');
    return null;
  }
};

// Of a hundred categories the rest together hardly has a share.
const VOTES_KEPT = 12;

/**
 * As a person set it on a ticket that reads nearly the same, else by the words that speak of impact and urgency; where none does, as usual for its
 * category.
 */
const priorityOf = (
  text: { title: string; body: string },
  { priority: like }: Known,
  category: Category | undefined,
): Pick<TicketPrediction, 'priority' | 'priorityWords' | 'priorityReasons' | 'priorityLike' | 'priorityUsualOf'> => {
  if (like) return { priority: like.priority, priorityWords: [], priorityLike: like.number };
  const { priority, reasons } = judgePriority(text);
  if (reasons.length === 0 && category && usualPriorityOf(category) !== priority)
    return { priority: usualPriorityOf(category), priorityWords: [], priorityUsualOf: category.id };
  const told = reasons.slice(0, REASONS).map(({ quote, says, raises }) => ({ quote, says, raises }));
  return { priority, priorityWords: told.map(({ quote }) => quote), priorityReasons: told };
};

const REASONS = 4;

const decidedBy = (
  top: Guess | undefined,
  { alike }: Known,
  { model, version }: { model: { counts: readonly number[] }; version: number | null },
): string => {
  if (alike.some(({ ticket, score }) => score >= CLOSE && ticket.categoryBy === 'PERSON' && ticket.categoryId === top?.categoryId))
    return 'look-alikes';
  return version !== null || model.counts.some((count) => count > 0) ? 'model' : 'descriptions';
};
