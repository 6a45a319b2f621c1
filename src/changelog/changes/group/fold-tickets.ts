import type { Group, Item } from './item.ts';

// So many are read one by one; more of them are a count.
const MOST_ALONE = 10;
// What fits into a message, with each one's number.
const MOST_TOGETHER = 100;

/** Of a busy week nobody reads two hundred resolved tickets: those that no change closes are told together. Oldest first, as they come. */
export const foldTickets = (groups: readonly Group[]): readonly Group[] => {
  const alone = groups.filter(isTickets);
  if (alone.length <= MOST_ALONE) return groups;
  const items = alone.flatMap((group) => group.items);
  const folded: Group[] = [];
  for (let at = 0; at < items.length; at += MOST_TOGETHER) {
    const [first, ...rest] = items.slice(at, at + MOST_TOGETHER);
    folded.push({ items: [first as Item, ...rest] });
  }
  return [...groups.filter((group) => !isTickets(group)), ...folded];
};

/** Nothing but tickets. */
export const isTickets = ({ items }: Group): boolean => items.every(({ change }) => change.kind === 'ticket');
