import type { Engine } from '#src/core/ports.ts';
import { instructsModels } from './instructs-models.ts';
import { categoryOf, type TriageInput, triageTask } from './triage-task.ts';

/** At most so many tickets people decided are shown to the engine. */
export const EXAMPLES = 8;

/**
 * What the engine says about a ticket: a category of the list, with a reason that quotes the ticket. Null when it names none of them, and for
 * a ticket that speaks to whoever sorts it, which is not sent. Throws the engine's AppError.
 */
export const askEngine = async (
  engine: Engine,
  input: Omit<TriageInput, 'own'> & { ownId: string },
): Promise<{ categoryId: string; reason: string } | null> => {
  const { ownId, ...asked } = input;
  const said = `${asked.title}\n${asked.body}`;
  if (instructsModels(said)) return null;
  const { output } = await engine.run(triageTask, { ...asked, own: { categoryId: ownId, reason: '' } });
  const categoryId = categoryOf(output, asked.categories);
  if (!categoryId) return null;
  // The reason is shown with a quotation of ours: only a phrase that really stands in the ticket.
  const quote = output.quote.trim();
  const found = quote.length >= 3 && said.toLowerCase().includes(quote.toLowerCase());
  return { categoryId, reason: found ? `The ticket says “${quote.slice(0, 160)}”.` : '' };
};
