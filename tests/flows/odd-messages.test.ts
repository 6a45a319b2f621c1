import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '#tests/support/app.ts';
import { type SlackApp, startSlackApp } from '#tests/support/slack-app.ts';
import { findTicket, hurry, saveSettings, ticketThat } from '#tests/support/tickets.ts';

let all: SlackApp;
beforeAll(async () => {
  all = await startSlackApp();
});
afterAll(() => all[Symbol.asyncDispose]());

let channels = 0;
const newChannel = () => all.slack.createChannel({ name: `odd-${++channels}` });

const reaction = (channel: string, ts: string, more: object = {}) => ({
  type: 'reaction_added',
  user: all.slack.ana,
  reaction: 'ticket',
  item: { type: 'message', channel, ts },
  item_user: all.slack.ben,
  ...more,
});

const react = async (channel: string, ts: string) => {
  await all.slack.react({ channel, ts, name: 'ticket' });
  await all.send.event(reaction(channel, ts));
};

const ours = (channel: string) => all.slack.messages(channel).filter(({ user }) => user === all.slack.botUserId);
const whispers = (channel: string) => all.slack.ephemerals().filter((each) => each.channel === channel);
const whispered = async (channel: string): Promise<string> =>
  (
    await until(
      () => whispers(channel),
      (said) => said.length === 1,
      'a whisper',
    )
  )[0]?.text ?? '';

const newest = async (): Promise<{ id: string; number: number }> => {
  const { tickets } = await all.app.gql<{ tickets: { edges: { node: { id: string; number: number } }[] } }>(
    '{ tickets(first: 1) { edges { node { id number } } } }',
  );
  return tickets.edges[0]?.node as { id: string; number: number };
};

test('typed, what is only a picture makes no ticket, and that is said', async () => {
  const before = await newest();
  expect((await all.send.slash({ command: '/triage', text: ':fire:' })).body).toContain('There are no words in the ticket');
  expect(await newest()).toEqual(before);
});

test.each([':fire:', '🔥🔥', ':point_up_2::skin-tone-3: !!'])(
  'of a message that is only %j it says that there are no words; once somebody says some in its thread, it is a ticket',
  async (text) => {
    const { slack, send } = all;
    const channel = newChannel();
    const { ts } = await slack.post({ channel, text });
    await react(channel, ts);
    expect(await whispered(channel)).toContain('There are no words in that message');
    const { id, number } = await newest();
    const said = await slack.post({ channel, threadTs: ts, text: `The kiln of studio ${number} does not heat any more` });
    await send.event({
      type: 'message',
      channel,
      channel_type: 'channel',
      user: slack.ben,
      ts: said.ts,
      thread_ts: ts,
      text: said['text'],
    });
    await hurry(all.app);
    await ticketThat(all.app, id, ({ status }) => status === 'SUCCEEDED');
    const [answer] = await until(
      () => ours(channel),
      (messages) => messages.length === 1,
    );
    expect(answer?.text).toContain(`The kiln of studio ${number}`);
  },
);

test('a picture alone is named, and so is what to do', async () => {
  const { slack } = all;
  const channel = newChannel();
  const { id } = await slack.upload({ name: 'screen.png', bytes: new Uint8Array([137, 80, 78, 71, 0, 1]), channel });
  slack.changeFile(id, { mimetype: 'image/png' });
  await react(channel, slack.messages(channel).at(-1)?.ts as string);
  expect(await whispered(channel)).toMatch(/no words in that message beside screen\.png, which I cannot read.*Say in words what is needed/);
});

test('a deleted message is said to be gone, and not that its channel cannot be seen', async () => {
  const channel = newChannel();
  const { ts } = await all.slack.post({ channel, text: 'gone soon' });
  await all.slack.react({ channel, ts, name: 'ticket' });
  all.slack.remove(channel, ts);
  await all.send.event(reaction(channel, ts));
  const text = await whispered(channel);
  expect(text).toContain('That message is gone, or I cannot see it');
  expect(text).not.toContain('I cannot see that channel');
});

test('the name of an emoji is no word: it neither chooses nor explains', async () => {
  const channel = newChannel();
  const { ts } = await all.slack.post({ channel, text: ':fire: :printer: the zyx plonks' });
  await react(channel, ts);
  const { id } = await until(newest, ({ number }) => number > 0);
  const { prediction, state } = await ticketThat(all.app, id);
  expect(state).toBe('NEEDS_HUMAN');
  expect(JSON.stringify(prediction)).not.toMatch(/“fire”|“printer”/);
});

test('twelve thousand characters, or a language it was not told of, are a ticket like any other', async () => {
  for (const text of [
    'The export of orders stops half-way. '.repeat(330),
    'プリンターの紙詰まりを直してください',
    'الطابعة لا تعمل منذ الصباح',
  ]) {
    const channel = newChannel();
    const { ts } = await all.slack.post({ channel, text });
    await react(channel, ts);
    const [answer] = await until(
      () => ours(channel),
      (messages) => /needs a human|looks like/.test(messages[0]?.text ?? ''),
    );
    expect(answer?.text).toContain(text.slice(0, 15));
  }
  expect(all.slack.violations).toEqual([]);
});

test('an emoji taken back while triage waits withdraws the ticket, says how to have it back, and nothing is decided on', async () => {
  const { slack, send, app } = all;
  await saveSettings(app, { delaySeconds: 600 });
  const channel = newChannel();
  const { ts } = await slack.post({ channel, text: 'Urgent: all our shops are down, no customer can pay' });
  await react(channel, ts);
  await until(
    () => ours(channel),
    (messages) => messages.length === 1,
  );
  const { id } = await newest();
  await slack.react({ channel, ts, name: 'ticket', back: true });
  await send.event({ ...reaction(channel, ts), type: 'reaction_removed' });
  await hurry(app);
  const [answer] = await until(
    () => ours(channel),
    ([message]) => message?.text.includes('was withdrawn') === true,
  );
  expect(JSON.stringify(answer)).toContain('put it there again to have the ticket back');
  expect(await findTicket(app, id)).toMatchObject({ state: 'WITHDRAWN', prediction: null });
  await saveSettings(app, { delaySeconds: 0 });
});
