import { afterAll, beforeAll, expect, test } from 'vitest';
import { Change } from '#db/entities/change.ts';
import { forWorkspace } from '#db/orm.ts';
import { type App, startApp } from '#tests/support/app.ts';
import {
  addChange,
  changelogThat,
  commit,
  editEntry,
  findChangelog,
  findChanges,
  generateChangelog,
  generated,
  includeChanges,
  JANUARY,
  recordChanges,
  rendered,
  type ShownChangelog,
  saveChangelogSettings,
} from '#tests/support/changelog.ts';
import { createStranger } from '#tests/support/stranger.ts';
import { createTicket, createToken, moveTicket } from '#tests/support/tickets.ts';
import { postNow, subscribe } from '#tests/support/weekly.ts';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app[Symbol.asyncDispose]());

let systems = 0;
/** A repository with these commits and nothing else. */
const repository = async (titles: readonly (string | [string, Record<string, unknown>])[]): Promise<string> => {
  const system = `acme/repo-${++systems}`;
  const changes = titles.map((title) =>
    typeof title === 'string' ? commit(title, { system }) : commit(title[0], { system, ...title[1] }),
  );
  expect((await recordChanges(app, { changes })).userErrors).toEqual([]);
  return system;
};
const of = (system: string, more: Record<string, unknown> = {}) => ({ scope: { systems: [system] }, ...JANUARY, ...more });
const told = ({ entries }: ShownChangelog): string[] => entries.flatMap(({ changes }) => changes.map(({ title }) => title));

test('law 7: every change of the period is in exactly one entry or left out with its reason', async () => {
  const system = await repository([
    'feat: add dark mode (#12)',
    'fix: crash when the list is empty (#13)',
    'chore: tidy the build',
    'test: cover the parser',
    'feat!: drop Node 18 (#14)',
  ]);
  const changelog = await generated(app, of(system));
  const left = changelog.omitted.edges.map(({ node }) => node.change.title);
  const all = (await findChanges(app, { system })).map(({ title }) => title);
  expect([...told(changelog), ...left].sort()).toEqual(all.sort());
  expect(changelog).toMatchObject({ status: 'SUCCEEDED', changeCount: 5, failure: null, semver: { bump: 'MAJOR' } });
  expect(changelog.entries.filter(({ breaking }) => breaking)).toHaveLength(1);
  expect(changelog.entries.find(({ refs }) => refs.includes('#12'))?.section).toBe('ADDED');
  expect(changelog.omittedCounts.reduce((sum, { count }) => sum + count, 0)).toBe(left.length);
  expect(changelog.receipt).toMatchObject({ engine: 'builtin', sentHash: null });
});

test('law 1: it answers QUEUED at once, and the same key gives the same changelog', async () => {
  const system = await repository(['feat: add exports']);
  const first = await generateChangelog(app, of(system, { idempotencyKey: 'once' }));
  expect(first).toMatchObject({ changelog: { status: 'QUEUED' }, replayed: false, userErrors: [] });
  const again = await Promise.all([1, 2, 3].map(() => generateChangelog(app, of(system, { idempotencyKey: 'once' }))));
  expect(again.map(({ changelog, replayed }) => [changelog?.id, replayed])).toEqual(again.map(() => [first.changelog?.id, true]));
  await changelogThat(app, first.changelog?.id ?? '');
});

test('only what belongs to the scope is told: system, labels, paths and time', async () => {
  const system = await repository([
    ['feat: add search to the shop', { paths: ['packages/shop/search.ts'], labels: ['shop'] }],
    ['feat: add invoices to billing', { paths: ['packages/billing/invoice.ts'] }],
    ['feat: add a page long ago', { time: '2025-06-01T00:00:00Z' }],
  ]);
  expect(told(await generated(app, of(system)))).toHaveLength(2);
  const shop = 'feat: add search to the shop';
  expect(told(await generated(app, of(system, { scope: { systems: [system], paths: ['packages/shop/**'] } })))).toEqual([shop]);
  expect(told(await generated(app, of(system, { scope: { systems: [system], labels: ['shop'] } })))).toEqual([shop]);
  expect(told(await generated(app, of('acme/other')))).toEqual([]);
});

