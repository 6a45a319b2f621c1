import { expect, test } from 'vitest';
import { inputsOf } from './start-bot.ts';
import { bot, place, reporter, slack, useBot } from './use-bot.ts';

useBot();

test('/triage with text makes a ticket of that text', async () => {
  const answer = await bot.send.slash({
    command: '/triage',
    text: 'orders-db is slow &amp; cold',
    triggerId: 't-1',
    responseUrl: 'https://hooks.slack.com/1',
  });
  expect(answer.json).toEqual({ response_type: 'ephemeral', text: expect.stringContaining('T-142') });
  expect(bot.api.tickets).toEqual([
    {
      text: 'orders-db is slow & cold',
      reporter: reporter(slack.ana),
      replyTo: { ...place(), user: slack.ana, responseUrl: 'https://hooks.slack.com/1' },
      idempotencyKey: 'slack:command:t-1',
    },
  ]);
});

test('/triage with a link makes the ticket a reaction on that message would make, answered where it was asked', async () => {
  const link = (channel: string, query = '') => `https://acme.slack.com/archives/${channel}/p1700000001123456${query}`;
  await bot.send.slash({ command: '/triage', text: link('C0OTHER', '?thread_ts=1700000000.000100&cid=C0OTHER') });
  await bot.send.slash({ command: '/triage', text: `<${link(slack.general)}>` });
  const again = await bot.send.slash({ command: '/triage', text: link(slack.general), user: slack.ben });
  expect(bot.api.tickets).toMatchObject([
    {
      slack: { kind: 'MESSAGE', channel: 'C0OTHER', ts: '1700000001.123456', threadTs: '1700000000.000100', user: slack.ana },
      replyTo: place(),
      idempotencyKey: 'slack:ticket:C0OTHER:1700000001.123456',
    },
    { slack: { kind: 'THREAD', ts: '1700000001.123456' }, replyTo: { threadTs: '1700000001.123456' } },
  ]);
  expect(bot.api.tickets[0]!.replyTo).not.toHaveProperty('threadTs');
  expect(again.json?.['text']).toContain('already: T-142');
});

test('/triage passes on what the API says, and when it is down that nothing was kept', async () => {
  bot.api.mood = { userError: { code: 'TOO_LARGE', message: 'That text is too long.' } };
  expect((await bot.send.slash({ command: '/triage', text: 'x' })).json).toMatchObject({ text: 'That text is too long.' });
  bot.api.mood = 'down';
  expect((await bot.send.slash({ command: '/triage', text: 'x' })).json).toMatchObject({
    text: expect.stringContaining('nothing was kept'),
  });
});

test.each([
  ['/triage', 'help', 'direct message that begins with the word ticket'],
  ['/aiops', 'help', '/triage alone'],
  ['/aiops', '', '/summarize'],
])('%s %s says what can be done', async (command, text, sentence) => {
  expect((await bot.send.slash({ command, text })).json).toMatchObject({ text: expect.stringContaining(sentence) });
  expect(bot.api.kept).toEqual([]);
});

test('/aiops help says as well when the API cannot be reached', async () => {
  bot.api.mood = 'down';
  const { json } = await bot.send.slash({ command: '/aiops', text: 'help' });
  expect(json).toMatchObject({ text: expect.stringMatching(/\/summarize.+I cannot reach the API/s) });
});

test('/triage with the name of a ticket says how it stands, and makes none', async () => {
  bot.api.mood = { data: { ticket: { state: 'TAKEN', priority: 'P2', category: { name: 'Bug', team: 'A & B' }, mergedInto: null } } };
  const { json } = await bot.send.slash({ command: '/triage', text: 't-142' });
  expect(json?.['text']).toBe('T-142 · taken · Bug → A &amp; B · P2');
  bot.api.mood = { data: { ticket: null } };
  expect((await bot.send.slash({ command: '/triage', text: 'T-143' })).json?.['text']).toBe('There is no T-143 here.');
  expect(bot.api.requests.map(({ variables }) => variables)).toEqual([{ id: 'T-142' }, { id: 'T-143' }]);
});

test.each(['T-6 same T-5', 't-6 is the same as T-5.', 'merge T6 into t5', 'T-6 = T-5', 'T-6 duplicate of T-5'])(
  '/triage %s merges the one into the other, in the name of whoever says so',
  async (text) => {
    const { json } = await bot.send.slash({ command: '/triage', text });
    expect(json?.['text']).toContain('T-6 is the same as T-5 now');
    expect(inputsOf(bot, 'MergeTicket')).toEqual([{ id: 'T-6', intoId: 'T-5' }]);
    expect(bot.api.tickets).toEqual([]);
  },
);

test.each(['status', 'list', 'T-1 please', 'T-1 is broken again', 'T1 now', 'close T-4', 'merge'])(
  '/triage %s makes no ticket and says how it is used',
  async (text) => {
    expect((await bot.send.slash({ command: '/triage', text })).json?.['text']).toContain('/triage T-142 says how');
    expect(bot.api.requests).toEqual([]);
  },
);

test.each(['T1 line to Berlin is down', 'list of printers is empty', 'status page shows an error'])(
  '/triage %s is a ticket',
  async (text) => {
    await bot.send.slash({ command: '/triage', text });
    expect(bot.api.tickets).toMatchObject([{ text }]);
  },
);
