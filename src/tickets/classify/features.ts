import { type CleanText, cleanText, withoutEmoji } from './clean-text.ts';
import { noticeCues } from './cues.ts';
import { english, hasCompounds, languages, partsOf } from './languages/index.ts';
import { meaningsOf } from './meanings.ts';
import { stem } from './stem.ts';

/** What is known of a ticket when it comes in; `scope` is where it came from (a channel, a repository, a queue), `at` is when. */
export type TicketText = { title?: string; body: string; scope?: string; at?: Date | undefined };

/** The kinds of features a ticket is read as; each is scaled to length one by itself, then weighed. */
export const groups = ['word', 'phrase', 'pair', 'chars', 'title', 'cue', 'meaning', 'form'] as const;
export type Group = (typeof groups)[number];

/** Sparse features of one ticket, hashed: `keys[i]` of kind `groups[kinds[i]]` with weight `values[i]` (1 + ln of its count). */
export type Features = { keys: Int32Array; kinds: Uint8Array; values: Float32Array; scope: number };

/** Told of each feature where its words stand, for explanations. */
export type Witness = (key: number, quote: string) => void;

const wordLimit = 1500;
const pairLimit = 24;
const leadWords = 12;

export const extractFeatures = (ticket: TicketText, witness?: Witness): Features => {
  const body = cleanText(ticket.body);
  const title = withoutEmoji((ticket.title ?? '').slice(0, 500));
  const bag = createBag(witness);
  const titleWords = toWords(title);
  const bodyWords = toWords(body.prose).slice(0, wordLimit);
  const compounds = hasCompounds([...titleWords, ...bodyWords].map(({ text }) => text));
  for (const words of [titleWords, bodyWords]) addWords(bag, words, compounds);
  // A message without a title opens with what it is about.
  const lead = titleWords.length > 0 ? titleWords : bodyWords.slice(0, leadWords);
  for (let i = 0; i < lead.length; i++) {
    const word = lead[i] as Word;
    bag.add(4, word.stem, word.text);
    const next = lead[i + 1];
    if (next) bag.add(4, `${word.stem} ${next.stem}`, `${word.text} ${next.text}`);
  }
  const short = titleWords.length + bodyWords.length <= 60 ? bodyWords.concat(titleWords) : titleWords;
  addPairs(bag, short);
  addExtras(bag, title, body);
  return bag.finish(ticket.scope ?? '');
};

type Word = { text: string; stem: string };

const addWords = (bag: Bag, words: Word[], compounds: boolean): void => {
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as Word;
    bag.add(0, word.stem, word.text);
    const next = words[i + 1];
    if (next) {
      bag.add(1, `${word.stem} ${next.stem}`, `${word.text} ${next.text}`);
      const third = words[i + 2];
      if (third) bag.add(1, `${word.stem} ${next.stem} ${third.stem}`, `${word.text} ${next.text} ${third.text}`);
    }
    if (compounds) for (const part of partsOf(word.text)) bag.add(0, stem(part), word.text);
    for (const meaning of meaningsOf(word.stem)) bag.add(6, meaning, word.text);
    if (i < 400) bag.addChars(word.text);
  }
};

/** Words that stand together anywhere in a short text: what a quadratic kernel would see. */
const addPairs = (bag: Bag, words: Word[]): void => {
  const seen = new Map<string, string>();
  for (const word of words) if (word.stem.length > 1 && seen.size < pairLimit && !glue.has(word.text)) seen.set(word.stem, word.text);
  const stems = [...seen.keys()].sort();
  for (let i = 0; i < stems.length; i++) for (let j = i + 1; j < stems.length; j++) bag.add(2, `${stems[i]}&${stems[j]}`, '');
};

const addExtras = (bag: Bag, title: string, body: CleanText): void => {
  for (const cue of noticeCues(title, body)) bag.add(5, cue, '');
  for (const answer of body.answers.slice(0, 40)) bag.add(7, `answer:${answer}`, answer.slice(answer.indexOf('=') + 1));
  for (const heading of body.headings.slice(0, 40)) bag.add(7, `heading:${heading}`, '');
  for (const error of body.errors) bag.add(0, error.toLowerCase(), error);
};

// Words that carry no topic; they stay as words and in phrases, only pairs leave them out.
const glue = new Set(
  'a an the and or of to in on at for with by from as is are was were be been am it its this that these those i my me we our you your he she they them his her their do does did have has had will would can could should may might if so but then than there here just also very'.split(
    ' ',
  ),
);

