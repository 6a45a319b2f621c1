import { expect, test } from 'vitest';
import { until } from '#tests/support/app.ts';
import {
  assignTicket,
  categoryNamed,
  findTicket,
  mergeTicket,
  moveTicket,
  setCategory,
  setPriority,
  ticketThat,
} from '#tests/support/tickets.ts';
import { all, bot, change, idle, newChannel, ticketFrom, useTriage, wordsOf } from './use-triage.ts';

useTriage();

/** A ticket somebody reported, looked at, with what is said in its thread below our own message. */
const reported = async (text: string, by: string) => {
  const one = await ticketFrom(text, { reporter: `slack:${all.slack.teamId}:${by}` });
  const { number } = await ticketThat(all.app, one.id);
  await until(one.replies, (messages) => messages.length === 1);
  return {
    ...one,
    number,
    name: `T-${number}`,
    told: () =>
      one
        .replies()
        .slice(1)
        .map(({ text: words }) => words),
  };
};
const move = async (id: string, to: string) => (await moveTicket(all.app, { id, move: to }, bot)).ticket;

test('an emergency that is merged into something slow makes that urgent, and calls its team', async () => {
  const { app, slack } = all;
  const teamChannel = newChannel();
  const bug = await categoryNamed(app, 'Bug');
  await change(bug, { channel: teamChannel });
  const [slow, urgent] = [
    await reported('The chart of returns is odd', slack.ana),
    await reported('No chart of returns at all', slack.ben),
  ];
  await setCategory(app, { id: slow.id, categoryId: bug.id }, bot);
  await setPriority(app, { id: slow.id, priority: 'P4' }, bot);
  await setPriority(app, { id: urgent.id, priority: 'P1' }, bot);
  await until(
    () => slack.messages(teamChannel).length,
    (count) => count === 1,
  );
  const { dueAt } = await findTicket(app, urgent.id);
  await mergeTicket(app, { id: urgent.id, intoId: slow.id }, bot);
  expect(await findTicket(app, slow.id)).toMatchObject({ state: 'ROUTED', priority: 'P1', priorityBy: 'PERSON' });
  expect((await findTicket(app, slow.id)).dueAt).toBe(dueAt);
  await until(
    () => wordsOf(slack.messages(teamChannel)),
    (words) => words.includes(`${slow.name} is P1 now · nobody has it`),
  );
  // The other way round nothing is slowed down.
  const third = await reported('The chart of returns is a little odd', slack.ben);
  await setPriority(app, { id: third.id, priority: 'P4' }, bot);
  await mergeTicket(app, { id: third.id, intoId: slow.id }, bot);
  expect(await findTicket(app, slow.id)).toMatchObject({ priority: 'P1' });
  // Of two as urgent the one that waits longer says by when.
  const later = await reported('Not one chart of returns', slack.ben);
  await setPriority(app, { id: later.id, priority: 'P1' }, bot);
  await mergeTicket(app, { id: slow.id, intoId: later.id }, bot);
  expect((await findTicket(app, later.id)).dueAt).toBe(dueAt);
  await change(bug, { channel: null });
});

test('nothing is merged into what is no ticket, not by way of one that was merged there either', async () => {
  const { slack, app } = all;
  const [one, other, none] = [
    await reported('The lamp of room five hums', slack.ana),
    await reported('The lamp of room six hums', slack.ben),
    await reported('Who has a lamp?', slack.ben),
  ];
  await mergeTicket(app, { id: other.id, intoId: none.id }, bot);
  await move(none.id, 'NOT_A_TICKET');
  const { userErrors } = await mergeTicket(app, { id: one.id, intoId: other.id }, bot);
  expect(userErrors).toMatchObject([{ code: 'CONFLICT', message: expect.stringContaining(`${none.name} is not a ticket`) }]);
  expect(await findTicket(app, one.id)).toMatchObject({ mergedInto: null });
});

test('whoever reported what is merged into something resolved is told, and all who were told hear that it is open again', async () => {
  const { slack, app } = all;
  const [first, second] = [
    await reported('The blinds of room five are stuck', slack.ana),
    await reported('Stuck blinds in room five', slack.ben),
  ];
  await move(first.id, 'RESOLVE');
  await mergeTicket(app, { id: second.id, intoId: first.id }, bot);
  const along = `<@${slack.ben}> ${first.name}, which ${second.name} is the same as,`;
  await until(second.told, (said) => said.length === 1);
  expect(second.told()).toEqual([`${along} is resolved`]);
  await move(first.id, 'REOPEN');
  await until(
    () => [first.told(), second.told()],
    ([one, two]) => one?.length === 2 && two?.length === 2,
  );
  expect(first.told()).toEqual([`<@${slack.ana}> ${first.name} is resolved`, `<@${slack.ana}> ${first.name} is open again`]);
  expect(second.told()[1]).toBe(`${along} is open again`);
});

test('who has a ticket hears when others end it, give it back or merge it; reopened, it is nobody’s', async () => {
  const { slack, app } = all;
  const target = await reported('The sink of the kitchen leaks', slack.ana);
  for (const [how, words] of [
    ['RETURN', 'was given back: nobody has it now'],
    ['RESOLVE', 'is resolved'],
    ['NOT_A_TICKET', 'was closed as not a ticket'],
    ['MERGE', `was merged into ${target.name}`],
  ]) {
    const one = await reported(`A matter to ${how}`, slack.ana);
    await assignTicket(app, { id: one.id, assignee: `slack:${slack.teamId}:${slack.ben}` }, bot);
    await until(one.told, (said) => said.length === 1);
    if (how === 'MERGE') await mergeTicket(app, { id: one.id, intoId: target.id }, bot);
    else await move(one.id, how as string);
    await until(one.told, (said) => said.includes(`<@${slack.ben}> ${one.name} ${words}`));
    if (how !== 'RESOLVE') continue;
    expect(await move(one.id, 'REOPEN')).toMatchObject({ state: 'NEEDS_HUMAN', assignee: null });
    await until(one.told, (said) => said.includes(`<@${slack.ben}> ${one.name} is open again`));
  }
  await idle();
});

test('what sleeps with somebody is theirs: another takes it over, and does not just take it', async () => {
  const { slack, app } = all;
  const one = await reported('The hinge of the gate squeaks', slack.ana);
  await assignTicket(app, { id: one.id, assignee: `slack:${slack.teamId}:${slack.ben}` }, bot);
  await move(one.id, 'SNOOZE');
  expect((await moveTicket(app, { id: one.id, move: 'TAKE' }, bot)).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  await until(
    () => wordsOf(one.replies()[0]),
    (words) => words.includes('Take over'),
  );
  expect(await move(one.id, 'TAKE_OVER')).toMatchObject({ state: 'TAKEN' });
});
