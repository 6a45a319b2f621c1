import { expect, test } from 'vitest';
import { parseEvent } from '#src/changelog/intake/parse-event.ts';
import { processorMs } from '#tests/support/processor-time.ts';

test.each([
  ['Deployed api 2.14.0 to production', 'deploy', 'api'],
  [':rocket: *Deployed* `api` v2.14.0 to *production* by <@U1>', 'deploy', 'api'],
  ['Deployment of checkout 3.1 to production succeeded', 'deploy', 'checkout'],
  ['api v2.14.0 was deployed to production', 'deploy', 'api'],
  ['Released version 2.0 of the mobile app', 'deploy', 'mobile'],
  ['Rolled back api to 2.13.9', 'deploy', 'api'],
  ['Application payments has been synced to revision abc1234', 'deploy', 'payments'],
  ['Sync operation of application payments has succeeded', 'deploy', 'payments'],
  ['Ana turned on the flag new-checkout in Production', 'flag', 'new-checkout'],
  ['<https://flags.example.com/x|Ana> turned *off* flag `beta-search` for 20% of users', 'flag', 'beta-search'],
  ['Apply complete! Resources: 3 added, 1 changed, 0 destroyed.\nworkspace: prod-network', 'infrastructure', 'prod-network'],
  ['Run applied in workspace prod-network', 'infrastructure', 'prod-network'],
  ['Scaled api from 3 to 5 replicas', 'infrastructure', 'api'],
  ['Migration 20260112_add_index applied to orders-db', 'database', 'orders-db'],
  ['Configuration max_connections changed from 20 to 50 on orders-db', 'config', 'orders-db'],
  ['New travel policy published', 'policy', 'company'],
  ['Jane joined the platform team', 'people', 'company'],
  ['Deployed api 2.14.0 to production: fixes login error', 'deploy', 'api'],
  ['Deployed api 2.14.0 to production (no errors)', 'deploy', 'api'],
  ['Deployed error-tracker 1.2 to production', 'deploy', 'error-tracker'],
  [':rocket: *checkout* v3.1.0 deployed to *production* by <@U123>', 'deploy', 'checkout'],
  ['ana deployed checkout@3f2c1aa to production', 'deploy', 'checkout'],
  ['Production deployment for `checkout` finished successfully', 'deploy', 'checkout'],
  ['Deployment succeeded: web → production', 'deploy', 'web'],
  ['Heroku: ana deployed <https://dashboard.heroku.com|acme-web> to v112', 'deploy', 'acme-web'],
  ['New release published: acme/api v2.0.0', 'deploy', 'acme/api'],
  ['Released v2.14.0 of api', 'deploy', 'api'],
  ['api: v2.14.0 -> v2.15.0 in production', 'deploy', 'api'],
  ['Rollback of api to 2.13.9 completed', 'deploy', 'api'],
  ['api rolled back to 2.13.9', 'deploy', 'api'],
  ['ana turned on the flag *New Checkout* in Production', 'flag', 'New-Checkout'],
  ['Feature flag "new-checkout" was enabled in production', 'flag', 'new-checkout'],
  ['new-checkout: off → on (production)', 'flag', 'new-checkout'],
  ['Unleash: ana enabled new-checkout in the production environment', 'flag', 'new-checkout'],
  ['ana changed targeting rules for flag new-checkout in production', 'flag', 'new-checkout'],
  ['Config updated: MAX_UPLOADS 10 → 20 on api', 'config', 'api'],
  ['ana set MAX_UPLOADS=20 on acme-web', 'config', 'acme-web'],
  ['Rate limit for /login raised to 100/min', 'config', 'configuration'],
  ['Kubernetes upgraded to 1.31 on cluster eks-prod', 'infrastructure', 'eks-prod'],
  ['Pulumi: update of stack acme/prod succeeded: 3 created', 'infrastructure', 'acme/prod'],
  ['Database orders-db failed over to replica 2', 'infrastructure', 'orders-db'],
  ['Flyway: Successfully applied 2 migrations to schema "public", now at version v42', 'database', 'public'],
  ['Postgres orders-db upgraded to 17', 'database', 'orders-db'],
  ['Handbook: the travel policy takes effect on Monday', 'policy', 'company'],
  ['Please welcome Maria Silva, who joins the platform team', 'people', 'company'],
  ['Maria Silva starts on Monday as an engineer', 'people', 'company'],
  ['Ana is now team lead of payments', 'people', 'company'],
])('%s is a change', (text, kind, system) => {
  expect(parseEvent(text)).toMatchObject({ kind, system });
});