test('since a release means after its time; a release nobody knows is said in words', async () => {
  const system = await repository([
    ['feat: add what was released', { time: '2026-01-02T00:00:00Z' }],
    ['v1.0.0', { kind: 'RELEASE', key: 'tag:v1.0.0', time: '2026-01-03T00:00:00Z' }],
    ['feat: add what comes next', { time: '2026-01-04T00:00:00Z' }],
  ]);
  const scope = { systems: [system] };
  expect(told(await generated(app, { scope, lastTag: '1.0.0', to: JANUARY.to }))).toEqual(['feat: add what comes next']);
  const { changelog, userErrors } = await generateChangelog(app, { scope, lastTag: 'v9' });
  expect([changelog, userErrors[0]]).toEqual([null, { code: 'NOT_FOUND', field: 'lastTag', message: expect.stringContaining('"v9"') }]);
});

test('since a release each of several systems begins at its own; names of systems are read without regard to case', async () => {
  const release = (day: number): [string, Record<string, unknown>] => [
    'v1.0.0',
    { kind: 'RELEASE', key: `tag:${systems}@v1.0.0`, time: `2026-01-0${day}T00:00:00Z` },
  ];
  const fix = (title: string): [string, Record<string, unknown>] => [title, { time: '2026-01-05T00:00:00Z' }];
  const early = await repository([release(3), fix('fix: crash after the early release')]);
  const late = await repository([release(7), fix('fix: crash before the late release')]);
  const since = (...list: string[]) => ({ scope: { systems: list }, lastTag: 'v1.0.0', to: JANUARY.to });
  expect(told(await generated(app, since(early, late.toUpperCase())))).toEqual(['fix: crash after the early release']);
  const other = await repository(['feat: add a thing']);
  expect((await generateChangelog(app, since(early, other))).userErrors[0]).toMatchObject({ code: 'NOT_FOUND', field: 'lastTag' });
  expect((await generateChangelog(app, since())).userErrors[0]?.message).toContain('name in the scope');
});

test('law 12: a person’s words follow a commit whose request becomes known, and an older commit that joins', async () => {
  const sha = 'f00d'.repeat(10);
  const system = await repository([['feat: add dark mode', { sha }]]);
  const first = await generated(app, of(system));
  await editEntry(app, { changelogId: first.id, key: first.entries[0]?.key ?? '', text: 'The app can be dark now' });
  const request = { source: 'GITHUB', kind: 'MERGE', key: `pr:${system}#77`, refs: ['#77'], sha, system };
  await recordChanges(app, {
    changes: [commit('Add a dark mode', request), commit('feat: add dark mode', { system, time: '2026-01-02T00:00:00Z' })],
  });
  const { entries } = await generated(app, of(system));
  expect(entries).toMatchObject([{ text: 'The app can be dark now', wordedBy: 'PERSON' }]);
  expect(entries[0]?.key).not.toBe(first.entries[0]?.key);
});

test('law 12: a person’s words stand when the changelog is composed anew, for those readers', async () => {
  const system = await repository(['feat: add dark mode (#1)', 'feat: add light mode (#2)']);
  const first = await generated(app, of(system));
  const key = first.entries.find(({ refs }) => refs.includes('#1'))?.key ?? '';
  const { entry, userErrors } = await editEntry(app, { changelogId: first.id, key, text: '  The app can be\ndark now ' });
  expect([entry?.text, entry?.wordedBy, userErrors]).toEqual(['The app can be dark now', 'PERSON', []]);
  await recordChanges(app, { changes: [commit('fix: a thing that came later (#3)', { system })] });
  const again = await generated(app, of(system));
  expect(again.entries.find((one) => one.key === key)).toMatchObject({ text: 'The app can be dark now', wordedBy: 'PERSON' });
  expect(again.entries.filter(({ wordedBy }) => wordedBy === 'PERSON')).toHaveLength(1);
  const others = await generated(app, of(system, { audience: 'CUSTOMERS' }));
  expect(others.entries.some(({ wordedBy }) => wordedBy === 'PERSON')).toBe(false);
});

test('law 12: what was worded is told in every later changelog for those readers; a service token’s words are a program’s', async () => {
  const sha = 'feed'.repeat(10);
  const system = await repository([['feat: add dark mode', { sha }]]);
  const first = await generated(app, of(system));
  const service = await createToken(app, 'SERVICE', ['CHANGES_READ', 'CHANGES_WRITE']);
  const { entry } = await editEntry(app, { changelogId: first.id, key: first.entries[0]?.key, text: 'It can be dark' }, service);
  expect(entry?.wordedBy).toBe('PROGRAM');
  await recordChanges(app, { changes: [commit('feat: add dark mode', { system, sha, labels: ['skip-changelog'] })] });
  expect((await generated(app, of(system))).entries).toMatchObject([{ text: 'It can be dark', wordedBy: 'PROGRAM' }]);
  expect(told(await generated(app, of(system, { audience: 'CUSTOMERS' })))).toEqual([]);
});

