import { afterAll, beforeAll, expect, test } from 'vitest';
import { ChangelogPost } from '#db/entities/changelog-post.ts';
import { forWorkspace } from '#db/orm.ts';
import { refusePost } from '#src/changelog/weekly/refuse-post.ts';
import { parseConfig } from '#src/config.ts';
import { startRuntime } from '#src/runtime.ts';
import { until } from '#tests/support/app.ts';
import { addChange, findChanges, includeChanges } from '#tests/support/changelog.ts';
import { type SlackApp, slackSettings } from '#tests/support/slack-app.ts';
import { botScopes, createToken } from '#tests/support/tickets.ts';
import {
  DAY_MS,
  letTimePass,
  postNow,
  preview,
  record,
  ring,
  startWeekly,
  subscribe,
  subscribed,
  subscriptionOf,
  subscriptionThat,
  textOf,
  threadsOf,
  unsubscribe,
  updateSubscription,
  WEEK_MS,
} from '#tests/support/weekly.ts';

let all: SlackApp;
let direct: string;
let owners: string;
beforeAll(async () => {
  all = await startWeekly();
  direct = all.slack.createDirectMessages(all.slack.ben);
  owners = all.slack.createDirectMessages(all.slack.ana);
});
afterAll(() => all[Symbol.asyncDispose]());

const isPosted = (posts: number) => (subscription: { posts: { state: string }[] }) =>
  subscription.posts.filter(({ state }) => state === 'POSTED').length === posts;

test('a week is told once: a headline with counts, and a reply for each section in order', async () => {
  const { app, slack } = all;
  const channel = slack.createChannel({ name: 'one' });
  await record(app, [
    { title: 'feat: search finds tickets by their number', url: 'https://github.com/acme/api/pull/12', refs: ['#12'], ago: WEEK_MS },
    { title: 'fix: exports no longer stop at midnight <!channel>', refs: ['#13'], ago: WEEK_MS },
    { title: 'feat!: drop the old login page', refs: ['#14'], ago: WEEK_MS },
    { title: 'feat: add what readers need not know', labels: ['skip-changelog'], ago: WEEK_MS },
  ]);
  const id = await subscribed(all, channel, { systems: ['acme/api'] });
  const { nextAt } = await subscriptionOf(app, id);
  await letTimePass(app, id, WEEK_MS);
  await Promise.all([ring(app), ring(app), ring(app)]);
  const { posts, coveredUntil } = await subscriptionThat(app, id, isPosted(1));
  await ring(app);
  expect(posts).toHaveLength(1);
  expect(coveredUntil).toBe(posts[0]?.to);
  expect(new Date(coveredUntil).getTime()).toBe(new Date(nextAt).getTime() - WEEK_MS);
  const [thread, ...others] = threadsOf(all, channel);
  expect(others).toEqual([]);
  expect(thread?.root).toMatch(/1 addition, 1 removal, 1 fix.*breaking/);
  expect(thread?.root).toContain('3 changes in 3 entries');
  expect(thread?.root).toContain('1 left out (1 by its label)');
  // What breaks is counted above and told once, in its section.
  expect(JSON.stringify(thread).split('old login page')).toHaveLength(2);
  expect(thread?.replies.map((reply) => reply.split('\n')[0])).toEqual(['Added', 'Removed', 'Fixed']);
  expect(thread?.replies[0]).toContain('<https://github.com/acme/api/pull/12|#12>');
  expect(thread?.replies[2]).toContain('<https://github.com/acme/api/issues/13|#13>');
  expect(thread?.replies[1]).toMatch(/breaking.*login page/i);
  expect(JSON.stringify(thread)).not.toContain('<!channel>');
  expect(slack.violations).toEqual([]);
});

test('nothing comes early, nor where somebody paused it or it is over', async () => {
  const { app, slack } = all;
  const ids = await Promise.all(['early', 'paused', 'over'].map((name) => subscribed(all, slack.createChannel({ name }))));
  const [, paused = '', over = ''] = ids;
  await updateSubscription(app, { id: paused, paused: true });
  await letTimePass(app, paused, WEEK_MS);
  await letTimePass(app, over, WEEK_MS);
  expect((await unsubscribe(app, { id: over })).subscription?.endedAt).toBeTruthy();
  expect((await unsubscribe(app, { id: over })).userErrors).toEqual([]);
  await ring(app);
  const waiting = 'select 1 from graphile_worker.jobs where run_at <= now()';
  await until(
    () => app.database.orm.em.fork().getConnection().execute<unknown[]>(waiting),
    (jobs) => jobs.length === 0,
  );
  for (const id of ids) expect((await subscriptionOf(app, id)).posts).toEqual([]);
});

