import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '#tests/support/app.ts';
import { findChangelog, includeChanges, saveChangelogSettings } from '#tests/support/changelog.ts';
import type { SlackApp } from '#tests/support/slack-app.ts';
import { enqueue } from '#tests/support/tickets.ts';
import {
  approve,
  DAY_MS,
  editPost,
  letTimePass,
  type PostShown,
  recompose,
  record,
  ring,
  skip,
  startWeekly,
  subscribed,
  subscriptionOf,
  subscriptionThat,
  textOf,
  threadsOf,
  WEEK_MS,
} from '#tests/support/weekly.ts';

let all: SlackApp;
let direct: string;
beforeAll(async () => {
  all = await startWeekly();
  direct = all.slack.createDirectMessages(all.slack.ana);
});
afterAll(() => all[Symbol.asyncDispose]());

/** A channel whose owner approves first, with weeks of one change each that wait to be told; gives the drafts, oldest first. */
const draftsOf = async (name: string, weeks: number): Promise<{ id: string; channel: string; posts: PostShown[] }> => {
  const { app, slack } = all;
  const channel = slack.createChannel({ name });
  const system = `acme/${name}`;
  const id = await subscribed(all, channel, { systems: [system], draftFirst: true });
  const { coveredUntil } = await subscriptionOf(app, id);
  await letTimePass(app, id, weeks * WEEK_MS);
  const changes = Array.from({ length: weeks }, (_, week) => ({
    title: `feat: ${name} number ${week + 1}`,
    system,
    ago: Date.now() - new Date(coveredUntil).getTime() + (weeks - 1 - week) * WEEK_MS + DAY_MS,
  }));
  await record(app, changes);
  await ring(app);
  const { posts } = await subscriptionThat(
    app,
    id,
    ({ posts: made }) => made.length === weeks && made.every(({ state }) => state === 'DRAFT'),
  );
  return { id, channel, posts: posts.reverse() };
};

/** What the owner sees of a draft, once it is as wanted. */
const shownDraft = async (words: string, isRight: (thread: { root: string; replies: string[] }) => boolean = () => true) => {
  const found = await until(
    () => threadsOf(all, direct).filter(({ root, replies }) => JSON.stringify([root, replies]).includes(words)),
    ([thread]) => thread !== undefined && thread.replies.length > 0 && isRight(thread),
  );
  return found[0] as (typeof found)[number];
};

const buttonsOf = (ts: string): string[] =>
  (all.slack.messages(direct).find((message) => message.ts === ts)?.blocks ?? []).flatMap((block) =>
    block['type'] === 'actions' ? (block['elements'] as { text: { text: string } }[]).map(({ text }) => text.text) : [],
  );

test('its owner sees it first, edits it in Slack and approves it; the channel gets what was approved', async () => {
  const { app, slack, send } = all;
  const { id, channel, posts } = await draftsOf('edited', 1);
  const [post] = posts;
  const draft = await shownDraft('Edited number 1');
  expect(draft.root).toContain('Draft: 1 addition');
  expect(draft.root).toContain(`It goes to <#${channel}>`);
  expect(buttonsOf(draft.ts)).toEqual(['Approve', 'Edit', 'Compose again', 'Skip']);
  expect(slack.messages(channel)).toEqual([]);
  expect(await subscriptionOf(app, id)).toMatchObject({ coveredUntil: post?.from });
  const value = JSON.stringify({ id: post?.id });
  await send.click({ actionId: 'changelog_edit', value, channel: direct });
  const key = post?.changelog?.entries[0]?.key ?? '';
  const view = await until(
    () => slack.views().at(-1) as { blocks: { block_id?: string }[]; private_metadata: string },
    ({ blocks }) => blocks.some(({ block_id }) => block_id === key),
  );
  const values = { [key]: { [key]: { value: 'Search is twice as good, says <!here> a person' } } };
  expect((await send.submitView({ callbackId: 'changelog_edit', values, privateMetadata: view.private_metadata })).body).toBe('');
  await shownDraft('twice as good');
  await send.click({ actionId: 'changelog_approve', value, channel: direct });
  // A second click changes nothing.
  await send.click({ actionId: 'changelog_approve', value, channel: direct });
  const { coveredUntil, posts: done } = await subscriptionThat(app, id, ({ posts: [first] }) => first?.state === 'POSTED');
  expect(coveredUntil).toBe(done[0]?.to);
  expect(done[0]?.decidedBy).toBe(`slack:${slack.teamId}:${slack.ana}`);
  expect(threadsOf(all, channel)).toMatchObject([{ replies: [expect.stringContaining('Search is twice as good')] }]);
  expect(JSON.stringify(threadsOf(all, channel))).not.toContain('<!here>');
  const decided = await shownDraft('twice as good', ({ root }) => root.includes('Posted:'));
  expect(buttonsOf(decided.ts)).toEqual([]);
  expect(slack.violations).toEqual([]);
});

