import { cautious, type Evidence, evidenceOf, sharesOf, type Votes, type Weights } from '#src/tickets/prediction/combine.ts';

/** What was said of a ticket before a person decided on it, and what they decided. */
export type JudgedVotes = { votes: Votes; truth: string };

// As strong as so many tickets that say nothing new: few decisions move little.
const pull: Weights = { own: 20, alike: 2, engine: 4 };
const bounds: Record<keyof Weights, [least: number, most: number]> = { own: [0.2, 3], alike: [0, 8], engine: [-2, 6] };
const PASSES = 30;

/**
 * How much each judge should count, so that what people decided would have been most likely (conditional logit: McFadden, 1974), leaning to
 * caution while there are few decisions. A judge nobody heard keeps its cautious weight.
 */
export const learnWeights = (judged: readonly JudgedVotes[]): Weights => {
  const rows = judged.flatMap(({ votes, truth }) => {
    const ids = votes.own.map(({ categoryId }) => categoryId);
    const place = ids.indexOf(truth);
    return place < 0 || ids.length < 2 ? [] : [{ evidence: evidenceOf(votes, ids), place }];
  });
  const weights = { ...cautious };
  // The sum has one top, so one weight after the other finds it.
  for (let pass = 0; pass < PASSES; pass++) for (const name of judges) weights[name] = stepOf(rows, weights, name);
  return weights;
};

const judges = Object.keys(cautious) as (keyof Weights)[];

/** Newton's step for one weight. */
const stepOf = (rows: readonly { evidence: Evidence[]; place: number }[], weights: Weights, name: keyof Weights): number => {
  let slope = -pull[name] * (weights[name] - cautious[name]);
  let bend = pull[name];
  for (const { evidence, place } of rows) {
    const shares = sharesOf(evidence, weights);
    let [mean, square] = [0, 0];
    for (const [i, each] of evidence.entries()) {
      mean += (shares[i] as number) * each[name];
      square += (shares[i] as number) * each[name] ** 2;
    }
    slope += (evidence[place] as Evidence)[name] - mean;
    bend += square - mean ** 2;
  }
  const [least, most] = bounds[name];
  return Math.min(most, Math.max(least, weights[name] + slope / bend));
};
