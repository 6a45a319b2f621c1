import { isAppError } from '#src/core/errors.ts';
import type { Engine } from '#src/core/ports.ts';
import { askEngine, EXAMPLES } from '#src/tickets/ask-engine.ts';
import { createSimilarIndex, type Model } from '#src/tickets/classify/index.ts';
import { agreeing, type Guess, rankByModel, withDecided } from '#src/tickets/guesses.ts';
import type { LabelledTicket } from './ticket-sets.ts';

export type Laddered = { own: Guess | undefined; final: Guess | undefined };

/** The product's ladder on a set: look-alikes among the examples, the model learned from them, the engine, and all together. */
export const createLadder = (model: Model, train: readonly LabelledTicket[], engine: Engine) => {
  const index = createSimilarIndex();
  for (const { id, text } of train) index.add(id, text);
  const byId = new Map(train.map((ticket) => [ticket.id, ticket]));
  const categories = model.categories.map((id) => ({ id, name: id.replace(/[_/-]+/g, ' '), description: '' }));
  return async ({ text }: LabelledTicket): Promise<Laddered> => {
    const own = rankByModel(model, text, model.categories);
    const alike = index.search(text, EXAMPLES).map(({ id, score }) => ({ ticket: byId.get(id) as LabelledTicket, score }));
    const ranked = withDecided(
      own,
      alike.map(({ ticket, score }) => ({ categoryId: ticket.category, score })),
    );
    const examples = alike.map(({ ticket }) => ({
      title: ticket.text.title ?? '',
      body: ticket.text.body,
      categoryId: ticket.category,
    }));
    const said = await ask(engine, { title: text.title ?? '', body: text.body, categories, examples, ownId: own[0]?.categoryId ?? '' });
    return { own: own[0], final: (said ? agreeing(ranked, said.categoryId) : ranked)[0] };
  };
};

// One failure costs one answer, as in the product.
const ask = async (...given: Parameters<typeof askEngine>): ReturnType<typeof askEngine> => {
  try {
    return await askEngine(...given);
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
};
