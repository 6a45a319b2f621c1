import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import type { Clock, Conversations } from '#src/core/ports.ts';
import type { Report } from '#src/core/report.ts';
import type { Renderer } from '#src/delivery/deliver.ts';
import { ageOf } from '#src/tickets/report.ts';
import { ensureSettings } from '#src/tickets/settings/settings.ts';
import { threadOf } from '#src/tickets/telling/team-post.ts';
import { findUnanswered, type Unanswered } from './find-unanswered.ts';
import { channelOf } from './tell-unanswered.ts';

const MOST_SHOWN = 15;

/** What waits for an answer in a team's channel, as it is when it is posted; nothing when it was answered meanwhile. */
export const createUnansweredRenderer =
  ({ orm, clock, conversations }: { orm: Orm; clock: Clock; conversations?: Conversations }): Renderer =>
  async (workspaceId, subjectId) => {
    const db = forWorkspace(orm, workspaceId);
    const now = clock.now();
    const tickets = (await findUnanswered(db, await ensureSettings(db, workspaceId, now), now)).get(channelOf(subjectId));
    if (!tickets) return null;
    const urls = await linksOf(db, conversations, tickets.slice(0, MOST_SHOWN));
    return { root: unansweredReport(tickets, now, urls), reply: null, final: true, unhurried: true };
  };

/** Where each was said, by the ticket's id, as far as Slack tells. */
const linksOf = async (db: Db, conversations: Conversations | undefined, tickets: readonly Unanswered[]): Promise<Map<string, string>> => {
  const urls = new Map<string, string>();
  for (const { id } of tickets) {
    const thread = await threadOf(db, id);
    const url = thread && (await conversations?.linkTo(thread).catch(() => null));
    if (url) urls.set(id, url);
  }
  return urls;
};

const unansweredReport = (tickets: readonly Unanswered[], now: Date, urls: ReadonlyMap<string, string> = new Map()): Report => {
  const more = tickets.length - MOST_SHOWN;
  return {
    headline: tickets.length === 1 ? 'One ticket waits for an answer' : `${tickets.length} tickets wait for an answer`,
    tone: tickets.some(({ pastDue, priority }) => pastDue && (priority === 'P1' || priority === 'P2')) ? 'high' : 'medium',
    subtitle: 'One that is taken, put to sleep or resolved in its thread leaves this list.',
    sections: [
      {
        title: 'Oldest first',
        items: tickets.slice(0, MOST_SHOWN).map(({ id, number, title, priority, createdAt, pastDue }) => ({
          text: `T-${number} · ${[priority, ageOf(createdAt, now), ...(pastDue ? ['past due'] : [])].filter(Boolean).join(' · ')}${title === null ? '' : ` · ${title}`}`,
          ...(urls.has(id) ? { links: [{ text: 'its thread', url: urls.get(id) as string }] } : {}),
        })),
      },
    ],
    charts: [],
    facts: more > 0 ? [`and ${more} more`] : [],
    actions: [],
  };
};
