import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { until } from '#tests/support/app.ts';
import { type SlackApp, startSlackApp } from '#tests/support/slack-app.ts';
import {
  assignTicket,
  botScopes,
  type CategoryShown,
  categoryNamed,
  createTicket,
  createToken,
  enqueue,
  findTicket,
  hurry,
  mergeTicket,
  moveTicket,
  predict,
  refreshTicket,
  type Shown,
  saveCategory,
  saveSettings,
  setCategory,
  setPriority,
  ticketThat,
  triaged,
  withdrawTicket,
} from '#tests/support/tickets.ts';
import { answerTriage, engineNames } from '#tests/support/triage-engine.ts';

let all: SlackApp;
let bot: string;
beforeAll(async () => {
  all = await startSlackApp({ engine: 'openai', settings: { OPENAI_TIMEOUT_SECONDS: '2' } });
  bot = await createToken(all.app, 'SERVICE', botScopes);
});
afterAll(() => all[Symbol.asyncDispose]());
afterEach(async () => {
  all.openai.mock.reset();
  await saveSettings(all.app, { restrictedChannels: [], delaySeconds: 0, threshold: 0.5 });
});

let channels = 0;
const newChannel = () => all.slack.createChannel({ name: `triage-${++channels}` });

/** A person writes something, and a ticket is made of it as the bot would. */
const ticketFrom = async (text: string, { channel = newChannel(), ...more }: { channel?: string } & Record<string, unknown> = {}) => {
  const { ts } = await all.slack.post({ channel, text });
  const place = { teamId: all.slack.teamId, channel, user: all.slack.ana };
  const input = {
    slack: { kind: 'THREAD', ...place, ts },
    replyTo: { ...place, threadTs: ts },
    reporter: `slack:${all.slack.teamId}:${all.slack.ana}`,
    idempotencyKey: `slack:ticket:${channel}:${ts}`,
    byReaction: true,
    ...more,
  };
  const { ticket, userErrors } = await createTicket(all.app, input, bot);
  if (!ticket) throw new Error(JSON.stringify(userErrors));
  return {
    id: ticket.id,
    channel,
    ts,
    input,
    replies: () => all.slack.messages(channel).filter(({ user }) => user === all.slack.botUserId),
  };
};

/** Everything people can read in a message. */
const wordsOf = (messages: unknown): string => JSON.stringify(messages);

/** The stand-in says: it is this one. */
const engineSays = async (prompt: RegExp, { name }: CategoryShown, quote?: string) => engineNames(all.openai, prompt, name, quote);

/** Runs everything that waits. */
const idle = () =>
  until(
    () => all.app.database.orm.em.fork().getConnection().execute<unknown[]>('select 1 from graphile_worker.jobs where run_at <= now()'),
    (jobs) => jobs.length === 0,
    'an empty queue',
  );

const change = (category: CategoryShown, more: Record<string, unknown>) => saveCategory(all.app, { ...pick(category), ...more });
const pick = ({ id, name, description, team, channel, mode }: CategoryShown) => ({ id, name, description, team, channel, mode });

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

