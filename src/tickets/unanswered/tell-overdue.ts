import { z } from 'zod';
import { Category } from '#db/entities/category.ts';
import { Ticket } from '#db/entities/ticket.ts';
import { TriageSettings } from '#db/entities/triage-settings.ts';
import { Workspace } from '#db/entities/workspace.ts';
import { type Db, forWorkspace, type Orm, unscoped } from '#db/orm.ts';
import type { Clock } from '#src/core/ports.ts';
import { defineJob } from '#src/jobs/define-job.ts';
import { teamOf } from '#src/tickets/team-of.ts';
import { noteInChannel } from '#src/tickets/telling/note.ts';
import { waiting } from '#src/tickets/ticket-state.ts';

// A bell nobody heard is made up for as long, and so is a time that had run out before anybody knew how urgent the ticket was (it was looked at
// too late). What ran out, and was left alone, before that is in the morning's list.
const LOOKS_BACK_MS = 6 * 3_600_000;

/**
 * The bell of every five minutes: a critical or high ticket whose time has run out is told at once where its team reads (or to the admins), also
 * at night, and who is on call is called. Once for each time. The others are in the list of every working day.
 */
export const createTellOverdue = ({ orm, clock }: { orm: Orm; clock: Clock }) =>
  defineJob({
    name: 'tell-overdue',
    payload: z.object({}),
    async run() {
      for (const { workspaceId, adminChannel } of await orm.em.fork().find(TriageSettings, {}, unscoped))
        await forWorkspace(orm, workspaceId).transactional((db) => tell(db, workspaceId, adminChannel ?? null, clock.now()));
    },
  });

const tell = async (db: Db, workspaceId: string, adminChannel: string | null, now: Date): Promise<void> => {
  const since = { $gte: new Date(now.getTime() - LOOKS_BACK_MS) };
  const overdue = await db.find(Ticket, {
    state: { $in: waiting },
    priority: { $in: ['P1', 'P2'] },
    dueAt: { $lt: now },
    $or: [{ dueAt: since }, { updatedAt: since }],
  });
  if (overdue.length === 0) return;
  const { slackTeamId: teamId } = await db.findOneOrFail(Workspace, { id: workspaceId });
  const channels = new Map((await db.find(Category, {}, { fields: ['channel'] })).map(({ id, channel }) => [id, channel]));
  for (const ticket of overdue) {
    const channel = channels.get(teamOf(ticket) ?? '') || adminChannel;
    if (teamId && channel && ticket.dueAt) await noteInChannel(db, ticket, 'due', { teamId, channel, at: ticket.dueAt });
  }
};
