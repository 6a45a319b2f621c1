import { type Group, type Item, leadOf } from './item.ts';

/** Nobody reads one line for each dependency that had a hole: what is raised for security alone is told together. Oldest first, as they come. */
export const foldRaises = (groups: readonly Group[]): readonly Group[] => {
  const raises = groups.filter(isForSecurityAlone);
  const [first, ...rest] = raises.flatMap(({ items }) => items);
  if (raises.length < 2 || !first) return groups;
  return [...groups.filter((group) => !isForSecurityAlone(group)), { items: [first, ...rest] }];
};

const isForSecurityAlone = ({ items }: Group): boolean =>
  items.every((item) => item.parsed.bump !== null && item.parsed.security && !item.parsed.breaking);

const MOST_NAMES = 8;

/** "Raise dependencies for security: axios to 1.15.2 and glob to 11.1.0"; null for what is none of these. */
export const wordRaises = (group: Group): string | null => {
  if (group.items.length < 2 || !isForSecurityAlone(group)) return null;
  const last = new Map(group.items.toSorted((one, other) => one.change.time - other.change.time).map((item) => [nameOf(item), item]));
  if (last.size < 2) return null;
  const names = [...last].flatMap(([name, { parsed }]) =>
    parsed.bump?.name ? [parsed.bump.to === null ? name : `${name} to ${parsed.bump.to}`] : [],
  );
  if (names.length === 0) return leadOf(group).parsed.subject;
  const shown = names.slice(0, MOST_NAMES);
  const list =
    names.length > shown.length
      ? `${shown.join(', ')} and more`
      : shown.length > 1
        ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
        : shown[0];
  return `Raise dependencies for security: ${list}`;
};

const nameOf = ({ parsed, change }: Item): string => parsed.bump?.name ?? change.id;
