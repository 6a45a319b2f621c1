import { beforeEach, expect, test, vi } from 'vitest';
import { inputsOf } from './start-bot.ts';
import { bot, filled, newest, slack, useBot, type View } from './use-bot.ts';

useBot();
beforeEach(() => expect(slack.violations).toEqual([]));

const open = async (user?: string) => bot.send.slash({ command: '/aiops', text: 'settings', ...(user ? { user } : {}) });
const openSettings = async () => {
  await open();
  await filled('Payments');
  return newest();
};
const submit = (view: View, values: Record<string, object>, more: { rootViewId?: string; user?: string } = {}) =>
  bot.send.submitView({
    callbackId: view.callback_id,
    privateMetadata: view.private_metadata,
    viewId: view.view_id,
    blocks: view.blocks,
    values: Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { [id]: value }])),
    ...more,
  });

const settings = {
  emoji: { value: ' :sos: ' },
  threshold: { value: '0.75' },
  delaySeconds: { value: '120' },
  restrictedChannels: { selected_conversations: ['C0HR'] },
  adminChannel: { selected_conversation: null },
  'businessHours.timeZone': { value: 'America/New_York' },
  'businessHours.days': { selected_options: [{ value: '1' }, { value: '3' }] },
  'businessHours.from': { selected_time: '08:00' },
  'businessHours.to': { selected_time: '18:30' },
  'businessHours.closedDays': { value: '12-25\n 2026-12-28..2027-01-02, 01-06' },
  'answerWithin.P1': { value: '30' },
  'answerWithin.P2': { value: '120' },
  'answerWithin.P3': { value: '480' },
  'answerWithin.P4': { value: '2400' },
  'answerWithin.aroundTheClock': { selected_options: [{ value: 'P1' }, { value: 'P2' }] },
  enginePrompt: { value: ' Invoices are Purchasing. ' },
};
const category = {
  name: { value: 'Laptops' },
  description: { value: 'Broken hardware' },
  team: { value: 'IT' },
  channel: { selected_conversation: 'C0IT' },
  onCall: { value: null },
  mode: { selected_option: { value: 'AUTONOMOUS' } },
  targetPrecision: { value: '0.9' },
};

test('/aiops settings opens at once and shows the settings and categories when they arrive', async () => {
  const gate = Promise.withResolvers<void>();
  bot.api.hold = { operation: 'TriageAdmin', until: gate.promise };
  expect(await open()).toMatchObject({ status: 200, body: '' });
  await filled('Fetching');
  gate.resolve();
  bot.api.hold = null;
  await filled('Payments');
  expect(newest().blocks).toMatchObject([
    { block_id: 'emoji', element: { initial_value: 'ticket' } },
    { block_id: 'threshold', element: { initial_value: '0.6' } },
    { block_id: 'delaySeconds', element: { initial_value: '0' } },
    { block_id: 'restrictedChannels' },
    { block_id: 'adminChannel' },
    { block_id: 'businessHours.timeZone', element: { initial_value: 'Europe/Berlin' } },
    { block_id: 'businessHours.days', element: { initial_options: [{ value: '1' }, {}, {}, {}, {}] } },
    { block_id: 'businessHours.from', element: { initial_time: '09:00' } },
    { block_id: 'businessHours.to' },
    { block_id: 'businessHours.closedDays', element: { initial_value: '12-25' } },
    { block_id: 'answerWithin.P1', element: { initial_value: '60' } },
    { block_id: 'answerWithin.P2', element: { initial_value: '240' } },
    { block_id: 'answerWithin.P3' },
    { block_id: 'answerWithin.P4' },
    { block_id: 'answerWithin.aroundTheClock', element: { initial_options: [{ value: 'P1' }] } },
    { block_id: 'enginePrompt' },
    {},
    {},
    { accessory: { action_id: 'category_edit', value: 'cat_pay' } },
    { accessory: { action_id: 'category_edit', value: 'cat_db' } },
    { elements: [{ action_id: 'category_add' }] },
  ]);
  expect(JSON.stringify(newest().blocks)).not.toContain('<!channel>');
});

test('the settings are saved, and the new emoji counts at once', async () => {
  const view = await openSettings();
  expect((await submit(view, settings)).body).toBe('');
  expect(inputsOf(bot, 'SaveTriageSettings')).toEqual([
    {
      emoji: 'sos',
      threshold: 0.75,
      delaySeconds: 120,
      restrictedChannels: ['C0HR'],
      adminChannel: null,
      businessHours: {
        timeZone: 'America/New_York',
        days: [1, 3],
        from: '08:00',
        to: '18:30',
        closedDays: ['12-25', ' 2026-12-28..2027-01-02', ' 01-06'],
      },
      answerWithin: [
        { priority: 'P1', minutes: 30, aroundTheClock: true },
        { priority: 'P2', minutes: 120, aroundTheClock: true },
        { priority: 'P3', minutes: 480, aroundTheClock: false },
        { priority: 'P4', minutes: 2400, aroundTheClock: false },
      ],
      enginePrompt: 'Invoices are Purchasing.',
    },
  ]);
  bot.api.triage.triageSettings.emoji = 'sos';
  const { ts } = await slack.post({ text: 'help' });
  await slack.react({ ts, name: 'sos' });
  await bot.send.event({ type: 'reaction_added', user: slack.ana, reaction: 'sos', item: { type: 'message', channel: slack.general, ts } });
  expect(bot.api.tickets).toHaveLength(1);
});

