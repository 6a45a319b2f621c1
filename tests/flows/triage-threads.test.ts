import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { until } from '#tests/support/app.ts';
import { type SlackApp, startSlackApp } from '#tests/support/slack-app.ts';
import { findTicket, hurry, moveTicket, type Shown, saveSettings, setCategory, ticketThat } from '#tests/support/tickets.ts';

let all: SlackApp;
beforeAll(async () => {
  all = await startSlackApp();
});
afterAll(() => all[Symbol.asyncDispose]());
afterEach(async () => {
  all.slack.heal();
  await saveSettings(all.app, { restrictedChannels: [], delaySeconds: 0, threshold: 0.5 });
});

let channels = 0;
const newChannel = (more: { isPrivate?: boolean; members?: string[] } = {}) =>
  all.slack.createChannel({ name: `threads-${++channels}`, ...more });

/** Ana puts the emoji on a message, and Slack says so. */
const react = async (channel: string, ts: string) => {
  await all.slack.react({ channel, ts, name: 'ticket' });
  return sayReacted(channel, ts);
};
const sayReacted = (channel: string, ts: string) => {
  const item = { type: 'message', channel, ts };
  return all.send.event({ type: 'reaction_added', user: all.slack.ana, reaction: 'ticket', item, item_user: all.slack.ben });
};
/** Somebody writes in a thread, and Slack says so. */
const say = async (channel: string, threadTs: string, text: string) => {
  const { ts } = await all.slack.post({ channel, threadTs, text });
  await all.send.event({ type: 'message', channel, channel_type: 'channel', user: all.slack.ana, ts, thread_ts: threadTs, text });
};

const newest = async (): Promise<Shown> => {
  const { tickets } = await all.app.gql<{ tickets: { edges: { node: { id: string } }[] } }>(
    '{ tickets(first: 1) { edges { node { id } } } }',
  );
  return findTicket(all.app, tickets.edges[0]?.node.id as string);
};
const decided = async (): Promise<Shown> => ticketThat(all.app, (await newest()).id);
/** What was said waits for a quiet moment, once it has come. */
const bodyWith = (id: string, part: string): Promise<Shown> =>
  until(
    async () => {
      await hurry(all.app);
      return findTicket(all.app, id);
    },
    ({ body }) => body.includes(part),
    part,
  );
const ours = (channel: string) => all.slack.messages(channel).filter(({ user }) => user === all.slack.botUserId);
const shown = (channel: string, part: string) =>
  until(
    () => JSON.stringify(ours(channel)),
    (words) => words.includes(part),
    part,
  );
const buttonsOf = (channel: string): string[] =>
  ours(channel)
    .flatMap(({ blocks }) => (blocks ?? []) as { type: string; elements?: { text?: { text: string }; placeholder?: { text: string } }[] }[])
    .filter(({ type }) => type === 'actions')
    .flatMap(({ elements }) => (elements ?? []).map(({ text, placeholder }) => text?.text ?? placeholder?.text ?? ''));

