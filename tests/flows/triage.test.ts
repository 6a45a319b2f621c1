import { describe, expect, test } from 'vitest';
import { until } from '#tests/support/app.ts';
import {
  categoryNamed,
  createTicket,
  findTicket,
  hurry,
  moveTicket,
  refreshTicket,
  saveSettings,
  setCategory,
  setPriority,
  ticketThat,
  withdrawTicket,
} from '#tests/support/tickets.ts';

import { all, bot, change, engineSays, idle, newChannel, ticketFrom, useTriage, wordsOf } from './use-triage.ts';

useTriage();

describe('a ticket made of a message', () => {
  test('is read with its thread, decided on, and answered once in that thread with a reason that quotes it', async () => {
    const { app, slack } = all;
    const access = await categoryNamed(app, 'Access and accounts');
    await engineSays(/locked out of Jira/, access, 'locked out of Jira');
    const { id, replies, channel } = await ticketFrom('I am locked out of Jira, please reset my password');
    const ticket = await ticketThat(app, id);
    expect(ticket).toMatchObject({
      title: 'I am locked out of Jira, please reset my password',
      state: 'SUGGESTED',
      category: null,
      prediction: { category: { id: access.id }, by: 'engine', reason: 'The ticket says “locked out of Jira”.' },
    });
    await until(
      () => wordsOf(replies()),
      (words) => words.includes('Access and accounts'),
    );
    expect(replies()).toHaveLength(1);
    expect(wordsOf(replies())).toContain('locked out of Jira');
    await moveTicket(app, { id, move: 'TAKE' }, bot);
    await until(
      () => wordsOf(replies()),
      (words) => words.includes('is being worked on'),
    );
    expect(slack.messages(channel)).toHaveLength(2);
    expect(slack.violations).toEqual([]);
  });

  test('a title that a person gave stays', async () => {
    const { id } = await ticketFrom('something is off with the invoices', { title: 'Invoices of October' });
    expect((await ticketThat(all.app, id)).title).toBe('Invoices of October');
  });

  test('withdrawn while nobody touched it; who reacts again has it back and decided on', async () => {
    const { app } = all;
    const { id, channel, ts, input, replies } = await ticketFrom('The kumquat of room 5 is purple');
    await ticketThat(app, id);
    expect((await withdrawTicket(app, { channel, ts }, bot)).ticket).toMatchObject({ id, state: 'WITHDRAWN' });
    await until(
      () => wordsOf(replies()),
      (words) => words.includes('was withdrawn'),
    );
    expect(await createTicket(app, input, bot)).toMatchObject({ replayed: true, ticket: { id, state: 'NEW' } });
    expect(await ticketThat(app, id)).toMatchObject({ state: 'NEEDS_HUMAN', prediction: expect.anything() });
    await until(
      () => wordsOf(replies()),
      (words) => words.includes('needs a human'),
    );
    expect(replies()).toHaveLength(1);
    await setPriority(app, { id, priority: 'P2' });
    expect((await withdrawTicket(app, { channel, ts }, bot)).ticket).toMatchObject({ id, state: 'NEEDS_HUMAN' });
    expect((await withdrawTicket(app, { channel, ts: '1.000001' }, bot)).ticket).toBeNull();
  });

  test('what is said later in the thread is read and changes what nobody set, never what a person did', async () => {
    const { app, slack } = all;
    const [hr, it] = [await categoryNamed(app, 'People and HR'), await categoryNamed(app, 'Hardware and software')];
    await engineSays(/laptop keyboard/, it);
    await engineSays(/about something/, hr);
    const { id, channel, ts, replies } = await ticketFrom('Kumquats are about something');
    expect((await ticketThat(app, id)).prediction?.category?.id).toBe(hr.id);
    await slack.post({ channel, threadTs: ts, text: 'my laptop keyboard lost its keys, it is all broken' });
    expect((await refreshTicket(app, { channel, ts }, bot)).ticket).toMatchObject({ id });
    await hurry(app);
    const again = await ticketThat(app, id, ({ prediction }) => prediction?.category?.id === it.id);
    expect(again).toMatchObject({ title: 'Kumquats are about something', body: expect.stringContaining('laptop keyboard') });
    await until(
      () => wordsOf(replies()),
      // A change is said, not slipped in.
      (words) => words.includes('looks like Hardware and software') && words.includes('before, it was People and HR'),
    );
    expect(replies()).toHaveLength(1);

    // Whoever touched the priority only has left the rest to us.
    await setPriority(app, { id, priority: 'P1' });
    all.openai.mock.reset();
    await engineSays(/my vacation/, hr);
    await slack.post({ channel, threadTs: ts, text: 'correction: it is about something else, my vacation' });
    await refreshTicket(app, { channel, ts }, bot);
    await hurry(app);
    expect(await ticketThat(app, id, ({ prediction }) => prediction?.category?.id === hr.id)).toMatchObject({
      body: expect.stringContaining('vacation'),
      priority: 'P1',
      state: 'SUGGESTED',
    });

    await setCategory(app, { id, categoryId: hr.id });
    const decided = await findTicket(app, id);
    await slack.post({ channel, threadTs: ts, text: 'and my monitor is dark' });
    await refreshTicket(app, { channel, ts }, bot);
    const asked = all.openai.requests().length;
    await hurry(app);
    await idle();
    expect(await findTicket(app, id)).toEqual({ ...decided, body: expect.stringContaining('my monitor is dark') });
    // What would not be heard is not asked for.
    expect(all.openai.requests()).toHaveLength(asked);
  });

  test('what makes it more urgent later is said, in its thread and in its trail', async () => {
    const { app, slack } = all;
    const { id, channel, ts, replies } = await ticketFrom('The kumquat report has a new page');
    expect(await ticketThat(app, id)).toMatchObject({ priority: 'P3' });
    await slack.post({ channel, threadTs: ts, text: 'Urgent: now the shop is down for all customers' });
    await refreshTicket(app, { channel, ts }, bot);
    await hurry(app);
    expect(await ticketThat(app, id, ({ priority }) => priority === 'P1')).toMatchObject({ priorityBy: 'MODEL' });
    await until(
      () => wordsOf(replies()),
      (words) => words.includes('P1 critical') && words.includes('after more was said; before, it was P3 normal'),
    );
    const { ticketEvents } = await app.gql<{ ticketEvents: unknown[] }>(
      'query ($id: ID!) { ticketEvents(ticketId: $id) { actor action from to } }',
      { id },
    );
    expect(ticketEvents).toContainEqual({ actor: 'triage', action: 'ticket.priority_changed', from: 'P3', to: 'P1' });
  });

  test('a ticket that its team has seen and that becomes urgent calls the team anew, whether its thread says so or a person does', async () => {
    const { app, slack } = all;
    const teamChannel = newChannel();
    const bug = await categoryNamed(app, 'Bug');
    await change(bug, { channel: teamChannel, onCall: slack.ben });
    const { id, channel, ts } = await ticketFrom('The kumquat counter has a new colour');
    const { number } = await ticketThat(app, id);
    await setCategory(app, { id, categoryId: bug.id });
    const told = (count: number) =>
      until(
        () => slack.messages(teamChannel),
        (messages) => messages.length === count,
      );
    await told(1);
    await slack.post({ channel, threadTs: ts, text: 'Urgent: now the shop is down for all customers' });
    await refreshTicket(app, { channel, ts }, bot);
    await hurry(app);
    expect(wordsOf((await told(2)).slice(1))).toMatch(new RegExp(`<@${slack.ben}>.*T-${number} is P1 now · nobody has it`));
    await setPriority(app, { id, priority: 'P4' });
    await setPriority(app, { id, priority: 'P3' });
    await setPriority(app, { id, priority: 'P2' });
    expect(wordsOf((await told(3)).slice(2))).toContain(`T-${number} is P2 now`);
    // Within a second, too.
    await setPriority(app, { id, priority: 'P1' });
    expect(wordsOf((await told(4)).slice(3))).toContain(`T-${number} is P1 now`);
    await change(bug, { channel: null, onCall: null });
  });

  test('a reply nobody knew to be one is answered in the thread it is in', async () => {
    const { app, slack } = all;
    const channel = newChannel();
    const { ts } = await slack.post({ channel, text: 'Who knows about the badge readers?' });
    const reply = await slack.post({ channel, threadTs: ts, text: 'The badge reader of gate 9 stays red' });
    const place = { teamId: slack.teamId, channel, user: slack.ana };
    const input = { slack: { kind: 'THREAD', ...place, ts: reply.ts }, replyTo: { ...place, threadTs: reply.ts } };
    const { ticket } = await createTicket(app, input, bot);
    expect(await ticketThat(app, ticket?.id as string)).toMatchObject({
      title: 'The badge reader of gate 9 stays red · Who knows about the badge readers?',
      body: 'Who knows about the badge readers?\n→ The badge reader of gate 9 stays red',
    });
    const replies = () => slack.messages(channel).filter(({ user }) => user === slack.botUserId);
    await until(replies, (posted) => posted.length === 1);
    expect(replies()).toMatchObject([{ thread_ts: ts }]);
  });

  test('a message that is gone before it was read is said in words; one that is gone afterwards changes nothing', async () => {
    const { app, slack } = all;
    const channel = newChannel();
    const { ts } = await slack.post({ channel, text: 'gone soon' });
    slack.remove(channel, ts);
    const place = { teamId: slack.teamId, channel, user: slack.ana };
    const { ticket } = await createTicket(app, { slack: { kind: 'THREAD', ...place, ts }, replyTo: { ...place, threadTs: ts } }, bot);
    expect(await ticketThat(app, ticket?.id as string)).toMatchObject({
      state: 'NEEDS_HUMAN',
      status: 'FAILED',
      failure: { message: expect.stringMatching(/\w+/) },
    });
    await until(
      () => slack.ephemerals().filter((each) => each.channel === channel),
      (said) => said.length === 1,
    );

    const read = await ticketFrom('The door of the lab does not close');
    const before = await ticketThat(app, read.id);
    await idle();
    slack.remove(read.channel, read.ts);
    await refreshTicket(app, { channel: read.channel, ts: read.ts }, bot);
    await hurry(app);
    await idle();
    expect(await findTicket(app, read.id)).toEqual(before);
  });

  test('a delay lets people be first, also where the text is in Slack', async () => {
    const { app, openai } = all;
    await saveSettings(app, { delaySeconds: 600 });
    const { id } = await ticketFrom('The marmalade server is sticky');
    expect(await ticketThat(app, id, ({ body }) => body !== '')).toMatchObject({ state: 'NEW', prediction: null });
    const question = await categoryNamed(app, 'Question');
    await setCategory(app, { id, categoryId: question.id });
    await hurry(app);
    expect(await ticketThat(app, id)).toMatchObject({ state: 'ROUTED', category: { id: question.id }, categoryBy: 'PERSON' });
    expect(openai.wire()).not.toContain('@');
  });
});
