import { isAppError } from '#src/core/errors.ts';
import type { Engine } from '#src/core/ports.ts';
import { createSimilarIndex, type Model } from '#src/tickets/classify/index.ts';
import { askEngine, EXAMPLES } from '#src/tickets/prediction/ask-engine.ts';
import { cautious, combine, type Votes } from '#src/tickets/prediction/combine.ts';
import { type Guess, rankByModel } from '#src/tickets/prediction/guesses.ts';
import { hearEngine } from '#src/tickets/prediction/hear-engine.ts';
import type { LabelledTicket } from './ticket-sets.ts';

export type Laddered = { own: Guess | undefined; final: Guess | undefined };

/** The product's ladder on a set: look-alikes among the examples, the model learned from them, the engine, and all together. */
export const createLadder = (model: Model, train: readonly LabelledTicket[], engine: Engine) => {
  const index = createSimilarIndex();
  for (const { id, text } of train) index.add(id, text);
  const byId = new Map(train.map((ticket) => [ticket.id, ticket]));
  const categories = model.categories.map((id) => ({ id, name: id.replace(/[_/-]+/g, ' '), description: '' }));
  return async ({ id, text }: LabelledTicket): Promise<Laddered> => {
    const own = rankByModel(model, text, model.categories);
    const alike = index.search(text, EXAMPLES).map(({ id, score }) => ({ ticket: byId.get(id) as LabelledTicket, score }));
    const votes: Votes = { own, alike: alike.map(({ ticket, score }) => ({ categoryId: ticket.category, score })), engine: null };
    const examples = alike.map(({ ticket }) => ({
      title: ticket.text.title ?? '',
      body: ticket.text.body,
      categoryId: ticket.category,
    }));
    const question = { id, title: text.title ?? '', body: text.body, categories, examples, ownId: own[0]?.categoryId ?? '' };
    const heard = await hearEngine(`${question.title}\n${text.body}`, { votes, weights: cautious, threshold: THRESHOLD }, (as) =>
      ask(engine, question, as),
    );
    return { own: own[0], final: combine(heard.votes)[0] };
  };
};

// What a workspace begins with.
const THRESHOLD = 0.5;

// One failure costs one answer, as in the product.
const ask = async (...given: Parameters<typeof askEngine>): ReturnType<typeof askEngine> => {
  try {
    return await askEngine(...given);
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
};