describe('the whole thread counts', () => {
  test('a reaction in a thread that is a ticket already makes no second one, and says so; once that is over, it does', async () => {
    const channel = newChannel();
    const { ts } = await all.slack.post({ channel, text: 'The badge reader at the north gate is dead' });
    const reply = await all.slack.post({ channel, threadTs: ts, text: 'same for me' });
    await react(channel, ts);
    const first = await decided();
    await react(channel, reply.ts);
    await until(
      () => all.slack.ephemerals().at(-1),
      (whisper) => whisper?.text.includes(`This thread is a ticket already, T-${first.number}`) ?? false,
    );
    expect((await decided()).id).toBe(first.id);
    await moveTicket(all.app, { id: first.id, move: 'RESOLVE' });
    await shown(channel, `<@${all.slack.ben}> T-${first.number} is resolved`);
    await sayReacted(channel, reply.ts);
    expect((await decided()).id).not.toBe(first.id);
  });

  test('one that was taken before anybody said what it is can still be sorted by one tap; what a person chose is no choice any more', async () => {
    const channel = newChannel();
    const { ts } = await all.slack.post({ channel, text: 'I forgot my password and my account is locked' });
    await react(channel, ts);
    const { id } = await decided();
    await moveTicket(all.app, { id, move: 'TAKE' });
    await shown(channel, 'is being worked on · no category yet');
    expect(buttonsOf(channel)).toContain('Yes, Access and accounts');
    await setCategory(all.app, { id, categoryId: (await findTicket(all.app, id)).prediction?.category?.id as string });
    await shown(channel, 'a person chose the category');
    expect(buttonsOf(channel)).not.toContain('Yes, Access and accounts');
    const menus = JSON.stringify(ours(channel)[0]?.blocks);
    expect(menus).toContain('"text":"Bug"');
    expect(menus).not.toContain('"text":"Access and accounts"');
  });

  test('/triage T-… says what it seems to be, who has it, and by when it is to be answered', async () => {
    const channel = newChannel();
    const { ts } = await all.slack.post({ channel, text: 'I forgot my password and my account is locked' });
    await react(channel, ts);
    const { id, number } = await decided();
    const standing = async () => (await all.send.slash({ command: '/triage', channel, text: `T-${number}` })).json?.['text'];
    expect(await standing()).toMatch(
      new RegExp(`^T-${number} · suggested · looks like Access and accounts, nobody said so yet · P\\d · answer by <!date\\^\\d+\\^`),
    );
    await all.send.click({ actionId: 'ticket_take', value: JSON.stringify({ id }), message: { ts }, channel, user: all.slack.ben });
    await ticketThat(all.app, id, ({ state }) => state === 'TAKEN');
    expect(await standing()).toMatch(new RegExp(`^T-${number} · taken · no category yet · P\\d · with <@${all.slack.ben}>$`));
  });

  test('a sure answer names no category that is hardly possible; all of them are in its menu', async () => {
    const channel = newChannel();
    const { ts } = await all.slack.post({ channel, text: 'I forgot my password, my account is locked and I cannot log in' });
    await react(channel, ts);
    const { prediction } = await decided();
    expect(prediction).toMatchObject({ abstained: false, category: { name: 'Access and accounts' } });
    const hardly = (prediction?.alternatives ?? []).filter(({ probability }) => probability < 0.05);
    expect(hardly.length).toBeGreaterThan(0);
    await shown(channel, 'looks like Access and accounts');
    const [message] = ours(channel);
    for (const { category } of hardly) {
      expect(message?.text).not.toContain(category.name);
      expect(JSON.stringify(message?.blocks)).toContain(category.name);
    }
  });

  test('a reaction on a reply makes a ticket of all of its thread, with the reply marked; what is said later counts', async () => {
    const channel = newChannel();
    const { ts } = await all.slack.post({ channel, text: 'The payroll system shows wrong salaries since Monday' });
    const reply = await all.slack.post({ channel, threadTs: ts, text: 'same here, please look at it' });
    await react(channel, reply.ts);
    const ticket = await decided();
    expect(ticket).toMatchObject({
      title: 'same here, please look at it · The payroll system shows wrong salaries since Monday',
      body: 'The payroll system shows wrong salaries since Monday\n→ same here, please look at it',
    });
    await say(channel, ts, 'my pay slip is empty as well');
    expect((await bodyWith(ticket.id, 'pay slip')).body).toMatch(/^The payroll.*\n→ same here.*\nmy pay slip is empty as well$/);
    expect(
      await until(
        () => ours(channel),
        (messages) => messages.length > 0,
      ),
    ).toMatchObject([{ thread_ts: ts }]);
  });

  test('what asks for a ticket is no part of it; what is said later counts for one of the window, of /triage, of a link, and of direct messages', async () => {
    const { slack, send } = all;
    const channel = newChannel();
    const message = await slack.post({ channel, text: 'I have a question about something' });
    await send.shortcut({ message, callbackId: 'create_ticket', channel });
    const view = await until(
      () => slack.views().at(-1) as { view_id: string; private_metadata: string },
      (found) => found?.private_metadata?.includes(message.ts),
    );
    const text = { text: { type: 'plain_text_input', value: 'I have a question about something' } };
    await send.submitView({ callbackId: 'ticket_modal', privateMetadata: view.private_metadata, viewId: view.view_id, values: { text } });
    const windows = await decided();

    await send.slash({ command: '/triage', channel, text: 'I have a question about something else' });
    const typed = await decided();
    const root = await until(
      () => ours(channel).find((each) => JSON.stringify(each).includes(`opened T-${typed.number}`)),
      (found) => found !== undefined,
    );

    const elsewhere = newChannel();
    const far = await slack.post({ channel: elsewhere, text: 'I have a question about something far' });
    await send.slash({ command: '/triage', channel, text: `https://acme.slack.com/archives/${elsewhere}/p${far.ts.replace('.', '')}` });
    const linked = await decided();

    const direct = slack.createDirectMessages();
    const mine = await slack.post({ channel: direct, text: 'ticket: I have a question about something of mine' });
    await send.event({ type: 'message', channel_type: 'im', channel: direct, user: slack.ana, ts: mine.ts, text: mine.text });
    const told = await decided();
    expect(told.body).toBe('I have a question about something of mine');

    for (const [wish, words] of [
      ['can you open a ticket for me?', 'my chair is broken'],
      ['Mach bitte ein Ticket daraus:', 'mein Stuhl ist kaputt'],
      ['Tu peux créer un ticket pour moi, stp ?', 'ma chaise est cassée'],
    ]) {
      const { ts, text } = await slack.post({ channel: direct, text: `${wish} ${words}` });
      await send.event({ type: 'message', channel_type: 'im', channel: direct, user: slack.ana, ts, text });
      expect((await decided()).body).toBe(words);
    }

    for (const [wish, words] of [
      ['ticket', 'my screen is broken'],
      ['can you make a ticket of this:', 'my ticket printer is broken'],
    ]) {
      const text = `<@${slack.botUserId}> ${wish} ${words}`;
      const called = await slack.post({ channel, text });
      await send.event({ type: 'app_mention', channel, user: slack.ana, ts: called.ts, text });
      expect((await decided()).body).toBe(words);
    }

    const news = 'my laptop keyboard lost its keys, the hardware is broken, I need a new laptop';
    for (const [ticket, place, ts] of [
      [windows, channel, message.ts],
      [typed, channel, root?.ts as string],
      [linked, elsewhere, far.ts],
      [told, direct, mine.ts],
    ] as const) {
      await say(place, ts, news);
      await bodyWith(ticket.id, 'lost its keys');
    }
  });

  test('an edited message is read again, its title with it', async () => {
    const channel = newChannel();
    const { ts } = await all.slack.post({ channel, text: 'The mouse in room 4' });
    await react(channel, ts);
    const ticket = await decided();
    all.slack.edit(channel, ts, 'The monitor in room 4');
    await all.send.event({
      type: 'message',
      subtype: 'message_changed',
      channel,
      channel_type: 'channel',
      message: { type: 'message', user: all.slack.ana, ts, text: 'The monitor in room 4' },
      previous_message: { type: 'message', user: all.slack.ana, ts, text: 'The mouse in room 4' },
    });
    expect(await bodyWith(ticket.id, 'monitor')).toMatchObject({ title: 'The monitor in room 4', body: 'The monitor in room 4' });
  });

  test('a picture keeps no ticket from being made, and a text file counts beside what is said with it', async () => {
    const { slack } = all;
    const channel = newChannel();
    const root = await slack.post({ channel, text: 'Stand-up' });
    const picture = {
      name: 'shot.png',
      bytes: Buffer.from([0x89, 0x50]),
      channel,
      threadTs: root.ts,
      text: 'VPN login fails for the whole finance team',
    };
    slack.changeFile((await slack.upload(picture)).id, { mimetype: 'image/png', filetype: 'png' });
    await react(channel, slack.messages(channel).at(-1)?.ts as string);
    expect(await decided()).toMatchObject({ status: 'SUCCEEDED', body: 'Stand-up\n→ VPN login fails for the whole finance team' });
    await shown(channel, 'read without shot.png: only text can be read');

    await slack.upload({
      name: 'app.txt',
      bytes: '10:00 INFO started\n',
      channel,
      text: 'Checkout is down for all customers in production',
    });
    await react(channel, slack.messages(channel).at(-1)?.ts as string);
    expect(await decided()).toMatchObject({
      title: 'Checkout is down for all customers in production',
      body: 'Checkout is down for all customers in production\n10:00 INFO started',
    });
  });

  test('a message that calls the assistant says something as well', async () => {
    const channel = newChannel();
    const { ts } = await all.slack.post({ channel, text: `<@${all.slack.botUserId}> the VPN is down for everybody` });
    await react(channel, ts);
    expect(await decided()).toMatchObject({ status: 'SUCCEEDED', body: 'the VPN is down for everybody' });
  });

  test('one that could not be read is read when it is asked for again, whoever asks', async () => {
    const { slack, send } = all;
    const [channel, here] = [newChannel(), newChannel()];
    const { ts } = await slack.post({ channel, text: 'Payroll export is broken for everybody' });
    slack.fail('conversations.info', { kind: 'error', error: 'channel_not_found' });
    const text = `https://acme.slack.com/archives/${channel}/p${ts.replace('.', '')}`;
    await send.slash({ command: '/triage', text, channel: here });
    const failed = await decided();
    expect(failed).toMatchObject({ status: 'FAILED', body: '' });
    slack.heal();
    expect((await send.slash({ command: '/triage', text, channel: here, user: slack.ben })).json?.['text']).toContain('What I make of it');
    expect(await ticketThat(all.app, failed.id, ({ status }) => status === 'SUCCEEDED')).toMatchObject({
      title: 'Payroll export is broken for everybody',
    });
    await shown(here, 'opened T-');
  });
});

