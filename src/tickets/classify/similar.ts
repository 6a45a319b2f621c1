import type { TicketText } from './features.ts';
import { nearInTime } from './near-in-time.ts';
import { compareViews, type Numbering, type TicketViews, toViews, type Views } from './ticket-views.ts';

/**
 * How alike two tickets read, zero to one. `likely` is "says the same thing", asserted only where few would disagree. The best first: of two
 * that read as much alike, the one nearer in time.
 */
export type LookAlike = { id: string; score: number; likely: boolean };

export type SimilarIndex = {
  /** Adding an id again replaces its text. */
  add(id: string, text: TicketText): void;
  remove(id: string): void;
  /** At most `k`, best first; never the ticket with the id `except`. */
  search(text: TicketText, k: number, except?: string): LookAlike[];
  readonly size: number;
};

/** An index in memory; what is added counts in the next search. */
export const createSimilarIndex = (): SimilarIndex => {
  const documents = new Map<string, Document>();
  const lexicon = createLexicon({ findable: true });
  return {
    add(id, text) {
      this.remove(id);
      const views = toViews(text, lexicon);
      documents.set(id, { views, at: text.at });
      lexicon.count(id, views, 1);
    },
    remove(id) {
      const document = documents.get(id);
      if (!document) return;
      documents.delete(id);
      lexicon.count(id, document.views, -1);
    },
    search(text, k, except) {
      lexicon.refresh(documents.size);
      const query = toViews(text, lexicon);
      const close = lexicon
        .candidates(query, documents.size)
        .filter((id) => id !== except)
        .flatMap((id) => {
          const document = documents.get(id);
          return document ? [toClose(id, document, text, query, lexicon)] : [];
        });
      return settle(query, lookClosely(query, close), k);
    },
    get size() {
      return documents.size;
    },
  };
};

const lookedAtClosely = 60;

/**
 * The best once more, by how rare their words are among themselves: what all of them say tells them apart no longer. Of a tracker's known
 * duplicates 0.898 were then among the first five, 0.875 by how rare words are among all reports.
 */
const lookClosely = (query: TicketViews, close: readonly Close[]): Close[] => {
  const best = [...close].sort(byPlace).slice(0, lookedAtClosely);
  const seen = new Map<number, number>();
  for (const { views } of best)
    for (const view of [views.full, views.phrases, views.letters]) for (const id of view.ids) seen.set(id, (seen.get(id) ?? 0) + 1);
  const rarity = (id: number): number => Math.log(1 + (best.length + 1) / Math.max(1, seen.get(id) ?? 0));
  return best.map((one) => {
    const score = compareViews(query, one.views, rarity);
    return { ...one, score, place: score === 0 ? 0 : (one.place / one.score) * score };
  });
};

/**
 * Ranks candidates another search found (full text, trigrams), best first. How rare a word is, is judged among the
 * candidates: give it some dozens, so that what all of them say counts little.
 */
export const rankLookAlikes = (query: TicketText, candidates: readonly { id: string; text: TicketText }[]): LookAlike[] => {
  const lexicon = createLexicon({ findable: false });
  const documents = candidates.map(({ id, text }) => ({ id, views: toViews(text, lexicon), at: text.at }));
  for (const { id, views } of documents) lexicon.count(id, views, 1);
  const asked = toViews(query, lexicon);
  lexicon.refresh(documents.length);
  const close = documents.map(({ id, ...document }) => toClose(id, document, query, asked, lexicon));
  return settle(asked, close, close.length);
};

type Document = { views: TicketViews; at: Date | undefined };
type Close = { id: string; views: TicketViews; score: number; place: number };

const byPlace = (x: Close, y: Close): number => y.place - x.place || (x.id < y.id ? -1 : 1);

const toClose = (id: string, { views, at }: Document, query: TicketText, asked: TicketViews, { rarity }: Lexicon): Close => {
  const score = compareViews(asked, views, rarity);
  return { id, views, score, place: score * nearInTime(query.at, at) };
};

