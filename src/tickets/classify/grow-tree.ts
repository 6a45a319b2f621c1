import type { Random } from './random.ts';

/** Which places of the vocabulary a ticket has, ascending. */
export type Presence = Int32Array;

/** Nodes, each followed by what holds where the answer is no. `asks`: a place of the vocabulary, or ~category at a leaf; `yes`: the node where it has it. */
export type Tree = { asks: Int32Array; yes: Int32Array };

/** What trees grow on: tickets, their categories, what a ticket of each weighs; `size` places. */
export type Ground = { rows: Presence[]; truths: Int32Array; weights: Float64Array; classes: number; size: number };

const questionsTried = 40;

/** Parts the tickets by questions until each part is of one category, or no question tells them apart. Puts `tickets` in another order. */
export const growTree = ({ rows, truths, weights, classes, size }: Ground, tickets: Int32Array, random: Random): Tree => {
  const asks: number[] = [];
  const yes: number[] = [];
  const slots = new Int32Array(size).fill(-1);
  const grow = (from: number, to: number): void => {
    const here = tickets.subarray(from, to);
    const totals = new Float64Array(classes);
    for (const i of here) totals[truths[i] as number] = (totals[truths[i] as number] as number) + (weights[truths[i] as number] as number);
    const question = chooseQuestion(here, totals);
    const at = asks.push(question >= 0 ? question : ~totals.indexOf(Math.max(...totals))) - 1;
    yes.push(0);
    if (question < 0) return;
    let middle = from;
    for (let k = from; k < to; k++) {
      const i = tickets[k] as number;
      if (includes(rows[i] as Presence, question)) continue;
      tickets[k] = tickets[middle] as number;
      tickets[middle++] = i;
    }
    grow(from, middle);
    yes[at] = asks.length;
    grow(middle, to);
  };
  /** Of some features of these tickets, the one that parts their categories best (Gini); -1 when none does. */
  const chooseQuestion = (here: Int32Array, totals: Float64Array): number => {
    const present = Array.from(totals.keys()).filter((c) => (totals[c] as number) > 0);
    if (present.length < 2) return -1;
    const tried = drawQuestions(here);
    const counts = new Float64Array(tried.length * classes);
    for (const i of here)
      for (const place of rows[i] as Presence) {
        const slot = slots[place] as number;
        if (slot < 0) continue;
        const cell = slot * classes + (truths[i] as number);
        counts[cell] = (counts[cell] as number) + (weights[truths[i] as number] as number);
      }
    for (const place of tried) slots[place] = -1;
    let best = -1;
    let most = purity(present, (c) => totals[c] as number) + 1e-9;
    for (const [slot, place] of tried.entries()) {
      const having = (c: number): number => counts[slot * classes + c] as number;
      const pure = purity(present, having) + purity(present, (c) => (totals[c] as number) - having(c));
      if (pure > most) [most, best] = [pure, place];
    }
    return best;
  };
  const drawQuestions = (here: Int32Array): number[] => {
    const tried: number[] = [];
    const wanted = Math.min(questionsTried, 4 + 2 * here.length);
    for (let k = 0; k < 3 * wanted && tried.length < wanted; k++) {
      const row = rows[here[random.below(here.length)] as number] as Presence;
      const place = row[random.below(row.length)];
      if (place === undefined || (slots[place] as number) >= 0) continue;
      slots[place] = tried.push(place) - 1;
    }
    return tried;
  };
  grow(0, tickets.length);
  return { asks: Int32Array.from(asks), yes: Int32Array.from(yes) };
};

const purity = (categories: readonly number[], weightOf: (category: number) => number): number => {
  let sum = 0;
  let squares = 0;
  for (const c of categories) {
    const weight = weightOf(c);
    sum += weight;
    squares += weight * weight;
  }
  return sum > 1e-9 ? squares / sum : 0;
};

export const includes = (row: Presence, place: number): boolean => {
  let [low, high] = [0, row.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const there = row[middle] as number;
    if (there === place) return true;
    if (there < place) low = middle + 1;
    else high = middle - 1;
  }
  return false;
};
