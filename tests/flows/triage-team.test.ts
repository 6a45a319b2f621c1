import { describe, expect, test } from 'vitest';
import { until } from '#tests/support/app.ts';
import {
  assignTicket,
  categoryNamed,
  createTicket,
  enqueue,
  findTicket,
  mergeTicket,
  moveTicket,
  setCategory,
  setPriority,
  ticketThat,
  withdrawTicket,
} from '#tests/support/tickets.ts';

import { all, bot, change, engineSays, idle, newChannel, ticketFrom, useTriage, wordsOf } from './use-triage.ts';

useTriage();

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
    expect(slack.messages(teamChannel)[0]?.thread_ts ?? null).toBeNull();
    // Nobody hears of an edit: who reported it is told in a message of its own, and that it is open again whoever has it.
    const [, ...again] = await until(
      () => slack.messages(teamChannel),
      (messages) => messages.length > 1,
    );
    expect(again.map(({ text }) => text)).toEqual([expect.stringMatching(/waits again · P1/)]);
    const [, ...told] = await until(replies, (messages) => messages.length > 2);
    expect(told.map(({ text }) => text)).toEqual([expect.stringMatching(/is resolved/), expect.stringMatching(/is open again/)]);
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
