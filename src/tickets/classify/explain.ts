import { extractFeatures, groups, type TicketText } from './features.ts';
import { languages } from './languages/index.ts';
import type { Model } from './model.ts';
import { toVector } from './vocabulary.ts';

/** A phrase as the ticket has it: `quote` is `title` or `body` from `start`; `share` of all that spoke for the category, zero to one. */
export type Evidence = { field: 'title' | 'body'; quote: string; start: number; share: number };

/** The phrases that spoke most for a category rather than its closest rival, most telling first; each is really in the ticket. */
export const explainCategory = (model: Model, text: TicketText, category: string, most = 3): Evidence[] => {
  const truth = model.categories.indexOf(category);
  if (truth < 0) return [];
  // Nearly every feature stands in one word only: a thousand sets of one took a quarter of the time.
  const quotes = new Map<number, string | Set<string>>();
  const features = extractFeatures(text, (key, quote) => {
    const known = quotes.get(key);
    if (known === undefined) quotes.set(key, quote);
    else if (typeof known !== 'string') {
      if (known.size < 4) known.add(quote);
    } else if (known !== quote) quotes.set(key, new Set([known, quote]));
  });
  const worth = worthOfFeatures(model, features, truth);
  const known = knownQuotes(features, model, quotes);
  const byQuote = new Map<string, number>();
  for (const [key, value] of worth) {
    const named = quotes.get(key) ?? [];
    const all = typeof named === 'string' ? [named] : [...named];
    for (const quote of all) byQuote.set(quote, (byQuote.get(quote) ?? 0) + value / all.length);
  }
  return choose(
    withInnerWords(byQuote).filter(([quote]) => known.has(quote)),
    text,
    most,
  );
};

/** What the model knows as words: that letters of another one are in them leads there, too, but explains nothing to anybody. */
const knownQuotes = (
  { keys, kinds }: ReturnType<typeof extractFeatures>,
  { vocabulary: { index } }: Model,
  quotes: ReadonlyMap<number, string | Set<string>>,
): Set<string> => {
  const known = new Set<string>();
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as number;
    if (kinds[i] === LETTERS || !index.has(key)) continue;
    const said = quotes.get(key) ?? [];
    for (const quote of typeof said === 'string' ? [said] : said) known.add(quote);
  }
  return known;
};

const LETTERS = groups.indexOf('chars');

/** What each feature adds to the category's lead over the strongest other. */
const worthOfFeatures = (model: Model, features: ReturnType<typeof extractFeatures>, truth: number): Map<number, number> => {
  const classes = model.categories.length;
  const alone = features.keys.length === 0;
  const scores = Float64Array.from(model.bias);
  const { at, value } = toVector(features, model.vocabulary);
  for (let j = 0; j < at.length; j++)
    for (let c = 0; c < classes; c++)
      scores[c] = (scores[c] as number) + (value[j] as number) * (model.weights[(at[j] as number) * classes + c] as number);
  let rival = -1;
  for (let c = 0; c < classes; c++) if (c !== truth && (rival < 0 || (scores[c] as number) > (scores[rival] as number))) rival = c;
  const worth = new Map<number, number>();
  if (alone) return worth;
  const byPlace = new Map<number, number>();
  for (let j = 0; j < at.length; j++) {
    const row = (at[j] as number) * classes;
    const lead = (model.weights[row + truth] as number) - (rival < 0 ? 0 : (model.weights[row + rival] as number));
    byPlace.set(at[j] as number, lead * (value[j] as number));
  }
  for (const key of features.keys) {
    const place = model.vocabulary.index.get(key);
    const lead = place === undefined ? undefined : byPlace.get(place);
    if (lead !== undefined) worth.set(key, lead);
  }
  return worth;
};

/** A phrase is worth what it says as a phrase and what its words say. */
const withInnerWords = (byQuote: Map<string, number>): [quote: string, worth: number][] =>
  [...byQuote].map(([quote, worth]) => {
    const words = quote.split(' ');
    return [quote, words.length === 1 ? worth : worth + words.reduce((sum, word) => sum + Math.max(0, byQuote.get(word) ?? 0), 0) * 0.6];
  });

const choose = (ranked: [quote: string, worth: number][], { title = '', body }: TicketText, most: number): Evidence[] => {
  const good = ranked.filter(([, worth]) => worth > 0).sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1));
  const total = good.reduce((sum, [quote, worth]) => sum + (quote.includes(' ') ? 0 : worth), 0) || 1;
  const chosen: Evidence[] = [];
  const fields = [toField(title, 'title'), toField(body, 'body')];
  for (const [quote, worth] of good.slice(0, 60)) {
    if (chosen.length >= most) break;
    if (!/\p{L}{2}/u.test(quote) || saysNothing(quote)) continue;
    if (chosen.some((one) => shareWords(one.quote.toLowerCase(), quote))) continue;
    const place = find(quote, fields);
    if (place) chosen.push({ ...place, share: Math.min(1, worth / total) });
  }
  return chosen;
};

/** Words of every text, in any language: whatever they weigh, they explain nothing. */
const saysNothing = (quote: string): boolean => quote.split(' ').every((word) => word.length < 2 || empty.has(word));

const empty: ReadonlySet<string> = new Set(languages.flatMap(({ everyday, passing }) => `${everyday} ${passing}`.split(' ')));

const shareWords = (one: string, other: string): boolean => {
  const words = new Set(one.split(/[^\p{L}\p{N}]+/u));
  return other.split(' ').some((word) => words.has(word));
};

type Field = { name: Evidence['field']; text: string; lower: string };

const toField = (text: string, name: Evidence['field']): Field => {
  const lower = text.toLowerCase();
  // A few letters have more than one in lower case; then places would not be the same.
  return { name, text, lower: lower.length === text.length ? lower : text };
};

const find = (quote: string, fields: readonly Field[]): Omit<Evidence, 'share'> | undefined => {
  const words = quote.split(' ');
  for (const { name, text, lower } of fields)
    for (let at = lower.indexOf(words[0] as string); at >= 0; at = lower.indexOf(words[0] as string, at + 1)) {
      const end = endOfPhrase(lower, at, words);
      if (end > 0) return { field: name, quote: text.slice(at, end), start: at };
    }
  return undefined;
};

// One expression per quotation did this before; making sixty of them took 5 ms of a prediction's 20.
const endOfPhrase = (lower: string, start: number, words: readonly string[]): number => {
  if (isWordPart(lower[start - 1])) return -1;
  let at = start;
  for (const [i, word] of words.entries()) {
    const gap = (i === 0 ? [0] : [1, 2, 3]).find((n) => lower.startsWith(word, at + n));
    if (gap === undefined) return -1;
    for (let k = 0; k < gap; k++) if (isWordPart(lower[at + k])) return -1;
    at += gap + word.length;
  }
  return isWordPart(lower[at]) ? -1 : at;
};

const isWordPart = (character: string | undefined): boolean => character !== undefined && wordPart.test(character);
const wordPart = /[\p{L}\p{N}]/u;
