import { forWorkspace, type Orm } from '#db/orm.ts';
import type { Clock } from '#src/core/ports.ts';
import type { Report } from '#src/core/report.ts';
import type { Renderer } from '#src/delivery/deliver.ts';
import { ageOf } from '#src/tickets/report.ts';
import { ensureSettings } from '#src/tickets/settings.ts';
import { findUnanswered, type Unanswered } from './find-unanswered.ts';
import { channelOf } from './tell-unanswered.ts';

const MOST_SHOWN = 15;

/** What waits for an answer in a team's channel, as it is when it is posted; nothing when it was answered meanwhile. */
export const createUnansweredRenderer =
  ({ orm, clock }: { orm: Orm; clock: Clock }): Renderer =>
  async (workspaceId, subjectId) => {
    const db = forWorkspace(orm, workspaceId);
    const now = clock.now();
    const tickets = (await findUnanswered(db, await ensureSettings(db, workspaceId, now), now)).get(channelOf(subjectId));
    return tickets ? { root: unansweredReport(tickets, now), reply: null, final: true, unhurried: true } : null;
  };

export const unansweredReport = (tickets: readonly Unanswered[], now: Date): Report => {
  const more = tickets.length - MOST_SHOWN;
  return {
    headline: tickets.length === 1 ? 'One ticket waits for an answer' : `${tickets.length} tickets wait for an answer`,
    tone: tickets.some(({ pastDue, priority }) => pastDue && (priority === 'P1' || priority === 'P2')) ? 'high' : 'medium',
    sections: [
      {
        title: 'Oldest first',
        items: tickets.slice(0, MOST_SHOWN).map(({ number, title, priority, createdAt, pastDue }) => ({
          text: `T-${number} · ${[priority, ageOf(createdAt, now), ...(pastDue ? ['past due'] : [])].filter(Boolean).join(' · ')} · ${title}`,
        })),
      },
    ],
    charts: [],
    facts: more > 0 ? [`and ${more} more`] : [],
    actions: [],
  };
};
