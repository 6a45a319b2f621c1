import { type Item, normalTitle, requestOf } from './item.ts';

/** Finds changes of one input by what others call them. */
export type ItemFinder = {
  /** A sha, in full or its first seven or more digits. */
  bySha(system: string, sha: string): Item | null;
  /** All tellings of the request '#12'. */
  byRequest(system: string, number: string): readonly Item[];
  byTitle(system: string, title: string): readonly Item[];
};

const shortest = 7;

export const createItemFinder = (items: readonly Item[]): ItemFinder => {
  const shas = new Map<string, Item | Item[]>();
  const requests = new Map<string, Item | Item[]>();
  const titles = new Map<string, Item | Item[]>();
  for (const item of items) {
    const { change, parsed } = item;
    if (change.sha !== null) push(shas, `${change.system} ${change.sha.slice(0, shortest).toLowerCase()}`, item);
    const request = requestOf(item);
    if (request !== null) push(requests, `${change.system} ${request}`, item);
    for (const title of new Set([normalTitle(change.title), normalTitle(parsed.subject)])) push(titles, `${change.system} ${title}`, item);
  }
  return {
    bySha(system, sha) {
      const wanted = sha.toLowerCase();
      const found = listOf(shas.get(`${system} ${wanted.slice(0, shortest)}`));
      return found.find(({ change }) => change.sha?.toLowerCase().startsWith(wanted)) ?? null;
    },
    byRequest: (system, number) => listOf(requests.get(`${system} ${number.replace(/^.*(?=[#!])/, '')}`)),
    byTitle: (system, title) => listOf(titles.get(`${system} ${normalTitle(title)}`)),
  };
};

// Nearly all keys have one item: a list for each would cost more than the items.
const push = (map: Map<string, Item | Item[]>, key: string, item: Item): void => {
  const known = map.get(key);
  if (Array.isArray(known)) known.push(item);
  else map.set(key, known === undefined ? item : [known, item]);
};

const listOf = (found: Item | Item[] | undefined): readonly Item[] => (found === undefined ? [] : Array.isArray(found) ? found : [found]);
