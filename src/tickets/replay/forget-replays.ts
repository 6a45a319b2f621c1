import { z } from 'zod';
import { TriageReplay } from '#db/entities/triage-replay.ts';
import { type Orm, unscoped } from '#db/orm.ts';
import type { Clock } from '#src/core/ports.ts';
import { defineJob } from '#src/jobs/define-job.ts';

const KEPT_DAYS = 90;

/** Every night: what was tried three months ago says nothing about today's categories. */
export const createForgetReplays = ({ orm, clock }: { orm: Orm; clock: Clock }) =>
  defineJob({
    name: 'forget-replays',
    payload: z.object({}),
    async run() {
      const until = new Date(clock.now().getTime() - KEPT_DAYS * 86_400_000);
      await orm.em.fork().nativeDelete(TriageReplay, { createdAt: { $lt: until } }, unscoped);
    },
  });
