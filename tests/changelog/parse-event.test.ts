import { expect, test } from 'vitest';
import { parseEvent } from '#src/changelog/parse-event.ts';
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