test.each([
  'Deployment of checkout 3.1 to production failed',
  'Deploying api…',
  'Deployment of api to production started',
  'Apply complete! Resources: 0 added, 0 changed, 0 destroyed.',
  'Plan: 3 to add, 1 to change, 0 to destroy.',
  'Can somebody review #12?',
  'Good morning all',
  'Deployment of checkout 3.1: failed',
  'CPU limit on db1 raised an alert',
  'Secret scanning alert: secret token removed in repo',
  'Did anybody deploy? The API was released yesterday',
  'Ticket: customer says service was deployed wrong',
  'Welcome to the new team standup, please answer three questions',
  'Daily report: 14 tests added, 3 removed; coverage parameter changed',
  "Today is Ana's birthday!",
  'type: deploy\nservice: api\nversion: 2\nstatus: failed',
  '',
])('%s changes nothing', (text) => {
  expect(parseEvent(text)).toBeNull();
});

/** As the tools' Slack apps write them: the text, what stands above and below, then fields. */
test.each([
  ['Deploy finished `payments@2.1.0` → prod', 'deploy', 'payments', 'Deployed payments 2.1.0 to prod'],
  [':white_check_mark: Deploy succeeded: checkout 3.1.4 → production', 'deploy', 'checkout', 'Deployed checkout 3.1.4 to production'],
  [
    'checkout-api → production\n*Version:*\n`v2.14.3`\n*Deployed by:*\n<@U0123>',
    'deploy',
    'checkout-api',
    'Deployed checkout-api v2.14.3 to production',
  ],
  ['🚀 checkout-api -> prod', 'deploy', 'checkout-api', 'Deployed checkout-api to prod'],
  ['ana deployed <https://vercel.com/acme/web|acme-web> to *Production*', 'deploy', 'acme-web', 'ana deployed acme-web to Production'],
  ['Successful deploy of *acme-web*\nOr check out the <https://app.netlify.com/x|build log>', 'deploy', 'acme-web', 'Deployed acme-web'],
  ['acme-web production deployment is ready', 'deploy', 'acme-web', 'Deployed acme-web'],
  [
    'New release published by <https://github.com/ana|ana>\n<https://github.com/acme/api/releases/tag/v1.2.0|v1.2.0 - Faster search>\n<https://github.com/acme/api|acme/api>',
    'deploy',
    'acme/api',
    'Released acme/api v1.2.0',
  ],
  ['[<https://github.com/acme/api|acme/api>] Release v2.0.0 published', 'deploy', 'acme/api', 'Released acme/api v2.0.0'],
  [
    'Successfully deployed <https://github.com/acme/api/commit/3f2c1aa|3f2c1aa> to production\nacme/api',
    'deploy',
    'acme/api',
    'Deployed acme/api to production',
  ],
  [
    'Deploy to production succeeded\n<https://gitlab.example.com/acme/api|acme/api> with job <https://gitlab.example.com/j/3|#3> by Ana',
    'deploy',
    'acme/api',
    'Deployed acme/api to production',
  ],
  ['SUCCEEDED: AWS CodeDeploy d-3GYI1PLUQ in eu-central-1 to payments', 'deploy', 'payments', 'Deployed payments'],
  [
    ':white_check_mark: AWS CodePipeline Notification | eu-west-1 | Account: 123456789012\nCodePipeline Pipeline Execution SUCCEEDED\nPipeline: payments-prod',
    'deploy',
    'payments-prod',
    'Deployed payments-prod',
  ],
  ['ECS deployment ecs-svc/8723 completed.\nService name: payments\nCluster: prod', 'deploy', 'payments', 'Deployed payments'],
  [
    ':white_check_mark: Application payments has been successfully synced at 2026-11-30T09:12:44Z.\nSync operation details are available at: <https://argo.example.com/applications/payments?operation=true> .\n<https://argo.example.com/applications/payments|payments>\nSync Status: Synced\nRepository: https://github.com/acme/deploy.git',
    'deploy',
    'payments',
    'Deployed payments',
  ],
  [
    'Application payments is now running new version of deployments manifests.\npayments\nSync Status: Synced\nRevision: 3f2c1aa9\nImage: registry.example.com/acme/payments:2.1.0',
    'deploy',
    'payments',
    'Deployed payments 2.1.0',
  ],
  [
    'helmrelease/payments.shop\nHelm upgrade succeeded for release shop/payments.v12 with chart payments@2.1.0\nrevision: 2.1.0',
    'deploy',
    'payments',
    'Deployed payments 2.1.0',
  ],
  [
    'kustomization/apps.flux-system\nApplied revision: main@sha1:9f3c2b1d4e5f60718293a4b5c6d7e8f901234567',
    'deploy',
    'apps',
    'Deployed apps',
  ],
  [
    "payments's pipeline deploy-to-prod has completed successfully\nSee more at <https://spin.example.com/x>",
    'deploy',
    'payments',
    'Deployed payments',
  ],
  ['Web Shop release 2026.4.1 was deployed to Production', 'deploy', 'Web-Shop', 'Deployed Web-Shop 2026.4.1 to Production'],
  ['Rolled back payments in production', 'deploy', 'payments', 'Rolled back payments in production'],
  ['kind: rollback\nservice: payments\nversion: 2.0.9\nenvironment: prod', 'deploy', 'payments', 'Rolled back payments to 2.0.9 in prod'],
  [
    'Run notification from <https://app.terraform.io/app/acme/workspaces/prod-network|acme/prod-network>\nRun Applied\nRun message: Add subnets',
    'infrastructure',
    'acme/prod-network',
    'Run Applied (acme/prod-network)',
  ],
  ['Completed - The scheduled maintenance has been completed.\nDatabase upgrade', 'infrastructure', 'infrastructure', null],
  [
    'Scheduled maintenance: Database upgrade\nStatus: Completed',
    'infrastructure',
    'infrastructure',
    'Maintenance completed: Database upgrade',
  ],
  [
    '*ana* enabled *<https://unleash.example.com/f|new-checkout>* for the *production* environment in project *<https://unleash.example.com/p|shop>*',
    'flag',
    'new-checkout',
    null,
  ],
  ['Flag archived\n*ana* archived *old-checkout* in project *shop*', 'flag', 'old-checkout', null],
  ['Flag state updated for feature: beta_search\nEnvironment: Production', 'flag', 'beta_search', null],
  ['New Flag / Remote Config created: beta_search', 'flag', 'beta_search', null],
  ['Ana updated the escalation policy Payments Primary', 'config', 'configuration', null],
  ["Liquibase command 'update' was executed successfully.\nDatabase: orders-db", 'database', 'orders-db', null],
  ['Applied 3 changesets to orders-db', 'database', 'orders-db', null],
  ['Feature flag new-checkout is off in production', 'flag', 'new-checkout', null],
  ['Deployed pay-api 2.1 to production: changes rounding', 'deploy', 'pay-api', null],
  ['Deployed bonus-engine 2.1 to production: raises the cap', 'deploy', 'bonus-engine', null],
  ['Deployed web 3.1 to production (preview url: https://x.example)', 'deploy', 'web', null],
  ['Monitoring: limit raised to 20 on api', 'config', 'api', null],
  ['New hire: Maria Silva, Product Designer in Lisbon', 'people', 'company', null],
  ['Job Change: Maria Silva (Lead Designer) - Successfully Completed', 'people', 'company', null],
  ['The Employee Handbook has been updated to version 7', 'policy', 'company', null],
])('%s is read as its tool means it', (text, kind, system, title) => {
  expect(parseEvent(text)).toMatchObject({ kind, system, ...(title === null ? {} : { title }) });
});

