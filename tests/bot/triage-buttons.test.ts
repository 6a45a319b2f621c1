import { expect, test, vi } from 'vitest';
import { inputsOf } from './start-bot.ts';
import { bot, filled, newest, slack, useBot } from './use-bot.ts';

useBot();

test.each([
  ['ticket_confirm', { id: 'tkt_1', categoryId: 'cat_db' }, false, 'SetTicketCategory', { id: 'tkt_1', categoryId: 'cat_db' }],
  ['ticket_category', { id: 'tkt_1', categoryId: 'cat_pay' }, true, 'SetTicketCategory', { id: 'tkt_1', categoryId: 'cat_pay' }],
  ['ticket_priority', { id: 'tkt_1', priority: 'P1' }, true, 'SetTicketPriority', { id: 'tkt_1', priority: 'P1' }],
  ['ticket_take', { id: 'tkt_1' }, false, 'MoveTicket', { id: 'tkt_1', move: 'TAKE' }],
  ['ticket_take_over', { id: 'tkt_1' }, false, 'MoveTicket', { id: 'tkt_1', move: 'TAKE_OVER' }],
  ['ticket_return', { id: 'tkt_1' }, false, 'MoveTicket', { id: 'tkt_1', move: 'RETURN' }],
  ['ticket_snooze', { id: 'tkt_1' }, false, 'MoveTicket', { id: 'tkt_1', move: 'SNOOZE' }],
  [
    'ticket_snooze',
    { id: 'tkt_1', until: '2026-05-04T09:00:00Z' },
    true,
    'MoveTicket',
    { id: 'tkt_1', move: 'SNOOZE', until: '2026-05-04T09:00:00Z' },
  ],
  ['ticket_more', { id: 'tkt_1', do: 'SNOOZE' }, true, 'MoveTicket', { id: 'tkt_1', move: 'SNOOZE' }],
  ['ticket_more', { id: 'tkt_1', do: 'RETURN' }, true, 'MoveTicket', { id: 'tkt_1', move: 'RETURN' }],
  ['ticket_resolve:2', { id: 'tkt_1' }, false, 'MoveTicket', { id: 'tkt_1', move: 'RESOLVE' }],
  ['ticket_reopen', { id: 'tkt_1' }, false, 'MoveTicket', { id: 'tkt_1', move: 'REOPEN' }],
  ['ticket_not', { id: 'tkt_1' }, false, 'MoveTicket', { id: 'tkt_1', move: 'NOT_A_TICKET' }],
  ['ticket_merge', { id: 'tkt_1', intoId: 'tkt_2' }, false, 'MergeTicket', { id: 'tkt_1', intoId: 'tkt_2' }],
])('%s with %o does one thing, in the name of whoever clicked', async (actionId, value, menu, operation, input) => {
  await bot.send.click({ actionId, value: JSON.stringify(value), menu, user: slack.ben });
  expect(bot.api.requests).toMatchObject([
    {
      query: expect.stringContaining(`mutation ${operation}`),
      variables: { input },
      headers: { 'x-acting-for': `slack:${slack.teamId}:${slack.ben}` },
    },
  ]);
});

test('beyond the room of a message a category is chosen in a window that has all of them, to be searched by typing', async () => {
  const few = bot.api.triage.categories;
  bot.api.triage.categories = Array.from({ length: 250 }, (_, nth) => ({ ...few[0]!, id: `cat_${nth}`, name: `Team ${nth}` }));
  await bot.send.click({ actionId: 'ticket_category', value: '{"id":"tkt_1","all":"categories"}', menu: true });
  await filled('cat_249');
  bot.api.triage.categories = few;
  const view = newest();
  const { option_groups: groups } = view.blocks[0]!['element'] as { option_groups: { options: { value: string }[] }[] };
  expect(groups.map(({ options }) => options.length)).toEqual([100, 100, 50]);
  const choose = () =>
    bot.send.submitView({
      callbackId: view.callback_id,
      privateMetadata: view.private_metadata,
      blocks: view.blocks,
      values: { categoryId: { categoryId: { selected_option: { value: 'cat_249' } } } },
    });
  expect((await choose()).body).toBe('');
  expect(inputsOf(bot, 'SetTicketCategory')).toEqual([{ id: 'tkt_1', categoryId: 'cat_249' }]);
  bot.api.mood = { userError: { code: 'CONFLICT', message: 'Team 249 is retired.' } };
  expect((await choose()).json).toMatchObject({ errors: { categoryId: 'Team 249 is retired.' } });
  expect(slack.violations).toEqual([]);
});

