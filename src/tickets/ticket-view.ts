import type { AuditEvent } from '#db/entities/audit-event.ts';
import type { Category } from '#db/entities/category.ts';
import type { Priority, Ticket, TicketPrediction } from '#db/entities/ticket.ts';
import type { TriageAdvice } from '#db/entities/triage-advice.ts';
import type { TriageNight } from '#db/entities/triage-night.ts';
import type { ReplayResult, TriageReplay } from '#db/entities/triage-replay.ts';
import type { AnswerWithin, TriageSettings } from '#db/entities/triage-settings.ts';
import { answerWithin } from './due.ts';
import type { CategoryAccuracy, ConfusionCell, TriageReport } from './learning/triage-report.ts';

export { cutNote } from './ticket-title.ts';

/** What the service answers and resolvers draw from. */
export type TicketView = Ticket;
export type PredictionView = TicketPrediction;
export type CategoryGuessView = TicketPrediction['alternatives'][number];
export type LookAlikeView = TicketPrediction['lookAlikes'][number];
export type CategoryView = Category;
export type TriageSettingsView = TriageSettings;
/** What whoever saved a category should know, in sentences; null for nothing. */
export const noteOn = (category: Category, revived: boolean): string | null =>
  [
    revived ? 'A retired category had this name: it is that one, back with its tickets and what they taught.' : null,
    withoutChannel(category),
  ]
    .filter((sentence) => sentence !== null)
    .join(' ') || null;

/** What comes to nothing as long as a category has no channel; null when nothing does. */
const withoutChannel = ({ channel, mode, onCall }: Category): string | null => {
  if (channel || (mode === 'SUPERVISED' && !onCall)) return null;
  return mode === 'AUTONOMOUS'
    ? 'It has no channel: what it applies is told in the ticket’s own thread and to webhooks only, and nobody is called. Give it its team’s channel.'
    : 'It has no channel, so nobody on call is called. Give it its team’s channel.';
};
/** How long each priority may wait, the usual where the workspace says nothing. */
export const answersWithin = (settings: TriageSettings): (AnswerWithin & { priority: Priority })[] =>
  Object.entries(answerWithin(settings)).map(([priority, within]) => ({ priority: priority as Priority, ...within }));
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
