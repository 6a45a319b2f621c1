import { createSimilarIndex, languages } from '#src/tickets/classify/index.ts';
import { CLOSE } from '#src/tickets/prediction/guesses.ts';
import type { AdvisedTicket, Findings } from './advise.ts';

/** A word as people write it. */
export type Word = string;

const LEAST = 5;
const MOST_CLUSTERS = 5;
const MOST_WORDS = 4;
const NEIGHBOURS = 80;
/** Of more tickets, only the newest are compared; they come first. */
export const MOST_READ = 3000;

/**
 * Tickets nothing was sure about that are alike: maybe they want a category of their own. Single-link clustering; largest first. Those that
 * people mostly put in one and the same category are not meant: that is learned by itself.
 */
export const findClusters = (tickets: readonly AdvisedTicket[]): Findings['clusters'] => {
  return linked(tickets.slice(0, MOST_READ))
    .filter((cluster) => cluster.length >= LEAST && !haveAHome(cluster))
    .sort((a, b) => b.length - a.length)
    .slice(0, MOST_CLUSTERS)
    .map((cluster) => ({
      words: sharedWords(cluster, tickets),
      ticketIds: cluster.map(({ id }) => id),
      numbers: cluster.map(({ number }) => number),
    }));
};

const linked = (tickets: readonly AdvisedTicket[]): AdvisedTicket[][] => {
  // All of them: how rare a word is shows only beside what else people write.
  const index = createSimilarIndex();
  for (const { id, title, body } of tickets) index.add(id, { title, body });
  const unsure = tickets.filter(({ abstained }) => abstained);
  const leader = new Map(unsure.map(({ id }) => [id, id]));
  const find = (id: string): string => {
    let at = id;
    while (leader.get(at) !== at) at = leader.get(at) as string;
    leader.set(id, at);
    return at;
  };
  for (const { id, title, body } of unsure)
    for (const alike of index.search({ title, body }, NEIGHBOURS, id))
      if (alike.score >= CLOSE && leader.has(alike.id)) leader.set(find(alike.id), find(id));
  return Object.values(Object.groupBy(unsure, ({ id }) => find(id))) as AdvisedTicket[][];
};

const haveAHome = (cluster: readonly AdvisedTicket[]): boolean => {
  const homes = Object.groupBy(cluster, ({ decided }) => decided ?? '');
  return Object.entries(homes).some(([home, members]) => home !== '' && (members?.length ?? 0) > cluster.length / 2);
};

/** What most of a cluster say and few others do, the most telling first. */
const sharedWords = (cluster: readonly AdvisedTicket[], all: readonly AdvisedTicket[]): Word[] => {
  const everywhere = countTickets(all);
  return [...countTickets(cluster)]
    .filter(([, count]) => count > cluster.length / 2)
    .map(([word, count]) => ({ word, telling: count * Math.log((all.length + 1) / ((everywhere.get(word) ?? 0) - count + 1)) }))
    .sort((a, b) => b.telling - a.telling)
    .slice(0, MOST_WORDS)
    .map(({ word }) => word);
};

const countTickets = (tickets: readonly AdvisedTicket[]): Map<Word, number> => {
  const counts = new Map<Word, number>();
  for (const { title, body } of tickets)
    for (const word of new Set(wordsOf(`${title} ${body}`))) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
};

const wordsOf = (text: string): Word[] =>
  (
    text
      .slice(0, 20_000)
      .toLowerCase()
      .match(/\p{L}{3,30}/gu) ?? []
  ).filter((word) => !everyday.has(word));

const everyday = new Set(languages.flatMap((language) => language.everyday.split(' ')));
