import { expect, test } from 'vitest';
import { parseEvent } from '#src/changelog/parse-event.ts';

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

test('a message that never ends is read in no time', () => {
  const begun = performance.now();
  for (const text of [
    'deployed '.repeat(20_000),
    'a'.repeat(100_000),
    `flag ${'x '.repeat(50_000)}`,
    '<'.repeat(50_000),
    `kind: ${'a'.repeat(90_000)}`,
  ])
    parseEvent(text);
  expect(performance.now() - begun).toBeLessThan(2_000);
});
