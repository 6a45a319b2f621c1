import type { Entry } from '#src/changelog/changes/types.ts';
import type { Group } from './item.ts';

export type Told = { group: Group; small: boolean; entry: Entry };

// So many small ones of a section are read one by one; more of them are a count with each one's number.
const MOST_ALONE = 10;
// What fits into a message.
const MOST_TOGETHER = 100;

const words: Partial<Record<Entry['section'], string>> = {
  Added: 'additions',
  Changed: 'changes',
  Fixed: 'fixes',
  Product: 'product changes',
  Platform: 'platform changes',
};

const prefix = 'smaller:';

/** Told by number, not in words: no engine words it, and it stands for each of its changes. */
export const isCollected = ({ key }: Pick<Entry, 'key'>): boolean => key.startsWith(prefix);

/** Of a busy quarter nobody reads forty small fixes: they are told together. What goes away, breaks or is about security never is. */
export const collectSmall = (told: readonly Told[]): Told[] => {
  const isSmall = ({ small, entry }: Told): boolean => small && !entry.breaking && words[entry.section] !== undefined;
  const bySection = Map.groupBy(told.filter(isSmall), ({ entry }) => entry.section);
  const many = [...bySection].filter(([, all]) => all.length > MOST_ALONE);
  const together = new Set(many.flatMap(([, all]) => all));
  return [...told.filter((one) => !together.has(one)), ...many.flatMap(([, all]) => split(all).map(collect))];
};

const split = (all: readonly Told[]): Told[][] =>
  Array.from({ length: Math.ceil(all.length / MOST_TOGETHER) }, (_, i) => all.slice(i * MOST_TOGETHER, (i + 1) * MOST_TOGETHER));

const collect = (all: readonly Told[]): Told => {
  const [first] = all as [Told];
  const { key, section } = first.entry;
  const entry = {
    ...{ key: `${prefix}${key}`, section, text: `${all.length} smaller ${words[section]}`, breaking: false },
    changes: all.flatMap((one) => one.entry.changes),
    refs: [...new Set(all.flatMap((one) => one.entry.refs))],
    tickets: [...new Set(all.flatMap((one) => one.entry.tickets))],
  };
  return { group: first.group, small: true, entry };
};
