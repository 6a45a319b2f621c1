import { ApiTokenSchema } from './api-token.ts';
import { AuditEventSchema } from './audit-event.ts';
import { CategorySchema } from './category.ts';
import { DeliverySchema } from './delivery.ts';
import { EngineCallSchema } from './engine-call.ts';
import { LogSchema } from './log.ts';
import { LogChunkSchema } from './log-chunk.ts';
import { LogResultSchema } from './log-result.ts';
import { LoginThrottleSchema } from './login-throttle.ts';
import { SessionSchema } from './session.ts';
import { SetupTokenSchema } from './setup-token.ts';
import { TicketSchema } from './ticket.ts';
import { TriageAdviceSchema } from './triage-advice.ts';
import { TriageModelSchema } from './triage-model.ts';
import { TriageReplaySchema } from './triage-replay.ts';
import { TriageSettingsSchema } from './triage-settings.ts';
import { UserSchema } from './user.ts';
import { WebhookInSchema } from './webhook-in.ts';
import { WebhookOutSchema } from './webhook-out.ts';
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
  EngineCallSchema,
  DeliverySchema,
  CategorySchema,
  TriageSettingsSchema,
  TicketSchema,
  TriageModelSchema,
  TriageAdviceSchema,
  TriageReplaySchema,
  WebhookInSchema,
  WebhookOutSchema,
];
