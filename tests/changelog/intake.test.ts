import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, startApp } from '#tests/support/app.ts';
import { addChange, commit, findChanges, recordChangeEvent, recordChanges, saveChangelogSettings } from '#tests/support/changelog.ts';
import { botScopes, createToken, saveSettings } from '#tests/support/tickets.ts';

let app: App;
let bot: string;
beforeAll(async () => {
  app = await startApp();
  bot = await createToken(app, 'SERVICE', botScopes);
});
afterAll(() => app[Symbol.asyncDispose]());

test('law 3: the same changes sent again, also at once, are the same rows with their newest words', async () => {
  const changes = [commit('feat: one', { system: 'acme/twice' }), commit('feat: two', { system: 'acme/twice' })];
  const answers = await Promise.all([1, 2, 3].map(() => recordChanges(app, { changes })));
  expect(answers.map(({ created }) => created).sort()).toEqual([0, 0, 2]);
  expect(new Set(answers.map(({ ids }) => ids.join())).size).toBe(1);
  const mended = await recordChanges(app, { changes: [{ ...changes[0], title: 'feat: one, mended' }, changes[1]] });
  expect(mended).toMatchObject({ created: 0, known: 2, replayed: true, userErrors: [] });
  expect((await findChanges(app, { system: 'acme/twice' })).map(({ title }) => title).sort()).toEqual(['feat: one, mended', 'feat: two']);
});

test('a commit of two systems, as forks have it, is one of each; one that is known comes later where it landed later', async () => {
  const one = commit('feat: shared', { system: 'acme/fork-1', time: '2026-01-02T00:00:00Z' });
  const sent = await recordChanges(app, { changes: [one, { ...one, system: 'acme/fork-2' }] });
  expect([sent.created, new Set(sent.ids).size]).toEqual([2, 2]);
  await recordChanges(app, { changes: [{ ...one, time: '2026-01-05T00:00:00Z' }] });
  await recordChanges(app, { changes: [{ ...one, time: '2026-01-01T00:00:00Z' }] });
  expect((await findChanges(app, { system: 'acme/fork-1' })).map(({ time }) => time)).toEqual(['2026-01-05T00:00:00.000Z']);
});

test('the same key from another source is another change', async () => {
  const change = { system: 'acme/sources', kind: 'NOTE', title: 'x', key: 'k', time: '2026-01-01T00:00:00Z' };
  const answer = await recordChanges(app, { changes: [change, { ...change, source: 'GIT' }, change] });
  expect([answer.created, new Set(answer.ids).size]).toEqual([3, 2]);
  expect(await findChanges(app, { system: 'acme/sources' })).toHaveLength(2);
});

test('law 13: what is wrong with which change is said for each, and then none is kept', async () => {
  const changes = [
    commit('fine', { system: 'acme/wrong' }),
    commit(' ', { system: 'acme/wrong', kind: 'NOTE', url: 'javascript:alert(1)' }),
    { system: '', kind: 'NOTE', title: 'x', time: '2026-01-01T00:00:00Z' },
    commit('x', { system: 'acme/wrong', sha: 'xyz' }),
  ];
  const { created, ids, userErrors } = await recordChanges(app, { changes });
  expect([created, ids]).toEqual([0, []]);
  expect(userErrors.map(({ field }) => field)).toEqual([
    'changes.1.title',
    'changes.1.url',
    'changes.2.system',
    'changes.2.key',
    'changes.3.sha',
  ]);
  expect(userErrors[0]?.message).toContain('Change 2');
  expect(await findChanges(app, { system: 'acme/wrong' })).toEqual([]);
});

test('an idempotency key tells apart what brings no key of its own', async () => {
  const note = { system: 'acme/batch', kind: 'NOTE', title: 'Same words', time: '2026-01-01T00:00:00Z' };
  const first = await recordChanges(app, { changes: [note, note], idempotencyKey: 'batch-1' });
  expect([first.created, new Set(first.ids).size]).toEqual([2, 2]);
  expect(await recordChanges(app, { changes: [note, note], idempotencyKey: 'batch-1' })).toMatchObject({ created: 0, replayed: true });
});

test.each([
  [0, 'no changes'],
  [501, 'at most 500'],
])('%i changes at once are refused in words', async (count, sentence) => {
  const { userErrors } = await recordChanges(app, { changes: Array.from({ length: count }, () => commit('x')) });
  expect(userErrors).toEqual([{ code: 'BAD_INPUT', field: 'changes', message: expect.stringContaining(sentence) }]);
});

test('nobody hands in tickets; hostile text is only text', async () => {
  expect((await recordChanges(app, { changes: [commit('x', { source: 'TICKET' })] })).userErrors[0]?.code).toBe('BAD_INPUT');
  const nasty = commit(`<script>\u0000 & "'; drop table change; --\u2028x`, {
    system: 'acme/nasty',
    body: `a\u0000b`,
    labels: ['a\u0000', 'b'],
  });
  expect((await recordChanges(app, { changes: [nasty] })).userErrors).toEqual([]);
  expect(await findChanges(app, { system: 'acme/nasty' })).toMatchObject([{ body: 'ab', labels: ['a', 'b'] }]);
});

