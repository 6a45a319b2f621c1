import type { Group, Item } from './item.ts';

/**
 * Nobody reads one line for each deploy of a service: those to one place are told together, from the first version to the last. What two tools say
 * of one deploy is one. Oldest first, as they come.
 */
export const foldDeploys = (groups: readonly Group[]): readonly Group[] => {
  const together = Map.groupBy(
    groups.filter(isDeploys),
    ({ items: [{ change }] }) => `${change.system.toLowerCase()} ${placeOf(change.title)}`,
  );
  const folded = [...together.values()].map((own): Group => {
    const [first, ...rest] = own.flatMap(({ items }) => items).toSorted((a, b) => a.change.time - b.change.time);
    return { items: [first as Item, ...rest] };
  });
  return folded.length === 0 ? groups : [...groups.filter((group) => !isDeploys(group)), ...folded];
};

const isDeploys = ({ items }: Group): boolean => items.every(({ change }) => change.kind === 'deploy' && isNamed(change));

/** What nobody named is filed under the house. */
const isNamed = ({ system }: Item['change']): boolean => system !== 'company';

/** "Deployed payments 2.1.0 → 2.3.0", "Deployed payments 2.3.0, then rolled it back to 2.1.0"; null for what is no several deploys. */
export const wordDeploys = (group: Group): string | null => {
  if (group.items.length < 2 || !isDeploys(group)) return null;
  const steps = group.items.map(({ change }) => readStep(change.title));
  const [last, ...before] = steps.toReversed() as [Step, ...Step[]];
  const { system, title } = group.items[0].change;
  const place = placeOf(title) === PRODUCTION ? '' : ` to ${placeOf(title)}`;
  const forward = before.find(({ back, to }) => !back && to !== null)?.to ?? null;
  if (last.back) {
    const down = last.to === null ? '' : ` to ${last.to}`;
    return forward === null
      ? `Rolled back ${system}${down}${place && ` (${placeOf(title)})`}`
      : `Deployed ${system} ${forward}${place}, then rolled it back${down}`;
  }
  const first = steps.find(({ from, to }) => (from ?? to) !== null);
  const begin = first?.from ?? first?.to ?? null;
  if (last.to === null || begin === null) return `Deployed ${system}${place} ${steps.length === 2 ? 'twice' : `${steps.length} times`}`;
  return bare(begin) === bare(last.to) ? `Deployed ${system} ${last.to}${place}` : `Deployed ${system} ${begin} → ${last.to}${place}`;
};

type Step = { back: boolean; from: string | null; to: string | null };

const VERSION = String.raw`v?\d+(?:\.\d+)+(?:[-+][\w.]+)?|v\d+`;
const both = new RegExp(String.raw`(${VERSION})\s*(?:→|->|=>|\bto\b)\s*(${VERSION})`, 'i');
const one = new RegExp(String.raw`(?<![\w.-])(?:${VERSION})(?![\w-])`, 'i');

const readStep = (title: string): Step => {
  const back = /\broll(?:ed|ing|s)?[ -]?back|\brevert(?:ed|s)?\b/i.test(title);
  const [, from = null, to = null] = both.exec(title) ?? [];
  return to === null ? { back, from: null, to: one.exec(title)?.[0] ?? null } : { back, from: back ? null : from, to };
};

const bare = (version: string): string => version.replace(/^v/i, '').toLowerCase();

const PRODUCTION = 'production';

/** Where nothing is said, it is what readers use. */
const placeOf = (title: string): string => {
  const [, place = ''] =
    /\b(?:to|in|on|→|->) (?:the )?((?:prod|live|production|staging|stage|qa|uat|test|dev|development|canary)(?:[-_/][\w-]+)?)\b/i.exec(
      title,
    ) ?? [];
  const name = place.toLowerCase();
  return name === '' || /^(?:prod|live|production)$/.test(name) ? PRODUCTION : name;
};
