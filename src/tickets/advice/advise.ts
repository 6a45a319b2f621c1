import { findClusters, type Word } from './find-clusters.ts';
import { findDrift } from './find-drift.ts';
import { findOverlaps } from './find-overlaps.ts';

/** A ticket as the advice sees it. */
export type AdvisedTicket = {
  id: string;
  number: number;
  title: string;
  body: string;
  /** Where it is, or where it was most likely to go. Null when nothing was ever said of it. */
  placedIn: string | null;
  /** Where a person put it. */
  decided: string | null;
  /** Nothing was sure enough to say. */
  abstained: boolean;
};

export type AdvisedCategory = { id: string; name: string; description: string; createdAt: Date };

export type AdviceTask = {
  from: Date;
  /** Tickets of the weeks the advice is about. */
  tickets: AdvisedTicket[];
  /** Where the tickets of as many weeks before went. */
  before: string[];
  categories: AdvisedCategory[];
  confusion: { predictedId: string; actualId: string; count: number }[];
};

export type Findings = {
  overlaps: { categoryIds: [string, string]; mistaken: number; describedAlike: boolean }[];
  unused: string[];
  clusters: { words: Word[]; ticketIds: string[]; numbers: number[] }[];
  drift: { index: number; moved: { categoryId: string; before: number; now: number }[] } | null;
};

// Of fewer tickets, most categories get none.
const USED_AT_LEAST = 20;

/** What some weeks of tickets say about the categories. */
export const advise = ({ from, tickets, before, categories, confusion }: AdviceTask): Findings => {
  const now = tickets.flatMap(({ placedIn }) => (placedIn ? [placedIn] : []));
  const used = new Set(now);
  return {
    overlaps: findOverlaps(categories, confusion),
    unused:
      now.length < USED_AT_LEAST
        ? []
        : categories.filter(({ id, createdAt }) => !used.has(id) && new Date(createdAt) <= new Date(from)).map(({ id }) => id),
    clusters: findClusters(tickets),
    drift: findDrift(before, now),
  };
};
