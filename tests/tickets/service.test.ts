import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Category } from '#db/entities/category.ts';
import { forWorkspace } from '#db/orm.ts';
import { createModels } from '#src/tickets/prediction/models.ts';
import { type App, startApp, until } from '#tests/support/app.ts';
import {
  assignTicket,
  botScopes,
  type CategoryShown,
  categories,
  categoryNamed,
  createTicket,
  createToken,
  enqueue,
  findTicket,
  hurry,
  mergeTicket,
  moveTicket,
  pastTicket,
  predict,
  retireCategory,
  reviveCategory,
  saveCategory,
  saveSettings,
  setCategory,
  setPriority,
  ticketThat,
  triaged,
} from '#tests/support/tickets.ts';
import { readEvents } from '#tests/support/watch-progress.ts';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const vpn = 'I cannot log in to the VPN since this morning, my account is locked. Please reset my password. Host vpn-gw-3.example.com';
const db = () => forWorkspace(app.database.orm, app.runtime.workspaceId as string);

describe('a ticket comes in', () => {
  test('on the first day there are categories for engineering, HR and operations, all of them suggesting only', async () => {
    const first = await categories(app);
    // What the documentation lists, word for word.
    const described =
      (await readFile('docs/triage.md', 'utf8')).match(/\| Category \| Team \|[^\n]*\n\|[-|]+\n((?:\|[^\n]*\n)+)/)?.[1] ?? '';
    const rows = described
      .trim()
      .split('\n')
      .map((row) =>
        row
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    expect(rows.sort()).toEqual(first.map(({ name, team, description }) => [name, team, description]).sort());
    expect(rows.map(([name]) => name)).toEqual(expect.arrayContaining(['Incident', 'Bug', 'People and HR', 'Office and facilities']));
    expect(new Set(first.map(({ mode }) => mode))).toEqual(new Set(['SUPERVISED']));
  });

  test('many who come first at once find one set of categories', async () => {
    await using other = await startApp({}, { wanted: ['api'] });
    const lists = await Promise.all(Array.from({ length: 8 }, () => categories(other)));
    expect(new Set(lists.map((list) => JSON.stringify(list))).size).toBe(1);
    expect(lists[0]?.length).toBeGreaterThanOrEqual(8);
  });

  test('it is decided on with a probability, alternatives, a reason that quotes it, and what was found in it', async () => {
    const ticket = await triaged(app, { text: vpn });
    expect(['SUGGESTED', 'NEEDS_HUMAN']).toContain(ticket.state);
    const { prediction } = ticket;
    expect(prediction?.abstained).toBe(ticket.state === 'NEEDS_HUMAN');
    expect(prediction?.probability).toBeGreaterThan(0);
    expect(prediction?.alternatives).toHaveLength(3);
    const best = prediction?.category ?? prediction?.alternatives[0]?.category;
    expect(best?.name).toBe('Access and accounts');
    const quotes = [...(prediction?.reason ?? '').matchAll(/“([^”]+)”/g)].map(([, quote]) => quote as string);
    expect(quotes.length).toBeGreaterThan(0);
    for (const quote of quotes) expect(vpn.toLowerCase()).toContain(quote.toLowerCase());
    for (const { value } of ticket.fields) expect(vpn).toContain(value);
    expect(ticket).toMatchObject({
      category: null,
      categoryBy: null,
      priorityBy: 'MODEL',
      touched: false,
      title: expect.stringMatching(/^I cannot log in/),
    });
    expect(ticket.dueAt).not.toBeNull();
  });

  test('plain requests are understood on the first day; a category described anew means what it says', async () => {
    await using fresh = await startApp({}, { wanted: ['api'] });
    const told = async (text: string) => (await predict(fresh, text)).category?.name ?? null;
    expect(await told('Hello, I forgot my password and my account is locked, can you help?')).toBe('Access and accounts');
    expect(await told('The printer on floor two has a paper jam again')).toBe('Hardware and software');
    expect(await told('The cat sat on the mat')).toBeNull();
    const hardware = await categoryNamed(fresh, 'Hardware and software');
    await saveCategory(fresh, { ...hardware, retiredAt: undefined, description: 'Chairs and desks.' });
    expect(await told('The printer on floor two has a paper jam again')).toBeNull();
  });

  test('German, French and Spanish are read on the first day too, and a category with a name of theirs is known by it', async () => {
    await using fresh = await startApp({}, { wanted: ['api'] });
    const likeliest = async (text: string) => {
      const { category, alternatives } = await predict(fresh, text);
      return (category ?? alternatives[0]?.category)?.name;
    };
    const invoice = 'Bestellung 4711: bitte die Rechnung vom Lieferanten bezahlen';
    expect(await likeliest(invoice)).toBe('Purchasing and finance');
    expect(await likeliest('Wie viel Resturlaub habe ich dieses Jahr, und bis wann muss ich ihn nehmen?')).toBe('People and HR');
    expect(await likeliest('J’ai oublié mon mot de passe et mon compte est bloqué')).toBe('Access and accounts');
    expect(await likeliest('L’écran de mon poste reste noir après le démarrage')).toBe('Hardware and software');
    expect(await likeliest('El disco del servidor de base de datos está lleno')).toBe('Deployment and infrastructure');
    const purchasing = await categoryNamed(fresh, 'Purchasing and finance');
    await saveCategory(fresh, { ...purchasing, retiredAt: undefined, name: 'Rechnungswesen', description: 'Alles, was Geld kostet.' });
    expect(await likeliest(invoice)).toBe('Rechnungswesen');
  });

  test('where no word speaks of urgency, a wish has the priority of wishes, also when a person chose the category; reasons say which way they moved it', async () => {
    const wish = await categoryNamed(app, 'Feature request');
    const { id } = await triaged(app, { text: 'Colours for the bars of the chart', categoryId: wish.id });
    type Asked = {
      ticket: {
        priority: string;
        prediction: { priorityUsualOf: { name: string } | null; priorityReasons: { says: string; raises: boolean }[] };
      };
    };
    const ask = async (ticketId: string) =>
      (
        await app.gql<Asked>(
          'query ($id: ID!) { ticket(id: $id) { priority prediction { priorityUsualOf { name } priorityReasons { says raises } } } }',
          { id: ticketId },
        )
      ).ticket;
    expect(await ask(id)).toMatchObject({
      priority: 'P4',
      prediction: { priorityUsualOf: { name: 'Feature request' }, priorityReasons: [] },
    });
    const broken = await triaged(app, { text: 'The chart is broken, a quick question: whom do I tell?' });
    expect((await ask(broken.id)).prediction).toMatchObject({
      priorityUsualOf: null,
      priorityReasons: [
        { says: 'it is a question', raises: false },
        { says: 'something fails', raises: true },
      ],
    });
  });

  test('nonsense is not guessed at: a human decides', async () => {
    const ticket = await triaged(app, { text: 'zzz qqq' });
    expect(ticket).toMatchObject({ state: 'NEEDS_HUMAN', prediction: { abstained: true, category: null } });
    expect(ticket.prediction?.alternatives.length).toBeGreaterThanOrEqual(2);
  });

  test.each([
    [{ text: '  \n ' }, 'The ticket is empty'],
    [{}, 'Send text, slack, or both'],
    [{ text: 'x', categoryId: 'cat_nothing' }, 'category was not found'],
    [{ text: 'x', replyTo: { teamId: 'T1', channel: 'C1', user: 'U1' } }, 'ACT_FOR_SLACK'],
  ])('law 13: %o is answered in words', async (input, sentence) => {
    const { ticket, userErrors } = await createTicket(app, input);
    expect([ticket, userErrors[0]?.message]).toEqual([null, expect.stringContaining(sentence)]);
  });

  test('an odd text is kept as it is, without what a database cannot hold', async () => {
    const text = `'; drop table ticket; -- \u0000 ' | & ! ( <-> :* \\ %_ ??? $1 ${'😀'.repeat(50)} ﷽ ${'x'.repeat(500)}`;
    const ticket = await triaged(app, { text });
    expect(ticket.status).toBe('SUCCEEDED');
    expect(ticket.body).toBe(text.replaceAll('\u0000', '\uFFFD'));
    expect((await triaged(app, { title: '?????', text: '' })).status).toBe('SUCCEEDED');
  });

  test('law 13: of a text that is too long the rest is cut, and that is said', async () => {
    const { createTicket: made } = await app.gql<{ createTicket: { note: string | null; ticket: { body: string } } }>(
      'mutation ($input: CreateTicketInput!) { createTicket(input: $input) { note ticket { body } } }',
      { input: { text: 'y'.repeat(100_001) } },
    );
    expect(made).toEqual({ note: expect.stringContaining('the first 100,000 count'), ticket: { body: 'y'.repeat(100_000) } });
    const noteOn = (text: string) =>
      app.gql('mutation ($input: PredictTicketInput!) { predictTicket(input: $input) { note userErrors { code } } }', { input: { text } });
    expect(await noteOn('y'.repeat(100_001))).toEqual({
      predictTicket: { note: expect.stringContaining('the first 100,000 count'), userErrors: [] },
    });
    expect(await noteOn('y')).toEqual({ predictTicket: { note: null, userErrors: [] } });
  });

  test('law 3: a second creation with the same key does nothing new, also at the same time', async () => {
    const input = { text: 'The printer on the third floor is jammed', idempotencyKey: 'printer' };
    const answers = await Promise.all(Array.from({ length: 6 }, () => createTicket(app, input)));
    answers.push(await createTicket(app, { ...input, text: 'something else' }));
    expect(new Set(answers.map(({ ticket }) => ticket?.id)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    const id = answers[0]?.ticket?.id as string;
    const { ticketEvents } = await app.gql<{ ticketEvents: { action: string }[] }>(
      'query ($id: ID!) { ticketEvents(ticketId: $id) { action } }',
      { id },
    );
    expect(ticketEvents.filter(({ action }) => action === 'ticket.created')).toHaveLength(1);
  });

  test('whoever subscribes to its events hears each of them once, those before first, until it is over', async () => {
    const { ticket } = await createTicket(app, { text: 'The lamp in the hall blinks' });
    const id = ticket?.id as string;
    await ticketThat(app, id);
    await setPriority(app, { id, priority: 'P4' });
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${app.token}` },
      body: JSON.stringify({ query: 'subscription ($id: ID!) { ticketEvents(ticketId: $id) { action } }', variables: { id } }),
    });
    const heard: string[] = [];
    for await (const { data } of readEvents<{ data: { ticketEvents: { action: string } } }>(response)) {
      heard.push(data.ticketEvents.action);
      if (heard.length === 3) await moveTicket(app, { id, move: 'RESOLVE' });
    }
    expect(heard).toEqual(['ticket.created', 'ticket.triaged', 'ticket.priority_set', 'ticket.resolve']);
  });

  test('numbers follow each other without gaps when twenty come at once, some of them twice', async () => {
    const { ticket: last } = await createTicket(app, { text: 'the last one before' });
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, i) => createTicket(app, { text: `ticket ${i}`, ...(i % 4 === 0 ? { idempotencyKey: 'again' } : {}) })),
    );
    const numbers = [...new Set(made.map(({ ticket }) => ticket?.number as number))].sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 16 }, (_, i) => (last?.number ?? 0) + 1 + i));
  });

  test('a form that names category and priority decides; triage changes neither', async () => {
    const hr = await categoryNamed(app, 'People and HR');
    const ticket = await triaged(app, { text: vpn, title: 'From the form', categoryId: hr.id, priority: 'P4' });
    expect(ticket).toMatchObject({
      title: 'From the form',
      state: 'ROUTED',
      category: { id: hr.id },
      categoryBy: 'PERSON',
      priority: 'P4',
      priorityBy: 'PERSON',
      touched: true,
    });
  });
});

describe('law 12: people win', () => {
  test('a category and a priority that a person set are not overwritten by a later triage', async () => {
    const { id } = await triaged(app, { text: 'The build pipeline is red because the disk is full' });
    const hr = await categoryNamed(app, 'People and HR');
    expect((await setCategory(app, { id, categoryId: hr.id })).ticket).toMatchObject({
      state: 'ROUTED',
      categoryBy: 'PERSON',
      touched: true,
    });
    await setPriority(app, { id, priority: 'P1' });
    const before = await findTicket(app, id);
    await triageAgain(id);
    expect(await findTicket(app, id)).toEqual(before);
  });

  test('who sets the priority of a ticket that is still new leaves its category to be predicted', async () => {
    await using slow = await startApp({}, { wanted: ['api'] });
    const { ticket } = await createTicket(slow, { text: vpn });
    expect((await setPriority(slow, { id: ticket?.id, priority: 'P1' })).ticket).toMatchObject({ state: 'NEW', priority: 'P1' });
    await using _worker = await startWorkerOn(slow);
    const decided = await ticketThat(slow, ticket?.id as string);
    expect(decided).toMatchObject({ priority: 'P1', priorityBy: 'PERSON' });
    expect(decided.state).not.toBe('NEW');
  });

  test('a correction counts in the very next prediction of a like ticket, also in another process', async () => {
    const [made, like] = [
      'The coffee machine in the lobby blinks red and grinds no beans',
      'Coffee machine in the lobby is blinking red, no beans ground',
    ];
    const facilities = (await saveCategory(app, { name: 'Facilities', description: 'Buildings and rooms.', team: 'Facilities' })).category;
    const before = await predict(app, like);
    expect(before.category?.id).not.toBe(facilities?.id);
    const elsewhere = createModels({ orm: app.database.orm });
    const open = await db().find(Category, { retiredAt: null }, { orderBy: { id: 'asc' } });
    await elsewhere.current(app.runtime.workspaceId as string, open);

    const { id } = await triaged(app, { text: made });
    await setCategory(app, { id, categoryId: facilities?.id });
    const after = await predict(app, like);
    expect((after.category ?? after.alternatives[0]?.category)?.id).toBe(facilities?.id);
    expect(after.reason).toMatch(/T-\d+/);

    const { model } = await elsewhere.current(app.runtime.workspaceId as string, open);
    expect(model.counts[model.categories.indexOf(facilities?.id as string)]).toBe(1);
    // Whatever else happens to the ticket teaches nothing twice.
    await moveTicket(app, { id, move: 'TAKE' });
    await moveTicket(app, { id, move: 'RESOLVE' });
    const later = await elsewhere.current(app.runtime.workspaceId as string, open);
    expect(later.model).toBe(model);
  });

  test('a correction that is committed late, after younger ones were learned, is learned as well', async () => {
    const models = createModels({ orm: app.database.orm });
    const workspaceId = app.runtime.workspaceId as string;
    const open = await db().find(Category, { retiredAt: null }, { orderBy: { id: 'asc' } });
    const [young, old] = [new Date(), new Date(Date.now() - 5_000)];
    const bug = (await categoryNamed(app, 'Bug')).id;
    const count = async () => {
      const { model } = await models.current(workspaceId, open);
      return model.counts[model.categories.indexOf(bug)] ?? 0;
    };
    const start = await count();
    await pastTicket(app, 90_001, { title: 'Young', categoryId: bug, categoryBy: 'PERSON', updatedAt: young });
    expect(await count()).toBe(start + 1);
    await pastTicket(app, 90_002, { title: 'Old', categoryId: bug, categoryBy: 'PERSON', updatedAt: old });
    expect([await count(), await count()]).toEqual([start + 2, start + 2]);
  });

  test('people can be first: what they decide while triage waits stands, and the prediction made then is not judged', async () => {
    await saveSettings(app, { delaySeconds: 3600 });
    const { ticket } = await createTicket(app, { text: vpn });
    const id = ticket?.id as string;
    const hr = await categoryNamed(app, 'People and HR');
    await setCategory(app, { id, categoryId: hr.id });
    const decided = await reportOf(app);
    await saveSettings(app, { delaySeconds: 0 });
    await hurry(app);
    expect(await ticketThat(app, id)).toMatchObject({ category: { id: hr.id }, categoryBy: 'PERSON', state: 'ROUTED' });
    expect((await reportOf(app)).decided).toBe(decided.decided);
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

describe('a ticket moves', () => {
  test('it is taken, snoozed, resolved and reopened', async () => {
    const { id } = await triaged(app, { text: 'Laptop needs a new battery' });
    const move = async (name: string, more = {}) => (await moveTicket(app, { id, move: name, ...more })).ticket;
    await assignTicket(app, { id, assignee: 'slack:T1:U9' });
    // Of two who want it the second hears that somebody has it; taking it over is another thing.
    expect((await moveTicket(app, { id, move: 'TAKE' })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    expect(await findTicket(app, id)).toMatchObject({ state: 'TAKEN', assignee: 'slack:T1:U9' });
    expect((await assignTicket(app, { id, assignee: '<!channel>' })).userErrors).toMatchObject([{ code: 'BAD_INPUT', field: 'assignee' }]);
    expect(await move('TAKE_OVER')).toMatchObject({ state: 'TAKEN', assignee: expect.stringMatching(/^usr_|^tok_/) });
    expect(await move('TAKE')).toMatchObject({ state: 'TAKEN', assignee: expect.stringMatching(/^usr_|^tok_/), touched: true });
    expect(await move('RETURN')).toMatchObject({ state: 'NEEDS_HUMAN', assignee: null });
    const until = new Date(Date.now() + 3_600_000).toISOString();
    expect(await move('SNOOZE', { until })).toMatchObject({ state: 'SNOOZED', snoozedUntil: until });
    expect(await move('RESOLVE')).toMatchObject({ state: 'RESOLVED', snoozedUntil: null });
    expect(await move('REOPEN')).toMatchObject({ state: 'NEEDS_HUMAN' });
    expect(await move('NOT_A_TICKET')).toMatchObject({ state: 'NOT_A_TICKET' });
  });

  test('the clock of an answer stops while somebody has it, it sleeps or it is over, and starts anew when it is raised, given back, woken or reopened', async () => {
    const HOURS = 3_600_000;
    const long = {
      createdAt: new Date(Date.now() - 10 * HOURS),
      priority: 'P3',
      priorityBy: 'MODEL',
      dueAt: new Date(Date.now() - HOURS),
    } as const;
    const id = await pastTicket(app, 7001, { ...long, touched: false, state: 'NEEDS_HUMAN' });
    const inAnHour = (due: string | null | undefined) => expect(Math.abs(Date.parse(due ?? '') - Date.now() - HOURS)).toBeLessThan(60_000);
    const raised = (await setPriority(app, { id, priority: 'P1' })).ticket;
    inAnHour(raised?.dueAt);
    // Said once more it is no news.
    expect((await setPriority(app, { id, priority: 'P1' })).ticket?.dueAt).toBe(raised?.dueAt);
    const move = async (name: string, more = {}) => (await moveTicket(app, { id, move: name, ...more })).ticket?.dueAt;
    for (const [stops, starts] of [
      ['TAKE', 'RETURN'],
      ['SNOOZE', 'RETURN'],
      ['RESOLVE', 'REOPEN'],
    ] as const) {
      expect(await move(stops)).toBeNull();
      inAnHour(await move(starts));
    }
    await move('SNOOZE', { until: new Date(Date.now() + 300).toISOString() });
    inAnHour((await ticketThat(app, id, ({ state }) => state !== 'SNOOZED')).dueAt);
    expect((await assignTicket(app, { id, assignee: 'slack:T1:U1' })).ticket?.dueAt).toBeNull();
    // Raised while somebody has it, it waits for nobody.
    expect((await setPriority(app, { id, priority: 'P2' })).ticket?.dueAt).toBeNull();
  });

  test('moves that make no sense are conflicts, said in words', async () => {
    const { id, number } = await triaged(app, { text: 'Monitor flickers' });
    for (const move of ['REOPEN', 'RETURN']) expect((await moveTicket(app, { id, move })).userErrors[0]?.code).toBe('CONFLICT');
    await moveTicket(app, { id, move: 'RESOLVE' });
    for (const move of ['TAKE', 'SNOOZE', 'RESOLVE', 'NOT_A_TICKET', 'RETURN'])
      expect((await moveTicket(app, { id, move })).userErrors).toEqual([
        { code: 'CONFLICT', field: null, message: `T-${number} is resolved; that cannot be done with it now.` },
      ]);
    expect((await moveTicket(app, { id: 'tkt_nothing', move: 'TAKE' })).userErrors[0]?.code).toBe('NOT_FOUND');
    const { id: other } = await triaged(app, { text: 'Mouse is broken' });
    expect((await moveTicket(app, { id: other, move: 'SNOOZE', until: '2020-01-01T00:00:00Z' })).userErrors).toMatchObject([
      { code: 'BAD_INPUT', field: 'until' },
    ]);
    expect((await moveTicket(app, { id: other, move: 'SNOOZE', until: '9999-01-01T00:00:00Z' })).userErrors).toMatchObject([
      { code: 'BAD_INPUT', field: 'until', message: expect.stringContaining('a year at most') },
    ]);
    expect((await assignTicket(app, { id: other, assignee: 'usr_nobody' })).userErrors).toMatchObject([
      { code: 'NOT_FOUND', field: 'assignee' },
    ]);
    // What is no ticket, or the same as another, is sorted no more; what is resolved can be put right.
    const bug = (await categoryNamed(app, 'Bug')).id;
    expect((await setCategory(app, { id, categoryId: bug })).userErrors).toEqual([]);
    await moveTicket(app, { id: other, move: 'NOT_A_TICKET' });
    for (const answer of [await setCategory(app, { id: other, categoryId: bug }), await setPriority(app, { id: other, priority: 'P1' })])
      expect(answer.userErrors).toMatchObject([{ code: 'CONFLICT', message: expect.stringContaining('is not a ticket') }]);
  });

  test('a snoozed ticket wakes up when its time is over, with who had it', async () => {
    const { id } = await triaged(app, { text: 'Docking station order' });
    await moveTicket(app, { id, move: 'TAKE' });
    await moveTicket(app, { id, move: 'SNOOZE', until: new Date(Date.now() + 1200).toISOString() });
    expect(await ticketThat(app, id, ({ state }) => state !== 'SNOOZED')).toMatchObject({ state: 'TAKEN', snoozedUntil: null });
  });

  test('a wake-up call that comes early (clocks differ) comes again', async () => {
    const { id } = await triaged(app, { text: 'Docking station order two' });
    await moveTicket(app, { id, move: 'SNOOZE', until: new Date(Date.now() + 2500).toISOString() });
    await hurry(app);
    expect(await ticketThat(app, id, ({ state }) => state !== 'SNOOZED')).toMatchObject({ state: 'NEEDS_HUMAN' });
  });

  test('duplicates are found and merged; chains and rings cannot come about', async () => {
    const text = 'Checkout returns 502 for every customer since the release of payments 4.2.0, error upstream connect timeout';
    const first = await triaged(app, { text });
    const second = await triaged(app, { text: `${text}!` });
    expect(second.prediction?.lookAlikes[0]).toMatchObject({ duplicate: true, ticket: { id: first.id } });
    expect((await mergeTicket(app, { id: second.id, intoId: first.id })).ticket).toMatchObject({
      state: 'MERGED',
      mergedInto: { id: first.id },
    });
    const third = await triaged(app, { text: 'A third one about checkout' });
    const merge = async (id: string, intoId: string) => (await mergeTicket(app, { id, intoId })).userErrors[0]?.code;
    expect(await merge(first.id, second.id)).toBe('CONFLICT');
    expect(await merge(first.id, first.id)).toBe('BAD_INPUT');
    expect(await merge(first.id, 'tkt_nothing')).toBe('NOT_FOUND');
    // Into one that is merged itself: where that one went.
    expect((await mergeTicket(app, { id: third.id, intoId: second.id })).ticket?.mergedInto?.id).toBe(first.id);
    // What was merged goes along.
    const fourth = await triaged(app, { text: 'The root of it' });
    await mergeTicket(app, { id: first.id, intoId: fourth.id });
    expect((await findTicket(app, second.id)).mergedInto?.id).toBe(fourth.id);
    expect(await merge(fourth.id, second.id)).toBe('CONFLICT');
    expect(await merge(fourth.id, first.id)).toBe('CONFLICT');
    // One that comes back is its own again.
    expect((await moveTicket(app, { id: second.id, move: 'REOPEN' })).ticket).toMatchObject({ state: 'NEEDS_HUMAN', mergedInto: null });
  });

  test('of a mail its matter is looked for, not its headers, signature or disclaimer', async () => {
    const mail = (subject: string, words: string) =>
      [
        '---------- Forwarded message ---------',
        'From: Quentin Zwiebelberger <quentin.zwiebelberger@zwiebelberger-logistik.example>',
        `To: ${Array.from({ length: 12 }, (_, place) => `Reader Number${place} <reader.number${place}@zwiebelberger-logistik.example>`).join(', ')}`,
        'Date: Mon, 23 Nov 2026 09:14:02 +0100',
        `Subject: ${subject}`,
        '',
        words,
        '',
        'Kind regards,',
        'Quentin Zwiebelberger',
        'Head of Warehousing, Zwiebelberger Logistik GmbH',
        'Phone +49 30 1234567',
        '',
        'This e-mail and any attachments are confidential and intended solely for the addressee. If you are not the intended recipient, please notify the sender and delete this message.',
      ].join('\n');
    const plain = await triaged(app, {
      title: 'For the people downstairs',
      text: 'Each parcel with a violet barcode is rejected by the trellis sorter',
    });
    // So many have the same hand that there is no room for all that is found.
    for (let place = 0; place < 70; place++)
      await pastTicket(app, 9000 + place, {
        title: `Matter ${place}`,
        body: mail(`Matter ${place}`, `May I have day ${place} of June off?`),
      });
    const found = await triaged(app, { text: mail('A question', 'The trellis sorter rejects each parcel with a violet barcode.') });
    expect(found.prediction?.lookAlikes[0]?.ticket.id).toBe(plain.id);
    // Of the same hand, and about something else.
    expect(found.prediction?.lookAlikes.filter(({ score, ticket }) => ticket.number >= 9000 && score > 0.1)).toEqual([]);
  });

  test('two that are merged into each other at the same time do not both vanish', async () => {
    for (let round = 0; round < 4; round++) {
      const [a, b] = await Promise.all([triaged(app, { text: `Twin ${round} one` }), triaged(app, { text: `Twin ${round} two` })]);
      const answers = await Promise.all([mergeTicket(app, { id: a.id, intoId: b.id }), mergeTicket(app, { id: b.id, intoId: a.id })]);
      expect(answers.map(({ userErrors }) => userErrors[0]?.code ?? 'ok').sort()).toEqual(['CONFLICT', 'ok']);
    }
  });
});

describe('looking for tickets', () => {
  test('by the number people call it by', async () => {
    const { id, number } = await triaged(app, { text: 'The stapler of floor two is empty' });
    expect((await findTicket(app, `t-${number}`)).id).toBe(id);
    expect(await findTicket(app, 'T-99999999999')).toBeNull();
    const { tickets } = await app.gql<{ tickets: { edges: unknown[] } }>(
      'query ($name: String!) { tickets(first: 5, filter: { search: $name }) { edges { node { id } } } }',
      { name: `T-${number}` },
    );
    expect(tickets.edges).toEqual([{ node: { id } }]);
  });

  test('that number is a name wherever a ticket is named, also in its events; a merge is in the trail of both', async () => {
    const [one, other] = [await triaged(app, { text: 'The fern in the hall is dry' }), await triaged(app, { text: 'A plant wants water' })];
    const [name, otherName] = [`T-${one.number}`, `t-${other.number}`];
    const { id: categoryId } = await categoryNamed(app, 'Facilities');
    expect((await setCategory(app, { id: name, categoryId })).ticket).toMatchObject({ id: one.id, state: 'ROUTED' });
    expect((await setPriority(app, { id: name, priority: 'P4' })).ticket).toMatchObject({ id: one.id, priority: 'P4' });
    expect((await assignTicket(app, { id: name, assignee: 'slack:T1:U7' })).ticket).toMatchObject({ id: one.id, assignee: 'slack:T1:U7' });
    expect((await moveTicket(app, { id: otherName, move: 'TAKE' })).ticket).toMatchObject({ id: other.id, state: 'TAKEN' });
    expect((await mergeTicket(app, { id: otherName, intoId: name })).ticket).toMatchObject({ id: other.id, mergedInto: { id: one.id } });
    expect((await mergeTicket(app, { id: name, intoId: 'T-99999' })).userErrors[0]).toMatchObject({ code: 'NOT_FOUND', field: 'intoId' });
    expect((await moveTicket(app, { id: 'T-99999', move: 'TAKE' })).userErrors[0]?.message).toContain('T-142');
    const eventsOf = async (ticket: string) =>
      (
        await app.gql<{ ticketEvents: { action: string; from: string | null; to: string | null }[] }>(
          'query ($ticket: ID!) { ticketEvents(ticketId: $ticket) { action from to } }',
          { ticket },
        )
      ).ticketEvents.at(-1);
    expect(await eventsOf(name)).toEqual({ action: 'ticket.merged_into_this', from: `T-${other.number}`, to: null });
    expect(await eventsOf(otherName)).toEqual({ action: 'ticket.merged', from: null, to: name });
  });

  const list = async (filter: string): Promise<string[]> =>
    (
      await app.gql<{ tickets: { edges: { node: { title: string } }[] } }>(
        `{ tickets(first: 100, filter: { ${filter} }) { edges { node { title } } } }`,
      )
    ).tickets.edges.map(({ node }) => node.title);

  test('by state, category, priority, assignee, time and words', async () => {
    const { id } = await triaged(app, { text: 'The quokka server smiles too much' });
    const bug = await categoryNamed(app, 'Bug');
    await setCategory(app, { id, categoryId: bug.id });
    await setPriority(app, { id, priority: 'P2' });
    const { ticket } = await moveTicket(app, { id, move: 'TAKE' });
    const title = 'The quokka server smiles too much';
    for (const filter of [
      'state: [TAKEN]',
      `categoryId: "${bug.id}"`,
      'priority: [P2]',
      `assignee: "${ticket?.assignee}"`,
      'search: "quokka"',
      'search: "SERVER quokka"',
      'createdAfter: "2020-01-01T00:00:00Z"',
    ])
      expect(await list(filter), filter).toContain(title);
    for (const filter of [
      'state: [RESOLVED]',
      'priority: [P1]',
      'assignee: "nobody"',
      'search: "quokka penguin"',
      'search: "quokka -server"',
      'createdBefore: "2020-01-01T00:00:00Z"',
    ])
      expect(await list(filter), filter).not.toContain(title);
  });

  test.each(["'", '"', '\\\\', "' or 1=1 --", '!!! & | ( ) :* <->', '%', '?', '???', '$1', ':named', '\\u0000', '-', 'a:b:c', '😀'])(
    'a search for %s finds nothing and breaks nothing',
    async (words) => {
      expect(
        await list(`search: ${JSON.stringify(words.replace('\\u0000', '\u0000')).replaceAll('\\\\\\\\', '\\\\')}, state: [WITHDRAWN]`),
      ).toEqual([]);
    },
  );

  test('pages follow each other in both orders', async () => {
    const page = async (args: string) =>
      (
        await app.gql<{
          tickets: { edges: { cursor: string; node: { number: number } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
        }>(
          `{ tickets(${args}, filter: { state: [NEEDS_HUMAN, SUGGESTED] }) { edges { cursor node { number } } pageInfo { hasNextPage endCursor } } }`,
        )
      ).tickets;
    const every = (await page('first: 100')).edges.map(({ node }) => node.number);
    const first = await page('first: 3');
    const next = await page(`first: 3, after: "${first.pageInfo.endCursor}"`);
    expect([...first.edges, ...next.edges].map(({ node }) => node.number)).toEqual(every.slice(0, 6));
    expect((await page('first: 3, orderBy: OLDEST_FIRST')).edges.map(({ node }) => node.number)).toEqual(every.toReversed().slice(0, 3));
    expect((await page(`last: 2, before: "${next.edges[0]?.cursor}"`)).edges.map(({ node }) => node.number)).toEqual(every.slice(1, 3));
    await expect(page('first: 1, after: "nonsense"')).rejects.toThrow('not one of ours');
  });

  test('a page with all that hangs on it is read in a few queries, each time as things are now', async () => {
    const bug = await categoryNamed(app, 'Bug');
    const names = async () => {
      const page = await app.gql<{
        tickets: {
          edges: { node: { category: { name: string } | null; prediction: { alternatives: { category: { id: string } }[] } | null } }[];
        };
      }>(
        '{ tickets(first: 100) { edges { node { category { name } prediction { alternatives { category { id } } lookAlikes { ticket { number } } } } } } }',
      );
      return page.tickets.edges.map(({ node }) => node.category?.name);
    };
    expect(await names()).toContain('Bug');
    await saveCategory(app, { ...bug, retiredAt: undefined, name: 'Defect' });
    expect(await names()).toContain('Defect');
    await saveCategory(app, { ...bug, retiredAt: undefined });
  });

  test('what happened to a ticket, by whom and for whom, and what it was before', async () => {
    const bot = await createToken(app, 'SERVICE', botScopes);
    const { id } = await triaged(app, { text: 'Who did what' });
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${bot}`, 'x-acting-for': 'slack:T1:U7' },
      body: JSON.stringify({ query: `mutation { moveTicket(input: { id: "${id}", move: TAKE }) { ticket { assignee } } }` }),
    });
    expect(await response.json()).toMatchObject({ data: { moveTicket: { ticket: { assignee: 'slack:T1:U7' } } } });
    const events = 'query ($id: ID!) { ticketEvents(ticketId: $id) { action actor actingFor from to } }';
    const { ticketEvents } = await app.gql<{ ticketEvents: unknown[] }>(events, { id });
    expect(ticketEvents).toMatchObject([
      { action: 'ticket.created', actingFor: null, from: null, to: null },
      { action: 'ticket.triaged', actor: 'triage', from: null, to: null },
      { action: 'ticket.take', actor: expect.stringMatching(/^tok_/), actingFor: 'slack:T1:U7', from: 'NEEDS_HUMAN', to: 'TAKEN' },
    ]);
    // Not a door to what happened to tokens and people.
    const { tokens } = await app.gql<{ tokens: { id: string }[] }>('{ tokens { id } }');
    for (const { id: token } of tokens) expect(await app.gql(events, { id: token })).toEqual({ ticketEvents: [] });
  });
});

