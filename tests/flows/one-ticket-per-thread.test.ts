import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfig } from '#src/config.ts';
import { type Runtime, startRuntime } from '#src/runtime.ts';
import { until } from '#tests/support/app.ts';
import type { SlackSender } from '#tests/support/slack.ts';
import { type SlackApp, slackSettings, startSlackApp } from '#tests/support/slack-app.ts';
import { botScopes, createToken, findTicket, ticketThat } from '#tests/support/tickets.ts';

let all: SlackApp;
let second: Runtime;
let bots: SlackSender[];
beforeAll(async () => {
  all = await startSlackApp();
  const settings = {
    DATABASE_URL: all.app.database.url,
    DATA_DIR: '/nonexistent',
    PORT: '0',
    LOG_LEVEL: 'silent',
    NODE_ENV: 'test',
    API_TOKEN: await createToken(all.app, 'SERVICE', botScopes),
  };
  second = await startRuntime(parseConfig({ ...settings, ...slackSettings(all.slack) }), ['api', 'bot'], { retryScale: 0.002, quietMs: 0 });
  bots = [all.send, all.slack.sendTo(`${second.url}/slack/events`)];
});
afterAll(async () => {
  await second[Symbol.asyncDispose]();
  await all[Symbol.asyncDispose]();
});

let channels = 0;
const newThread = async (text: string, replies: number) => {
  const channel = all.slack.createChannel({ name: `once-${++channels}` });
  const root = await all.slack.post({ channel, text });
  const said = [root];
  for (let place = 0; place < replies; place++)
    said.push(await all.slack.post({ channel, threadTs: root.ts, text: `same for me, number ${place}` }));
  for (const { ts } of said) await all.slack.react({ channel, ts, name: 'ticket' });
  return { channel, said };
};

const reacted = (channel: string, ts: string) => ({
  type: 'reaction_added',
  user: all.slack.ana,
  reaction: 'ticket',
  item: { type: 'message', channel, ts },
  item_user: all.slack.ben,
});

/** Slack sends an event again that is not answered within three seconds. */
const deliver = (bot: SlackSender, event: Record<string, unknown>) =>
  until(
    () => bot.event(event),
    ({ status }) => status === 200,
    'an event to be acknowledged',
  );

const ticketsSaying = async (words: string): Promise<{ id: string; state: string }[]> => {
  const { tickets } = await all.app.gql<{ tickets: { edges: { node: { id: string; state: string } }[] } }>(
    'query ($search: String!) { tickets(first: 20, filter: { search: $search }) { edges { node { id state } } } }',
    { search: words },
  );
  return tickets.edges.map(({ node }) => node);
};

/** How many there are, and of them those that went along with another. */
const countTickets = async (): Promise<{ all: number; merged: number }> => {
  const { tickets } = await all.app.gql<{ tickets: { edges: { node: { state: string } }[] } }>(
    '{ tickets(first: 100) { edges { node { state } } } }',
  );
  return { all: tickets.edges.length, merged: tickets.edges.filter(({ node }) => node.state === 'MERGED').length };
};
const countUnmerged = async (): Promise<number> => {
  const { all: every, merged } = await countTickets();
  return every - merged;
};

test('reactions on several messages of a thread that come at the same time, through two bots and two APIs, make one ticket', async () => {
  const threads = await Promise.all(Array.from({ length: 8 }, (_, place) => newThread(`The lift of house ${place} is stuck`, 3)));
  const before = await countUnmerged();
  await Promise.all(
    threads.flatMap(({ channel, said }) => said.map(({ ts }, place) => deliver(bots[place % 2] as SlackSender, reacted(channel, ts)))),
  );
  // Three of each four were told that their thread is a ticket; where Slack's word on the thread came late (a busy machine), in the thread.
  await until(
    async () =>
      all.slack.ephemerals().filter(({ text }) => text.startsWith('This thread is a ticket already, T-')).length +
      (await countTickets()).merged,
    (count) => count >= threads.length * 3,
    'who came second to be told',
  );
  await until(countUnmerged, (count) => count === before + threads.length, 'one ticket of each thread');
});

