import { z } from 'zod';
import { LogResult } from '#db/entities/log-result.ts';
import { forWorkspace } from '#db/orm.ts';
import { defineJob } from '#src/jobs/define-job.ts';
import type { AlsoShown } from './also-shown.ts';
import { type AskDeps, askForSummary } from './ask-for-summary.ts';
import { createFailureHooks, isFinished } from './log-state.ts';
import { findWork } from './log-work.ts';
import { applyNormal } from './memory/apply-normal.ts';
import { stopWhenCancelled } from './stop-when-cancelled.ts';
import { storeSummary } from './store-summary.ts';

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
      if (await storeSummary(deps, work, answer)) beat('result', logId, answer.receipt.engine);
    },
  });
