import { isNameOnly, isVague } from '#src/changelog/changes/parse/vague.ts';
import { readStatement } from '#src/changelog/changes/sections/statement.ts';
import { type Item, raisedBy } from './item.ts';
import { isTyped } from './steps.ts';

/** The telling that says best what changed leads its group. */
export const compareLeads = (one: Item, other: Item): number =>
  merit(other) - merit(one) ||
  Number(isRaise(other)) - Number(isRaise(one)) ||
  (isRaise(one) ? other.change.time - one.change.time : one.change.time - other.change.time);

/** Of several raises the last says what holds. */
const isRaise = (item: Item): boolean => raisedBy(item) !== null;

const merits = new WeakMap<Item, number>();

const merit = (item: Item): number => {
  const known = merits.get(item) ?? judge(item);
  merits.set(item, known);
  return known;
};

const judge = (item: Item): number => {
  const { change, parsed } = item;
  const words = parsed.subject.split(/\s+/).length;
  const isOnlyName = parsed.topics.length === 0 && isNameOnly(parsed) && readStatement(parsed.subject, parsed.deed) === null;
  // A request's title was written for other people to read; a bare "Merge branch" tells nothing.
  const kind =
    change.kind === 'note'
      ? 6
      : parsed.merge
        ? parsed.merge.title === null
          ? -4
          : isOnlyName
            ? 0.5
            : 3
        : change.kind === 'merge'
          ? isOnlyName
            ? 0.6
            : 4
          : change.kind === 'ticket'
            ? -1
            : isTyped(item)
              ? 1
              : 0;
  const length = words < 2 ? -3 : Math.min(words, 10) / 10;
  const housekeeping =
    parsed.type === 'test' || parsed.type === 'docs' || parsed.type === 'ci' || parsed.type === 'chore' || parsed.type === 'style'
      ? -1.5
      : 0;
  const about = parsed.topics.some((topic) => topic === 'docs' || topic === 'tests' || topic === 'ci') ? -1 : 0;
  return (
    kind +
    length +
    housekeeping +
    about +
    (isVague(parsed.subject) ? -4 : 0) +
    (parsed.breaking ? 1 : 0) +
    (parsed.fixupOf === null ? 0 : -8)
  );
};