test('what was left out can be seen with its reason, and put back: it is told from then on, for those readers', async () => {
  const label = { labels: ['skip-changelog'] };
  const system = await repository([
    'feat: add dark mode',
    ['feat: add a Hooli export', label],
    ['fix: a secret thing', { ...label, paths: ['vault/a.ts'] }],
  ]);
  await saveChangelogSettings(app, { leakList: ['Hooli', 'vault'] });
  const first = await generated(app, of(system));
  const { changelog } = await app.gql<{
    changelog: { omitted: { edges: { node: { title: string; change: { id: string; title: string } } }[] } };
  }>('query ($id: ID!) { changelog(id: $id) { omitted(first: 10) { edges { node { title change { id title } } } } } }', { id: first.id });
  const left = changelog.omitted.edges.map(({ node }) => node);
  expect(first.omittedCounts.map(({ reason }) => reason).sort()).toEqual(['LABEL', 'PRIVATE']);
  expect(left.map(({ title }) => title)).toEqual(['something private', 'something private']);
  const named = (word: string) => left.find(({ change }) => change.title.includes(word))?.change.id;
  const [exported, secret] = [named('Hooli'), named('secret')];
  const include = (...changes: (string | undefined)[]) => includeChanges(app, { changelogId: first.id, changes });
  expect((await include(secret)).userErrors).toMatchObject([{ code: 'BAD_INPUT', message: expect.stringContaining('leak list') }]);
  expect((await include('chg_none')).userErrors).toMatchObject([{ code: 'BAD_INPUT', field: 'changes' }]);
  expect((await include(exported)).userErrors).toEqual([]);
  expect((await generated(app, of(system))).entries.map(({ changes }) => changes[0]?.id)).toContain(exported);
  expect(told(await generated(app, of(system, { audience: 'CUSTOMERS' })))).toEqual(['feat: add dark mode']);
  await saveChangelogSettings(app, { leakList: [] });
});

test('nothing of the leak list shows, in whosever words', async () => {
  const system = await repository(['feat: add a discount for Globex (#5)', 'feat: add discounts for Globex and others']);
  const before = await generated(app, of(system));
  const key = before.entries[0]?.key ?? '';
  await editEntry(app, { changelogId: before.id, key, text: 'Globex gets a discount' });
  expect((await saveChangelogSettings(app, { leakList: ['Globex'] })).settings).toEqual({ leakList: ['Globex'], eventChannels: [] });
  const after = await generated(app, of(system));
  expect(after.entries.map(({ text }) => text).join()).not.toMatch(/globex/i);
  const { entry, userErrors } = await editEntry(app, { changelogId: after.id, key, text: 'Globex again' });
  expect([entry, userErrors[0]?.field, userErrors[0]?.message]).toEqual([null, 'text', expect.stringContaining('leak list')]);
  await saveChangelogSettings(app, { leakList: [] });
});

