import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { until } from '#tests/support/app.ts';
import {
  addChange,
  changelogThat,
  commit,
  editEntry,
  generateChangelog,
  generated,
  JANUARY,
  recordChanges,
} from '#tests/support/changelog.ts';
import { createGate } from '#tests/support/gate.ts';
import { type SlackApp, startSlackApp } from '#tests/support/slack-app.ts';
import { botScopes, createToken, saveSettings } from '#tests/support/tickets.ts';

let all: SlackApp;
let bot: string;
beforeAll(async () => {
  all = await startSlackApp({ engine: 'openai' });
  bot = await createToken(all.app, 'SERVICE', botScopes);
});
afterAll(() => all[Symbol.asyncDispose]());
afterEach(() => all.openai.mock.reset());

let count = 0;
const repository = async (titles: readonly string[]): Promise<string> => {
  const system = `acme/flow-${++count}`;
  await recordChanges(all.app, { changes: titles.map((title) => commit(title, { system })) });
  return system;
};
const of = (system: string, more: Record<string, unknown> = {}) => ({ scope: { systems: [system] }, ...JANUARY, ...more });

/** Answers with these sentences by what stands in the entry, as a model would that reads the list. */
const answerWith =
  (headline: string, texts: Record<string, string>) =>
  (request: unknown): { content: string } => {
    const prompt = JSON.stringify(request);
    const codes = [...prompt.matchAll(/(E\d+) \[[^\]]*\] ((?:(?!\\n).)*)/g)];
    const entries = codes.flatMap(([, code, told = '']) => {
      const text = Object.entries(texts).find(([part]) => told.includes(part))?.[1];
      return text === undefined ? [] : [{ code, text }];
    });
    return { content: JSON.stringify({ headline, entries }) };
  };

test('the engine words what code has planned; numbers, references and sections stay ours', async () => {
  const system = await repository(['feat: add dark mode (#12)', 'fix: crash when the list is empty (#13)']);
  all.openai.mock.on(
    { userMessage: /<entries>/ },
    answerWith('Easier on the eyes', {
      'dark mode': 'You can switch the app to a dark mode',
      Crash: 'An empty list no longer ends in a crash',
    }),
  );
  const changelog = await generated(all.app, of(system));
  expect(changelog).toMatchObject({ status: 'SUCCEEDED', headline: 'Easier on the eyes', rejectedTexts: 0, failure: null });
  expect(changelog.entries).toMatchObject([
    { section: 'ADDED', text: 'You can switch the app to a dark mode', wordedBy: 'ENGINE', refs: ['#12'] },
    { section: 'FIXED', text: 'An empty list no longer ends in a crash', wordedBy: 'ENGINE', refs: ['#13'] },
  ]);
  expect(changelog.receipt).toMatchObject({ engine: 'openai', sentHash: expect.any(String) });
});

test.each([
  ['a number', 'Dark mode makes the app 40% faster'],
  ['a reference', 'Add dark mode as asked in #99'],
  ['a link', 'Add dark mode, see https://evil.example/x'],
  ['a mention', 'Add dark mode <!channel>'],
  ['a name', 'Add dark mode for Globex Corporation'],
])('law 6: a text that brings %s of its own is dropped and counted, and the built-in words stand there', async (_, text) => {
  const system = await repository(['feat: add dark mode (#12)']);
  all.openai.mock.on({ userMessage: /<entries>/ }, answerWith('3 things changed', { 'dark mode': text }));
  const changelog = await generated(all.app, of(system));
  expect(changelog.entries).toMatchObject([{ wordedBy: 'BUILTIN', refs: ['#12'] }]);
  expect(changelog.entries[0]?.text).toMatch(/dark mode/i);
  expect([changelog.rejectedTexts, changelog.headline]).toEqual([2, '1 addition']);
});

test('law 10: when the engine never answers sense, the built-in words stand and say so', async () => {
  const system = await repository(['feat: add dark mode (#12)']);
  all.openai.mock.on({ userMessage: /<entries>/ }, { content: 'certainly!' });
  const changelog = await generated(all.app, of(system));
  expect(changelog).toMatchObject({ status: 'SUCCEEDED', changeCount: 1, failure: { code: 'ENGINE_BAD_ANSWER', retryAt: null } });
  expect(changelog.entries).toMatchObject([{ wordedBy: 'BUILTIN', refs: ['#12'] }]);
});

