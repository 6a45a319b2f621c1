import { normalTitle } from '#src/changelog/changes/parse/normal-title.ts';
import { type Item, requestOf } from './item.ts';

/** Finds changes of one input by what others call them. */
export type ItemFinder = {
  /** A sha, in full or its first seven or more digits. */
  bySha(system: string, sha: string): Item | null;
  /** All tellings of the request '#12'. */
  byRequest(system: string, number: string): readonly Item[];
  byTitle(system: string, title: string): readonly Item[];
  /** All with the same subject. */
  bySubject(item: Item): readonly Item[];
};

const shortest = 7;

export const createItemFinder = (items: readonly Item[]): ItemFinder => {
  const systems = new Map<string, Names>();
  for (const item of items) {
    const { change, parsed } = item;
    const names = systems.get(change.system) ?? { shas: new Map(), requests: new Map(), titles: new Map() };
    systems.set(change.system, names);
    // A release stands on a commit, and is none.
    if (change.sha !== null && change.kind !== 'release') push(names.shas, change.sha.slice(0, shortest).toLowerCase(), item);
    const request = requestOf(item);
    if (request !== null) push(names.requests, request, item);
    const subject = parsed.said;
    const title = change.title === parsed.subject ? subject : normalTitle(change.title);
    push(names.titles, title, item);
    if (subject !== title) push(names.titles, subject, item);
  }
  return {
    bySha(system, sha) {
      const wanted = sha.toLowerCase();
      const found = listOf(systems.get(system)?.shas.get(wanted.slice(0, shortest)));
      return found.find(({ change }) => change.sha?.toLowerCase().startsWith(wanted)) ?? null;
    },
    byRequest: (system, number) => listOf(systems.get(system)?.requests.get(number.replace(/^.*(?=[#!])/, ''))),
    bySubject: ({ change, parsed }) => listOf(systems.get(change.system)?.titles.get(parsed.said)),
    byTitle: (system, title) => listOf(systems.get(system)?.titles.get(normalTitle(title))),
  };
};

/** Names of one system: a name is the same item's elsewhere only by chance. */
type Names = Record<'shas' | 'requests' | 'titles', Map<string, Item | Item[]>>;

// Nearly all keys have one item: a list for each would cost more than the items.
const push = (map: Map<string, Item | Item[]>, key: string, item: Item): void => {
  const known = map.get(key);
  if (Array.isArray(known)) known.push(item);
  else map.set(key, known === undefined ? item : [known, item]);
};

const listOf = (found: Item | Item[] | undefined): readonly Item[] => (found === undefined ? [] : Array.isArray(found) ? found : [found]);
