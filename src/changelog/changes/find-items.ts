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
  const shas = new Map<string, Item[]>();
  const requests = new Map<string, Item[]>();
  const titles = new Map<string, Item[]>();
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
      const found = shas.get(`${system} ${wanted.slice(0, shortest)}`) ?? [];
      return found.find(({ change }) => change.sha?.toLowerCase().startsWith(wanted)) ?? null;
    },
    byRequest: (system, number) => requests.get(`${system} ${number.replace(/^.*(?=[#!])/, '')}`) ?? [],
    byTitle: (system, title) => titles.get(`${system} ${normalTitle(title)}`) ?? [],
  };
};

const push = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
};