type Report = {
  decided: number;
  curve: { threshold: number; right: number; wrong: number; abstained: number }[];
  confusion: { count: number; predicted: { name: string }; actual: { name: string } }[];
  perCategory: { tickets: number; precision: number | null; recall: number | null; category: { name: string } }[];
};
const reportOf = async (of: App): Promise<Report> =>
  (
    await of.gql<{ triageReport: Report }>(
      '{ triageReport { decided curve { threshold right wrong abstained } confusion { count predicted { name } actual { name } } perCategory { tickets precision recall category { name } } } }',
    )
  ).triageReport;

const triageAgain = async (id: string): Promise<void> => {
  await enqueue(app, 'triage-ticket', { ticketId: id, workspaceId: app.runtime.workspaceId });
  await until(
    () =>
      app.database.orm.em
        .fork()
        .getConnection()
        .execute<unknown[]>("select 1 from graphile_worker.jobs where task_identifier = 'triage-ticket' and run_at <= now()"),
    (jobs) => jobs.length === 0,
  );
};

/** A worker beside an API that was started without one. */
const startWorkerOn = async (of: App) => {
  const { parseConfig } = await import('#src/config.ts');
  const { startRuntime } = await import('#src/runtime.ts');
  return startRuntime(
    parseConfig({ DATABASE_URL: of.database.url, PORT: '0', LOG_LEVEL: 'silent', NODE_ENV: 'test', BCRYPT_COST: '4' }),
    ['worker'],
    { retryScale: 0.01 },
  );
};
