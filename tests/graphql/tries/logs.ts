import { expect } from 'vitest';
import { Log } from '#db/entities/log.ts';
import { unscoped } from '#db/orm.ts';
import { SUBMIT_LOG } from '#tests/graphql/test-api.ts';
import { ASK_LOG, api, ask, database, ours, subscribe, theirs } from '#tests/graphql/two-workspaces.ts';

/** Ours asks for what is theirs of logs: one try for each field. */
export const logsTries: Record<string, () => Promise<void>> = {
  'Query.log': async () => {
    expect((await ask('query ($id: ID!) { log(id: $id) { id } }', { id: theirs.logId })).data).toEqual({ log: null });
  },
  'Query.logs': async () => {
    const answer = await ask('{ logs(first: 100) { edges { node { id } } } }');
    expect(answer.data.logs.edges).toEqual([{ node: { id: ours.logId } }]);
  },
  'Query.logSummary': async () => {
    expect((await ask('query ($id: ID!) { logSummary(logId: $id) { logId } }', { id: theirs.logId })).data).toEqual({ logSummary: null });
  },
  'Query.logLines': async () => {
    const answer = await ask('query ($id: ID!) { logLines(logId: $id, from: 1, to: 9) { text } }', { id: theirs.logId });
    expect(answer.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  },
  'Mutation.markNoise': async () => {
    const mutation = 'mutation ($id: ID!) { markNoise(input: { logId: $id, patternId: "P1" }) { log { id } userErrors { code } } }';
    expect((await ask(mutation, { id: theirs.logId })).data.markNoise).toEqual({ log: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Query.logQuestion': async () => {
    const them = await api.ask(ASK_LOG, { token: theirs.admin.token, variables: { id: theirs.logId } });
    const id = them.data.askLog.question?.id ?? 'qst_none';
    expect((await ask('query ($id: ID!) { logQuestion(id: $id) { id } }', { id })).data).toEqual({ logQuestion: null });
  },
  'Mutation.askLog': async () => {
    const answer = await ask(ASK_LOG, { id: theirs.logId });
    expect(answer.data.askLog).toEqual({ question: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.rateLog': async () => {
    const answer = await ask('mutation ($id: ID!) { rateLog(input: { logId: $id, helpful: true }) { log { id } userErrors { code } } }', {
      id: theirs.logId,
    });
    expect(answer.data.rateLog).toEqual({ log: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.cancelLog': async () => {
    const answer = await ask('mutation ($id: ID!) { cancelLog(input: { id: $id }) { log { id } userErrors { code } } }', {
      id: theirs.logId,
    });
    expect(answer.data.cancelLog).toEqual({ log: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.retryLog': async () => {
    const answer = await ask('mutation ($id: ID!) { retryLog(input: { id: $id }) { log { id } userErrors { code } } }', {
      id: theirs.logId,
    });
    expect(answer.data.retryLog).toEqual({ log: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.deleteLog': async () => {
    const answer = await ask('mutation ($id: ID!) { deleteLog(input: { id: $id }) { deletedId userErrors { code } } }', {
      id: theirs.logId,
    });
    expect(answer.data.deleteLog).toEqual({ deletedId: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.submitLog': async () => {
    const input = { text: 'a line', idempotencyKey: 'the same key' };
    const them = await api.ask(SUBMIT_LOG, { token: theirs.admin.token, variables: { input } });
    const { log, replayed } = (await ask(SUBMIT_LOG, { input })).data.submitLog;
    expect([replayed, log.id === them.data.submitLog.log.id]).toEqual([false, false]);
    expect((await database.orm.em.fork().findOneOrFail(Log, { id: log.id }, unscoped)).workspaceId).toBe(ours.workspaceId);
  },
  'Subscription.logProgress': async () => {
    const text = await subscribe(`subscription { logProgress(logId: "${theirs.logId}") { status } }`);
    expect(text).toContain('NOT_FOUND');
    expect(text).not.toContain('QUEUED');
  },
};
