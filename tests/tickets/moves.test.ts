import { describe, expect, test } from 'vitest';
import {
  assignTicket,
  categoryNamed,
  findTicket,
  hurry,
  mergeTicket,
  moveTicket,
  pastTicket,
  setCategory,
  setPriority,
  ticketThat,
  triaged,
} from '#tests/support/tickets.ts';
import { app, useTickets } from './use-tickets.ts';

useTickets();

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