test('law 12: what a person wrote stands when the draft is composed again, and what came in meanwhile is there', async () => {
  const { app } = all;
  const { id, posts } = await draftsOf('again', 1);
  const [post] = posts;
  const key = post?.changelog?.entries[0]?.key ?? '';
  expect((await editPost(app, { id: post?.id, entries: [{ key, text: 'Words of a person' }] })).userErrors).toEqual([]);
  expect((await editPost(app, { id: post?.id, entries: [{ key, text: ' ' }] })).userErrors).toMatchObject([
    { code: 'BAD_INPUT', field: key },
  ]);
  const ago = Date.now() - new Date(post?.from ?? '').getTime() - DAY_MS;
  await record(app, [{ title: 'fix: came in later', system: 'acme/again', ago }]);
  expect((await recompose(app, { id: post?.id })).userErrors).toEqual([]);
  const { posts: anew } = await subscriptionThat(
    app,
    id,
    ({ posts: [first] }) => first?.state === 'DRAFT' && first.changelog?.id !== post?.changelog?.id,
  );
  expect(anew).toHaveLength(1);
  expect(anew[0]?.changelog?.entries.map(({ text }) => text).sort()).toEqual(['Came in later', 'Words of a person']);
  const draft = await shownDraft('Words of a person', ({ replies }) => replies.length === 2);
  expect(draft.replies.join('\n')).toContain('Came in later');
  expect(buttonsOf(draft.ts)).toContain('Approve');
});

test('law 12: what a person left out of a draft or moved stays so when it is composed again, until somebody puts it back', async () => {
  const { app } = all;
  const { id, posts } = await draftsOf('moved', 1);
  const [post] = posts;
  const ago = Date.now() - new Date(post?.from ?? '').getTime() - DAY_MS;
  await record(app, [
    { title: 'fix: totals of empty carts', system: 'acme/moved', ago },
    { title: 'feat: export carts', system: 'acme/moved', ago },
  ]);
  const anew = async (before: string | undefined) => {
    expect((await recompose(app, { id: post?.id })).userErrors).toEqual([]);
    const { posts: found } = await subscriptionThat(
      app,
      id,
      ({ posts: [first] }) => first?.state === 'DRAFT' && first.changelog?.id !== before,
    );
    return findChangelog(app, found[0]?.changelog?.id ?? '');
  };
  const first = await anew(post?.changelog?.id);
  const keyOf = (words: string) => first.entries.find(({ text }) => text.includes(words))?.key ?? '';
  const [fixed, gone] = [keyOf('otals of empty'), keyOf('xport carts')];
  const entries = [
    { key: fixed, text: first.entries.find(({ key }) => key === fixed)?.text, section: 'SECURITY' },
    { key: gone, leaveOut: true },
  ];
  expect((await editPost(app, { id: post?.id, entries })).userErrors).toEqual([]);
  expect((await editPost(app, { id: post?.id, entries: [{ key: fixed, section: 'PLATFORM' }] })).userErrors).toMatchObject([
    { code: 'BAD_INPUT', field: fixed, message: expect.stringContaining('no section "Platform"') },
  ]);
  const check = async ({ id: changelogId }: { id: string }) => {
    const { entries: told, omitted, headline, changeCount } = await findChangelog(app, changelogId);
    expect(told.find(({ key }) => key === fixed)).toMatchObject({ section: 'SECURITY', wordedBy: 'BUILTIN' });
    expect(omitted.edges.map(({ node }) => [node.reason, node.change.title])).toEqual([['BY_A_PERSON', 'feat: export carts']]);
    expect(headline).toContain('1 security fix');
    expect(told.flatMap(({ changes }) => changes).length + omitted.edges.length).toBe(changeCount);
  };
  await check(first);
  await shownDraft(
    'otals of empty',
    ({ root, replies }) => root.includes('left out by a person') && !replies.join().includes('xport carts'),
  );
  const second = await anew(first.id);
  await check(second);
  const ids = (
    await app.gql<{ changelog: { omitted: { edges: { node: { change: { id: string } } }[] } } }>(
      'query ($id: ID!) { changelog(id: $id) { omitted(first: 5) { edges { node { change { id } } } } } }',
      { id: second.id },
    )
  ).changelog.omitted.edges.map(({ node }) => node.change.id);
  expect((await includeChanges(app, { changelogId: second.id, changes: ids })).userErrors).toEqual([]);
  expect((await anew(second.id)).entries.map(({ key }) => key)).toContain(gone);
});

