import type { LeakGuard } from '#src/changelog/changes/verify/leak.ts';
import type { Told } from './collect-small.ts';
import { leadOf } from './item.ts';

/** Readers who are not told places read two lines of the same words as one told twice: such lines name theirs ("Wrong header (import)"). */
export const tellApart = (told: readonly Told[], guard: LeakGuard): Told[] => {
  const alike = Map.groupBy(told, ({ entry }) => `${entry.section} ${entry.text}`);
  return told.map((one) => {
    const others = alike.get(`${one.entry.section} ${one.entry.text}`) ?? [];
    const place = placeOf(one);
    if (place === null || guard.leaks(place) || others.every((other) => placeOf(other) === place)) return one;
    return { ...one, entry: { ...one.entry, text: `${one.entry.text} (${place})` } };
  });
};

const placeOf = ({ group }: Told): string | null => {
  const { scope } = leadOf(group).parsed;
  return scope !== null && /^[\p{L}][\p{L}\p{N} _-]*$/u.test(scope) ? scope : null;
};