test.each([
  'Deploy Preview #12 for acme-web is ready',
  'ana deployed acme-web to Preview',
  'Deploy failed `payments@2.1.0` → prod',
  'Deploy started `payments@2.1.0` → prod',
  'Deploy of acme-web to production failed',
  'checkout-api → production\n*Status:*\nfailed',
  'Starting deploy to production\nacme/api with job #3 by Ana',
  'FAILED: AWS CodeDeploy d-3GYI1PLUQ in eu-central-1 to payments',
  'AWS CodePipeline Notification | eu-west-1\nCodePipeline Stage Execution SUCCEEDED\nPipeline: payments-prod',
  'AWS CodePipeline Notification | eu-west-1\nCodePipeline Pipeline Execution FAILED\nPipeline: payments-prod',
  '(service payments) has reached a steady state.',
  'The sync operation of application payments has started at 2026-11-30T09:12:44Z.',
  'Application payments has degraded.\npayments\nSync Status: Synced\nHealth: Degraded',
  'kustomization/apps.flux-system\nReconciliation finished in 1.2s, next run in 10m0s',
  "Stage Bake for payments's deploy-to-prod pipeline has completed successfully",
  "payments's pipeline nightly-tests has completed successfully",
  'Run notification from acme/prod-network\nRun Errored',
  'Run notification from acme/prod-network\nRun Planned and waiting for confirmation',
  'Scheduled maintenance: Database upgrade\nStatus: Scheduled',
  'In progress - Scheduled maintenance is currently in progress. We will provide updates as necessary.',
  'Resolved - This incident has been resolved.',
  '*ana* created change request #7 in project shop',
  'Schema "public" is up to date. No migration necessary.',
  'Your time-off request was approved: new policy applies',
  "It is Maria's work anniversary: she joined the team 3 years ago",
  'Maria Silva: salary changed, successfully completed',
  'Maria Silva joins the meeting late: she is on leave and joined the team call as lead',
  'Monitoring - A fix has been implemented and deployed to api.',
])('%s delivers nothing', (text) => {
  expect(parseEvent(text)).toBeNull();
});