test('weeks in which everything was down are made up for once, in order, and nothing is lost between them', async () => {
  const { app, slack } = all;
  const channel = slack.createChannel({ name: 'down' });
  const id = await subscribed(all, channel, { systems: ['acme/down'] });
  const { coveredUntil } = await subscriptionOf(app, id);
  await letTimePass(app, id, 3 * WEEK_MS);
  const since = (weeks: number) => Date.now() - new Date(coveredUntil).getTime() + weeks * WEEK_MS;
  await record(app, [
    { title: 'fix: the first week', system: 'acme/down', ago: since(2) + DAY_MS },
    { title: 'fix: the second week', system: 'acme/down', ago: since(1) + DAY_MS },
    { title: 'fix: the third week', system: 'acme/down', ago: since(0) + DAY_MS },
    // Of the very moment at which two weeks meet.
    { title: 'fix: the seam', system: 'acme/down', ago: since(1) },
  ]);
  await Promise.all([ring(app), ring(app)]);
  const { posts } = await subscriptionThat(app, id, isPosted(3));
  expect(posts.map(({ from, to }) => [from, to]).reverse()).toEqual(
    [3, 2, 1].map((weeks) => [0, 1].map((later) => new Date(new Date(coveredUntil).getTime() - (weeks - later) * WEEK_MS).toISOString())),
  );
  const told = threadsOf(all, channel).map(({ replies }) => replies.join('\n'));
  expect(told).toHaveLength(3);
  for (const [place, words] of ['first week', 'second week', 'third week'].entries())
    expect(told.map((text) => text.includes(words))).toEqual([0, 1, 2].map((other) => other === place));
  expect(told.filter((text) => text.includes('seam'))).toHaveLength(1);
});

test('what came in late is told in the next post, and told once', async () => {
  const { app, slack } = all;
  const channel = slack.createChannel({ name: 'late' });
  const id = await subscribed(all, channel, { systems: ['acme/late'] });
  const { coveredUntil } = await subscriptionOf(app, id);
  await letTimePass(app, id, WEEK_MS);
  const inThatWeek = Date.now() - new Date(coveredUntil).getTime() + DAY_MS;
  await record(app, [{ title: 'fix: in time', system: 'acme/late', ago: inThatWeek }]);
  await ring(app);
  await subscriptionThat(app, id, isPosted(1));
  await record(app, [{ title: 'fix: pushed late', system: 'acme/late', ago: inThatWeek }]);
  // Its transaction was open while that post was read, on a server whose clock is behind.
  await app.database.orm.em
    .fork()
    .getConnection()
    .execute(`update "change" set received_at = received_at - interval '10 minutes' where title = 'fix: pushed late'`);
  await preview(app, { place: { teamId: slack.teamId, channel, owner: slack.ben }, subscriptionId: id });
  const [previewed] = await until(
    () => threadsOf(all, direct),
    ([thread]) => thread !== undefined && thread.replies.length > 0,
  );
  expect(previewed?.replies).toEqual([expect.stringContaining('Pushed late')]);
  expect(previewed?.replies.join()).not.toContain('In time');
  const place = { teamId: slack.teamId, channel, owner: slack.ana };
  const key = { place, subscriptionId: id, idempotencyKey: 'now:1' };
  expect((await postNow(app, key)).userErrors).toEqual([]);
  expect((await postNow(app, key)).replayed).toBe(true);
  const { coveredUntil: now } = await subscriptionThat(app, id, isPosted(2));
  expect(Date.now() - new Date(now).getTime()).toBeLessThan(60_000);
  const told = threadsOf(all, channel).map(({ replies }) => replies.join('\n'));
  expect(told.map((text) => [text.includes('In time'), text.includes('Pushed late')])).toEqual([
    [true, false],
    [false, true],
  ]);
});

