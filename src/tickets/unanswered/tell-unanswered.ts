import { z } from 'zod';
import { TriageSettings } from '#db/entities/triage-settings.ts';
import { forWorkspace, type Orm, unscoped } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import type { Clock } from '#src/core/ports.ts';
import { defineJob } from '#src/jobs/define-job.ts';
import { postAlone } from '#src/tickets/telling/post-alone.ts';
import { businessDay } from './business-day.ts';
import { findUnanswered } from './find-unanswered.ts';

export type TellUnansweredDeps = { orm: Orm; clock: Clock };

/** The subject of a channel's message of a day. */
const unansweredSubject = (workspaceId: string, day: string, channel: string): string => `una_${workspaceId}:${day}:${channel}`;
export const channelOf = (subjectId: string): string => subjectId.split(':')[2] ?? '';

/** Once each working day, when business hours have begun (or later that day, if nobody worked then): tells each team what waits for an answer. */
export const createTellUnanswered = ({ orm, clock }: TellUnansweredDeps) =>
  defineJob({
    name: 'tell-unanswered',
    payload: z.object({ workspaceId: z.string() }),
    async run({ workspaceId }) {
      await forWorkspace(orm, workspaceId).transactional(async (db) => {
        const now = clock.now();
        const settings = await db.findOne(TriageSettings, { workspaceId });
        const day = settings && businessDay(now, settings.businessHours);
        if (!day) return;
        // Who comes second waits at the row, and finds the day told.
        const told = { workspaceId, $or: [{ unansweredToldOn: null }, { unansweredToldOn: { $lt: day } }] };
        if ((await db.nativeUpdate(TriageSettings, told, { unansweredToldOn: day })) === 0) return;
        for (const channel of (await findUnanswered(db, settings, now)).keys())
          await postAlone(db, workspaceId, unansweredSubject(workspaceId, day, channel), channel, now);
      });
    },
  });

/** The bell of every quarter of an hour: asks whose business hours are open and who was not told today. */
export const createTellUnansweredAll = ({ orm, clock }: TellUnansweredDeps) =>
  defineJob({
    name: 'tell-unanswered-all',
    payload: z.object({}),
    async run() {
      const db = orm.em.fork();
      for (const { workspaceId, businessHours, unansweredToldOn } of await db.find(TriageSettings, {}, unscoped)) {
        const day = businessDay(clock.now(), businessHours);
        if (day && (unansweredToldOn ?? '') < day)
          await addJob(db, { name: 'tell-unanswered', payload: { workspaceId }, key: `tell-unanswered:${workspaceId}` });
      }
    },
  });
