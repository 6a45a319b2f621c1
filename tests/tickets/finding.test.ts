import { beforeAll, describe, expect, test } from 'vitest';
import {
  assignTicket,
  botScopes,
  categoryNamed,
  createToken,
  findTicket,
  mergeTicket,
  moveTicket,
  saveCategory,
  setCategory,
  setPriority,
  triaged,
} from '#tests/support/tickets.ts';
import { app, useTickets } from './use-tickets.ts';

useTickets();
beforeAll(async () => {
  await saveCategory(app, { name: 'Facilities', description: 'Buildings and rooms.', team: 'Facilities' });
  for (let place = 1; place <= 7; place++) await triaged(app, { text: `Zyx plonk ${place}` });
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
