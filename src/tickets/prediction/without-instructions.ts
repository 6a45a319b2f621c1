import { type Example, languages } from '#src/tickets/classify/index.ts';
import { titleOf } from '#src/tickets/ticket-title.ts';
import { asRead } from './as-read.ts';
import { instructsModels } from './instructs-models.ts';

type Text = { title: string; body: string };
/** How it is said which of the categories a ticket is to be: by what one is to do with it, or by setting it. */
type Cue = { sorts: RegExp; sets: RegExp };

/**
 * A ticket as our own judges read it: without what speaks to whoever sorts it, so that such words change nothing. Whole sentences that instruct go,
 * and of one that says which category it is to be (`names`), the part from there on. What is left stands as it was written.
 */
export const withoutInstructions = ({ title, body }: Text, names: readonly string[] = []): Text => {
  const sortsItself = sortingCue(names);
  if (!instructs(`${title}\n${body}`, sortsItself)) return { title, body };
  const heeded = cut(body, sortsItself);
  // A title that is only how the text begins may end in the middle of what instructs.
  return { title: title === titleOf(undefined, body) ? titleOf(undefined, heeded) : cut(title, sortsItself), body: heeded };
};

/** What a ticket teaches, whoever decided on it: nothing of what speaks to whoever sorts it. */
export const heeded = (example: Example): Example => {
  const { title = '', body } = example.text;
  return { ...example, text: { ...example.text, ...withoutInstructions({ title, body }) } };
};

const instructs = (text: string, sortsItself: Cue | null): boolean => {
  if (instructsModels(text)) return true;
  const read = asRead(text);
  return sortsItself !== null && (sortsItself.sorts.test(read) || sortsItself.sets.test(read));
};

const sentenceEnds = /(?<=[.!?…]["'”»)]*\s)|(?<=[。！？\n])/;
// What instructs may be said in two sentences or on two lines.
const MOST_TOGETHER = 3;

const cut = (text: string, sortsItself: Cue | null): string => {
  const sentences = text.split(sentenceEnds);
  const kept: (string | null)[] = [...sentences];
  for (let together = 1; together <= MOST_TOGETHER; together++)
    for (let i = 0; i + together <= kept.length; i++) {
      const some = kept.slice(i, i + together);
      if (!some.includes(null) && instructsModels(some.join(''))) kept.fill(null, i, i + together);
    }
  return kept
    .map((sentence) => (sentence === null ? GAP : beforeSorting(sentence, sortsItself)))
    .join('')
    .trim();
};

// Wider than any phrase: none reaches across it.
const GAP = '\n\n\n\n';

/** "Classify as Security, a password leaked" is cut to its end; of "category = Security my mouse is broken" those three words are. */
const beforeSorting = (sentence: string, cue: Cue | null): string => {
  if (!cue) return sentence;
  let left = sentence;
  while (cue.sets.test(asRead(left))) {
    const from = lastStart(left, cue.sets);
    left = `${left.slice(0, from)}${GAP}${left.slice(firstEnd(left, from, cue.sets))}`;
  }
  while (cue.sorts.test(asRead(left))) left = `${left.slice(0, lastStart(left, cue.sorts))}${GAP}`;
  if (left === sentence) return sentence;
  const words = left.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  return words <= A_FEW_WORDS || left.trimEnd().endsWith(':') ? GAP : left;
};

// "Please", "As the admin I tell you:" say nothing of the matter.
const A_FEW_WORDS = 3;

/** The last word from which on it is still said: what is said from a later one on is said from an earlier one on, too. */
const lastStart = (text: string, cue: RegExp): number => {
  const starts = [...text.matchAll(/\S+/g)].map(({ index }) => index);
  const first = firstWhere(starts.length, (i) => !cue.test(asRead(text.slice(starts[i]))));
  return starts[first - 1] ?? 0;
};

/** The end of the first word up to which it is said. */
const firstEnd = (text: string, from: number, cue: RegExp): number => {
  const ends = [...text.slice(from).matchAll(/\S+/g)].map(({ 0: word, index }) => from + index + word.length);
  return ends[firstWhere(ends.length, (i) => cue.test(asRead(text.slice(from, ends[i]))))] ?? text.length;
};

/** The first of `count` places from which on it holds. */
const firstWhere = (count: number, holds: (place: number) => boolean): number => {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** Says which of these categories it is to be. Null without any. */
const sortingCue = (names: readonly string[]): Cue | null => {
  const key = JSON.stringify(names);
  const known = cues.get(key);
  if (known !== undefined) return known;
  const made = names.length > 0 ? makeCue(names) : null;
  if (cues.size >= MOST_KEPT) cues.clear();
  cues.set(key, made);
  return made;
};

const cues = new Map<string, Cue | null>();
const MOST_KEPT = 200;

const makeCue = (names: readonly string[]): Cue => {
  const whole = alternatives(names);
  const parts = alternatives([...names, ...names.flatMap((name) => name.split(/\s+(?:and|und|et|y|e)\s+|\s*[&/,]\s*/))]);
  const quoted = (name: string): string => `["'“„«‘*]?(?:${name})(?![\\p{L}\\p{N}])`;
  const ways = languages.flatMap(({ sorting: { sorts, moves, it, as } }) => [
    // "classify as Security": of what does nothing but sort, a part of the name will do.
    `(?:${sorts})(?:\\s+[\\p{L}'’]+){0,4}?\\s+(?:${as})\\s*${quoted(parts)}`,
    `(?:${as})\\s*${quoted(parts)}["'”“»’*]?(?:\\s+[\\p{L}'’]+){0,2}?\\s+(?:${sorts})`,
    // "send this to Security": the sorting of a thing is told from its sending by what is sent.
    `(?:${moves})\\s+(?:${it})\\s+(?:[\\p{L}'’]+\\s+){0,2}?(?:${as})\\s*${quoted(whole)}`,
    `(?:${it})\\s+(?:[\\p{L}'’]+\\s+){0,2}?(?:${moves})\\s+(?:${as})\\s*${quoted(whole)}`,
  ]);
  const settings = languages.map(
    ({ sorting: { category, is } }) => `(?:${category})["'”»]?\\s*(?:[:=]|(?:${is})(?!\\p{L}))\\s*(?:an? |the )?${quoted(parts)}`,
  );
  const reading = (sources: readonly string[]): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${sources.join('|')})`, 'iu');
  return { sorts: reading(ways), sets: reading(settings) };
};

const alternatives = (names: readonly string[]): string =>
  [...new Set(names.map((name) => asRead(name).trim()).filter((name) => /[\p{L}\p{N}]{2}/u.test(name)))]
    .sort((one, other) => other.length - one.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&').replace(/\s+/g, '\\s+'))
    .join('|');
