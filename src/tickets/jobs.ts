import type { Orm } from '#db/orm.ts';
import type { Clock, Conversations, Engine } from '#src/core/ports.ts';
import type { AnyJob } from '#src/jobs/define-job.ts';
import { createAdviseAll, createAdviseTriage } from './advice/advise-triage.ts';
import { createCollectTicket } from './collect-ticket.ts';
import { createRetrain, createRetrainAll } from './learning/retrain.ts';
import { createEmbedMissing, createEmbedMissingAll } from './meaning/embed-missing.ts';
import type { Models } from './prediction/models.ts';
import { createForgetReplays } from './replay/forget-replays.ts';
import { createReplayTriage } from './replay/replay-triage.ts';
import { createTriageTicket } from './triage-ticket.ts';
import { createTellOverdue } from './unanswered/tell-overdue.ts';
import { createTellUnanswered, createTellUnansweredAll } from './unanswered/tell-unanswered.ts';
import { createWakeTicket } from './wake-ticket.ts';

export type TicketJobsDeps = {
  orm: Orm;
  conversations: Conversations | null;
  engine: Engine;
  /** The same with another of its models. */
  engineOf(model: string): Promise<Engine>;
  models: Models;
  clock: Clock;
};

/** The module's jobs. Without Slack, what is to be read there waits for a worker that has it. */
export const createTicketJobs = ({ conversations, ...deps }: TicketJobsDeps): AnyJob[] => [
  ...(conversations ? [createCollectTicket({ ...deps, conversations })] : []),
  createTriageTicket({ ...deps, conversations }),
  createWakeTicket(deps),
  createRetrain(deps),
  createRetrainAll(deps),
  createAdviseTriage(deps),
  createAdviseAll(deps),
  createEmbedMissing(deps),
  createEmbedMissingAll(deps),
  createReplayTriage(deps),
  createForgetReplays(deps),
  createTellOverdue(deps),
  createTellUnanswered(deps),
  createTellUnansweredAll(deps),
];

/** When bells ring, as crontab lines (UTC). A night or a Monday on which no worker was there is made up for. */
export const ticketCrontab = [
  '17 3 * * * retrain-all ?fill=1d',
  '37 3 * * * embed-missing-all ?fill=1d',
  '47 3 * * * forget-replays ?fill=1d',
  '0 6 * * 1 advise-all ?fill=3d',
  '*/15 * * * * tell-unanswered-all',
  '*/5 * * * * tell-overdue',
];
