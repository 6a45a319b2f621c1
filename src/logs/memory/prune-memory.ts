import { z } from 'zod';
import { LogFingerprint } from '#db/entities/log-fingerprint.ts';
import { PatternMemory } from '#db/entities/pattern-memory.ts';
import { SourceMemory } from '#db/entities/source-memory.ts';
import { type Orm, unscoped } from '#db/orm.ts';
import type { Clock } from '#src/core/ports.ts';
import { defineJob } from '#src/jobs/define-job.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Forgets what was not seen for longer than the setting says; what people marked as noise is kept as long as its source lives. */
export const createPruneMemory = ({ orm, clock, keepDays }: { orm: Orm; clock: Clock; keepDays: number }) =>
  defineJob({
    name: 'prune-log-memory',
    payload: z.object({}).loose(),
    async run() {
      const before = new Date(clock.now().getTime() - keepDays * DAY_MS);
      const db = orm.em.fork();
      await db.nativeDelete(PatternMemory, { lastSeen: { $lt: before }, noise: false }, unscoped);
      await db.nativeDelete(LogFingerprint, { at: { $lt: before } }, unscoped);
      const gone = await db.find(SourceMemory, { lastSeen: { $lt: before } }, { ...unscoped, limit: 1_000 });
      for (const { workspaceId, source } of gone) {
        await db.nativeDelete(PatternMemory, { workspaceId, source }, unscoped);
        await db.nativeDelete(SourceMemory, { workspaceId, source }, unscoped);
      }
    },
  });