test('a reaction and the window of a shortcut that come at the same time make one ticket, and whoever typed in the window keeps what they typed', async () => {
  const { channel, said } = await newThread('The coffee machine leaks', 1);
  const [root, reply] = said as [{ ts: string }, { ts: string }];
  await all.send.shortcut({ message: { ...reply, thread_ts: root.ts, text: 'same for me' }, callbackId: 'create_ticket', channel });
  const view = await until(
    () => all.slack.views().at(-1) as { view_id: string; private_metadata: string },
    (found) => found?.private_metadata?.includes(reply.ts),
  );
  const before = await countUnmerged();
  const text = { text: { type: 'plain_text_input', value: 'The coffee machine leaks all over the floor' } };
  const [, sent] = await Promise.all([
    bots[1]?.event(reacted(channel, root.ts)),
    all.send.submitView({ callbackId: 'ticket_modal', privateMetadata: view.private_metadata, viewId: view.view_id, values: { text } }),
  ]);
  await until(countUnmerged, (count) => count > before);
  // Whoever was second hears of the first: in the window, or in the thread.
  const told = () => JSON.stringify([sent?.json, all.slack.ephemerals().filter((whisper) => whisper.channel === channel)]);
  await until(told, (words) => /(The thread of that message|This thread) is a ticket already/.test(words));
  expect(await countUnmerged()).toBe(before + 1);
});

test('a reaction that was taken back is no second ticket when it comes again after another message of the thread became one', async () => {
  const { channel, said } = await newThread('The gate does not open', 1);
  const [root, reply] = said as [{ ts: string }, { ts: string }];
  await all.send.event(reacted(channel, root.ts));
  const [first] = await until(
    () => ticketsSaying('gate'),
    (found) => found.length === 1,
  );
  await ticketThat(all.app, first?.id as string);
  await all.slack.react({ channel, ts: root.ts, name: 'ticket', back: true });
  await all.send.event({ ...reacted(channel, root.ts), type: 'reaction_removed' });
  await ticketThat(all.app, first?.id as string, ({ state }) => state === 'WITHDRAWN');
  await all.send.event(reacted(channel, reply.ts));
  await until(
    () => ticketsSaying('gate'),
    (found) => found.some(({ state }) => state !== 'WITHDRAWN'),
  );
  await all.slack.react({ channel, ts: root.ts, name: 'ticket' });
  await all.send.event(reacted(channel, root.ts));
  await until(
    () =>
      all.slack.ephemerals().some((whisper) => whisper.channel === channel && whisper.text.startsWith('This thread is a ticket already')),
    (found) => found,
  );
  expect((await findTicket(all.app, first?.id as string)).state).toBe('WITHDRAWN');
});

test('where Slack did not say in time that a message is a reply, the ticket made of it goes along with the one its thread is', async () => {
  const { channel, said } = await newThread('The dish washer hums', 1);
  const [root, reply] = said as [{ ts: string }, { ts: string }];
  await all.send.event(reacted(channel, root.ts));
  const [first] = await until(
    () => ticketsSaying('hums'),
    (found) => found.length === 1,
  );
  await ticketThat(all.app, first?.id as string);
  all.slack.fail('reactions.get', { kind: 'delay', ms: 1_500 }, { times: 1 });
  await all.send.event(reacted(channel, reply.ts));
  await until(
    async () => {
      const { tickets } = await all.app.gql<{ tickets: { edges: { node: { mergedInto: { id: string } | null } }[] } }>(
        '{ tickets(first: 100, filter: { state: MERGED }) { edges { node { mergedInto { id } } } } }',
      );
      return tickets.edges.map(({ node }) => node.mergedInto?.id);
    },
    (into) => into.includes(first?.id),
    'a merged ticket',
  );
  all.slack.heal();
});
