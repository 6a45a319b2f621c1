import { cutLong } from './clean-text.ts';
import type { TicketText } from './features.ts';
import { withoutTrimmings } from './letter.ts';
import { stem } from './stem.ts';

/** One way of looking at a text: its terms by number, ascending, with 1 + ln of their counts. */
export type Views = { ids: Int32Array; counts: Float32Array };

/** What two tickets are compared by. */
export type TicketViews = {
  title: Views;
  /** The title twice and the first words of the body: what is said before details. */
  head: Views;
  full: Views;
  phrases: Views;
  /** Letters inside the title's words: forgives spelling. */
  letters: Views;
  /** Numbers, versions and identifiers of the title. */
  marks: ReadonlySet<string>;
};

export const headWords = 60;

/** Numbers for terms, and for two that stand side by side; the same ones always have the same number. */
export type Numbering = { idOf(term: string): number; pairOf(one: number, next: number): number };

export const toViews = (text: TicketText, { idOf, pairOf }: Numbering): TicketViews => {
  const { body } = text;
  const line = titleOf(text);
  const titleTerms = toTerms(line);
  const titleIds = titleTerms.map(idOf);
  const bodyIds = toTerms(withoutTrimmings(cutLong(body))).map(idOf);
  const pairsOf = (ids: readonly number[]): number[] => ids.slice(1).map((id, i) => pairOf(ids[i] as number, id));
  return {
    title: toView(titleIds),
    head: toView([...titleIds, ...titleIds, ...bodyIds.slice(0, headWords)]),
    full: toView([...titleIds, ...titleIds, ...bodyIds]),
    phrases: toView([...pairsOf(titleIds), ...pairsOf(bodyIds)]),
    letters: toView(titleTerms.flatMap(toLetters).map(idOf)),
    marks: new Set((line.match(/[\p{L}\p{N}_]+(?:[.\-_/#][\p{L}\p{N}_]+)*/gu) ?? []).filter(isMark).map((mark) => mark.toLowerCase())),
  };
};

export const titleOf = ({ title = '', body }: TicketText): string =>
  title.trim() === '' ? (body.split('\n').find((one) => one.trim() !== '') ?? '').slice(0, 300) : title.slice(0, 1000);

/** Zero to one. The parts were weighed on duplicates of one tracker in both directions; each alone finds fewer. */
export const compareViews = (one: TicketViews, other: TicketViews, rarity: (id: number) => number): number =>
  (cosine(one.head, other.head, rarity) +
    0.3 * cosine(one.phrases, other.phrases, rarity) +
    0.5 * Math.max(cosine(one.title, other.full, rarity), cosine(one.full, other.title, rarity)) +
    0.1 * cosine(one.letters, other.letters, rarity)) /
  1.9;

export const cosine = (one: Views, other: Views, rarity: (id: number) => number): number => {
  let dot = 0;
  for (let i = 0, j = 0; i < one.ids.length && j < other.ids.length; ) {
    const difference = (one.ids[i] as number) - (other.ids[j] as number);
    if (difference === 0) dot += (one.counts[i++] as number) * (other.counts[j++] as number) * rarity(one.ids[i - 1] as number) ** 2;
    else if (difference < 0) i++;
    else j++;
  }
  return dot === 0 ? 0 : dot / (lengthOf(one, rarity) * lengthOf(other, rarity));
};

const lengthOf = ({ ids, counts }: Views, rarity: (id: number) => number): number => {
  let sum = 0;
  for (let i = 0; i < ids.length; i++) sum += ((counts[i] as number) * rarity(ids[i] as number)) ** 2;
  return Math.sqrt(sum);
};

/** Equal numbers stand together once sorted: counting them so takes a third of the time a map takes. */
export const toView = (terms: readonly number[]): Views => {
  const ids = Int32Array.from(terms).sort();
  const counts = new Float32Array(ids.length);
  let size = 0;
  for (let from = 0, to = 0; from < ids.length; from = to) {
    const id = ids[from] as number;
    while (ids[to] === id) to++;
    ids[size] = id;
    counts[size++] = 1 + Math.log(to - from);
  }
  return { ids: ids.slice(0, size), counts: counts.slice(0, size) };
};

/** A word that names one thing: it has a digit, a capital inside, or is joined by a sign. */
const isMark = (word: string): boolean => /\d|[a-z][A-Z]|[._\-/#]/.test(word);

const toLetters = remembering((term: string): readonly string[] => {
  const padded = `<${term}>`;
  return Array.from({ length: Math.max(0, padded.length - 3) }, (_, i) => `~${padded.slice(i, i + 4)}`);
});

const termLimit = 3000;

/** Stems without the commonest words; an identifier is one term whole and one for each of its parts. */
const toTerms = (text: string): string[] => {
  const terms: string[] = [];
  // Most texts are plain, and those are read in a third of the time.
  const plain = /^[\x00-\x7f]*$/.test(text);
  const words = plain
    ? text.match(/[A-Za-z0-9_$]+(?:[.\-/][A-Za-z0-9_$]+)*/g)
    : text.normalize('NFKC').match(/[\p{L}\p{N}_$]+(?:[.\-/][\p{L}\p{N}_$]+)*/gu);
  for (const raw of words ?? []) {
    if (terms.length > termLimit) break;
    if (raw.length <= 100) for (const term of termsOf(raw)) terms.push(term);
  }
  return terms;
};

const termsOf = remembering((raw: string): readonly string[] => {
  const parts = raw.split(/[._\-/$]|(?<=[a-z])(?=[A-Z])/).filter((part) => part !== '');
  const words = parts.map((part) => part.toLowerCase()).filter((word) => word.length > 1 && !commonest.has(word));
  return [...(parts.length > 1 ? [raw.toLowerCase()] : []), ...words.map(stem)];
});

/** Tickets use the same words over and over: taking each apart once halves the time of comparing them. */
function remembering<Part>(takeApart: (word: string) => Part): (word: string) => Part {
  const known = new Map<string, Part>();
  const mostKnown = 50_000;
  return (word) => {
    const parts = known.get(word);
    if (parts !== undefined) return parts;
    if (known.size >= mostKnown) known.clear();
    const fresh = takeApart(word);
    known.set(word, fresh);
    return fresh;
  };
}

export const commonest = new Set(
  'a an the and or of to in on at for with by from as is are was were be been it its this that these those i my we our you your they them their do does did have has had will would can could should may might if so but then than there here just also very when which not no'.split(
    ' ',
  ),
);