test('law 3: two workers that wake at the same minute post each changelog once', async () => {
  const { app, slack } = all;
  const settings = { DATABASE_URL: app.database.url, DATA_DIR: '/nonexistent', PORT: '0', LOG_LEVEL: 'silent', NODE_ENV: 'test' };
  const second = await startRuntime(parseConfig({ ...settings, ...slackSettings(slack) }), ['worker'], { retryScale: 0.01, quietMs: 0 });
  await using _second = second;
  const channels = [1, 2, 3, 4].map((place) => slack.createChannel({ name: `two-${place}` }));
  await record(app, [{ title: 'feat: told by one of two', system: 'acme/two', ago: WEEK_MS }]);
  const ids = await Promise.all(channels.map((channel) => subscribed(all, channel, { systems: ['acme/two'] })));
  for (const id of ids) await letTimePass(app, id, WEEK_MS);
  await Promise.all([ring(app), ring(app), ring(app)]);
  for (const id of ids) await subscriptionThat(app, id, isPosted(1));
  await ring(app);
  expect(channels.map((channel) => threadsOf(all, channel).map(({ replies }) => replies.length))).toEqual([[1], [1], [1], [1]]);
});

test('an empty week is silence, or one message where that is wished for', async () => {
  const { app, slack } = all;
  const [quiet, talkative] = [slack.createChannel({ name: 'quiet' }), slack.createChannel({ name: 'talkative' })];
  const silent = await subscribed(all, quiet, { systems: ['acme/nothing'] });
  const told = await subscribed(all, talkative, { systems: ['acme/nothing'], emptyPeriods: 'POSTED' });
  for (const id of [silent, told]) await letTimePass(app, id, WEEK_MS);
  await ring(app);
  await subscriptionThat(app, told, isPosted(1));
  const { posts, coveredUntil } = await subscriptionThat(app, silent, ({ posts: [post] }) => post?.state === 'EMPTY');
  expect(coveredUntil).toBe(posts[0]?.to);
  await all.send.slash({ command: '/changelog', text: 'now', channel: quiet, user: slack.ben });
  await subscriptionThat(app, silent, ({ posts: [post] }) => post?.purpose === 'NOW' && post.state === 'EMPTY');
  // Who asked hears so, and nobody else.
  await until(
    () => slack.calls('chat.postMessage').filter(({ blocks }) => JSON.stringify(blocks).includes('so nothing was posted')),
    ([told]) => String(told?.['channel']).startsWith('D'),
  );
  expect(slack.messages(quiet)).toEqual([]);
  expect(threadsOf(all, talkative)).toMatchObject([{ root: expect.stringContaining('Nothing worth telling changed'), replies: [] }]);
});

test('what a post left out and somebody put back is told in the next one, once', async () => {
  const { app, slack } = all;
  const channel = slack.createChannel({ name: 'back' });
  const system = 'acme/back';
  await record(app, [
    { title: 'feat: a thing', system, ago: WEEK_MS },
    { title: 'feat: another thing', system, ago: WEEK_MS, labels: ['skip-changelog'] },
  ]);
  const id = await subscribed(all, channel, { systems: [system] });
  await letTimePass(app, id, WEEK_MS);
  await ring(app);
  const { posts } = await subscriptionThat(app, id, isPosted(1));
  expect(JSON.stringify(slack.messages(channel))).toContain('Show what was left out');
  const changes = (await findChanges(app, { system, label: 'skip-changelog' })).map((change) => change.id);
  expect((await includeChanges(app, { changelogId: posts[0]?.changelog?.id, changes })).userErrors).toEqual([]);
  const asked = { place: { teamId: slack.teamId, channel, owner: slack.ana }, subscriptionId: id };
  await postNow(app, asked);
  await subscriptionThat(app, id, isPosted(2));
  expect(threadsOf(all, channel).at(-1)?.replies).toEqual([expect.stringContaining('Another thing')]);
  await postNow(app, asked);
  await subscriptionThat(app, id, ({ posts: [newest] }) => newest?.state === 'EMPTY');
});

test('customers hear nothing of what was left out, and what people of the house noted is never put back for them', async () => {
  const { app, slack } = all;
  const channel = slack.createChannel({ name: 'customers' });
  const system = 'acme/shop';
  await record(app, [
    { title: 'feat: pay in two currencies', system, ago: WEEK_MS },
    { title: 'Marta leaves at the end of the month', kind: 'NOTE', system, ago: WEEK_MS },
  ]);
  const id = await subscribed(all, channel, { systems: [system], audience: 'CUSTOMERS' });
  await letTimePass(app, id, WEEK_MS);
  await ring(app);
  const { posts } = await subscriptionThat(app, id, isPosted(1));
  const seen = JSON.stringify(slack.messages(channel));
  expect(seen).toContain('two currencies');
  expect(seen).not.toMatch(/left out|Marta/);
  const changes = (await findChanges(app, { system, kind: ['NOTE'] })).map((change) => change.id);
  expect(changes).toHaveLength(1);
  expect((await includeChanges(app, { changelogId: posts[0]?.changelog?.id, changes })).userErrors).toMatchObject([
    { code: 'BAD_INPUT', message: expect.stringContaining('people of the house') },
  ]);
});

