import { onRecord } from '#db/on-record.ts';
import { checkWording, createLeakGuard, isCollected } from '#src/changelog/changes/index.ts';
import type { Change, ComposeOptions, Entry } from '#src/changelog/changes/types.ts';
import { type ComposeAnswer, type ComposeInput, composeTask, placeOf } from '#src/changelog/compose-task.ts';
import type { EngineResult } from '#src/core/ports.ts';
import type { ComposeDeps } from './compose-changelog.ts';
import type { Work } from './store-changelog.ts';
import { builtinWords, type Words } from './words.ts';

// What a model can word in one answer without being cut off; the rest keeps the built-in wording.
const MOST_ENTRIES = 60;

/**
 * The engine words what code has planned; each text is checked against the changes it tells of, and one that does not pass gives way to the
 * built-in wording (law 6). What a remote engine was sent is on record, also when it failed. Throws the engine's AppError.
 */
export const askForWords = async (deps: ComposeDeps, work: Work, signal: AbortSignal): Promise<Words> => {
  const { plan, changes, restricted, leakList, changelog } = work;
  const builtin = builtinWords(plan, changelog.audience);
  const byId = new Map(changes.map((change) => [change.id, change]));
  const guard = createLeakGuard(leakList);
  const mayLeave = (entry: Entry): boolean => !isCollected(entry) && (deps.engine.local || !entry.changes.some((id) => restricted.has(id)));
  const changesOf = (entry: Entry): Change[] => entry.changes.flatMap((id) => byId.get(id) ?? []);
  // What lies wholly in listed places has its neutral words, and nobody is told more.
  const asked = toAsk(plan.entries.filter((entry) => mayLeave(entry) && !guard.hides(changesOf(entry)))).map((entry) => ({
    entry,
    changes: changesOf(entry),
  }));
  if (asked.length === 0) return builtin;
  const input = { audience: changelog.audience, entries: asked, headline: builtin.headline };
  const { output, receipt } = await ask(deps, changelog, input, signal);
  if (receipt.sentHash === null) return { ...builtin, receipt };

  const texts = new Map<string, string>();
  let rejected = 0;
  for (const { code, text } of output.entries) {
    const one = asked[placeOf(code) ?? -1];
    if (!one || texts.has(one.entry.key)) continue;
    const sentence = tidy(text);
    const { section } = one.entry;
    if (checkWording(sentence, one.changes, { leakList, section, audience: changelog.audience }).length === 0)
      texts.set(one.entry.key, sentence);
    else rejected++;
  }
  const headline = checkedHeadline(
    output.headline,
    asked.flatMap((one) => one.changes),
    { leakList, audience: changelog.audience },
  );
  return {
    headline: headline ?? builtin.headline,
    entries: builtin.entries.map((entry) => {
      const text = texts.get(entry.key);
      return text === undefined ? entry : { ...entry, text, wordedBy: 'ENGINE' };
    }),
    rejected: rejected + (headline === null ? 1 : 0),
    receipt,
  };
};

const toAsk = (entries: readonly Entry[]): Entry[] =>
  entries.toSorted((a, b) => Number(b.breaking) - Number(a.breaking)).slice(0, MOST_ENTRIES);

const MOST_HEADLINE = 160;

/** A headline tells of all changes at once, and has no numbers: those are ours (law 5). */
const checkedHeadline = (
  text: string,
  changes: readonly Change[],
  readers: Pick<ComposeOptions, 'leakList' | 'audience'>,
): string | null => {
  const headline = tidy(text).replace(/\.$/, '');
  if (headline === '' || headline.length > MOST_HEADLINE || /\d/.test(headline)) return null;
  return checkWording(headline, changes, readers).length === 0 ? headline : null;
};

const tidy = (text: string): string => text.replace(/[\p{Cc}\s]+/gu, ' ').trim();

const ask = (
  { engine, ...deps }: ComposeDeps,
  { id, workspaceId }: Work['changelog'],
  input: ComposeInput,
  signal: AbortSignal,
): Promise<EngineResult<ComposeAnswer>> => {
  const answer = () => engine.run(composeTask, input, { signal, workspaceId });
  return engine.local ? answer() : onRecord(deps, { id, workspaceId }, answer);
};
