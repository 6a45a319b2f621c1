import type { Chat } from '#src/core/ports.ts';
import type { AnyJob } from '#src/jobs/define-job.ts';
import { createAnswerQuestion } from './ask/answer-question.ts';
import { type CollectLogDeps, createCollectLog } from './collect-log.ts';
import { createDigestLog, type DigestLogDeps } from './digest-log.ts';
import { createForgetLogs, type ForgetDeps } from './forget/forget-logs.ts';
import { createSweepBlobs } from './forget/sweep-blobs.ts';
import { createPruneMemory } from './memory/prune-memory.ts';
import { createSummarizeLog } from './summarize-log.ts';

/** The module's jobs: fetch (if it lives in Slack), compute, pay. Talking is the delivery's. Without a chat, what needs it waits for a worker that has one. */
export const createLogJobs = ({
  chat,
  ...deps
}: Omit<CollectLogDeps, 'chat'> & DigestLogDeps & { chat: Chat | null; memoryDays: number; keep: ForgetDeps['keep'] }): AnyJob[] => [
  ...(chat ? [createCollectLog({ ...deps, chat })] : []),
  createDigestLog(deps),
  createSummarizeLog(deps),
  createAnswerQuestion(deps),
  createPruneMemory({ ...deps, keepDays: deps.memoryDays }),
  createForgetLogs(deps),
  createSweepBlobs(deps),
];

/** Every night, UTC; a machine that is off at night makes up for it when it is on. */
export const logCrontab = ['23 3 * * * prune-log-memory ?fill=1d', '41 3 * * * forget-logs ?fill=1d', '7 4 * * * sweep-blobs ?fill=1d'];