const contraction = new Map([
  ["can't", 'can not'],
  ['cannot', 'can not'],
  ['cant', 'can not'],
  ["won't", 'will not'],
  ['wont', 'will not'],
]);

export const toWords = (text: string): Word[] => {
  const words: Word[] = [];
  for (const match of text.normalize('NFKC').matchAll(/[\p{L}\p{M}]+(?:['’][\p{L}]+)?|\d+|[?!]|[\p{Emoji_Presentation}]/gu)) {
    if (words.length >= wordLimit * 2) break;
    const raw = match[0];
    const lower = raw.toLowerCase().replace('’', "'");
    const known = contraction.get(lower);
    if (known) for (const part of known.split(' ')) words.push({ text: part, stem: stem(part) });
    else if (lower.endsWith("n't")) words.push({ text: lower.slice(0, -3), stem: stem(lower.slice(0, -3)) }, { text: 'not', stem: 'not' });
    else if (lower.includes("'")) words.push(toWord(elided.exec(lower)?.[1] ?? (lower.split("'")[0] as string)));
    else if (/^\d/.test(raw)) words.push({ text: raw, stem: raw.length <= 3 ? raw : '#'.repeat(Math.min(raw.length, 8)) });
    else if (/[a-z][A-Z]/.test(raw) && raw.length <= 60) {
      words.push({ text: lower, stem: lower });
      for (const part of raw.split(/(?<=[a-z])(?=[A-Z])/)) words.push({ text: part.toLowerCase(), stem: stem(part.toLowerCase()) });
    } else if (raw.length <= 40) words.push({ text: lower, stem: stem(lower) });
  }
  return words;
};

/** In "l'imprimante" the word stands behind the apostrophe, in "user's" before it. */
const elided = /^(?:[cdjlmnst]|(?:jus|lors|puis)?qu)'(..+)$/;

const toWord = (text: string): Word => ({ text, stem: stem(text) });

type Bag = {
  add(kind: number, name: string, quote: string): void;
  addChars(word: string): void;
  finish(scope: string): Features;
};

const createBag = (witness?: Witness): Bag => {
  const counts = new Map<number, number>();
  const kinds = new Map<number, number>();
  const count = (key: number, kind: number): void => {
    const before = counts.get(key);
    counts.set(key, (before ?? 0) + 1);
    if (before === undefined) kinds.set(key, kind);
  };
  return {
    add(kind, name, quote) {
      const key = hash(name, 0, name.length, kind);
      count(key, kind);
      if (witness && quote) witness(key, quote);
    },
    addChars(word) {
      const padded = `<${word}>`;
      for (let n = 3; n <= 5; n++)
        for (let i = 0; i + n <= padded.length; i++) {
          const key = hash(padded, i, i + n, 3);
          count(key, 3);
          witness?.(key, word);
        }
    },
    finish(scope) {
      const keys = Int32Array.from(counts.keys());
      return {
        keys,
        kinds: Uint8Array.from(kinds.values()),
        values: Float32Array.from(counts.values(), (n) => 1 + Math.log(n)),
        scope: scope === '' ? 0 : hash(scope, 0, scope.length, groups.length) | 1,
      };
    },
  };
};

const wordKeys = (word: string): number[] => {
  const name = stem(word);
  return [hash(name, 0, name.length, 0), hash(name, 0, name.length, 4)];
};

/** Keys of words that nearly every English text has, and of letters in them. */
export const commonKeys: ReadonlySet<number> = new Set(
  english.everyday.split(' ').flatMap((word) => [...wordKeys(word), ...lettersOf(word)]),
);

/** With those words of every other language we speak: they say nothing of what a text is about. */
export const everydayKeys: ReadonlySet<number> = new Set([
  ...commonKeys,
  ...languages.flatMap(({ everyday, passing }) =>
    `${everyday} ${passing}`.split(' ').flatMap((word) => [...wordKeys(word), ...lettersOf(word)]),
  ),
]);

function lettersOf(word: string): number[] {
  const padded = `<${word}>`;
  const letters: number[] = [];
  for (let n = 3; n <= 5; n++) for (let i = 0; i + n <= padded.length; i++) letters.push(hash(padded, i, i + n, 3));
  return letters;
}

/** FNV-1a with a last mix, on UTF-16 units, to 30 bits: small integers are the cheap keys of a Map. */
function hash(text: string, from: number, to: number, seed: number): number {
  let h = 0x811c9dc5 ^ (seed * 0x9e3779b1);
  for (let i = from; i < to; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  return (h ^ (h >>> 13)) & 0x3fffffff;
}
