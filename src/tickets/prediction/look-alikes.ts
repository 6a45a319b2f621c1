import type { Db } from '#db/orm.ts';
import { idTime } from '#src/core/ids.ts';
import { type LookAlike, matterOf, nearInTime, rankLookAlikes, sieveLookAlikes, type TicketText } from '#src/tickets/classify/index.ts';
import { findNear } from '#src/tickets/meaning/find-near.ts';
import { alikeInAll } from '#src/tickets/meaning/merge.ts';
import { type Candidate, candidatesById, findCandidates, MAX_CHARACTERS, type Others } from './find-candidates.ts';

export type FoundLookAlike = LookAlike & { ticket: Candidate };

// All are compared by their beginnings, the best of them whole: comparing sixty whole ones took 13 ms of CPU and found no more.
const COMPARED_WHOLE = 20;
const NEAREST_KEPT = 10;

/**
 * Tickets of this workspace that read alike, best first: PostgreSQL finds candidates, our own measure ranks them, those near in time before
 * others. Of a mail only its matter is looked for and compared. Where the ticket has a vector, those alike in meaning count too. Never the ticket itself.
 */
export const findLookAlikes = async (
  db: Db,
  workspaceId: string,
  text: TicketText & { title: string },
  ticketId: string | null,
  { onlyEarlier = false } = {},
): Promise<FoundLookAlike[]> => {
  const at = new Date(ticketId ? idTime(ticketId) : Date.now());
  const query = { title: text.title.slice(0, 500), body: comparedOf(text.body), at };
  const others = { workspaceId, than: ticketId ?? '', onlyEarlier: onlyEarlier && ticketId !== null };
  const finding = findCandidates(db, query, others);
  const also = async () => (await finding).map(({ id }) => id);
  const [found, meaning] = await Promise.all([finding, ticketId ? findNear(db, ticketId, others, also) : new Map<string, number>()]);
  const candidates = [...found, ...(await nearestMissing(db, meaning, found, others))];
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  const texts = candidates.map(({ id, title, body, createdAt }) => ({ id, text: { title, body: matterOf(body), at: createdAt } }));
  const best = new Set(sieveLookAlikes(query, texts, COMPARED_WHOLE));
  return rankLookAlikes(
    query,
    texts.filter(({ id }) => best.has(id) || meaning.get(id)),
  )
    .map((alike) => ({ ...alike, score: alikeInAll(alike.score, meaning.get(alike.id) ?? 0), ticket: byId.get(alike.id) as Candidate }))
    .sort((a, b) => b.score * nearInTime(at, b.ticket.createdAt) - a.score * nearInTime(at, a.ticket.createdAt));
};

// What a mail begins with, and is quoted from, may be as long as its matter.
const READ_FOR_MATTER = 3 * MAX_CHARACTERS;

/** What is looked for: neither who wrote a mail, nor what its company says below each of them. */
const comparedOf = (body: string): string => matterOf(body.slice(0, READ_FOR_MATTER)).slice(0, MAX_CHARACTERS);

/** The nearest in meaning that no word led to. */
const nearestMissing = async (
  db: Db,
  meaning: ReadonlyMap<string, number>,
  found: readonly Candidate[],
  others: Others,
): Promise<Candidate[]> => {
  const known = new Set(found.map(({ id }) => id));
  const ids = [...meaning]
    .filter(([id, alike]) => !known.has(id) && alike > 0)
    .sort(([, a], [, b]) => b - a)
    .slice(0, NEAREST_KEPT)
    .map(([id]) => id);
  return ids.length > 0 ? candidatesById(db, ids, others) : [];
};
