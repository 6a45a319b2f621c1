import type { TicketPrediction } from '#db/entities/ticket.ts';
import { isAppError } from '#src/core/errors.ts';
import type { AskedAs, EngineWord } from './ask-engine.ts';
import { combine, isDisputed, type Votes, type Weights } from './combine.ts';
import { instructsModels } from './instructs-models.ts';

/** What the others say, how much each counts, and below what nothing is said. */
export type Before = { votes: Votes; weights: Weights; threshold: number };
/** `quote` is null where the engine's word does not count. */
export type Heard = { votes: Votes; quote: string | null; leftOut?: TicketPrediction['engineLeftOut'] };

/**
 * Adds the engine's word to the others'. Where it would change what happens, it is asked a second time in another way, and counts only if it
 * says the same: so a text that talks it into something changes nothing. A ticket that speaks to whoever sorts it is not shown to it.
 */
export const hearEngine = async (text: string, before: Before, ask: (as: AskedAs) => Promise<EngineWord | null>): Promise<Heard> => {
  const unheard: Heard = { votes: before.votes, quote: null };
  if (instructsModels(text)) return { ...unheard, leftOut: 'INSTRUCTS' };
  try {
    const first = await ask('FIRST');
    if (!first) return unheard;
    const heard: Heard = { votes: { ...before.votes, engine: first.categoryId }, quote: first.quote };
    if (!changesAnything(before, heard.votes)) return heard;
    const second = await ask('SECOND');
    return second?.categoryId === first.categoryId ? heard : { ...unheard, leftOut: 'UNSTABLE' };
  } catch (error) {
    if (isAppError(error) && error.code === 'ENGINE_BUDGET') return { ...unheard, leftOut: 'BUDGET' };
    throw error;
  }
};

const changesAnything = ({ votes, weights, threshold }: Before, heard: Votes): boolean => {
  const outcomeOf = (of: Votes): string => {
    const [top] = combine(of, weights);
    return `${top?.categoryId} ${top !== undefined && top.probability >= threshold && !isDisputed(of)}`;
  };
  return outcomeOf(votes) !== outcomeOf(heard);
};
