import type { Orm } from '#db/orm.ts';
import { observeDigest, observeVerifier } from '#monitoring/observe.ts';
import { createComposer } from '#src/changelog/composing/composer.ts';
import { createChangelogJobs } from '#src/changelog/jobs.ts';
import { createChangelogRenderer } from '#src/changelog/render-changelog.ts';
import { createWeeklyJobs } from '#src/changelog/weekly/jobs.ts';
import { createSubscriptionRenderer } from '#src/changelog/weekly/render-paused.ts';
import { createPostRenderer } from '#src/changelog/weekly/render-post.ts';
import type { Config } from '#src/config.ts';
import type { Chat, Clock, Conversations, Log } from '#src/core/ports.ts';
import { createDeliverJob, type Renderer } from '#src/delivery/deliver.ts';
import { createSweepDeliveries } from '#src/delivery/sweep-deliveries.ts';
import { createTakeBack } from '#src/delivery/take-back.ts';
import { createTellAsker } from '#src/delivery/tell-asker.ts';
import { createIncidentRenderer } from '#src/incidents/render-incident.ts';
import { createShownInIncidents } from '#src/incidents/service.ts';
import type { AnyJob } from '#src/jobs/define-job.ts';
import { createAnswerRenderer } from '#src/logs/ask/render-answer.ts';
import { createDigestRunner } from '#src/logs/digest-runner.ts';
import { createLogJobs } from '#src/logs/jobs.ts';
import { withLogs } from '#src/logs/link-back.ts';
import { createLogRenderer } from '#src/logs/render-log.ts';
import { verifySummary } from '#src/logs/verify/verify-summary.ts';
import { createAdviceRenderer } from '#src/tickets/advice/render-advice.ts';
import { createDemotionRenderer } from '#src/tickets/advice/render-demotion.ts';
import { createTicketJobs } from '#src/tickets/jobs.ts';
import { createTicketRenderer } from '#src/tickets/telling/render-ticket.ts';
import { createUnansweredRenderer } from '#src/tickets/unanswered/render-unanswered.ts';
import { createPost } from '#src/webhooks/post.ts';
import { createSeal } from '#src/webhooks/sealed-secret.ts';
import { createSendWebhook } from '#src/webhooks/send-webhook.ts';
import type { Back } from './open-back.ts';
import type { Engines, WorkParts } from './start-work.ts';

type Slack = { chat: Chat; conversations: Conversations };

/** The jobs of every module; those that talk only where there is somebody to talk to. */
export const createJobs = (
  config: Config,
  back: Back,
  parts: WorkParts & Engines & { slack: Slack | null },
  opening: AsyncDisposableStack,
): AnyJob[] => {
  const { clock, blobs, handOver, models, jwtSecret } = back;
  const { orm } = back.database;
  const { asked, engine, engineOf, metrics, slack } = parts;
  const digest = createDigestRunner({ threads: config.DIGEST_THREADS });
  opening.defer(() => digest.close());
  const composer = createComposer({ threads: config.DIGEST_THREADS });
  opening.defer(() => composer.close());
  return [
    ...createLogJobs({
      orm,
      clock,
      chat: slack?.chat ?? null,
      engine,
      blobs,
      handOver,
      limits: { maxBytes: config.MAX_LOG_BYTES, maxUnpackRatio: config.MAX_UNPACK_RATIO },
      memoryDays: config.LOG_MEMORY_DAYS,
      keep: { textDays: config.LOG_TEXT_DAYS, logDays: config.LOG_DAYS },
      alsoShown: createShownInIncidents({ orm, clock }),
      digest: observeDigest(digest.run, metrics),
      verify: observeVerifier(verifySummary, metrics),
    }),
    ...createTicketJobs({ orm, conversations: slack?.conversations ?? null, engine: asked, engineOf, models, clock }),
    ...createChangelogJobs({ orm, engine, clock, composer }),
    ...createWeeklyJobs({ orm, engine, clock, composer }),
    createSendWebhook({ orm, clock, seal: createSeal(jwtSecret), post: createPost({ allowPrivate: config.WEBHOOK_ALLOW_PRIVATE }) }),
    ...(slack ? createSlackJobs(config, back, { ...parts, slack }) : []),
  ];
};

const createSlackJobs = (
  config: Config,
  { database: { orm }, clock }: Back,
  { slack, quietMs, log }: WorkParts & { slack: Slack },
): AnyJob[] => [
  createSweepDeliveries({ orm }),
  createTakeBack({ orm, chat: slack.chat }),
  createTellAsker({ orm, chat: slack.chat }),
  createDeliverJob({
    orm,
    chat: slack.chat,
    clock,
    callTimeoutMs: config.SLACK_TIMEOUT_SECONDS * 1000,
    ...(quietMs === undefined ? {} : { quietMs }),
    renderers: createRenderers(config, { orm, clock, log, conversations: slack.conversations }),
  }),
];

/** Who draws what, by the prefix of its ids. */
const createRenderers = (
  config: Config,
  { orm, clock, log, conversations }: { orm: Orm; clock: Clock; log: Log; conversations: Conversations },
): Record<string, Renderer> => {
  const publicUrl = config.PUBLIC_URL ?? null;
  return {
    log: createLogRenderer({ orm, publicUrl }),
    qst: createAnswerRenderer({ orm, publicUrl }),
    inc: createIncidentRenderer({ orm, clock }),
    tkt: withLogs({ orm, clock, publicUrl }, createTicketRenderer({ orm, clock, conversations })),
    clg: withLogs({ orm, clock, publicUrl }, createChangelogRenderer({ orm })),
    pst: createPostRenderer({ orm, clock }),
    csb: createSubscriptionRenderer({ orm, clock, log }),
    adv: createAdviceRenderer({ orm }),
    aud: createDemotionRenderer({ orm }),
    una: createUnansweredRenderer({ orm, clock, conversations }),
  };
};
