import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleLog } from '#tests/support/sample-log.ts';
import { newestLog, type SlackApp, startSlackApp } from '#tests/support/slack-app.ts';

let all: SlackApp;
beforeAll(async () => {
  all = await startSlackApp({});
});
afterAll(() => all[Symbol.asyncDispose]());

const linkTo = async (channel: string): Promise<string> => {
  const { ts } = await all.slack.post({ channel, text: `\`\`\`${sampleLog()}\`\`\`` });
  return `https://emulate.slack.com/archives/${channel}/p${ts.replace('.', '')}`;
};

const asked = async (channel: string, user: string, text: string) => {
  await all.send.slash({ channel, user, text });
  return all.app.settled(await newestLog(all.app));
};

test('a guest reads nothing through the bot of a public channel they are not in; a member of the company does', async () => {
  const { slack } = all;
  const finance = slack.createChannel({ name: 'finance', members: ['U0BOT'] });
  const lobby = slack.createChannel({ name: 'lobby', members: [slack.ana, slack.ben, 'U0BOT'] });
  const link = await linkTo(finance);
  slack.changeUser(slack.ben, { is_restricted: true });
  const refused = await asked(lobby, slack.ben, link);
  expect(refused).toMatchObject({ status: 'FAILED', failure: { code: 'CHAT_DENIED' } });
  expect(refused.failure?.message).toContain('a conversation you are not part of');
  expect((await asked(lobby, slack.ana, link)).status).toBe('SUCCEEDED');
});

test('a guest does read a message of a channel they are in', async () => {
  const { slack } = all;
  const project = slack.createChannel({ name: 'project', members: [slack.ben, 'U0BOT'] });
  const office = slack.createChannel({ name: 'office', members: [slack.ben, 'U0BOT'] });
  slack.changeUser(slack.ben, { is_ultra_restricted: true });
  expect((await asked(office, slack.ben, await linkTo(project))).status).toBe('SUCCEEDED');
});

test('somebody of another company in a shared channel reads no internal channel through a mention', async () => {
  const { slack, send, app } = all;
  const internal = slack.createChannel({ name: 'internal', members: [slack.ana, 'U0BOT'] });
  const shared = slack.createChannel({ name: 'shared', members: [slack.ana, 'U0EXT', 'U0BOT'] });
  const text = `<@U0BOT> <${await linkTo(internal)}>`;
  const { ts } = await slack.post({ channel: shared, text });
  await send.event({ type: 'app_mention', channel: shared, user: 'U0EXT', user_team: 'T0ACME', source_team: 'T0ACME', ts, text });
  const settled = await app.settled(await newestLog(app));
  expect(settled).toMatchObject({ status: 'FAILED', failure: { code: 'CHAT_DENIED' } });
});
