import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  // Not the printed one: a field that is taken away would live on there.
  schema: ['graphql/*/schema.graphql', '!graphql/generated/schema.graphql'],
  config: { useTypeImports: true, enumsAsTypes: true },
  generates: {
    'graphql/generated/schema.graphql': { plugins: ['schema-ast'], config: { includeDirectives: true, sort: true } },
    'graphql/generated/resolver-types.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        contextType: '../context.ts#GraphContext',
        scalars: { ID: 'string', DateTime: { input: 'Date', output: 'Date | string' }, JSON: 'unknown', File: 'File' },
        mappers: {
          User: '../../src/auth/service.ts#UserView',
          ApiToken: '../../src/auth/service.ts#ApiTokenView',
          AuditEvent: '../../src/auth/service.ts#AuditEventView',
          Log: '../../src/logs/log-view.ts#LogView',
          LogSummary: '../../src/logs/log-view.ts#LogSummaryView',
          LogNormal: '../logs/normal-resolvers.ts#NormalView',
          LogQuestion: '../../db/entities/log-question.ts#LogQuestion as LogQuestionRow',
          LogDigest: '../../src/logs/digest/types.ts#Digest',
          Pattern: '../../src/logs/digest/types.ts#Pattern as DigestPattern',
          Ticket: '../../src/tickets/ticket-view.ts#TicketView',
          TicketPrediction: '../../src/tickets/ticket-view.ts#PredictionView',
          CategoryGuess: '../../src/tickets/ticket-view.ts#CategoryGuessView',
          LookAlike: '../../src/tickets/ticket-view.ts#LookAlikeView',
          Category: '../../src/tickets/ticket-view.ts#CategoryView',
          TriageSettings: '../../src/tickets/ticket-view.ts#TriageSettingsView',
          TriageAdvice: '../../src/tickets/ticket-view.ts#TriageAdviceView',
          CategoryOverlap: '../../src/tickets/ticket-view.ts#CategoryOverlapView',
          TicketCluster: '../../src/tickets/ticket-view.ts#TicketClusterView',
          CategoryShift: '../../src/tickets/ticket-view.ts#CategoryShiftView',
          TriageReplay: '../../src/tickets/ticket-view.ts#TriageReplayView',
          TriageDifference: '../../src/tickets/ticket-view.ts#TriageDifferenceView',
          TriageReport: '../../src/tickets/ticket-view.ts#TriageReportView',
          TriageNight: '../../src/tickets/ticket-view.ts#TriageNightView',
          ConfusionCell: '../../src/tickets/ticket-view.ts#ConfusionCellView',
          CategoryReport: '../../src/tickets/ticket-view.ts#CategoryReportView',
          TicketEvent: '../../src/tickets/ticket-view.ts#TicketEventView',
          Change: '../../src/changelog/changelog-view.ts#ChangeView',
          Changelog: '../../src/changelog/changelog-view.ts#ChangelogView',
          ChangelogEntry: '../../src/changelog/changelog-view.ts#ChangelogEntryView',
          OmittedChange: '../../src/changelog/changelog-view.ts#OmittedChangeView',
          ChangelogSubscription: '../../src/changelog/changelog-post-view.ts#ChangelogSubscriptionView',
          ChangelogPost: '../../src/changelog/changelog-post-view.ts#ChangelogPostView',
          ChangelogSettings: '../../src/changelog/changelog-view.ts#ChangelogSettingsView',
          Incident: '../../src/incidents/incident-view.ts#IncidentView',
          IncidentAlert: '../../src/incidents/incident-view.ts#IncidentAlertView',
          WebhookIn: '../../src/webhooks/service.ts#WebhookInView',
          WebhookOut: '../../src/webhooks/service.ts#WebhookOutView',
          Receipt: '../../src/core/ports.ts#Receipt as EngineReceipt',
        },
        inputMaybeValue: 'T | null | undefined',
      },
    },
    'bot/generated/operations.ts': {
      documents: 'bot/**/*.graphql',
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        documentMode: 'string',
        onlyOperationTypes: true,
        scalars: { ID: 'string', DateTime: 'string', JSON: 'unknown', File: 'never' },
      },
    },
  },
};

export default config;
