import { createSimilarIndex } from '#src/tickets/classify/index.ts';
import type { AdviceTask, AdvisedCategory, Findings } from './advise.ts';

// One confusion may be a slip; both ways, and often, people and models cannot tell the two apart.
const EACH_WAY = 2;
const OFTEN = 0.2;

/** Pairs of categories that are often mistaken for each other, or whose owners describe them alike; the most mistaken first. */
export const findOverlaps = (categories: readonly AdvisedCategory[], confusion: AdviceTask['confusion']): Findings['overlaps'] => {
  const alike = describedAlike(categories);
  const times = (predicted: string, actual: string): number =>
    confusion.find(({ predictedId, actualId }) => predictedId === predicted && actualId === actual)?.count ?? 0;
  return categories
    .flatMap((one, place) => categories.slice(place + 1).map((other) => [one.id, other.id] as [string, string]))
    .flatMap(([one, other]) => {
      const [there, back] = [times(one, other), times(other, one)];
      const mistaken = there + back;
      const often = mistaken / (mistaken + times(one, one) + times(other, other)) >= OFTEN;
      const confused = there >= EACH_WAY && back >= EACH_WAY && often;
      const described = alike.has(`${one} ${other}`);
      return confused || described ? [{ categoryIds: [one, other] as [string, string], mistaken, describedAlike: described }] : [];
    })
    .sort((a, b) => b.mistaken - a.mistaken);
};

// The most alike two of the first categories are at 0.09; the same one described again in other words is at 0.39 and more.
const DESCRIBED_ALIKE = 0.3;

const describedAlike = (categories: readonly AdvisedCategory[]): Set<string> => {
  const index = createSimilarIndex();
  const text = ({ name, description }: AdvisedCategory) => ({ title: name, body: description });
  for (const category of categories) index.add(category.id, text(category));
  return new Set(
    categories.flatMap((category) =>
      index
        .search(text(category), categories.length, category.id)
        .filter(({ score }) => score >= DESCRIBED_ALIKE)
        .flatMap(({ id }) => [`${category.id} ${id}`, `${id} ${category.id}`]),
    ),
  );
};
