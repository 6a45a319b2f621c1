import { chmod, rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '#tests/support/app.ts';
import { makeRoomyFolder } from '#tests/support/roomy-folder.ts';
import { type SlackStandIn, startSlack } from '#tests/support/slack.ts';
import { startSlackSocket } from '#tests/support/slack-socket.ts';
import { hasPostgres, type Running, startProcess } from '#tests/support/start-process.ts';

let dataDir: string;
let slack: SlackStandIn;
const started: Running[] = [];
beforeAll(async () => {
  dataDir = await makeRoomyFolder('aiops-slack-start-');
  await chmod(dataDir, 0o755);
  slack = await startSlack();
});
afterAll(async () => {
  for (const { child } of started) if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
  await Promise.all(started.map(({ ended }) => ended));
  await slack.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const start = (env: Record<string, string>): Running => {
  const settings = { DATA_DIR: dataDir, SLACK_BOT_TOKEN: slack.botToken, SLACK_API_URL: slack.apiUrl };
  const running = startProcess('src/main.ts', [], { ...settings, ...env });
  started.push(running);
  return running;
};
const socketMode = { SLACK_APP_TOKEN: 'xapp-test' };
const httpMode = () => ({ SLACK_SIGNING_SECRET: slack.signingSecret });

test('a token that Slack refuses is one sentence that names it, and the start ends', async () => {
  slack.fail('apps.connections.open', { kind: 'error', error: 'invalid_auth' });
  const refusedApp = start(socketMode);
  expect(await refusedApp.ended).toBe(1);
  expect(refusedApp.err()).toContain('Slack does not accept SLACK_APP_TOKEN. Make a new one');
  slack.fail('auth.test', { kind: 'error', error: 'invalid_auth' });
  const refusedBot = start(httpMode());
  expect(await refusedBot.ended).toBe(1);
  expect(refusedBot.err()).toMatch(/^Slack no longer accepts my token\. .*SLACK_BOT_TOKEN anew\.\n$/);
  for (const { err, out } of [refusedApp, refusedBot]) expect(out() + err()).not.toMatch(/\n\s+at |Error:/);
  expect(await hasPostgres(dataDir)).toBe(false);
});

test('a Slack that comes late over Socket Mode is connected to, and that is logged', async () => {
  slack.heal();
  for (const method of ['auth.test', 'apps.connections.open']) slack.fail(method, { kind: 'status', status: 503 });
  const late = start({ ...socketMode, LOG_LEVEL: 'info' });
  await late.url();
  expect(late.out()).toMatch(/Slack\S* +not reached yet; trying on\n/);
  slack.heal();
  const socket = await startSlackSocket(slack);
  await until(late.err, (said) => said.includes('"Slack is reached now"'), 'Slack to be reached');
  late.child.kill('SIGTERM');
  expect(await late.ended).toBe(0);
  await socket.stop();
});

test('over HTTP, too, the start says whether Slack could be asked who we are', async () => {
  slack.heal();
  const asked = start(httpMode());
  await asked.url();
  expect(asked.out()).toMatch(/Slack\S* +listening at/);
  asked.child.kill('SIGTERM');
  expect(await asked.ended).toBe(0);
  slack.fail('auth.test', { kind: 'hang' });
  const unasked = start(httpMode());
  await unasked.url();
  expect(unasked.out()).toMatch(/Slack\S* +not reached yet; trying on\. Meanwhile listening at/);
});
