import { expect } from 'vitest';
import { Ticket } from '#db/entities/ticket.ts';
import { TriageNight } from '#db/entities/triage-night.ts';
import { TriageReplay } from '#db/entities/triage-replay.ts';
import { forWorkspace, unscoped } from '#db/orm.ts';
import {
  advised,
  api,
  ask,
  database,
  decide,
  leavesTheirTicket,
  MESSAGE,
  MESSAGE_KEY,
  notFound,
  nothingOfTheirs,
  ours,
  subscribe,
  theirs,
} from '#tests/graphql/two-workspaces.ts';

/** Ours asks for what is theirs of tickets and triage: one try for each field. */
export const ticketsTries: Record<string, () => Promise<void>> = {
  'Query.ticket': async () => {
    expect((await ask('query ($id: ID!) { ticket(id: $id) { id } }', { id: theirs.ticketId })).data).toEqual({ ticket: null });
  },
  'Query.tickets': async () => {
    const every = '{ tickets(first: 100) { edges { node { id } } } }';
    const found = await ask(every);
    expect(found.data.tickets.edges).toContainEqual({ node: { id: ours.ticketId } });
    nothingOfTheirs(found);
    for (const filter of [`categoryId: "${theirs.categoryId}"`, `search: "${theirs.workspaceId}"`])
      expect((await ask(every.replace('first: 100', `first: 100, filter: { ${filter} }`))).data.tickets.edges).toEqual([]);
  },
  'Query.ticketEvents': async () => {
    expect((await ask('query ($id: ID!) { ticketEvents(ticketId: $id) { id } }', { id: theirs.ticketId })).data.ticketEvents).toEqual([]);
    expect((await ask('query ($id: ID!) { ticketEvents(ticketId: $id) { action } }', { id: ours.ticketId })).data.ticketEvents[0]).toEqual({
      action: 'ticket.created',
    });
  },
  'Query.categories': async () => {
    const answer = await ask('{ categories(includeRetired: true) { id } }');
    expect(answer.data.categories).toContainEqual({ id: ours.categoryId });
    nothingOfTheirs(answer);
  },
  'Query.triageSettings': async () => {
    const set = 'mutation ($emoji: String!) { saveTriageSettings(input: { emoji: $emoji }) { settings { emoji } } }';
    await api.ask(set, { token: theirs.admin.token, variables: { emoji: 'theirs' } });
    await ask(set, { emoji: 'ours' });
    expect((await ask('{ triageSettings { emoji } }')).data.triageSettings.emoji).toBe('ours');
  },
  'Query.triageReport': async () => {
    const report = '{ triageReport { decided confusion { actual { id } } perCategory { category { id } } } }';
    await decide(theirs);
    expect((await ask(report)).data.triageReport).toEqual({ decided: 0, confusion: [], perCategory: [] });
    expect((await api.ask(report, { token: theirs.admin.token })).data.triageReport.decided).toBe(1);
  },
  'Query.triageAdvice': async () => {
    const advice = '{ triageAdvice { id } }';
    await advised(theirs);
    expect((await ask(advice)).data).toEqual({ triageAdvice: null });
    expect((await api.ask(advice, { token: theirs.admin.token })).data.triageAdvice.id).toBe(`adv_${theirs.workspaceId}`);
  },
  'Query.triageNights': async () => {
    const nights = '{ triageNights { day } }';
    const report = { from: '', tickets: 0, decided: 0, right: 0, perCategory: [], drift: null, demoted: [], model: null };
    const night = { id: `ngt_${theirs.workspaceId}`, workspaceId: theirs.workspaceId, day: '2026-11-23', report, createdAt: new Date() };
    await forWorkspace(database.orm, theirs.workspaceId).insert(TriageNight, night);
    expect((await ask(nights)).data).toEqual({ triageNights: [] });
    expect((await api.ask(nights, { token: theirs.admin.token })).data.triageNights).toEqual([{ day: '2026-11-23' }]);
  },
  'Mutation.triageReplay': async () => {
    const { replay } = (await ask('mutation { triageReplay(input: { last: 1 }) { replay { id } } }')).data.triageReplay;
    expect((await database.orm.em.fork().findOneOrFail(TriageReplay, { id: replay.id }, unscoped)).workspaceId).toBe(ours.workspaceId);
  },
  'Query.triageReplay': async () => {
    const { replay } = (await api.ask('mutation { triageReplay(input: { last: 1 }) { replay { id } } }', { token: theirs.admin.token }))
      .data.triageReplay;
    expect((await ask('query ($id: ID!) { triageReplay(id: $id) { id } }', { id: replay.id })).data).toEqual({ triageReplay: null });
  },
  'Query.triageReplayEstimate': async () => {
    const estimate = '{ triageReplayEstimate(input: { engine: true }) { tickets } }';
    await decide(theirs);
    expect((await ask(estimate)).data).toEqual({ triageReplayEstimate: { tickets: 0 } });
    expect((await api.ask(estimate, { token: theirs.admin.token })).data).toEqual({ triageReplayEstimate: { tickets: 1 } });
  },
  'Mutation.createTicket': async () => {
    const replayed = await leavesTheirTicket('createTicket', 'CreateTicketInput', { text: 'x', idempotencyKey: MESSAGE_KEY });
    expect(replayed.ticket.id).toBe(ours.ticketId);
    expect(await leavesTheirTicket('createTicket', 'CreateTicketInput', { text: 'x', categoryId: theirs.categoryId })).toEqual(notFound);
  },
  'Mutation.setTicketCategory': async () => {
    const set = (id: string, categoryId: string) => leavesTheirTicket('setTicketCategory', 'SetTicketCategoryInput', { id, categoryId });
    expect(await set(theirs.ticketId, ours.categoryId)).toEqual(notFound);
    expect(await set(ours.ticketId, theirs.categoryId)).toEqual(notFound);
  },
  'Mutation.setTicketPriority': async () => {
    expect(await leavesTheirTicket('setTicketPriority', 'SetTicketPriorityInput', { id: theirs.ticketId, priority: 'P1' })).toEqual(
      notFound,
    );
  },
  'Mutation.moveTicket': async () => {
    expect(await leavesTheirTicket('moveTicket', 'MoveTicketInput', { id: theirs.ticketId, move: 'RESOLVE' })).toEqual(notFound);
  },
  'Mutation.assignTicket': async () => {
    expect(await leavesTheirTicket('assignTicket', 'AssignTicketInput', { id: theirs.ticketId, assignee: 'slack:T1:U1' })).toEqual(
      notFound,
    );
  },
  'Mutation.mergeTicket': async () => {
    for (const [id, intoId] of [
      [theirs.ticketId, ours.ticketId],
      [ours.ticketId, theirs.ticketId],
    ])
      expect(await leavesTheirTicket('mergeTicket', 'MergeTicketInput', { id, intoId })).toEqual(notFound);
  },
  'Mutation.withdrawSlackTicket': async () => {
    expect((await leavesTheirTicket('withdrawSlackTicket', 'SlackMessageInput', MESSAGE)).ticket.id).toBe(ours.ticketId);
  },
  'Mutation.refreshSlackTicket': async () => {
    const origin = { kind: 'thread' as const, teamId: 'T1', user: 'U1', ...MESSAGE };
    await database.orm.em.fork().nativeUpdate(Ticket, { id: { $in: [theirs.ticketId, ours.ticketId] } }, { origin }, unscoped);
    expect((await leavesTheirTicket('refreshSlackTicket', 'SlackMessageInput', MESSAGE)).ticket.id).toBe(ours.ticketId);
  },
  'Mutation.predictTicket': async () => {
    await decide(theirs);
    const answer = await ask(
      'mutation { predictTicket(input: { text: "The printer is jammed." }) { prediction { category { id } alternatives { category { id } } lookAlikes { ticket { id } } } } }',
    );
    expect(answer.data.predictTicket.prediction.alternatives).not.toEqual([]);
    nothingOfTheirs(answer);
  },
  'Mutation.saveCategory': async () => {
    const input = { id: theirs.categoryId, name: 'Taken over', description: 'x', team: 'x' };
    const answer = await ask(
      'mutation ($input: SaveCategoryInput!) { saveCategory(input: $input) { category { id } userErrors { code } } }',
      { input },
    );
    expect(answer.data.saveCategory).toEqual({ category: null, userErrors: [{ code: 'NOT_FOUND' }] });
    const { data } = await api.ask('{ categories { name } }', { token: theirs.admin.token });
    expect(data.categories).not.toContainEqual({ name: 'Taken over' });
  },
  'Mutation.retireCategory': async () => {
    const answer = await ask('mutation ($id: ID!) { retireCategory(input: { id: $id }) { category { id } userErrors { code } } }', {
      id: theirs.categoryId,
    });
    expect(answer.data.retireCategory).toEqual({ category: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.reviveCategory': async () => {
    const answer = await ask('mutation ($id: ID!) { reviveCategory(input: { id: $id }) { category { id } userErrors { code } } }', {
      id: theirs.categoryId,
    });
    expect(answer.data.reviveCategory).toEqual({ category: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.saveTriageSettings': async () => {
    await ask('mutation { saveTriageSettings(input: { restrictedChannels: ["C9"] }) { settings { emoji } } }');
    const { data } = await api.ask('{ triageSettings { restrictedChannels } }', { token: theirs.admin.token });
    expect(data.triageSettings.restrictedChannels).toEqual([]);
  },
  'Subscription.ticketChanges': async () => {
    const text = await subscribe(`subscription { ticketChanges(ticketId: "${theirs.ticketId}") { title } }`);
    expect(text).toContain('NOT_FOUND');
    expect(text).not.toContain('Printer');
  },
  'Subscription.ticketEvents': async () => {
    const text = await subscribe(`subscription { ticketEvents(ticketId: "${theirs.ticketId}") { action } }`);
    expect(text).toContain('NOT_FOUND');
    expect(text).not.toContain('Printer');
  },
};