test('a note of a person is a change; the same message of Slack is one, however often it is added', async () => {
  const { change } = await addChange(app, { title: 'The office moves to Hamburg', kind: 'PEOPLE' });
  expect(change).toMatchObject({ source: 'API', system: 'company', kind: 'PEOPLE' });
  const input = { title: 'New travel policy', kind: 'POLICY', slack: { teamId: 'T1', channel: 'C1', ts: '1700000000.000100' } };
  const first = await addChange(app, input, bot);
  expect(first).toMatchObject({ change: { source: 'SLACK' }, replayed: false, userErrors: [] });
  const second = await addChange(app, { ...input, title: 'New travel policy (mended)' }, bot);
  expect(second).toMatchObject({ change: { id: first.change?.id, title: 'New travel policy (mended)' }, replayed: true });
  expect((await addChange(app, input)).userErrors[0]?.code).toBe('FORBIDDEN');
  expect((await addChange(app, { title: '' })).userErrors[0]?.field).toBe('title');
});

const message = (text: string, ts = `17000${Math.floor(Math.random() * 89_999 + 10_000)}.000100`) => ({
  teamId: 'T1',
  channel: 'CDEPLOYS',
  ts,
  text,
});

test('another bot’s message is a change in the channels that are read, and only there', async () => {
  const text = ':rocket: *Deployed* `api` v2.14.0 to *production* <https://ci.example.com/1|run 1>';
  expect((await recordChangeEvent(app, message(text), bot)).change).toBeNull();
  await saveChangelogSettings(app, { eventChannels: ['CDEPLOYS'] });
  const once = message(text);
  const { change } = await recordChangeEvent(app, once, bot);
  expect(change).toMatchObject({ source: 'SLACK', kind: 'DEPLOY', system: 'api', url: 'https://ci.example.com/1' });
  expect(change?.title).toContain('api v2.14.0 to production');
  expect(new Date(change?.time ?? 0).getTime()).toBe(Math.floor(Number(once.ts) * 1000));
  expect((await recordChangeEvent(app, once, bot)).change?.id).toBe(change?.id);
  expect((await recordChangeEvent(app, message('Good morning, who is on call?'), bot)).change).toBeNull();
  expect((await recordChangeEvent(app, once)).userErrors[0]?.code).toBe('FORBIDDEN');
});

test('a deployment is one change: what starts it is none, and what failed or was only previewed is none either', async () => {
  for (const text of [
    'Deploy started `payments@2.1.0` → prod',
    'Deploy failed `payments@2.0.9` → prod',
    'Deploy Preview #12 for payments is ready',
    'Application payments has degraded.\npayments\nHealth: Degraded',
  ])
    expect((await recordChangeEvent(app, message(text), bot)).change).toBeNull();
  const finished =
    'Deploy finished\n<https://argo.example.com/payments|payments>\n*Environment:*\nprod\n*Image:*\nregistry.example.com/payments:2.1.0';
  expect(
    (await recordChangeEvent(app, message(finished.replace('Deploy finished', 'Application payments is now running new version')), bot))
      .change,
  ).toMatchObject({
    ...{ kind: 'DEPLOY', system: 'payments', title: 'Deployed payments 2.1.0 to prod', url: 'https://argo.example.com/payments' },
  });
});

test('a bot’s message counts as it reads now: what it tells once it is edited, and nothing when it tells of no change any more', async () => {
  const posted = message('Deploying api v3.0.0 to production …');
  expect((await recordChangeEvent(app, posted, bot)).change).toBeNull();
  const edited = { ...posted, text: 'Deployed api v3.0.0 to production', editedTs: String(Number(posted.ts) + 60) };
  const { change } = await recordChangeEvent(app, edited, bot);
  expect(change).toMatchObject({ kind: 'DEPLOY', system: 'api' });
  // The first comes again; then it failed after all.
  await recordChangeEvent(app, posted, bot);
  expect((await findChanges(app, { system: 'api' })).some(({ id }) => id === change?.id)).toBe(true);
  await recordChangeEvent(app, { ...posted, text: 'Deploy of api v3.0.0 failed', editedTs: String(Number(posted.ts) + 90) }, bot);
  expect((await findChanges(app, { system: 'api' })).some(({ id }) => id === change?.id)).toBe(false);
});

test('a release told in a sentence is news, by its name alone it is where a changelog can begin', async () => {
  const kinds = await Promise.all(
    ['v2.0.0', 'We released the new website today'].map(async (title) => (await addChange(app, { title, kind: 'RELEASE' })).change?.kind),
  );
  expect(kinds).toEqual(['RELEASE', 'NOTE']);
});

test('what was said in a restricted channel is marked: no engine but ours sees it', async () => {
  await saveSettings(app, { restrictedChannels: ['CSECRET'] });
  const input = { title: 'Merger talks began', kind: 'PEOPLE', slack: { teamId: 'T1', channel: 'CSECRET', ts: '1700000001.000100' } };
  const { change } = await addChange(app, input, bot);
  const [row] = await app.database.orm.em
    .fork()
    .getConnection()
    .execute('select restricted from "change" where id = ?', [change?.id ?? '']);
  expect(row).toEqual({ restricted: true });
});
