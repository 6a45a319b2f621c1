import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { startApp } from '#tests/support/app.ts';
import {
  categories,
  categoryNamed,
  createTicket,
  moveTicket,
  predict,
  saveCategory,
  setPriority,
  ticketThat,
  triaged,
} from '#tests/support/tickets.ts';
import { readEvents } from '#tests/support/watch-progress.ts';
import { app, useTickets, vpn } from './use-tickets.ts';

useTickets();

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
    [{ text: '  \n ' }, 'no words in the ticket'],
    [{ text: ':fire: 🔥 :+1::skin-tone-2: :お疲れ様: !!' }, 'no words in the ticket'],
    [{ title: '?????', text: '' }, 'no words in the ticket'],
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
    expect((await triaged(app, { title: 'VPN', text: '?????' })).status).toBe('SUCCEEDED');
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
