import type { Engine } from '#src/core/ports.ts';
import { type TriageTask, triageTask } from '#src/tickets/triage-task.ts';
import { blankNames } from './blank-names.ts';
import { codesFor } from './codes.ts';
import { instructsModels } from './instructs-models.ts';

/** At most so many tickets people decided are shown to the engine. */
export const EXAMPLES = 8;

export type EngineQuestion = {
  /** Tells this ticket from every other. */
  id: string;
  title: string;
  body: string;
  categories: readonly { id: string; name: string; description: string }[];
  /** Decided by people, most alike first. */
  examples: readonly { title: string; body: string; categoryId: string }[];
  ownId: string;
};

/** `quote` really stands in the ticket. */
export type EngineWord = { categoryId: string; quote: string };

/**
 * The engine's word on a ticket. The FIRST question shows it as it is. The SECOND has other codes, another order, and the words of the
 * categories' names blanked out: what a ticket says about codes, places or names cannot decide both alike.
 */
export type AskedAs = 'FIRST' | 'SECOND';

/**
 * Null when it names no category of the list, or quotes nothing that stands in the ticket: then nobody can tell what it went by. Throws the
 * engine's AppError.
 */
export const askEngine = async (
  engine: Engine,
  question: EngineQuestion,
  as: AskedAs = 'FIRST',
  task: TriageTask = triageTask,
): Promise<EngineWord | null> => {
  const { id, title, body, categories, ownId } = question;
  const codes = codesFor(
    categories.map((category) => category.id),
    JSON.stringify([id, title, body]),
    as,
  );
  const codeOf = (categoryId: string): string => codes.get(categoryId) ?? 'none';
  const shown = as === 'FIRST' ? (text: string) => text : blankNames(categories.map(({ name }) => name));
  const { output } = await engine.run(task, {
    title: shown(title),
    body: shown(body),
    categories: categories.map((category) => ({ ...category, code: codeOf(category.id) })).sort((a, b) => (a.code < b.code ? -1 : 1)),
    examples: examplesOf(question).map((example) => ({
      title: shown(example.title),
      body: shown(example.body),
      code: codeOf(example.categoryId),
    })),
    own: { code: codeOf(ownId) },
  });
  const said = categories.find((category) => codes.get(category.id) === output.category.trim().toUpperCase());
  const quote = output.quote.trim();
  return said && (engine.local || isQuoted(quote, shown(`${title}\n${body}`))) ? { categoryId: said.id, quote } : null;
};

/** A ticket that speaks to whoever sorts it teaches nothing, whatever people made of it. */
const examplesOf = ({ examples, categories }: EngineQuestion): EngineQuestion['examples'] =>
  examples
    .filter(({ categoryId, title, body }) => categories.some(({ id }) => id === categoryId) && !instructsModels(`${title}\n${body}`))
    .slice(0, EXAMPLES);

const LEAST_QUOTED = 3;

const isQuoted = (quote: string, text: string): boolean => quote.length >= LEAST_QUOTED && flat(text).includes(flat(quote));
const flat = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