test('a ticket is given to whoever is chosen', async () => {
  await bot.send.click({ actionId: 'ticket_assign', value: '{"id":"tkt_1"}', person: slack.ana });
  expect(bot.api.requests).toMatchObject([{ variables: { input: { id: 'tkt_1', assignee: `slack:${slack.teamId}:${slack.ana}` } } }]);
});

test('any ticket is merged into any other in a window: those that look like it first, and all by number', async () => {
  const alike = { score: 0.71, ticket: { id: 'tkt_5', number: 5, state: 'TAKEN' } };
  bot.api.mood = { data: { ticket: { prediction: { lookAlikes: [alike] } } } };
  await bot.send.click({ actionId: 'ticket_more', value: '{"id":"tkt_6","do":"MERGE"}', menu: true });
  await filled('T-5 · taken · 71 % alike');
  bot.api.mood = 'well';
  const view = newest();
  const choose = (like: string | null, number: string | null) =>
    bot.send.submitView({
      callbackId: view.callback_id,
      privateMetadata: view.private_metadata,
      blocks: view.blocks,
      values: { like: { like: { selected_option: like ? { value: like } : null } }, intoId: { intoId: { value: number } } },
    });
  expect((await choose('tkt_5', null)).body).toBe('');
  expect((await choose('tkt_5', ' t-4 ')).body).toBe('');
  for (const nothing of [null, 'the other'])
    expect((await choose(null, nothing)).json).toMatchObject({ errors: { intoId: expect.any(String) } });
  expect(inputsOf(bot, 'MergeTicket')).toEqual([
    { id: 'tkt_6', intoId: 'tkt_5' },
    { id: 'tkt_6', intoId: 'T-4' },
  ]);
  bot.api.mood = { userError: { code: 'NOT_FOUND', message: 'That ticket was not found.', field: 'intoId' } };
  expect((await choose(null, '99')).json).toMatchObject({ errors: { intoId: 'That ticket was not found.' } });
  expect(slack.violations).toEqual([]);
});

test('a ticket sleeps an hour by one entry of the menu, and until any time by a window', async () => {
  await bot.send.click({ actionId: 'ticket_more', value: '{"id":"tkt_6","do":"SNOOZE","hours":1}', menu: true });
  await vi.waitFor(() => expect(inputsOf(bot, 'MoveTicket')).toHaveLength(1));
  const [anHour] = inputsOf(bot, 'MoveTicket') as [{ id: string; move: string; until: string }];
  expect(anHour).toMatchObject({ id: 'tkt_6', move: 'SNOOZE' });
  expect(Math.abs(Date.parse(anHour.until) - Date.now() - 3_600_000)).toBeLessThan(60_000);

  await bot.send.click({ actionId: 'ticket_more', value: '{"id":"tkt_6","do":"SNOOZE_UNTIL"}', menu: true });
  await vi.waitFor(() => expect(newest().callback_id).toBe('snooze_ticket'));
  const view = newest();
  const choose = (selected_date_time: number | null) =>
    bot.send.submitView({
      callbackId: view.callback_id,
      privateMetadata: view.private_metadata,
      blocks: view.blocks,
      values: { until: { until: { selected_date_time } } },
    });
  expect((await choose(1_799_999_940)).body).toBe('');
  expect((await choose(null)).json).toEqual({ response_action: 'errors', errors: { until: 'Choose a day and a time.' } });
  expect(inputsOf(bot, 'MoveTicket')[1]).toEqual({ id: 'tkt_6', move: 'SNOOZE', until: '2027-01-15T07:59:00.000Z' });
  expect(slack.violations).toEqual([]);
});

test('what cannot be done with a ticket, and a button of another version, get a sentence only the clicker sees', async () => {
  const before = slack.responses().length;
  bot.api.mood = { userError: { code: 'CONFLICT', message: 'Ben took T-142 a minute ago.' } };
  await bot.send.click({ actionId: 'ticket_take', value: '{"id":"tkt_1"}' });
  await vi.waitFor(() =>
    expect(slack.responses()[before]).toMatchObject({ response_type: 'ephemeral', text: 'Ben took T-142 a minute ago.' }),
  );
  await bot.send.click({ actionId: 'ticket_merge', value: '{"id":"tkt_1"}' });
  await vi.waitFor(() => expect(slack.responses()[before + 1]?.['text']).toContain('older version'));
});