test('a preview is for the eyes of who asked, and nothing counts as told', async () => {
  const { app, slack } = all;
  const channel = slack.createChannel({ name: 'seen-by-one' });
  const id = await subscribed(all, channel, { systems: ['acme/preview'] });
  await record(app, [{ title: 'feat: a preview', system: 'acme/preview' }]);
  const before = await subscriptionOf(app, id);
  await preview(app, { place: { teamId: slack.teamId, channel, owner: slack.ben }, subscriptionId: id });
  const [thread] = await until(
    () => threadsOf(all, direct).filter(({ replies }) => replies.join().includes('A preview')),
    ([first]) => first !== undefined,
  );
  expect(thread?.root).toContain('Only you see this');
  expect(thread?.replies[0]).toContain('A preview');
  expect(slack.messages(channel)).toEqual([]);
  expect(await subscriptionOf(app, id)).toEqual(before);
});

test('a channel without a subscription gets the last seven days when somebody asks', async () => {
  const { app, slack } = all;
  const channel = slack.createChannel({ name: 'once' });
  await record(app, [
    { title: 'feat: a new thing', system: 'acme/once', ago: DAY_MS },
    { title: 'feat: an old thing', system: 'acme/once', ago: 8 * DAY_MS },
  ]);
  const place = { teamId: slack.teamId, channel, owner: slack.ana };
  await postNow(app, { place, audience: 'ENGINEERS', systems: ['acme/once'] });
  const [thread] = await until(
    () => threadsOf(all, channel),
    ([first]) => first?.replies.length === 1,
  );
  expect(thread?.replies[0]).toContain('A new thing');
  expect(JSON.stringify(thread)).not.toContain('old thing');
});

test('a long section is cut between entries, and every entry is shown whole', async () => {
  const { app, slack } = all;
  const channel = slack.createChannel({ name: 'long' });
  const words = 'a line of quotes "" and signs <&> that are written longer for Slack, and so on and on';
  await record(
    app,
    Array.from({ length: 70 }, (_, number) => ({
      title: `fix: part ${number} of module${number} ${words}`,
      refs: [`#${1_000 + number}`],
      url: `https://github.com/acme/long/pull/${1_000 + number}`,
      system: 'acme/long',
    })),
  );
  const place = { teamId: slack.teamId, channel, owner: slack.ana };
  const { post } = await postNow(app, { place, audience: 'ENGINEERS', systems: ['acme/long'] });
  await until(
    async () =>
      (await app.gql<{ changelogPost: { state: string } }>('query ($id: ID!) { changelogPost(id: $id) { state } }', { id: post?.id }))
        .changelogPost,
    ({ state }) => state === 'POSTED',
  );
  const replies = threadsOf(all, channel)[0]?.replies ?? [];
  expect(replies.length).toBeGreaterThan(1);
  const shown = replies.join('\n');
  for (let number = 0; number < 70; number++) expect(shown.split(`|#${1_000 + number}>`)).toHaveLength(2);
  expect(shown).not.toContain('more)');
  expect(slack.violations).toEqual([]);
});

test('law 3: a message whose outcome is unknown is looked for, not posted again', async () => {
  const { app, slack } = all;
  const channel = slack.createChannel({ name: 'cut' });
  await record(app, [{ title: 'feat: cut off', system: 'acme/cut' }]);
  slack.fail('chat.postMessage', { kind: 'cut', done: true }, { times: 2 });
  const place = { teamId: slack.teamId, channel, owner: slack.ana };
  await postNow(app, { place, audience: 'ENGINEERS', systems: ['acme/cut'] });
  await until(
    () => threadsOf(all, channel),
    ([first]) => first?.replies.length === 1,
  );
  expect(slack.messages(channel)).toHaveLength(2);
  slack.heal();
});

