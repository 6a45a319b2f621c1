import { describe, expect, test } from 'vitest';
import { until } from '#tests/support/app.ts';
import {
  categoryNamed,
  createTicket,
  hurry,
  moveTicket,
  setCategory,
  setPriority,
  ticketThat,
  withdrawTicket,
} from '#tests/support/tickets.ts';
import { all, bot, change, idle, newChannel, posts, suggested, ticketFrom, useTriage, wordsOf } from './use-triage.ts';

useTriage();

const CALL = '<!subteam^S0ONCALL>';

const said = (replies: () => unknown, words: string) =>
  until(
    () => wordsOf(replies()),
    (all) => all.includes(words),
    words,
  );

/** The team of a category, with a channel of its own and somebody on call. */
const teamOf = async (name: string) => {
  const category = await categoryNamed(all.app, name);
  const channel = newChannel();
  await change(category, { channel, onCall: 'S0ONCALL' });
  return { category, channel, messages: () => all.slack.messages(channel), leave: () => change(category, { channel: null, onCall: null }) };
};

const refuseAt = (channel: string) => all.slack.fail('chat.postMessage', { kind: 'error', error: 'not_in_channel' }, { channel });
const awayAt = (channel: string) => all.slack.fail('chat.postMessage', { kind: 'error', error: 'service_unavailable' }, { channel });

describe('a critical ticket that comes back', () => {
  test('withdrawn, and wanted again, it calls its team again', async () => {
    const { app } = all;
    const team = await teamOf('Incident');
    const { id, channel, ts, input } = await suggested(
      team.category,
      'All payments of the guava shop are down in production, nobody can pay',
    );
    expect(wordsOf(await posts(team.channel, 1))).toContain('suggested P1 critical');
    await withdrawTicket(app, { channel, ts }, bot);
    await until(
      () => wordsOf(team.messages()),
      (words) => words.includes('was withdrawn'),
    );
    await createTicket(app, input, bot);
    await ticketThat(app, id, ({ state }) => state === 'SUGGESTED');
    const [, call] = await posts(team.channel, 2);
    for (const part of ['waits again · suggested P1 · nobody has it', CALL]) expect(wordsOf(call)).toContain(part);
    await idle();
    expect(team.messages()).toHaveLength(2);
    await team.leave();
  });
});

describe('a critical ticket that goes from team to team', () => {
  test('calls each team it comes to, also one that had it before; where it stays, nobody is called again', async () => {
    const { app } = all;
    const [team, other] = [await teamOf('Bug'), await teamOf('Incident')];
    const { id } = await ticketFrom('The rambutan list shows a wrong total');
    await ticketThat(app, id);
    await setPriority(app, { id, priority: 'P1' }, bot);
    for (const { category } of [team, team, other]) await setCategory(app, { id, categoryId: category.id }, bot);
    for (const { channel } of [team, other]) expect(wordsOf(await posts(channel, 1))).toContain(CALL);
    await idle();
    for (const { category } of [team, team]) await setCategory(app, { id, categoryId: category.id }, bot);
    const [, call] = await posts(team.channel, 2);
    for (const part of ['waits again · P1 · nobody has it', CALL]) expect(wordsOf(call)).toContain(part);
    await idle();
    expect([team.messages().length, other.messages().length]).toEqual([2, 1]);
    await team.leave();
    await other.leave();
  });
});

describe('the first post calls, and nothing calls a second time beside it', () => {
  test('reopened before it could be posted, it is one message', async () => {
    const { app, slack } = all;
    const team = await teamOf('Incident');
    refuseAt(team.channel);
    const { id, replies } = await suggested(team.category, 'All payments of the papaya shop are down in production, nobody can pay');
    await said(replies, 'could not be posted in the channel of');
    slack.heal();
    await moveTicket(app, { id, move: 'NOT_A_TICKET' }, bot);
    await said(replies, 'is not a ticket');
    await idle();
    await moveTicket(app, { id, move: 'REOPEN' }, bot);
    expect(wordsOf(await posts(team.channel, 1))).toContain(CALL);
    await idle();
    expect(team.messages()).toHaveLength(1);
    await team.leave();
  });

  test('more urgent before it could be posted, it is one message', async () => {
    const { app, slack } = all;
    const team = await teamOf('Bug');
    const { id, replies } = await ticketFrom('The report shows a wrong total');
    await ticketThat(app, id);
    await setPriority(app, { id, priority: 'P3' }, bot);
    refuseAt(team.channel);
    await setCategory(app, { id, categoryId: team.category.id }, bot);
    await said(replies, 'could not be posted in the channel of');
    slack.heal();
    await setPriority(app, { id, priority: 'P1' }, bot);
    expect(wordsOf(await posts(team.channel, 1))).toContain(CALL);
    await idle();
    expect(team.messages()).toHaveLength(1);
    await team.leave();
  });
});

describe('a call that could not go out at once', () => {
  test('is not made when the ticket became less urgent meanwhile, nor where it is with another team by then', async () => {
    const { app, slack } = all;
    const [team, other] = [await teamOf('Incident'), await teamOf('Bug')];
    const ids: string[] = [];
    for (const [place, text] of ['The report shows a wrong total', 'The printer on floor two is slow'].entries()) {
      const { id } = await ticketFrom(text);
      await ticketThat(app, id);
      await setPriority(app, { id, priority: 'P3' }, bot);
      await setCategory(app, { id, categoryId: team.category.id }, bot);
      await posts(team.channel, place + 1);
      ids.push(id);
    }
    await idle();
    awayAt(team.channel);
    const [calmed, moved] = ids as [string, string];
    for (const id of ids) await setPriority(app, { id, priority: 'P1' }, bot);
    await idle();
    await setPriority(app, { id: calmed, priority: 'P3' }, bot);
    await setCategory(app, { id: moved, categoryId: other.category.id }, bot);
    expect(wordsOf(await posts(other.channel, 1))).toContain(CALL);
    slack.heal();
    await hurry(app);
    await idle();
    expect(team.messages()).toHaveLength(2);
    await team.leave();
    await other.leave();
  });
});