describe('the team', () => {
  test('an autonomous category applies itself and posts to its team once; the post is edited in place as the ticket moves', async () => {
    const { app, slack } = all;
    const teamChannel = newChannel();
    const incident = await categoryNamed(app, 'Incident');
    await change(incident, { mode: 'AUTONOMOUS', channel: teamChannel });
    await engineSays(/payments are down/, incident, 'payments are down');
    const { id, replies } = await ticketFrom('All payments are down in production, customers get 503 errors');
    expect(await ticketThat(app, id)).toMatchObject({
      state: 'ROUTED',
      category: { id: incident.id },
      categoryBy: 'MODEL',
      touched: false,
    });
    await until(
      () => wordsOf(slack.messages(teamChannel)),
      (words) => words.includes('Incident'),
    );
    await enqueue(app, 'triage-ticket', { ticketId: id, workspaceId: app.runtime.workspaceId });
    await idle();
    for (const [move, words] of [
      ['TAKE', 'is being worked on'],
      ['RESOLVE', 'is resolved'],
      ['REOPEN', 'Incident'],
    ] as const) {
      await moveTicket(app, { id, move }, bot);
      await until(
        () => [wordsOf(slack.messages(teamChannel)), wordsOf(replies())],
        ([team, thread]) => Boolean(team?.includes(words) && thread?.includes(words)),
        words,
      );
    }
    expect(slack.messages(teamChannel)).toHaveLength(1);
    expect(slack.messages(teamChannel)[0]?.thread_ts ?? null).toBeNull();
    // Nobody hears of an edit: who reported it is told in a message of its own.
    const [, ...told] = replies();
    expect(told.map(({ text }) => text)).toEqual([expect.stringMatching(/is resolved/)]);
    await change(incident, { mode: 'SUPERVISED', channel: null });
  });

  test('a category that a person chose or confirmed is posted to its team, too; a ticket that goes on to another team is posted there', async () => {
    const { app, slack } = all;
    const [first, second] = [newChannel(), newChannel()];
    const [bug, question] = [await categoryNamed(app, 'Bug'), await categoryNamed(app, 'Question')];
    await change(bug, { channel: first });
    await change(question, { channel: second });
    const { id } = await ticketFrom('The export button does nothing');
    await ticketThat(app, id);
    expect(slack.messages(first)).toEqual([]);
    await setCategory(app, { id, categoryId: bug.id }, bot);
    await until(
      () => slack.messages(first).length,
      (count) => count === 1,
    );
    await setCategory(app, { id, categoryId: question.id }, bot);
    await until(
      () => wordsOf(slack.messages(second)),
      (words) => words.includes('Question'),
    );
    await until(
      () => wordsOf(slack.messages(first)),
      (words) => words.includes('Question'),
    );
    await setCategory(app, { id, categoryId: bug.id }, bot);
    await idle();
    expect([slack.messages(first).length, slack.messages(second).length]).toEqual([1, 1]);

    await change(bug, { channel: first, onCall: 'S0ONCALL' });
    const posted = async (priority: string) => {
      const { ticket } = await createTicket(app, { text: 'From a form', categoryId: bug.id, priority });
      const { number } = await ticketThat(app, ticket?.id as string);
      const [post] = await until(
        () => slack.messages(first).filter((message) => JSON.stringify(message).includes(`T-${number} `)),
        (messages) => messages.length === 1,
      );
      return JSON.stringify(post);
    };
    // Whoever is on call for the category is called there for what is urgent, and where the ticket does not belong nobody is.
    expect(await posted('P1')).toContain('<!subteam^S0ONCALL>');
    expect(await posted('P2')).toContain('<!subteam^S0ONCALL>');
    expect(await posted('P3')).not.toContain('S0ONCALL');
    expect(await posted('P4')).not.toContain('S0ONCALL');
    expect(wordsOf(slack.messages(second))).not.toContain('S0ONCALL');
    expect((await change(bug, { onCall: '<!channel>' })).userErrors).toMatchObject([{ code: 'BAD_INPUT', field: 'onCall' }]);
    await change(bug, { channel: null });
    await change(question, { channel: null });
  });

  test('who reported the same thing is told in their own thread when it is resolved', async () => {
    const { app } = all;
    const [one, two] = [
      await ticketFrom('Search finds nothing since noon'),
      await ticketFrom('No results in search for anybody since noon'),
    ];
    const [first] = [await ticketThat(app, one.id), await ticketThat(app, two.id)];
    await mergeTicket(app, { id: two.id, intoId: one.id }, bot);
    await until(
      () => wordsOf(two.replies()),
      (words) => words.includes(`is the same as T-${first.number}`),
    );
    await moveTicket(app, { id: one.id, move: 'RESOLVE' }, bot);
    await until(
      () => wordsOf(two.replies()),
      (words) => words.includes('which is resolved now'),
    );
    // Nobody hears of an edit: a message of its own calls them.
    const told = await until(two.replies, (messages) => messages.length === 2);
    expect(wordsOf(told.slice(1))).toContain(`<@${all.slack.ana}> T-${first.number}, which T-`);
    expect(wordsOf(one.replies().slice(1))).toContain(`T-${first.number} is resolved`);
    // What others were merged into is withdrawn no more.
    await moveTicket(app, { id: one.id, move: 'REOPEN' }, bot);
    expect((await withdrawTicket(app, { channel: one.channel, ts: one.ts }, bot)).ticket?.state).not.toBe('WITHDRAWN');
  });

  test('whoever reported a ticket, or one that was merged into it, is told who resolved it, as far as that is known', async () => {
    const { app, slack, send } = all;
    const one = await ticketFrom('The kettle of the fourth floor is cold');
    const two = await ticketFrom('Cold kettle up on the fourth floor');
    const [first, second] = [await ticketThat(app, one.id), await ticketThat(app, two.id)];
    await mergeTicket(app, { id: two.id, intoId: one.id }, bot);
    const [message] = await until(one.replies, (messages) => messages.length === 1);
    await send.click({
      actionId: 'ticket_resolve',
      value: JSON.stringify({ id: one.id }),
      message: message as object as Record<string, unknown>,
      channel: one.channel,
      user: slack.ben,
    });
    const closed = await until(one.replies, (messages) => messages.length === 2);
    expect(closed[1]?.text).toBe(`<@${slack.ana}> T-${first.number} is resolved`);
    expect(wordsOf(closed[1])).toContain(`resolved by <@${slack.ben}>`);
    await until(
      () => wordsOf(one.replies()[0]),
      (words) => words.includes('is resolved') && words.includes(`resolved by <@${slack.ben}>`),
    );
    const along = await until(two.replies, (messages) => messages.length === 2);
    expect(along[1]?.text).toBe(`<@${slack.ana}> T-${first.number}, which T-${second.number} is the same as, is resolved`);
    expect(wordsOf(along[1])).toContain(`resolved by <@${slack.ben}>`);
    // Resolved in the API by a person, whose name is known, and by a program, whose is not.
    for (const [token, words] of [
      [undefined, 'resolved by Ana'],
      [bot, ''],
    ] as const) {
      const other = await ticketFrom('The tap of the kitchen drips');
      const { number } = await ticketThat(app, other.id);
      await moveTicket(app, { id: other.id, move: 'RESOLVE' }, token);
      const [, told] = await until(other.replies, (messages) => messages.length === 2);
      expect(told?.text).toBe(`<@${slack.ana}> T-${number} is resolved`);
      expect(/resolved by [^"]*/.exec(wordsOf(told))?.[0] ?? '').toBe(words);
    }
  });

  test('who has a ticket stands in its message; whoever is given one is told, and so is who put one to sleep when it wakes, and who has it no more', async () => {
    const { app, slack } = all;
    const { id, replies } = await ticketFrom('The coffee machine wants cleaning');
    const { number } = await ticketThat(app, id);
    await assignTicket(app, { id, assignee: `slack:${slack.teamId}:${slack.ben}` }, bot);
    const told = await until(replies, (messages) => messages.length === 2 && wordsOf(messages).includes('with <@'));
    expect(wordsOf(told.slice(0, 1))).toContain(`with <@${slack.ben}>`);
    expect(wordsOf(told.slice(1))).toContain(`<@${slack.ben}> T-${number} is with you now`);
    await moveTicket(app, { id, move: 'SNOOZE', until: new Date(Date.now() + 900).toISOString() }, bot);
    const awake = await until(replies, (messages) => messages.length === 3);
    expect(wordsOf(awake.slice(2))).toContain(`<@${slack.ben}> T-${number} is awake again`);
    await moveTicket(app, { id, move: 'TAKE_OVER' }, bot);
    const passed = await until(replies, (messages) => messages.length === 4);
    expect(wordsOf(passed.slice(3))).toContain(`<@${slack.ben}> T-${number} is with somebody else now`);
  });

  test('one that sleeps can be woken, and stays with whoever has it', async () => {
    const { app, slack } = all;
    const { id } = await ticketFrom('The door of the lift squeaks');
    await ticketThat(app, id);
    const assignee = `slack:${slack.teamId}:${slack.ben}`;
    await assignTicket(app, { id, assignee }, bot);
    await moveTicket(app, { id, move: 'SNOOZE' }, bot);
    expect((await moveTicket(app, { id, move: 'RETURN' }, bot)).ticket).toMatchObject({ state: 'TAKEN', assignee, snoozedUntil: null });
  });

  test('a ticket is given to nobody whom Slack does not know, nor to a bot, and that is said in words; when Slack gives no answer the id is believed', async () => {
    const { app, slack } = all;
    const { id } = await ticketFrom('The plants want water');
    await ticketThat(app, id);
    const give = (user: string) => assignTicket(app, { id, assignee: `slack:${slack.teamId}:${user}` }, bot);
    const refused = [{ code: 'NOT_FOUND', field: 'assignee', message: expect.stringContaining('Nobody here is called that') }];
    expect((await give('UNOBODY')).userErrors).toMatchObject(refused);
    expect((await give(slack.botUserId)).userErrors).toMatchObject(refused);
    expect(await findTicket(app, id)).toMatchObject({ assignee: null });
    slack.fail('users.info', { kind: 'error', error: 'internal_error' }, { times: 1 });
    expect((await give('U0LATER')).ticket).toMatchObject({ assignee: `slack:${slack.teamId}:U0LATER` });
  });

  test('a team’s channel that the bot is not in is said in the thread, once; when it is, the next change posts it there', async () => {
    const { app, slack } = all;
    const teamChannel = newChannel();
    const bug = await categoryNamed(app, 'Bug');
    await change(bug, { channel: teamChannel });
    const { id, replies } = await ticketFrom('The import button is gone');
    await ticketThat(app, id);
    // Otherwise its own post may be the one that is refused.
    await until(replies, (messages) => messages.length === 1);
    slack.fail('chat.postMessage', { kind: 'error', error: 'not_in_channel' }, { times: 1 });
    await setCategory(app, { id, categoryId: bug.id }, bot);
    await until(
      () =>
        app.database.orm.em
          .fork()
          .getConnection()
          .execute<unknown[]>("select 1 from delivery where subject_id = ? and state = 'FAILED'", [`${id}:team`]),
      (rows) => rows.length === 1,
      'the refusal',
    );
    slack.heal();
    await until(replies, (messages) => wordsOf(messages).includes('could not be posted in the channel of'));
    await setPriority(app, { id, priority: 'P2' }, bot);
    await until(
      () => slack.messages(teamChannel),
      (messages) => messages.length === 1,
    );
    expect(replies()).toHaveLength(2);
    await change(bug, { channel: null });
  });
});

describe('law 8: the model cannot act', () => {
  test.each([
    ['a category that is not in the list', { category: 'C99', quote: '', reason: '' }],
    ['the name of a category', { category: 'Security', quote: '', reason: '' }],
    ['several', { category: 'C1, C2', quote: '', reason: '' }],
    ['an id', { category: 'cat_01', quote: '', reason: '' }],
    ['zero', { category: 'C0', quote: '', reason: '' }],
    ['none', { category: 'none', quote: '', reason: '' }],
    ['everybody', { category: '<!channel> @channel', quote: '<!channel>', reason: '<!channel> see http://evil.example' }],
    ['another shape', { team: 'Security' }],
  ])('an answer that names %s is rejected', async (what, answer) => {
    const { app, slack, openai } = all;
    openai.mock.on({ userMessage: /mangosteen/ }, { content: JSON.stringify(answer) });
    const text = `The mangosteen service behaves strangely (${what})`;
    const expected = await predict(app, text);
    const { id, channel, replies } = await ticketFrom(text);
    const { prediction, state } = await ticketThat(app, id);
    expect(openai.requests().length).toBeGreaterThan(0);
    expect([prediction?.by, prediction?.category, state]).toEqual([
      expect.not.stringContaining('engine'),
      expected.category,
      expected.abstained ? 'NEEDS_HUMAN' : 'SUGGESTED',
    ]);
    await until(
      () => replies().length,
      (count) => count === 1,
    );
    expect(wordsOf(slack.messages(channel))).not.toMatch(/<!|evil\.example|@channel/);
  });

  test('an answer that quotes what the ticket does not say counts for nothing, and the words of the model are never shown', async () => {
    const { app, openai } = all;
    const text = 'The kumquat list is sorted wrongly and crashes';
    const expected = await predict(app, text);
    answerTriage(openai, /kumquat/, ({ categories: list }) => ({
      category: list.find(({ name }) => name === 'People and HR')?.code ?? '',
      quote: 'the kumquat was stolen by <@U1>',
      reason: 'Look at http://evil.example now',
    }));
    const { prediction } = await triaged(app, { text });
    expect(prediction).toMatchObject({ by: expect.not.stringContaining('engine'), category: expected.category });
    expect(prediction?.reason).not.toMatch(/stolen|evil/);
    openai.mock.reset();
    answerTriage(openai, /kumquat/, ({ categories: list }) => ({
      category: list.find(({ name }) => name === 'Bug')?.code ?? '',
      quote: 'Sorted  WRONGLY',
      reason: 'Look at http://evil.example now',
    }));
    expect((await triaged(app, { text })).prediction).toMatchObject({
      by: 'engine',
      category: { name: 'Bug' },
      reason: 'The ticket says “Sorted  WRONGLY”.',
    });
  });

  test('mentions in a ticket call nobody where it is shown', async () => {
    const { app } = all;
    const bug = await categoryNamed(app, 'Bug');
    await engineSays(/durian/, bug, '<!channel> <!here> durian');
    const { id, replies } = await ticketFrom('<!channel> <!here> durian is broken');
    await ticketThat(app, id);
    await until(
      () => replies().length,
      (count) => count === 1,
    );
    await idle();
    expect(wordsOf(replies())).not.toMatch(/<!channel>|<!here>/);
  });
});

describe('what leaves', () => {
  test('law 4: secrets and personal data of a ticket are masked on the wire, and its examples, too', async () => {
    const { app, openai } = all;
    const token = `gh${'p_'}${'a1B2c3'.repeat(6)}`;
    const access = await categoryNamed(app, 'Access and accounts');
    const text = (who: string) => `The papaya deploy key of ${who} leaked: ${token} password=hunter2-xyz`;
    await engineSays(/papaya/, access);
    const { id } = await triaged(app, { text: text('kim@customer.example') });
    await setCategory(app, { id, categoryId: access.id });
    await triaged(app, { text: text('lee@customer.example') });
    expect(openai.requests().length).toBeGreaterThanOrEqual(2);
    expect(openai.wire()).toContain('decided_before');
    for (const secret of [token, 'hunter2', 'kim@customer.example', 'lee@customer.example']) expect(openai.wire()).not.toContain(secret);
    const calls = await app.database.orm.em
      .fork()
      .getConnection()
      .execute<{ outcome: string; receipt: { sentBytes: number } }[]>('select outcome, receipt from engine_call where subject_id = ?', [
        id,
      ]);
    expect(calls.length).toBeGreaterThan(0);
    for (const call of calls) expect(call).toMatchObject({ outcome: 'SUCCEEDED', receipt: { sentBytes: expect.any(Number) } });
  });

  test('what is said in a restricted channel never reaches an engine: not the message, not what is asked there, not as an example', async () => {
    const { app, slack, openai } = all;
    const secret = newChannel();
    await saveSettings(app, { restrictedChannels: [secret] });
    const hr = await categoryNamed(app, 'People and HR');
    await engineSays(/./s, hr);
    const said = await ticketFrom('The persimmon restructuring: salaries will be cut', { channel: secret });
    const decided: Shown[] = [await ticketThat(app, said.id)];
    // From a form that was opened there: no origin, only where the answer goes.
    const replyTo = { teamId: slack.teamId, channel: secret, user: slack.ana };
    decided.push(await triaged(app, { text: 'The persimmon restructuring: who loses their salary', replyTo }, bot));
    // A link to a message there, sent from elsewhere.
    const elsewhere = { teamId: slack.teamId, channel: newChannel(), user: slack.ana };
    const { ts } = await slack.post({ channel: secret, text: 'persimmon list of salaries' });
    const { ticket } = await createTicket(app, { slack: { kind: 'MESSAGE', ...elsewhere, channel: secret, ts }, replyTo: elsewhere }, bot);
    decided.push(await ticketThat(app, ticket?.id as string));
    expect(decided.map(({ status, prediction }) => [status, prediction?.by === 'engine'])).toEqual(
      Array.from({ length: 3 }, () => ['SUCCEEDED', false]),
    );
    expect(openai.requests()).toEqual([]);

    for (const { id } of decided) await setCategory(app, { id, categoryId: hr.id });
    const open = await triaged(app, { text: 'The persimmon restructuring: salaries, when is the meeting' });
    expect(open.prediction?.by).toBe('engine');
    expect(open.prediction?.lookAlikes.map(({ ticket: { id } }) => id)).toEqual(expect.arrayContaining([said.id]));
    for (const words of ['will be cut', 'who loses', 'list of salaries']) expect(openai.wire()).not.toContain(words);
  });

  test.each([
    ['fails', { error: { message: 'boom', type: 'server_error' }, status: 500 }],
    ['is too busy', { error: { message: 'slow', type: 'rate_limit_error', code: 'rate_limit_exceeded' }, status: 429, retryAfter: 60 }],
    ['talks nonsense', { content: 'Certainly! Here is your JSON:' }],
    ['declines', { error: { message: 'no', type: 'invalid_request_error', code: 'content_filter' }, status: 400 }],
  ])('law 10: an engine that %s leaves the rest of the ladder standing', async (what, answer) => {
    const { app, openai } = all;
    openai.mock.on({ userMessage: /rambutan/ }, answer as never);
    const ticket = await triaged(app, { text: `My account is locked, please reset the password of rambutan (${what})` });
    expect(openai.requests().length).toBeGreaterThan(0);
    expect(ticket).toMatchObject({ status: 'SUCCEEDED', failure: null, prediction: { by: expect.not.stringContaining('engine') } });
    expect((ticket.prediction?.category ?? ticket.prediction?.alternatives[0]?.category)?.name).toBe('Access and accounts');
  });
});