test('the same asked twice, the same once more, and what makes no sense', async () => {
  const { app, slack } = all;
  const place = { teamId: slack.teamId, channel: slack.createChannel({ name: 'again' }), owner: slack.ana };
  const wishes = { place, weekday: 2, time: '09:30', timeZone: 'europe/berlin' };
  const first = await subscribe(app, { ...wishes, idempotencyKey: 'again' });
  const second = await subscribe(app, { ...wishes, idempotencyKey: 'again' });
  expect([second.subscription?.id, second.replayed]).toEqual([first.subscription?.id, true]);
  expect(first.subscription).toMatchObject({ timeZone: 'Europe/Berlin', every: 'WEEKLY', audience: 'COMPANY' });
  expect((await subscribe(app, wishes)).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  for (const [wrong, field] of [
    [{ timeZone: 'Europe/Atlantis' }, 'timeZone'],
    [{ time: '9 o’clock' }, 'time'],
    [{ weekday: 8 }, 'weekday'],
    [{ every: 'MONTHLY' }, 'monthDay'],
    [{ systems: ['two words'] }, 'systems'],
    [{ place: { ...place, channel: '<!channel>' } }, 'place.channel'],
  ] as const)
    expect((await subscribe(app, { ...wishes, ...wrong })).userErrors).toMatchObject([{ code: 'BAD_INPUT', field }]);
  const id = first.subscription?.id ?? '';
  const { subscription } = await updateSubscription(app, { id, time: '10:00', timeZone: 'Asia/Kolkata' });
  expect(subscription?.nextAt).toMatch(/T04:30:00.000Z$/);
  expect(subscription?.coveredUntil).toBe(first.subscription?.coveredUntil);
  expect((await updateSubscription(app, { id: 'csb_none', time: '10:00' })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
});

test('what people of a channel note is told there, whatever repositories it asks for; labels and places are kept to', async () => {
  const { app, slack } = all;
  const channel = slack.createChannel({ name: 'noted' });
  const { subscription, unknownSystems } = await subscribe(app, {
    place: { teamId: slack.teamId, channel, owner: slack.ana },
    ...{ weekday: 1, audience: 'ENGINEERS', systems: ['acme/noted', 'acme/nosuch'], labels: ['api'] },
  });
  expect(unknownSystems).toEqual(['acme/nosuch', 'acme/noted']);
  const id = subscription?.id ?? '';
  const { coveredUntil } = await subscriptionOf(app, id);
  await letTimePass(app, id, WEEK_MS);
  const ago = Date.now() - new Date(coveredUntil).getTime() + DAY_MS;
  await record(app, [
    { title: 'feat: with the label', system: 'Acme/Noted', ago, labels: ['API'] },
    { title: 'feat: without it', system: 'acme/noted', ago },
  ]);
  const bot = await createToken(app, 'SERVICE', botScopes);
  const time = new Date(Date.now() - ago).toISOString();
  const note = {
    title: 'The office in Lyon opens',
    kind: 'PEOPLE',
    time,
    slack: { teamId: slack.teamId, channel, ts: '1700000000.000100' },
  };
  expect((await addChange(app, { ...note, kind: 'NOTE' }, bot)).userErrors).toEqual([]);
  await ring(app);
  await subscriptionThat(app, id, isPosted(1));
  const told = threadsOf(all, channel)[0]?.replies.join('\n');
  expect(told).toContain('With the label');
  expect(told).toContain('office in Lyon');
  expect(told).not.toContain('Without it');
});

test('law 10: when Slack is away, or has taken our token back, posts wait and come by themselves', async () => {
  const { app, slack } = all;
  const channels = ['away', 'revoked'].map((name) => slack.createChannel({ name }));
  await record(app, [{ title: 'feat: an outage', system: 'acme/away', ago: WEEK_MS }]);
  for (const [place, error] of ['service_unavailable', 'invalid_auth'].entries()) {
    const id = await subscribed(all, channels[place] ?? '', { systems: ['acme/away'] });
    await letTimePass(app, id, WEEK_MS);
    const before = slack.calls('chat.postMessage').length;
    slack.fail('chat.postMessage', { kind: 'error', error });
    await ring(app);
    await until(
      () => slack.calls('chat.postMessage').length,
      (calls) => calls >= before + 3,
    );
    expect((await subscriptionOf(app, id)).pausedAt).toBeNull();
    slack.heal();
    await subscriptionThat(app, id, isPosted(1));
  }
});

test('law 10: what was given up after a day is tried on; nothing is paused for it', async () => {
  const { app, slack } = all;
  const channel = slack.createChannel({ name: 'long' });
  await record(app, [{ title: 'feat: a long outage', system: 'acme/long', ago: WEEK_MS }]);
  const id = await subscribed(all, channel, { systems: ['acme/long'] });
  await letTimePass(app, id, WEEK_MS);
  slack.fail('chat.postMessage', { kind: 'error', error: 'service_unavailable' });
  await ring(app);
  const { posts } = await subscriptionThat(app, id, ({ posts: [first] }) => first?.state === 'POSTING');
  const post = await app.database.orm.em.fork().findOneOrFail(ChangelogPost, { id: posts[0]?.id ?? '' }, { filters: false });
  const failure = { id: 'err_1', code: 'CHAT_UNAVAILABLE' as const, message: 'Slack is away.' };
  const about = { subjectId: post.id, toOwner: false };
  const db = forWorkspace(app.database.orm, app.runtime.workspaceId as string);
  expect(await db.transactional((tx) => refusePost(tx, post, about, failure, new Date(Date.now() - 2 * 3_600_000)))).toBeNull();
  slack.heal();
  const { pausedAt } = await subscriptionThat(app, id, isPosted(1));
  expect(pausedAt).toBeNull();
});

test('an owner who cannot be reached stops drafts, the channel is told, and who lets it go on is asked from then on', async () => {
  const { app, slack, send } = all;
  const channel = slack.createChannel({ name: 'left' });
  await record(app, [{ title: 'feat: while away', system: 'acme/left', ago: WEEK_MS }]);
  const id = await subscribed(all, channel, { systems: ['acme/left'], draftFirst: true });
  await letTimePass(app, id, WEEK_MS);
  slack.fail('conversations.open', { kind: 'error', error: 'user_disabled' });
  await ring(app);
  await subscriptionThat(app, id, ({ pausedAt }) => pausedAt !== null);
  const [message] = await until(
    () => slack.messages(channel),
    (messages) => messages.length > 0,
  );
  expect(textOf(message)).toMatch(/A changelog is paused[\s\S]*Whoever resumes it is asked/);
  slack.heal();
  await send.click({ actionId: 'changelog_resume', value: JSON.stringify({ id }), channel, user: slack.ben });
  const { owner } = await subscriptionThat(app, id, ({ pausedAt }) => pausedAt === null);
  expect(owner).toBe(slack.ben);
});

test('law 9: where and for whom posts come is said by people in Slack and by admins, not by whoever may record changes', async () => {
  const { app, slack } = all;
  const channel = slack.createChannel({ name: 'own' });
  const id = await subscribed(all, channel, {});
  const token = await createToken(app, 'SERVICE', ['CHANGES_READ', 'CHANGES_WRITE']);
  const elsewhere = slack.createChannel({ name: 'elsewhere' });
  expect((await updateSubscription(app, { id, channel: elsewhere }, token)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
  expect((await unsubscribe(app, { id }, token)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
  expect(await subscriptionOf(app, id)).toMatchObject({ channel, endedAt: null });
});

test('an archived channel stops its subscription, tells its owner once, and what was missed is made up for', async () => {
  const { app, slack } = all;
  const channel = slack.createChannel({ name: 'archived' });
  await record(app, [{ title: 'feat: while archived', system: 'acme/archived', ago: WEEK_MS }]);
  const id = await subscribed(all, channel, { systems: ['acme/archived'] });
  await letTimePass(app, id, WEEK_MS);
  slack.fail('chat.postMessage', { kind: 'error', error: 'is_archived' }, { times: 1, channel });
  const before = slack.messages(owners).length;
  const tries = () => slack.calls('chat.postMessage').filter((call) => call.channel === channel);
  await ring(app);
  const stopped = await subscriptionThat(app, id, ({ pausedAt }) => pausedAt !== null);
  expect(stopped.pausedReason).toContain('archived');
  expect(stopped.posts).toMatchObject([{ state: 'FAILED' }]);
  expect(stopped.coveredUntil).toBe(stopped.posts[0]?.from);
  const told = await until(
    () => slack.messages(owners).slice(before),
    (messages) => messages.length > 0,
  );
  expect(textOf(told[0])).toMatch(/paused[\s\S]*archived[\s\S]*\/changelog resume/);
  await ring(app);
  expect(tries()).toHaveLength(1);
  expect(slack.messages(channel)).toEqual([]);
  expect((await updateSubscription(app, { id, paused: false })).userErrors).toEqual([]);
  const { coveredUntil, posts } = await subscriptionThat(app, id, isPosted(1));
  expect(posts).toHaveLength(1);
  expect(coveredUntil).toBe(posts[0]?.to);
  expect(threadsOf(all, channel)).toMatchObject([{ replies: [expect.stringContaining('While archived')] }]);
  expect(slack.messages(owners).length - before).toBe(1);
});