test.each([
  ['threshold', 'threshold'],
  ['businessHours', 'businessHours.timeZone'],
  ['businessHours.to', 'businessHours.to'],
  ['businessHours.closedDays', 'businessHours.closedDays'],
  ['answerWithin', 'answerWithin.P1'],
  ['somethingElse', 'emoji'],
])('what the API refuses about %s is said at %s, and the window stays', async (field, block) => {
  const view = await openSettings();
  bot.api.mood = { userError: { code: 'BAD_INPUT', message: 'Not like this.', field } };
  expect((await submit(view, settings)).json).toEqual({ response_action: 'errors', errors: { [block]: 'Not like this.' } });
});

test('a category is edited on top of the settings, which show it afterwards', async () => {
  const root = await openSettings();
  await bot.send.click({ actionId: 'category_edit', value: 'cat_db', viewId: root.view_id });
  await filled('Slow queries');
  const view = newest();
  expect(view.blocks).toMatchObject([
    { block_id: 'name', element: { initial_value: 'Database' } },
    { block_id: 'description' },
    { block_id: 'team' },
    { block_id: 'channel', element: { initial_conversation: 'C0DB' } },
    { block_id: 'onCall', element: { initial_value: 'U0ONCALL' } },
    { block_id: 'mode', element: { initial_option: { value: 'AUTONOMOUS' } } },
    { block_id: 'targetPrecision', element: { initial_value: '0.8' } },
    { elements: [{ action_id: 'category_retire', value: 'cat_db' }] },
  ]);
  bot.api.triage.categories[1]!.name = 'Laptops';
  await submit(view, category, { rootViewId: root.view_id });
  expect(inputsOf(bot, 'SaveCategory')).toEqual([
    {
      id: 'cat_db',
      name: 'Laptops',
      description: 'Broken hardware',
      team: 'IT',
      channel: 'C0IT',
      onCall: null,
      mode: 'AUTONOMOUS',
      targetPrecision: 0.9,
    },
  ]);
  await filled('Laptops', () => slack.views().find((each) => each['view_id'] === root.view_id) as unknown as View);
});

test('categories the window has no room for are found in a menu by their names', async () => {
  const few = bot.api.triage.categories;
  bot.api.triage.categories = [
    ...Array.from({ length: 180 }, (_, nth) => ({ ...few[0]!, id: `cat_${nth}`, name: `Team ${nth}` })),
    { ...few[1]!, id: 'cat_last', name: 'The last one' },
  ];
  await open();
  await filled('And 111 more categories');
  const { view_id: viewId } = newest();
  await bot.send.click({ actionId: 'category_edit', value: 'cat_last', menu: true, viewId });
  await filled('Slow queries');
  bot.api.triage.categories = few;
  expect(newest().blocks).toMatchObject([{ element: { initial_value: 'The last one' } }, {}, {}, {}, {}, {}, {}, {}]);
});

test('a category is added, and what is wrong with it is said at its field', async () => {
  const root = await openSettings();
  await bot.send.click({ actionId: 'category_add', value: 'new', viewId: root.view_id });
  const view = newest();
  expect(JSON.stringify(view.blocks)).not.toContain('category_retire');
  bot.api.mood = { userError: { code: 'CONFLICT', message: 'There is a category of that name.', field: 'name' } };
  expect((await submit(view, category)).json).toMatchObject({ errors: { name: 'There is a category of that name.' } });
  bot.api.mood = 'well';
  await submit(view, category);
  expect(inputsOf(bot, 'SaveCategory').at(-1)).not.toHaveProperty('id');
});

test('a category is retired from its window, which says so', async () => {
  const root = await openSettings();
  await bot.send.click({ actionId: 'category_edit', value: 'cat_pay', viewId: root.view_id });
  await filled('category_retire');
  await bot.send.click({ actionId: 'category_retire', value: 'cat_pay', viewId: newest().view_id });
  expect(inputsOf(bot, 'RetireCategory')).toEqual([{ id: 'cat_pay' }]);
  await filled('The settings can bring it back');
});

test('a retired category is brought back from the settings', async () => {
  bot.api.triage.all = [{ id: 'cat_old', name: 'Fax', retiredAt: '2026-01-01T00:00:00.000Z' }];
  const root = await openSettings();
  expect(JSON.stringify(root.blocks)).toContain('Fax');
  bot.api.triage.all = [];
  await bot.send.click({ actionId: 'category_revive', value: 'cat_old', viewId: root.view_id });
  expect(inputsOf(bot, 'ReviveCategory')).toEqual([{ id: 'cat_old' }]);
  await vi.waitFor(() => expect(JSON.stringify(newest().blocks)).not.toContain('Fax'));
});

test('whoever is no admin of the workspace sees and changes nothing', async () => {
  await open(slack.ben);
  await filled('Only admins');
  expect(JSON.stringify(newest().blocks)).not.toContain('Payments');
  const view = await openSettings();
  expect((await submit(view, settings, { user: slack.ben })).json).toMatchObject({
    errors: { emoji: expect.stringContaining('Only admins') },
  });
  await bot.send.click({ actionId: 'category_retire', value: 'cat_pay', viewId: view.view_id, user: slack.ben });
  expect(bot.api.requests.filter(({ query }) => query.includes('mutation'))).toEqual([]);
});

test('with the API down the window says so', async () => {
  bot.api.mood = 'down';
  await open();
  await filled('could not');
});
