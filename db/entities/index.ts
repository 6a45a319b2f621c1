import { ApiTokenSchema } from './api-token.ts';
import { AuditEventSchema } from './audit-event.ts';
import { CategorySchema } from './category.ts';
import { ChangeSchema } from './change.ts';
import { ChangelogSchema } from './changelog.ts';
import { ChangelogEditSchema } from './changelog-edit.ts';
import { ChangelogEntrySchema } from './changelog-entry.ts';
import { ChangelogInclusionSchema } from './changelog-inclusion.ts';
import { ChangelogPlacementSchema } from './changelog-placement.ts';
import { ChangelogPostSchema } from './changelog-post.ts';
import { ChangelogSettingsSchema } from './changelog-settings.ts';
import { ChangelogSubscriptionSchema } from './changelog-subscription.ts';
import { ChannelPaceSchema } from './channel-pace.ts';
import { DeliverySchema } from './delivery.ts';
import { EngineCallSchema } from './engine-call.ts';
import { EngineSpendSchema } from './engine-spend.ts';
import { IncidentSchema } from './incident.ts';
import { LogSchema } from './log.ts';
import { LogChunkSchema } from './log-chunk.ts';
import { LogFingerprintSchema } from './log-fingerprint.ts';
import { LogQuestionSchema } from './log-question.ts';
import { LogRatingSchema } from './log-rating.ts';
import { LogResultSchema } from './log-result.ts';
import { LoginThrottleSchema } from './login-throttle.ts';
import { PatternMemorySchema } from './pattern-memory.ts';
import { SessionSchema } from './session.ts';
import { SetupTokenSchema } from './setup-token.ts';
import { SourceMemorySchema } from './source-memory.ts';
import { TicketSchema } from './ticket.ts';
import { TicketEmbeddingSchema } from './ticket-embedding.ts';
import { TriageAdviceSchema } from './triage-advice.ts';
import { TriageModelSchema } from './triage-model.ts';
import { TriageNightSchema } from './triage-night.ts';
import { TriageReplaySchema } from './triage-replay.ts';
import { TriageSettingsSchema } from './triage-settings.ts';
import { UserSchema } from './user.ts';
import { WebhookInSchema } from './webhook-in.ts';
import { WebhookOutSchema } from './webhook-out.ts';
import { WorkerSchema } from './worker.ts';
import { WorkspaceSchema } from './workspace.ts';

export const entities = [
  WorkspaceSchema,
  UserSchema,
  SessionSchema,
  ApiTokenSchema,
  SetupTokenSchema,
  LoginThrottleSchema,
  AuditEventSchema,
  LogSchema,
  LogChunkSchema,
  LogResultSchema,
  LogRatingSchema,
  LogQuestionSchema,
  SourceMemorySchema,
  PatternMemorySchema,
  LogFingerprintSchema,
  EngineCallSchema,
  EngineSpendSchema,
  DeliverySchema,
  CategorySchema,
  TriageSettingsSchema,
  TicketSchema,
  TicketEmbeddingSchema,
  TriageModelSchema,
  TriageAdviceSchema,
  TriageNightSchema,
  TriageReplaySchema,
  ChangeSchema,
  ChangelogSchema,
  ChangelogEntrySchema,
  ChangelogEditSchema,
  ChangelogInclusionSchema,
  ChangelogPlacementSchema,
  ChangelogSettingsSchema,
  ChangelogSubscriptionSchema,
  ChangelogPostSchema,
  ChannelPaceSchema,
  IncidentSchema,
  WebhookInSchema,
  WebhookOutSchema,
  WorkerSchema,
];