test('what breaks readers in a listed place is told in neutral words, with nothing that leads there', async () => {
  const system = await repository([
    ['feat!: drop the Falcon engine (#8)', { paths: ['internal/a.ts'], refs: ['T-8'], url: 'https://example.com/pull/8' }],
  ]);
  const before = await generated(app, of(system, { audience: 'CUSTOMERS' }));
  await saveChangelogSettings(app, { leakList: ['internal'] });
  const after = await generated(app, of(system, { audience: 'CUSTOMERS' }));
  for (const { id } of [before, after]) {
    const { entries } = await findChangelog(app, id);
    expect(entries).toMatchObject([{ breaking: true, refs: [], ticketRefs: [], text: expect.stringMatching(/something/) }]);
    for (const format of ['MARKDOWN', 'SLACK', 'JSON', 'HTML'])
      expect(await rendered(app, id, format)).not.toMatch(/falcon|#8|T-8|example/i);
  }
  await saveChangelogSettings(app, { leakList: [] });
});

test('a word that is listed later shows no more in what was written before', async () => {
  const system = await repository(['feat: add export for Initech (#5)']);
  const { id } = await generated(app, of(system));
  expect((await findChangelog(app, id)).entries[0]?.text).toContain('Initech');
  await saveChangelogSettings(app, { leakList: ['initech'] });
  expect(JSON.stringify((await findChangelog(app, id)).entries.map(({ text }) => text))).not.toMatch(/initech/i);
  await saveChangelogSettings(app, { leakList: [] });
});

test('a resolved ticket is a change, an entry that fixes it links it, and the ticket links the entry; opened again it is none', async () => {
  const { ticket } = await createTicket(app, { title: 'Export is empty', text: 'The export is empty since Monday.' });
  const ref = `T-${(ticket as unknown as { number: number }).number}`;
  await moveTicket(app, { id: ticket?.id, move: 'RESOLVE' });
  expect(await findChanges(app, { ref })).toMatchObject([{ source: 'TICKET', kind: 'TICKET', title: 'Export is empty', refs: [ref] }]);

  const system = await repository([`fix: export holds all rows again, fixes ${ref}`]);
  const changelog = await generated(app, of(system));
  expect(changelog.entries).toMatchObject([{ ticketRefs: [ref], tickets: [{ number: Number(ref.slice(2)) }] }]);
  const query = 'query ($id: ID!) { ticket(id: $id) { changelogEntries { changelogId text } } }';
  const found = await app.gql<{ ticket: { changelogEntries: { changelogId: string; text: string }[] } }>(query, { id: ticket?.id });
  expect(found.ticket.changelogEntries).toEqual([{ changelogId: changelog.id, text: changelog.entries[0]?.text }]);

  await moveTicket(app, { id: ticket?.id, move: 'REOPEN' });
  expect(await findChanges(app, { ref, source: ['TICKET'] })).toEqual([]);
});

test('for the whole company there are other sections, and what people noted is in them', async () => {
  const at = '2026-01-15T09:00:00Z';
  await addChange(app, { title: 'Remote work is possible from all of Europe', kind: 'POLICY', system: 'company-1', time: at });
  await addChange(app, { title: 'Deployed api 2.14.0 to production', kind: 'DEPLOY', system: 'company-1', time: at });
  const changelog = await generated(app, of('company-1', { audience: 'COMPANY' }));
  expect(changelog.entries.find(({ section }) => section === 'PEOPLE_AND_POLICY')?.text).toContain('Remote work');
  expect(changelog.entries.every(({ section }) => /PRODUCT|PLATFORM|POLICY|OPERATIONS/.test(section))).toBe(true);
});

test('many changes are planned beside the event loop, and all are accounted for', async () => {
  const workspaceId = app.runtime.workspaceId as string;
  const rows = Array.from({ length: 6_000 }, (_, place) => ({
    id: `chg_${String(place).padStart(26, '0')}`,
    workspaceId,
    source: 'git' as const,
    externalKey: `many:${place}`,
    system: 'acme/many',
    kind: 'commit' as const,
    title: place % 3 === 0 ? `feat: add option ${place} to the exporter (#${place})` : `chore: tidy part ${place}`,
    body: '',
    refs: [],
    labels: [],
    paths: [],
    breaking: false,
    restricted: false,
    time: new Date(Date.UTC(2026, 0, 5) + place * 1000),
    merged: [],
    createdBy: 'somebody',
    receivedAt: new Date(),
  }));
  const db = forWorkspace(app.database.orm, workspaceId);
  for (let at = 0; at < rows.length; at += 1_000) await db.insertMany(Change, rows.slice(at, at + 1_000) as never);
  const { changelog } = await generateChangelog(app, of('acme/many'));
  const query = 'query ($id: ID!) { changelog(id: $id) { status changeCount entries { key } omittedCounts { count } } }';
  type Counted = { status: string; changeCount: number; entries: unknown[]; omittedCounts: { count: number }[] };
  await changelogThat(app, changelog?.id ?? '');
  const { changelog: found } = await app.gql<{ changelog: Counted }>(query, { id: changelog?.id });
  expect([found.status, found.changeCount]).toEqual(['SUCCEEDED', 6_000]);
  expect(found.omittedCounts.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(6_000);
});

test.each([
  [{}, 'from', 'exactly one'],
  [{ from: JANUARY.from, lastTag: 'v1' }, 'from', 'exactly one'],
  [{ from: JANUARY.to, to: JANUARY.from }, 'to', 'ends before it begins'],
  [{ ...JANUARY, scope: { systems: [' '] } }, 'scope.systems', '1 to 200 characters'],
])('law 13: a period or scope that makes no sense is said in words: %o', async (input, field, sentence) => {
  const { changelog, userErrors } = await generateChangelog(app, input);
  expect([changelog, userErrors]).toEqual([null, [{ code: 'BAD_INPUT', field, message: expect.stringContaining(sentence) }]]);
});

test('who may only read can do nothing else, and the leak list is not theirs to read', async () => {
  const reader = await createToken(app, 'PERSONAL', ['CHANGES_READ']);
  const system = await repository(['feat: add a thing']);
  const { id } = await generated(app, of(system));
  expect((await findChangelog(app, id, reader)).status).toBe('SUCCEEDED');
  expect((await generateChangelog(app, of(system), reader)).userErrors[0]?.code).toBe('FORBIDDEN');
  expect((await recordChanges(app, { changes: [commit('x')] }, reader)).userErrors[0]?.code).toBe('FORBIDDEN');
  await expect(app.gql('{ changelogSettings { leakList } }', {}, reader)).rejects.toThrow('CHANGES_WRITE');
  const outsider = await createToken(app, 'PERSONAL', ['LOGS_READ']);
  await expect(app.gql('{ changes(first: 1) { edges { cursor } } }', {}, outsider)).rejects.toThrow('CHANGES_READ');
});

test("law 11: another workspace's changes, changelogs, subscriptions, posts and feeds are not there, by any query or mutation", async () => {
  const system = await repository(['feat: add a thing of ours']);
  const { id: changelogId, entries } = await generated(app, of(system));
  const { change } = await addChange(app, { title: 'A note of ours', system });
  const place = { teamId: 'T1', channel: 'C1', owner: 'U1' };
  const { subscription } = await subscribe(app, { place, weekday: 1 });
  const { post } = await postNow(app, { place });
  const eve = await createStranger(app, ['CHANGES_READ', 'CHANGES_WRITE', 'ADMIN']);
  const ids = { change: change?.id, changelog: changelogId, subscription: subscription?.id, post: post?.id };
  expect(Object.values(ids)).not.toContain(undefined);
  const query = `query ($change: ID!, $changelog: ID!, $subscription: ID!, $post: ID!) {
    change(id: $change) { title } changelog(id: $changelog) { headline entries { text } rendered(format: JSON) }
    changelogSubscription(id: $subscription) { channel } changelogPost(id: $post) { channel } changelogSubscriptions { id }
    changes(first: 10) { edges { node { title } } } changelogs(first: 10) { edges { node { id } } } }`;
  expect(await app.gql(query, ids, eve)).toEqual({
    ...{ change: null, changelog: null, changelogSubscription: null, changelogPost: null, changelogSubscriptions: [] },
    ...{ changes: { edges: [] }, changelogs: { edges: [] } },
  });
  const key = entries[0]?.key ?? '';
  const mutations: [string, string, Record<string, unknown>][] = [
    ['editChangelogEntry', 'EditChangelogEntryInput', { changelogId, key, text: 'x' }],
    ['updateChangelogSubscription', 'UpdateChangelogSubscriptionInput', { id: ids.subscription, paused: true }],
    ['unsubscribeChangelog', 'ChangelogSubscriptionInput', { id: ids.subscription }],
    ['approveChangelogPost', 'ChangelogPostInput', { id: ids.post }],
    ['skipChangelogPost', 'ChangelogPostInput', { id: ids.post }],
    ['recomposeChangelogPost', 'ChangelogPostInput', { id: ids.post }],
    ['editChangelogPost', 'EditChangelogPostInput', { id: ids.post, entries: [{ key, text: 'x' }] }],
    ['postChangelogNow', 'AskChangelogInput', { place, subscriptionId: ids.subscription }],
    ['previewChangelog', 'AskChangelogInput', { place, subscriptionId: ids.subscription }],
    ['subscribeChangelog', 'SubscribeChangelogInput', { place, weekday: 1 }],
  ];
  for (const [name, type, input] of mutations) {
    const mutation = `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { code } } }`;
    const answer = await app.gql<Record<string, { userErrors: { code: string }[] }>>(mutation, { input }, eve);
    expect(answer[name]?.userErrors[0]?.code, name).toMatch(/^(?:NOT_FOUND|FORBIDDEN)$/);
  }
  const feed = await fetch(`${app.url}/changelog/${system}.atom`, { headers: { authorization: `Bearer ${eve}` } });
  expect(await feed.text()).not.toContain('<entry>');
});

test('an entry that is not there, or of a changelog that is not, is said in words', async () => {
  const system = await repository(['feat: add a thing']);
  const { id } = await generated(app, of(system));
  expect((await editEntry(app, { changelogId: id, key: 'nothing', text: 'x' })).userErrors[0]).toMatchObject({
    code: 'NOT_FOUND',
    field: 'key',
  });
  expect((await editEntry(app, { changelogId: 'clg_x', key: 'x', text: 'x' })).userErrors[0]?.code).toBe('NOT_FOUND');
  expect((await editEntry(app, { changelogId: id, key: 'x', text: ' ' })).userErrors[0]?.field).toBe('text');
});