test('a word that is listed while a draft waits is not in what is posted', async () => {
  const { app } = all;
  const { channel, posts, id } = await draftsOf('umbrellacorp', 1);
  await saveChangelogSettings(app, { leakList: ['umbrellacorp'] });
  expect((await approve(app, { id: posts[0]?.id })).userErrors).toEqual([]);
  await subscriptionThat(app, id, ({ posts: [first] }) => first?.state === 'POSTED');
  expect(threadsOf(all, channel)).toMatchObject([{ replies: [expect.stringContaining('Add a capability')] }]);
  await saveChangelogSettings(app, { leakList: [] });
});

test('the next week makes the next draft; the cursor stays at the older one, and posts keep their order', async () => {
  const { app, slack } = all;
  const { id, channel, posts } = await draftsOf('order', 3);
  const [first, second, third] = posts;
  const older = await shownDraft('Order number 1');
  await until(
    () => buttonsOf(older.ts),
    (buttons) => !buttons.includes('Compose again'),
  );
  expect(buttonsOf((await shownDraft('Order number 3')).ts)).toContain('Compose again');
  expect(await subscriptionOf(app, id)).toMatchObject({ coveredUntil: first?.from });
  const approved = await approve(app, { id: third?.id });
  expect(approved.post?.state).toBe('POSTING');
  expect(approved.waitsFor).toMatch(/\d{4}$/);
  expect((await skip(app, { id: second?.id })).userErrors).toEqual([]);
  expect((await skip(app, { id: second?.id })).userErrors).toEqual([]);
  expect(await subscriptionOf(app, id)).toMatchObject({ coveredUntil: first?.from });
  expect(slack.messages(channel)).toEqual([]);
  expect((await approve(app, { id: first?.id })).waitsFor).toBeNull();
  const { coveredUntil } = await subscriptionThat(app, id, ({ posts: [newest] }) => newest?.state === 'POSTED');
  expect(coveredUntil).toBe(third?.to);
  expect(threadsOf(all, channel).map(({ replies }) => replies.join())).toEqual([
    expect.stringContaining('Order number 1'),
    expect.stringContaining('Order number 3'),
  ]);
  expect((await approve(app, { id: second?.id })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  expect((await skip(app, { id: first?.id })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  expect((await recompose(app, { id: first?.id })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
});

test('a draft nobody decided on is reminded of, once', async () => {
  const { app, slack } = all;
  const { posts } = await draftsOf('forgotten', 1);
  await shownDraft('Forgotten number 1');
  const payload = { postId: posts[0]?.id, workspaceId: app.runtime.workspaceId };
  for (let day = 0; day < 2; day++) await enqueue(app, 'remind-changelog-draft', payload);
  const isReminder = (message: Parameters<typeof textOf>[0]) => textOf(message).includes('still waits for you');
  await until(
    () => slack.messages(direct).filter(isReminder),
    (reminders) => reminders.length > 0,
  );
  await until(
    () => app.database.orm.em.fork().getConnection().execute<unknown[]>('select 1 from graphile_worker.jobs where run_at <= now()'),
    (jobs) => jobs.length === 0,
  );
  expect(slack.messages(direct).filter(isReminder)).toHaveLength(1);
});

test('whoever pauses, skips or ends what is another’s, its owner hears of it and of whom; numbers of the list stay', async () => {
  const { app, slack, send } = all;
  const { id, channel } = await draftsOf('taken', 1);
  await subscribed(all, channel, { audience: 'CUSTOMERS' });
  const draft = await shownDraft('Taken number 1');
  const say = (text: string, user = slack.ben) => send.slash({ command: '/changelog', text, channel, user });
  const heard = (words: string) =>
    until(
      () => slack.messages(direct).map(textOf),
      (texts) => texts.some((text) => text.includes(words)),
    );
  await say('pause 1');
  await heard(`<@${slack.ben}> paused a changelog of yours`);
  // What one does oneself is no news.
  await say('resume 1', slack.ana);
  await say('unsubscribe 1');
  await heard(`<@${slack.ben}> ended a changelog of yours`);
  await subscriptionThat(app, id, ({ posts: [first] }) => first?.state === 'SKIPPED');
  await shownDraft('Taken number 1', ({ root }) => root.includes('Skipped:'));
  expect(buttonsOf(draft.ts)).toEqual([]);
  expect(String((await say('list')).json?.['text'])).toMatch(/^2\. every Monday.*for customers/);
});