// Read by hand on a tracker of 1,689 reports: of 20 matches above this without a known pair 12 have the very same title.
const likelyFrom = 0.68;
// Two that share a sign need not say it in the same words.
const likelyFromWithSign = 0.55;

const settle = (query: TicketViews, close: readonly Close[], k: number): LookAlike[] =>
  [...close]
    .sort(byPlace)
    .slice(0, k)
    .map(({ id, views, score }) => ({
      id,
      score: Math.min(1, score),
      likely:
        score >= (sharesSign(query, views) ? likelyFromWithSign : likelyFrom) &&
        !disagree(query.marks, views.marks) &&
        !nameOthers(query, views),
    }));

const sharesSign = ({ signs }: TicketViews, other: TicketViews): boolean => [...signs].some((sign) => other.signs.has(sign));

/** Each names an error or a room, and none the other's. */
const nameOthers = (one: TicketViews, other: TicketViews): boolean => one.signs.size > 0 && other.signs.size > 0 && !sharesSign(one, other);

/** Titles that are alike but for a number or a version name two things: 'Upgrade X to 2.9.10.2' and '... to 2.9.10.3'. */
const disagree = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size > 0 && other.size > 0 && [...one].some((mark) => !other.has(mark)) && [...other].some((mark) => !one.has(mark));

type Lexicon = Numbering & {
  rarity(id: number): number;
  count(document: string, views: TicketViews, by: 1 | -1): void;
  refresh(n: number): void;
  candidates(query: TicketViews, n: number): string[];
};

const candidateLimit = 80;
// Two numbers below it make one that is exact.
const PAIR = 2 ** 26;

/** With `findable` false it only counts: keeping where each term stands took half the time of ranking. */
const createLexicon = ({ findable }: { findable: boolean }): Lexicon => {
  const ids = new Map<string, number>();
  const pairs = new Map<number, number>();
  const documentsWith: number[] = [];
  const postings: Set<string>[] = [];
  let weights = new Float64Array(0);
  let counted = -1;
  const rarity = (id: number): number => weights[id] ?? weights[0] ?? 1;
  const next = (): number => {
    if (findable) postings.push(new Set());
    return documentsWith.push(0) - 1;
  };
  return {
    idOf(term) {
      const known = ids.get(term);
      if (known !== undefined) return known;
      const id = next();
      ids.set(term, id);
      return id;
    },
    pairOf(one, other) {
      const pair = one * PAIR + other;
      const known = pairs.get(pair);
      if (known !== undefined) return known;
      const id = next();
      pairs.set(pair, id);
      return id;
    },
    rarity,
    count(document, views, by) {
      for (const view of [views.full, views.phrases, views.letters])
        for (const id of view.ids) {
          documentsWith[id] = (documentsWith[id] as number) + by;
          if (by === 1) postings[id]?.add(document);
          else postings[id]?.delete(document);
        }
      counted = -1;
    },
    refresh(n) {
      if (counted === n && weights.length === documentsWith.length) return;
      weights = Float64Array.from(documentsWith, (count) => Math.log(1 + (n + 1) / Math.max(1, count)));
      counted = n;
    },
    candidates(query, n) {
      const points = new Map<string, number>();
      for (const view of [query.head, query.title] satisfies Views[])
        for (let i = 0; i < view.ids.length; i++) {
          const id = view.ids[i] as number;
          const documents = postings[id] as Set<string>;
          // A word of a third of all tickets finds nothing.
          if (documents.size > 300 && documents.size > n / 3) continue;
          const weight = (view.counts[i] as number) * rarity(id) ** 2;
          for (const document of documents) points.set(document, (points.get(document) ?? 0) + weight);
        }
      return [...points]
        .sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1))
        .slice(0, candidateLimit)
        .map(([document]) => document);
    },
  };
};