test('a block of keys and values says itself what it is', () => {
  const text =
    'kind: feature flag\nflag: new-checkout\ntitle: New checkout for everybody\ntime: 2026-01-31T12:00:00Z\nurl: https://flags.example.com/1\nlabels: shop, checkout\nSome more words.';
  expect(parseEvent(text)).toEqual({
    kind: 'flag',
    system: 'new-checkout',
    title: 'New checkout for everybody',
    body: 'Some more words.',
    labels: ['shop', 'checkout'],
    breaking: false,
    time: new Date('2026-01-31T12:00:00Z'),
    url: 'https://flags.example.com/1',
  });
  expect(parseEvent('service: api\nversion: 2.14.0\nenvironment: production')).toMatchObject({
    kind: 'deploy',
    title: 'Deployed api 2.14.0 to production',
  });
});

test('a message that never ends is read in no time', async () => {
  const endless = [
    'deployed '.repeat(20_000),
    'a'.repeat(100_000),
    `flag ${'x '.repeat(50_000)}`,
    '<'.repeat(50_000),
    `kind: ${'a'.repeat(90_000)}`,
    'turned on flag a '.repeat(5_000),
    `${'a.b/c-'.repeat(15_000)}: v1`,
  ];
  expect(await processorMs(() => endless.forEach((text) => void parseEvent(text)))).toBeLessThan(2_000);
});