test('law 4: secrets and addresses in commits never leave as they are, and come back on delivery', async () => {
  const system = await repository(['feat: tell ana.diaz@example.com about failed log-ins (#4)']);
  all.openai.mock.on({ userMessage: /<entries>/ }, answerWith('Told at once', { 'log-ins': 'Failed log-ins are told to <EMAIL_1>' }));
  const changelog = await generated(all.app, of(system));
  expect(all.openai.wire()).not.toContain('ana.diaz@example.com');
  expect(changelog.entries[0]?.text).toBe('Failed log-ins are told to ana.diaz@example.com');
});

test('what was said in a restricted channel never reaches the engine, and is told in the built-in words', async () => {
  await saveSettings(all.app, { restrictedChannels: ['CSECRET'] });
  const slack = { teamId: all.slack.teamId, channel: 'CSECRET', ts: '1700000009.000100' };
  const time = '2026-01-12T00:00:00Z';
  await addChange(all.app, { title: 'Zephyr buys a rival', kind: 'POLICY', system: 'hr-1', time, slack }, bot);
  await addChange(all.app, { title: 'Remote work is possible from Europe', kind: 'POLICY', system: 'hr-1', time });
  all.openai.mock.on({ userMessage: /<entries>/ }, answerWith('Work from anywhere', { Remote: 'You can work from anywhere in Europe' }));
  const changelog = await generated(all.app, of('hr-1', { audience: 'COMPANY' }));
  expect(all.openai.wire()).not.toContain('Zephyr');
  expect(changelog.entries.map(({ wordedBy }) => wordedBy).sort()).toEqual(['BUILTIN', 'ENGINE']);
});

test('asked for in Slack it is answered in that thread: first what code says, then the engine’s words in the same message, then a person’s', async () => {
  const { app, slack, openai } = all;
  const system = await repository(['feat: add dark mode (#12)', 'feat!: drop the old API (#14)']);
  const channel = slack.createChannel({ name: 'releases' });
  const gate = createGate();
  const answer = answerWith('A darker app', { 'dark mode': 'You can switch the app to a dark mode' });
  openai.mock.on({ userMessage: /<entries>/ }, async (request) => {
    await gate.opened;
    return answer(request);
  });
  const replyTo = { teamId: slack.teamId, channel, user: slack.ana };
  const { changelog } = await generateChangelog(app, of(system, { replyTo }), bot);
  const replies = () => slack.messages(channel).slice(1);
  await until(
    () => JSON.stringify(replies()),
    (text) => text.includes('breaking') && text.includes('Add dark mode'),
  );
  expect(slack.messages(channel)[0]?.text).toContain(`asked what changed in ${system}`);
  gate.open();
  const done = await changelogThat(app, changelog?.id ?? '');
  await until(
    () => JSON.stringify(replies()),
    (text) => text.includes('You can switch the app to a dark mode'),
  );
  const key = done.entries.find(({ refs }) => refs.includes('#12'))?.key;
  await editEntry(app, { changelogId: done.id, key, text: 'Night owls get a dark mode' });
  await until(
    () => JSON.stringify(replies()),
    (text) => text.includes('Night owls'),
  );
  expect(replies()).toHaveLength(1);
  expect(JSON.stringify(replies())).toContain('2 changes = 2 in 2 entries + 0 left out');
  expect(slack.violations).toEqual([]);
});

test('a person who words an entry while the engine is still writing wins', async () => {
  const system = await repository(['feat: add dark mode (#12)']);
  const gate = createGate();
  const answer = answerWith('A darker app', { 'dark mode': 'The engine says dark mode' });
  all.openai.mock.on({ userMessage: /<entries>/ }, async (request) => {
    await gate.opened;
    return answer(request);
  });
  const { changelog } = await generateChangelog(all.app, of(system));
  const id = changelog?.id ?? '';
  const planned = await changelogThat(all.app, id, ({ status }) => status === 'DIGESTED');
  await editEntry(all.app, { changelogId: id, key: planned.entries[0]?.key, text: 'A person says dark mode' });
  gate.open();
  const done = await changelogThat(all.app, id);
  expect(done.entries).toMatchObject([{ text: 'A person says dark mode', wordedBy: 'PERSON' }]);
});