describe('people can be first', () => {
  test('it is shown at once with what they can do, also while it waits; what they do then stands', async () => {
    const { app } = all;
    await saveSettings(app, { delaySeconds: 600 });
    const channel = newChannel();
    const { ts } = await all.slack.post({ channel, text: 'The marmalade server is sticky' });
    await react(channel, ts);
    await shown(channel, 'is being looked at');
    expect(buttonsOf(channel)).toEqual(['Take', 'Choose a category', 'Not a ticket']);
    expect(JSON.stringify(ours(channel))).toMatch(/is being looked at · P3 normal.*answer by 20/);
    const { id } = await newest();
    await all.send.click({ actionId: 'ticket_take', value: JSON.stringify({ id }), channel });
    await shown(channel, 'is being worked on');
    await hurry(app);
    expect(await ticketThat(app, id)).toMatchObject({ state: 'TAKEN', prediction: expect.anything() });
  });
});

/** A category whose team reads a channel. */
const categoryIn = async (channel: string): Promise<string> => {
  const { saveCategory } = await all.app.gql<{ saveCategory: { category: { id: string } } }>(
    'mutation ($input: SaveCategoryInput!) { saveCategory(input: $input) { category { id } } }',
    { input: { name: `Team of ${channel}`, description: 'x', team: 'x', channel } },
  );
  return saveCategory.category.id;
};

