import { expect } from 'vitest';
import { CREATE_TOKEN } from '#tests/graphql/test-api.ts';
import {
  addChange,
  api,
  ask,
  findsNothing,
  GENERATE,
  nothingOfTheirs,
  ours,
  SUBSCRIBE,
  subscribe,
  theirs,
} from '#tests/graphql/two-workspaces.ts';

/** Ours asks for what is theirs of changes and changelogs: one try for each field. */
export const changelogTries: Record<string, () => Promise<void>> = {
  'Query.change': async () => {
    expect((await ask('query ($id: ID!) { change(id: $id) { id } }', { id: theirs.changeId })).data).toEqual({ change: null });
  },
  'Query.changes': async () => {
    const answer = await ask('{ changes(first: 100) { edges { node { id title } } } }');
    expect(answer.data.changes.edges.map(({ node }: { node: { id: string } }) => node.id)).toContain(ours.changeId);
    nothingOfTheirs(answer);
  },
  'Query.changelog': async () => {
    const query = 'query ($id: ID!) { changelog(id: $id) { id entries { key } omittedCounts { count } rendered(format: JSON) } }';
    expect((await ask(query, { id: theirs.changelogId })).data).toEqual({ changelog: null });
  },
  'Query.changelogs': async () => {
    const answer = await ask('{ changelogs(first: 100) { edges { node { id } } } }');
    expect(answer.data.changelogs.edges).toEqual([{ node: { id: ours.changelogId } }]);
  },
  'Query.changelogSettings': async () => {
    const save = 'mutation ($list: [String!]) { saveChangelogSettings(input: { leakList: $list }) { settings { leakList } } }';
    await api.ask(save, { token: theirs.admin.token, variables: { list: ['theirs'] } });
    expect((await ask('{ changelogSettings { leakList } }')).data.changelogSettings.leakList).not.toContain('theirs');
  },
  'Mutation.saveChangelogSettings': async () => {
    await ask('mutation { saveChangelogSettings(input: { eventChannels: ["COURS"] }) { settings { leakList } } }');
    const { data } = await api.ask('{ changelogSettings { eventChannels } }', { token: theirs.admin.token });
    expect(data.changelogSettings.eventChannels).not.toContain('COURS');
  },
  'Mutation.recordChanges': async () => {
    const input = { changes: [{ system: 'x', kind: 'NOTE', title: 'x', time: '2026-01-01T00:00:00Z', key: 'the same key' }] };
    const record = 'mutation ($input: RecordChangesInput!) { recordChanges(input: $input) { created ids } }';
    const them = await api.ask(record, { token: theirs.admin.token, variables: { input } });
    const { created, ids } = (await ask(record, { input })).data.recordChanges;
    expect([created, ids[0] === them.data.recordChanges.ids[0]]).toEqual([1, false]);
  },
  'Mutation.addChange': async () => {
    const { change, replayed } = await addChange(ours.admin.token, `Only in ${ours.workspaceId}`);
    expect([change.id, replayed]).toEqual([ours.changeId, true]);
  },
  'Mutation.recordChangeEvent': async () => {
    const save = 'mutation { saveChangelogSettings(input: { eventChannels: ["CTHEIRS"] }) { settings { leakList } } }';
    await api.ask(save, { token: theirs.admin.token });
    const bot = await ask(CREATE_TOKEN, { input: { name: 'bot', kind: 'SERVICE', scopes: ['CHANGES_WRITE', 'ACT_FOR_SLACK'] } });
    const answer = await api.ask(
      'mutation { recordChangeEvent(input: { teamId: "T1", channel: "CTHEIRS", ts: "1.0", text: "Deployed api 2.14.0" }) { change { id } } }',
      { token: bot.data.createToken.secret },
    );
    expect(answer.data).toEqual({ recordChangeEvent: { change: null } });
  },
  'Mutation.generateChangelog': async () => {
    expect((await ask(GENERATE)).data.generateChangelog).toEqual({ changelog: { id: ours.changelogId }, replayed: true });
  },
  'Query.changelogSubscriptions': async () => {
    const answer = await ask('{ changelogSubscriptions { id posts(first: 10) { id } } }');
    expect(answer.data.changelogSubscriptions).toEqual([{ id: ours.subscriptionId, posts: [{ id: ours.postId }] }]);
  },
  'Query.changelogSubscription': async () => {
    const answer = await ask('query ($id: ID!) { changelogSubscription(id: $id) { id } }', { id: theirs.subscriptionId });
    expect(answer.data).toEqual({ changelogSubscription: null });
  },
  'Query.changelogPost': async () => {
    expect((await ask('query ($id: ID!) { changelogPost(id: $id) { id } }', { id: theirs.postId })).data).toEqual({ changelogPost: null });
  },
  'Mutation.subscribeChangelog': async () => {
    expect((await ask(SUBSCRIBE)).data.subscribeChangelog).toEqual({ subscription: { id: ours.subscriptionId }, replayed: true });
  },
  'Mutation.updateChangelogSubscription': () =>
    findsNothing('updateChangelogSubscription', 'UpdateChangelogSubscriptionInput', 'subscription', {
      id: theirs.subscriptionId,
      paused: true,
    }),
  'Mutation.unsubscribeChangelog': () =>
    findsNothing('unsubscribeChangelog', 'ChangelogSubscriptionInput', 'subscription', { id: theirs.subscriptionId }),
  'Mutation.postChangelogNow': () =>
    findsNothing('postChangelogNow', 'AskChangelogInput', 'post', {
      place: { teamId: 'T1', channel: 'C1', owner: 'U1' },
      subscriptionId: theirs.subscriptionId,
    }),
  'Mutation.previewChangelog': () =>
    findsNothing('previewChangelog', 'AskChangelogInput', 'post', {
      place: { teamId: 'T1', channel: 'C1', owner: 'U1' },
      subscriptionId: theirs.subscriptionId,
    }),
  'Mutation.approveChangelogPost': () => findsNothing('approveChangelogPost', 'ChangelogPostInput', 'post', { id: theirs.postId }),
  'Mutation.skipChangelogPost': () => findsNothing('skipChangelogPost', 'ChangelogPostInput', 'post', { id: theirs.postId }),
  'Mutation.recomposeChangelogPost': () => findsNothing('recomposeChangelogPost', 'ChangelogPostInput', 'post', { id: theirs.postId }),
  'Mutation.editChangelogPost': () =>
    findsNothing('editChangelogPost', 'EditChangelogPostInput', 'post', { id: theirs.postId, entries: [{ key: 'x', text: 'Theirs' }] }),
  'Mutation.includeChanges': async () => {
    const answer = await ask(
      'mutation ($id: ID!) { includeChanges(input: { changelogId: $id, changes: ["chg_1"] }) { userErrors { code } } }',
      { id: theirs.changelogId },
    );
    expect(answer.data.includeChanges).toEqual({ userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Mutation.editChangelogEntry': async () => {
    const answer = await ask(
      'mutation ($id: ID!) { editChangelogEntry(input: { changelogId: $id, key: "x", text: "x" }) { entry { key } userErrors { code } } }',
      { id: theirs.changelogId },
    );
    expect(answer.data.editChangelogEntry).toEqual({ entry: null, userErrors: [{ code: 'NOT_FOUND' }] });
  },
  'Subscription.changelogProgress': async () => {
    const text = await subscribe(`subscription { changelogProgress(changelogId: "${theirs.changelogId}") { status } }`);
    expect(text).toContain('NOT_FOUND');
    expect(text).not.toContain('QUEUED');
  },
};
