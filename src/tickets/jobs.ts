import type { Orm } from '#db/orm.ts';
import type { Chat, Clock, Engine } from '#src/core/ports.ts';
import type { AnyJob } from '#src/jobs/define-job.ts';
import { createCollectTicket } from './collect-ticket.ts';
import type { Models } from './models.ts';
import { createRetrain, createRetrainAll } from './retrain.ts';
import { createTriageTicket } from './triage-ticket.ts';
import { createWakeTicket } from './wake-ticket.ts';

export type TicketJobsDeps = { orm: Orm; chat: Chat | null; engine: Engine; models: Models; clock: Clock };

/** The module's jobs. Without a chat, what needs it waits for a worker that has one. */
export const createTicketJobs = ({ chat, ...deps }: TicketJobsDeps): AnyJob[] => [
  ...(chat ? [createCollectTicket({ ...deps, chat })] : []),
  createTriageTicket(deps),
  createWakeTicket(deps),
  createRetrain(deps),
  createRetrainAll(deps),
];

/** When bells ring, as crontab lines (UTC). */
export const ticketCrontab = ['17 3 * * * retrain-all'];
