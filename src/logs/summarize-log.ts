import { z } from 'zod';
import { LogResult } from '#db/entities/log-result.ts';
import { forWorkspace } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { defineJob } from '#src/jobs/define-job.ts';
import { type AlsoShown, alsoShown } from './also-shown.ts';
import { type AskDeps, askForSummary } from './ask-for-summary.ts';
import { createFailureHooks, isFinished, moveLog } from './log-state.ts';
import { findWork } from './log-work.ts';
import { applyNormal } from './memory/apply-normal.ts';
import { stopWhenCancelled } from './stop-when-cancelled.ts';

/** Second beat: the engine writes, code checks (law 6), what stands is stored. */
export const createSummarizeLog = (deps: AskDeps & AlsoShown) =>
  defineJob({
    name: 'summarize-log',
    payload: z.object({ logId: z.string(), workspaceId: z.string() }),
    ...createFailureHooks(deps),
    async run({ logId, workspaceId }, { signal, beat }) {
      const work = await findWork(deps.orm, { logId, workspaceId });
      const result = await forWorkspace(deps.orm, workspaceId).findOne(LogResult, { logId });
      if (!work || !result || isFinished(work.log.status)) return;
      const answer = await stopWhenCancelled(deps.orm, work.log, signal, (ended) =>
        askForSummary(deps, work.log, applyNormal(result.digest, result.normal ?? null), ended),
      );
      if (!answer) return;
      const { summary, receipt } = answer;
      const stored = await forWorkspace(deps.orm, workspaceId).transactional(async (db) => {
        if (!(await moveLog(db, logId, { status: 'SUCCEEDED', progress: 1, failure: null, finishedAt: deps.clock.now() }))) return false;
        await db.nativeUpdate(LogResult, { logId }, { summary, receipt, summarizedAt: deps.clock.now() });
        for (const job of [...work.delivery, ...(await alsoShown(deps, work.log))]) await addJob(db, job);
        return true;
      });
      if (stored) beat('result', logId, receipt.engine);
    },
  });
