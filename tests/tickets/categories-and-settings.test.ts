import { describe, expect, test } from 'vitest';
import { startApp, until } from '#tests/support/app.ts';
import {
  type CategoryShown,
  categories,
  categoryNamed,
  createTicket,
  createToken,
  findTicket,
  predict,
  retireCategory,
  reviveCategory,
  saveCategory,
  saveSettings,
  setCategory,
  ticketThat,
  triaged,
} from '#tests/support/tickets.ts';
import { app, useTickets, vpn } from './use-tickets.ts';

useTickets();

describe('categories and settings', () => {
  test('a retired category is never predicted, however much speaks for it', async () => {
    const parking = (await saveCategory(app, { name: 'Parking', description: 'Parking lots, garage, barrier.', team: 'Facilities' }))
      .category;
    for (const text of ['The barrier of the garage stays closed', 'Garage barrier stays closed again']) {
      const { id } = await triaged(app, { text });
      await setCategory(app, { id, categoryId: parking?.id });
    }
    const text = 'The barrier of the garage stays closed today';
    const before = await predict(app, text);
    expect((before.category ?? before.alternatives[0]?.category)?.name).toBe('Parking');
    await retireCategory(app, parking?.id as string);
    const after = await predict(app, text);
    expect([after.category, ...after.alternatives.map(({ category }) => category)].map((category) => category?.name)).not.toContain(
      'Parking',
    );
    const { id } = await triaged(app, { text });
    expect((await setCategory(app, { id, categoryId: parking?.id })).userErrors).toMatchObject([
      { code: 'CONFLICT', message: expect.stringContaining('retired') },
    ]);
    expect((await categories(app)).map(({ name }) => name)).not.toContain('Parking');
    expect((await categories(app, true)).map(({ name }) => name)).toContain('Parking');
  });

  test('a retired category stands in nobody’s way, comes back with what it knew, also to who makes it anew by its name', async () => {
    const texts = ['The carport roof leaks on my bike', 'My bike stands wet below the carport', 'Carport: the roof leaks on bikes'];
    const asked = 'The bike rack below the carport is full of bicycles, and its roof leaks';
    const make = async (name: string) =>
      (await saveCategory(app, { name, description: 'Bicycles and where they stand, carport, bike rack.', team: 'Facilities' }))
        .category as CategoryShown;
    const share = async (id: string): Promise<number> => {
      const { category, probability, alternatives } = await predict(app, asked);
      return category?.id === id ? probability : (alternatives.find((guess) => guess.category.id === id)?.probability ?? 0);
    };
    // Earlier tests retire categories, too, and each has the model trained anew.
    await untrained();
    const bikes = await make('Bikes');
    await untrained();
    const onTheFirstDay = await share(bikes.id);
    for (const text of texts) await setCategory(app, { id: (await triaged(app, { text })).id, categoryId: bikes.id });
    const taught = await share(bikes.id);
    await retireCategory(app, bikes.id);

    // One of another name knows as much as if the other had never been.
    await untrained();
    const cycling = await make('Cycling');
    await untrained();
    expect(await share(cycling.id)).toBeGreaterThan(onTheFirstDay - 0.1);
    expect((await saveCategory(app, { ...bikes, retiredAt: undefined })).userErrors).toMatchObject([
      { code: 'CONFLICT', message: expect.stringContaining('bring it back first') },
    ]);
    await retireCategory(app, cycling.id);

    const back = await saveCategory(app, { name: 'bikes', description: bikes.description, team: 'Facilities' });
    expect(back).toMatchObject({
      category: { id: bikes.id, name: 'bikes', retiredAt: null },
      note: expect.stringContaining('back with its tickets'),
    });
    expect(await share(bikes.id)).toBeCloseTo(taught, 1);
    await retireCategory(app, bikes.id);
    expect((await reviveCategory(app, bikes.id)).category).toMatchObject({ id: bikes.id, retiredAt: null });
    expect(await share(bikes.id)).toBeCloseTo(taught, 1);

    // Not when another has its name by now.
    await retireCategory(app, bikes.id);
    const { retiredAt: _, ...question } = await categoryNamed(app, 'Question');
    await saveCategory(app, { ...question, name: 'Bikes' });
    expect((await reviveCategory(app, bikes.id)).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    expect((await reviveCategory(app, 'cat_none')).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    await saveCategory(app, question);
  });

  test('a ticket that waits for a tap on a category that is retired is looked at again', async () => {
    const canteen = (
      await saveCategory(app, { name: 'Canteen', description: 'Menu, lunch, canteen, kitchen, tables, dishes.', team: 'Facilities' })
    ).category as CategoryShown;
    const text = 'The canteen kitchen ran out of dishes at lunch';
    await setCategory(app, { id: (await triaged(app, { text })).id, categoryId: canteen.id });
    const { id } = await triaged(app, { text: `${text} again` });
    expect(await findTicket(app, id)).toMatchObject({ state: 'SUGGESTED', prediction: { category: { name: 'Canteen' } } });
    await retireCategory(app, canteen.id);
    const again = await ticketThat(app, id, ({ prediction }) => prediction?.category?.name !== 'Canteen');
    expect(again.state).not.toBe('ROUTED');
    expect(again.prediction?.alternatives.map(({ category }) => category.name)).not.toContain('Canteen');
  });

  test('without any category everything waits for a human', async () => {
    await using empty = await startApp();
    const [last, ...others] = await categories(empty);
    for (const { id } of others) await retireCategory(empty, id);
    // Of one alone nothing can be told, and it applies nothing.
    await saveCategory(empty, { ...last, retiredAt: undefined, mode: 'AUTONOMOUS' });
    expect(await triaged(empty, { text: vpn })).toMatchObject({
      state: 'NEEDS_HUMAN',
      prediction: {
        probability: 0.5,
        reason: expect.stringContaining('only one category'),
        alternatives: [{ category: { id: last?.id } }],
      },
    });
    await retireCategory(empty, last?.id as string);
    expect(await triaged(empty, { text: vpn })).toMatchObject({ state: 'NEEDS_HUMAN', prediction: { category: null, alternatives: [] } });
  });

  test.each([
    [{ name: ' ' }, 'The name needs 1 to 60 characters'],
    [{ name: 'x'.repeat(61) }, 'The name needs 1 to 60 characters'],
    [{ description: '' }, 'The description needs'],
    [{ team: '\n' }, 'The team needs'],
    [{ channel: '#bugs' }, 'by its id'],
    [{ targetPrecision: 0 }, 'between 0 and 1'],
    [{ targetPrecision: 1.2 }, 'between 0 and 1'],
    [{ name: 'bug' }, 'There is a category "Bug" already'],
    [{ id: 'cat_nothing' }, 'was not found'],
  ])('law 13: a category with %o is refused in words', async (wrong, sentence) => {
    const { category, userErrors } = await saveCategory(app, { name: 'Fresh', description: 'x', team: 'x', ...wrong });
    expect([category, userErrors[0]?.message]).toEqual([null, expect.stringContaining(sentence)]);
  });

  test('names with wildcards are only themselves', async () => {
    expect((await saveCategory(app, { name: 'B_g', description: 'x', team: 'x' })).userErrors).toEqual([]);
    expect((await saveCategory(app, { name: '%', description: 'x', team: 'x' })).userErrors).toEqual([]);
  });

  const hours = { timeZone: 'Europe/Berlin', days: [1], from: '09:00', to: '17:00' };
  test.each([
    [{ threshold: 1.5 }, 'between 0 and 1'],
    [{ threshold: -0.1 }, 'between 0 and 1'],
    [{ delaySeconds: -1 }, '0 to 86,400'],
    [{ emoji: 'not an emoji' }, 'Name the emoji'],
    [{ restrictedChannels: ['C0HR', '#hr'] }, 'by its id'],
    [{ adminChannel: 'general' }, 'by its id'],
    [{ businessHours: { ...hours, from: '9' } }, 'written like 09:00'],
    [{ businessHours: { ...hours, to: '24:30' } }, 'written like 09:00'],
    [{ businessHours: { ...hours, to: hours.from } }, 'at different times'],
    [{ businessHours: { ...hours, days: [] } }, 'at least one day'],
    [{ businessHours: { ...hours, days: [0] } }, '1 (Monday) to 7'],
    [{ businessHours: { ...hours, timeZone: 'Mars/Olympus' } }, 'not a time zone'],
    [
      { businessHours: { ...hours, closedDays: ['25.12.'] } },
      '“25.12.” is not a day, nor days from one to another. Write 2026-12-28 for one day',
    ],
    [{ businessHours: { ...hours, closedDays: ['2026-02-30'] } }, 'There is no day 2026-02-30'],
    [{ businessHours: { ...hours, closedDays: ['12-28..2027-01-02'] } }, 'only one end has a year'],
    [{ businessHours: { ...hours, closedDays: ['2027-01-02..2026-12-28'] } }, 'the earlier day comes first'],
    [{ businessHours: { ...hours, closedDays: ['01-01..12-31'] } }, 'leave some days open'],
    [
      { businessHours: { ...hours, closedDays: Array.from({ length: 121 }, (_, place) => `${2030 + place}-12-24`) } },
      '121 closed days; 120 at most',
    ],
  ])('law 13: settings with %o are refused in words', async (wrong, sentence) => {
    const { settings, userErrors } = await saveSettings(app, wrong);
    expect([settings, userErrors[0]?.message]).toEqual([null, expect.stringContaining(sentence)]);
  });

  test('closed days put off what is due, are written in one way, and stay when hours change', async () => {
    type Hours = { triageSettings: { businessHours: { from: string; closedDays: string[] } } };
    const kept = async () =>
      (await app.gql<Hours>('{ triageSettings { businessHours { from closedDays } } }')).triageSettings.businessHours;
    const everyDay = { timeZone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' };
    const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
    await saveSettings(app, {
      businessHours: { ...everyDay, closedDays: [` ${day(0)} – ${day(2)}`, '12-25', '12-25', '2027-01-01 to 2027-01-01', ''] },
    });
    expect(await kept()).toEqual({ from: '00:00', closedDays: [`${day(0)}..${day(2)}`, '12-25', '2027-01-01'] });
    const { ticket } = await createTicket(app, { text: 'The shelf is crooked', priority: 'P3' });
    const { dueAt } = await ticketThat(app, ticket?.id as string);
    expect(dueAt?.slice(0, 10)).toBe(day(3));
    await saveSettings(app, { businessHours: { ...everyDay, from: '06:00' } });
    expect(await kept()).toMatchObject({ from: '06:00', closedDays: [`${day(0)}..${day(2)}`, '12-25', '2027-01-01'] });
    await saveSettings(app, { businessHours: { timeZone: 'UTC', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', closedDays: [] } });
    expect((await kept()).closedDays).toEqual([]);
  });

  test('what is given changes, the rest stays, and colons are ours to take off', async () => {
    expect((await saveSettings(app, { emoji: ':fire:', threshold: 0.7 })).settings).toEqual({ emoji: 'fire', threshold: 0.7 });
    expect((await saveSettings(app, { threshold: 0.5 })).settings).toEqual({ emoji: 'fire', threshold: 0.5 });
    await saveSettings(app, { emoji: 'ticket' });
  });

  test('only admins change them; who may not write may not create either', async () => {
    const member = await createToken(app, 'PERSONAL', ['TICKETS_READ', 'TICKETS_WRITE']);
    const forbidden = [expect.objectContaining({ code: 'FORBIDDEN' })];
    expect((await saveSettings(app, { threshold: 0.1 }, member)).userErrors).toEqual(forbidden);
    expect((await saveCategory(app, { name: 'Mine', description: 'x', team: 'x' }, member)).userErrors).toEqual(forbidden);
    expect((await retireCategory(app, (await categoryNamed(app, 'Bug')).id, member)).userErrors).toEqual(forbidden);
    const reader = await createToken(app, 'PERSONAL', ['TICKETS_READ']);
    expect((await createTicket(app, { text: 'x' }, reader)).userErrors).toEqual(forbidden);
    await expect(
      app.gql('{ tickets(first: 1) { edges { node { id } } } }', {}, await createToken(app, 'PERSONAL', ['LOGS_READ'])),
    ).rejects.toThrow('TICKETS_READ');
  });
});

/** No training waits or runs. */
const untrained = () =>
  until(
    () =>
      app.database.orm.em
        .fork()
        .getConnection()
        .execute<unknown[]>("select 1 from graphile_worker.jobs where task_identifier = 'retrain-triage'"),
    (jobs) => jobs.length === 0,
  );
