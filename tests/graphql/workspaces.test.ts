import { GraphQLObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { createGraphSchema } from '#graphql/schema.ts';
import { inputs } from './sample-arguments.ts';
import { accountsTries } from './tries/accounts.ts';
import { changelogTries } from './tries/changelog.ts';
import { elsewhereTries } from './tries/elsewhere.ts';
import { logsTries } from './tries/logs.ts';
import { ticketsTries } from './tries/tickets.ts';
import { api, useTwoWorkspaces } from './two-workspaces.ts';

useTwoWorkspaces();

/** One try to cross per field: ours asks for what is theirs. A field without a try fails the first test below. */
const tries: Record<string, () => Promise<void>> = {
  ...accountsTries,
  ...logsTries,
  ...ticketsTries,
  ...changelogTries,
  ...elsewhereTries,
};

const schema = createGraphSchema();
const rootTypes = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(
  (type) => type instanceof GraphQLObjectType,
);
const fields = rootTypes.flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));

test('every query, mutation and subscription has a try to cross, and no try is left over', () => {
  expect(Object.keys(tries).sort()).toEqual(fields.sort());
});

test.each(fields)('a workspace never sees or touches another’s rows by %s', async (field) => {
  await tries[field]?.();
});

test.each(fields.filter((field) => !/createFirstAdmin|signIn|refreshSession|signOut/.test(field)))(
  '%s wants to know who asks',
  async (field) => {
    const [operation = '', name = ''] = field.split('.');
    const args =
      {
        ...(operation === 'Query' ? { triageReplay: '(id: "1")' } : {}),
        log: '(id: "1")',
        logs: '(first: 1)',
        logSummary: '(logId: "1")',
        logQuestion: '(id: "1")',
        logLines: '(logId: "1", from: 1, to: 1)',
        logProgress: '(logId: "1")',
        auditEvents: '(first: 1)',
        incident: '(id: "1")',
        incidents: '(first: 1)',
        ticket: '(id: "1")',
        triageReplayEstimate: '(input: { last: 1 })',
        tickets: '(first: 1)',
        ticketEvents: '(ticketId: "1")',
        ticketChanges: '(ticketId: "1")',
        change: '(id: "1")',
        changes: '(first: 1)',
        changelog: '(id: "1")',
        changelogs: '(first: 1)',
        changelogSubscription: '(id: "1")',
        changelogPost: '(id: "1")',
        changelogProgress: '(changelogId: "1")',
      }[name] ??
      inputs[name] ??
      '';
    const answer = await api.ask(`${operation.toLowerCase()} { ${name}${args} { __typename } }`);
    expect(answer.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  },
);

test('no type of the schema has a field for a password’s or token’s hash', () => {
  const secretive = Object.values(schema.getTypeMap())
    .filter((type) => type instanceof GraphQLObjectType)
    .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`))
    .filter((field) => /hash|password/i.test(field) && field !== 'Receipt.sentHash');
  expect(secretive).toEqual(['Mutation.changePassword', 'Mutation.resetPassword']);
});
