import type { AuditEvent } from '#db/entities/audit-event.ts';
import type { Category } from '#db/entities/category.ts';
import type { Ticket, TicketPrediction } from '#db/entities/ticket.ts';
import type { TriageAdvice } from '#db/entities/triage-advice.ts';
import type { TriageNight } from '#db/entities/triage-night.ts';
import type { ReplayResult, TriageReplay } from '#db/entities/triage-replay.ts';
import type { TriageSettings } from '#db/entities/triage-settings.ts';
import type { CategoryAccuracy, ConfusionCell, TriageReport } from './triage-report.ts';

/** What the service answers and resolvers draw from. */
export type TicketView = Ticket;
export type PredictionView = TicketPrediction;
export type CategoryGuessView = TicketPrediction['alternatives'][number];
export type LookAlikeView = TicketPrediction['lookAlikes'][number];
export type CategoryView = Category;
export type TriageSettingsView = TriageSettings;
export type TicketEventView = AuditEvent;
export type TriageAdviceView = TriageAdvice;
export type CategoryOverlapView = TriageAdvice['content']['overlaps'][number];
export type TicketClusterView = TriageAdvice['content']['clusters'][number];
export type CategoryShiftView = NonNullable<TriageAdvice['content']['drift']>['moved'][number];
export type TriageReplayView = TriageReplay;
export type TriageNightView = TriageNight;
export type TriageReportView = TriageReport;
export type ConfusionCellView = ConfusionCell;
export type CategoryReportView = CategoryAccuracy;
export type TriageDifferenceView = ReplayResult['differences'][number];
