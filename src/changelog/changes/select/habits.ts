import { type Group, leadOf, requestOf } from '#src/changelog/changes/group/item.ts';
import { sizeOf } from './conventions.ts';

// How many changes' worth of doubt stand against what the input seems to show.
const doubt = 4;

/**
 * Chances that fit the habits of this very input. Where what is likely news by its words mostly touches three files and closes an issue, and
 * the rest touches one and closes none, such a habit tells of the changes whose words say little. One round of naive Bayes, each chance
 * counting for as much as it is sure; chances of 0 and 1 are certain and stay.
 */
export const adaptToHabits = (groups: readonly Group[], chances: readonly number[]): number[] => {
  const open = groups.flatMap((group, i) => {
    const chance = chances[i] ?? 0;
    return chance > 0 && chance < 1 ? [{ group, chance }] : [];
  });
  const all = countFor(open.map(({ chance }) => chance));
  const counts = new Map<string, Count>();
  for (const { group, chance } of open)
    for (const habit of habitsOf(group)) {
      const count = counts.get(habit) ?? { yes: 0, no: 0 };
      count.yes += chance;
      count.no += 1 - chance;
      counts.set(habit, count);
    }
  const weights = new Map([...counts].map(([habit, count]) => [habit, weigh(count, all)]));
  return groups.map((group, i) => {
    const chance = chances[i] ?? 0;
    if (chance <= 0 || chance >= 1) return chance;
    const odds = habitsOf(group).reduce((sum, habit) => sum + (weights.get(habit) ?? 0), Math.log(chance / (1 - chance)));
    return 1 / (1 + Math.exp(-odds));
  });
};

type Count = { yes: number; no: number };

const countFor = (chances: readonly number[]): Count => {
  const yes = chances.reduce((sum, chance) => sum + chance, 0);
  return { yes, no: chances.length - yes };
};

/** Log of how much more usual a habit is among the likely than among the rest. */
const weigh = ({ yes, no }: Count, all: Count): number => {
  const usual = ((yes + no) / (all.yes + all.no)) * doubt;
  return Math.log((yes + usual) / (all.yes + doubt) / ((no + usual) / (all.no + doubt)));
};

const habitsOf = (group: Group): string[] => {
  const { parsed } = leadOf(group);
  const size = sizeOf(group);
  return [
    `files:${size === 0 ? 'unknown' : size <= 2 ? size : size <= 4 ? 'few' : size <= 8 ? 'some' : 'many'}`,
    `request:${group.items.some((item) => requestOf(item) !== null)}`,
    `described:${parsed.body.trim().length > 20}`,
    `style:${parsed.style}`,
    `closes:${group.items.some((item) => item.parsed.closes.length > 0)}`,
    `several:${group.items.length > 1}`,
  ];
};