describe('what was said where not everybody reads', () => {
  test('lends its words to no other channel: look-alikes from there are named by their number', async () => {
    const { slack } = all;
    const secret = newChannel({ isPrivate: true });
    const { ts } = await slack.post({ channel: secret, text: 'The persimmon restructuring: Bob Miller will be dismissed on Friday' });
    await react(secret, ts);
    const first = await decided();
    const again = await slack.post({ channel: secret, text: 'The persimmon restructuring: is it announced on Friday?' });
    await react(secret, again.ts);
    await decided();
    await shown(secret, `T-${first.number} (open, just now): The persimmon restructuring`);

    const open = newChannel();
    const asked = await slack.post({ channel: open, text: 'The persimmon restructuring: when is it announced on Friday?' });
    await react(open, asked.ts);
    await decided();
    await shown(open, `T-${first.number} (open, just now)`);
    expect(JSON.stringify(ours(open))).not.toContain('Bob Miller');

    const other = newChannel();
    const more = await slack.post({ channel: other, text: 'The persimmon restructuring: when is it announced, on Friday?' });
    await react(other, more.ts);
    await decided();
    await shown(other, 'when is it announced on Friday?');
  });

  test.each([
    ['a restricted channel', true],
    ['a private channel', false],
  ])('a team’s channel sees of a ticket from %s that it is there, who asked, and where; never its words', async (_, restricted) => {
    const { app, slack } = all;
    const [secret, team] = [newChannel({ isPrivate: true }), newChannel()];
    await saveSettings(app, { restrictedChannels: restricted ? [secret] : [] });
    const { ts } = await slack.post({ channel: secret, text: 'The tamarillo salaries of the board are wrong' });
    await react(secret, ts);
    const { id, number } = await decided();
    await setCategory(app, { id, categoryId: await categoryIn(team) });
    await shown(team, `T-${number}`);
    await shown(team, `asked by <@${slack.ben}>`);
    expect(JSON.stringify(ours(team))).not.toContain('tamarillo');
    expect(JSON.stringify(ours(team))).toContain(`archives/${secret}/p${ts.replace('.', '')}`);
    await shown(secret, 'tamarillo');
  });

  test('a ticket of direct messages, or of a private message that is linked, is told in words only there; one of open channels everywhere', async () => {
    const { app, slack } = all;
    const team = newChannel();
    const categoryId = await categoryIn(team);
    const direct = slack.createDirectMessages();
    const said = await slack.post({ channel: direct, text: 'ticket my soursop badge is lost' });
    await all.send.event({
      type: 'message',
      channel: direct,
      channel_type: 'im',
      user: slack.ana,
      ts: said.ts,
      text: 'ticket my soursop badge is lost',
    });
    await setCategory(app, { id: (await decided()).id, categoryId });
    await shown(direct, 'soursop');

    const [secret, asking, open] = [newChannel({ isPrivate: true }), newChannel(), newChannel({ isPrivate: false })];
    const linked = async (channel: string, text: string) => {
      const { ts } = await slack.post({ channel, text });
      await all.send.slash({
        command: '/triage',
        text: `https://acme.slack.com/archives/${channel}/p${ts.replace('.', '')}`,
        channel: asking,
      });
      const { id, number } = await decided();
      await setCategory(app, { id, categoryId });
      await shown(team, `T-${number}`);
      return number;
    };
    await shown(asking, `opened T-${await linked(secret, 'The cherimoya contract is wrong')}`);
    await linked(open, 'The mangosteen door is stuck');
    await shown(team, 'mangosteen');
    expect(JSON.stringify([ours(team), ours(asking)])).not.toMatch(/soursop|cherimoya/);
    expect(JSON.stringify(ours(asking))).toContain('mangosteen');
  });
});

