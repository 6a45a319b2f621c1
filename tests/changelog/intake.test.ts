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
  expect((await findChanges(app, { system: 'acme/twice' })).map(({ title }) => title)).toEqual(['feat: one, mended', 'feat: two']);
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
