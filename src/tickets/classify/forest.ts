import { type Ground, growTree, includes, type Presence, type Tree } from './grow-tree.ts';
import { createRandom, type Random } from './random.ts';

/**
 * Trees that ask which words a ticket has until those left are of one category (Geurts et al., "Extremely randomized trees", 2006). They see
 * what goes with what, which a sum of weights cannot. Alone they are right less often than the linear model, together oftener than either.
 */
export type Forest = {
  trees: readonly Tree[];
  /** Categories some tickets taught it, by their places. */
  met: readonly number[];
};

export type Seen = { has: Presence; category: number };

/** A forest, and what those of its trees that did not see a row say of it, as `voteOf`. */
export type Grown = { forest: Forest; outOfBag: Float64Array[] };

const treeCount = 100;
// So many tickets say as much as all of them; a hundred trees of 2,500 take 4 s on one core.
const mostPerTree = 2500;
const shareOfRows = 0.632;

export const growForest = (rows: readonly Seen[], { classes, size, seed }: { classes: number; size: number; seed: number }): Grown => {
  const ground = prepare(rows, classes, size);
  const votes = rows.map(() => new Float64Array(classes));
  const trees: Tree[] = [];
  for (let t = 0; t < treeCount && rows.length > 0; t++) {
    const random = createRandom(seed * 7919 + t);
    const order = shuffle(rows.length, random);
    const used = Math.max(1, Math.min(mostPerTree, Math.round(rows.length * shareOfRows)));
    const tree = growTree(ground, order.subarray(0, used), random);
    for (const i of order.subarray(used)) count(votes[i] as Float64Array, tree, ground.rows[i] as Presence);
    trees.push(tree);
  }
  const met = [...new Set(ground.truths)].sort((x, y) => x - y);
  return { forest: { trees, met }, outOfBag: votes.map((one) => toShares(one, met)) };
};

/** Shares of the trees that name each category; one that they never met gets an even share, which is neither for nor against it. */
export const voteOf = ({ trees, met }: Forest, has: Presence, classes: number): Float64Array => {
  const votes = new Float64Array(classes);
  for (const tree of trees) count(votes, tree, has);
  return toShares(votes, met);
};

const count = (votes: Float64Array, { asks, yes }: Tree, has: Presence): void => {
  let at = 0;
  while ((asks[at] as number) >= 0) at = includes(has, asks[at] as number) ? (yes[at] as number) : at + 1;
  const said = ~(asks[at] as number);
  votes[said] = (votes[said] as number) + 1;
};

const toShares = (votes: Float64Array, met: readonly number[]): Float64Array => {
  const sum = votes.reduce((all, one) => all + one, 0);
  const shares = new Float64Array(votes.length).fill(1 / Math.max(1, met.length));
  if (sum > 0) for (const c of met) shares[c] = (votes[c] as number) / sum;
  return shares;
};

/** Only what some tickets have and not nearly all is worth a question. */
const prepare = (rows: readonly Seen[], classes: number, size: number): Ground => {
  const counts = new Int32Array(size);
  const perClass = new Float64Array(classes);
  for (const { has, category } of rows) {
    for (const place of has) counts[place] = (counts[place] as number) + 1;
    perClass[category] = (perClass[category] as number) + 1;
  }
  const least = Math.max(3, rows.length * 0.005);
  const telling = (place: number): boolean => (counts[place] as number) >= least && (counts[place] as number) <= rows.length * 0.9;
  return {
    rows: rows.map(({ has }) => has.filter(telling)),
    truths: Int32Array.from(rows, ({ category }) => category),
    // Halfway to each category counting the same, whatever its size.
    weights: perClass.map((count) => (count === 0 ? 0 : Math.sqrt(rows.length / count))),
    classes,
    size,
  };
};

const shuffle = (n: number, random: Random): Int32Array => {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
  return order;
};