test('with more categories than there is room for, the likeliest come first in the menu, and the last entry leads to all', async () => {
  const { app, slack } = all;
  for (let nth = 0; nth < 60; nth++)
    await app.gql('mutation ($input: SaveCategoryInput!) { saveCategory(input: $input) { category { id } } }', {
      input: { name: `Aa team ${nth}`, description: 'x', team: 'x' },
    });
  const channel = newChannel();
  const { ts } = await slack.post({ channel, text: 'Please reset my password and unlock my account, I cannot log in' });
  await react(channel, ts);
  const { prediction } = await decided();
  await shown(channel, 'ticket_priority');
  const menu = ours(channel)
    .flatMap(({ blocks }) => blocks as { elements?: { action_id: string; options?: { text: { text: string } }[] }[] }[])
    .flatMap(({ elements }) => elements ?? [])
    .find(({ action_id }) => action_id === 'ticket_category');
  const names = (menu?.options ?? []).map(({ text }) => text.text);
  const thought = (prediction?.alternatives ?? []).map(({ category }) => category.name);
  expect(thought.length).toBeGreaterThan(1);
  expect(names.slice(0, thought.length)).toEqual(thought);
  expect(names.at(-1)).toBe('More …');
  expect(names.length).toBeGreaterThan(20);
});
