import { afterAll, beforeAll, expect, test } from 'vitest';
import { AuditEvent } from '#db/entities/audit-event.ts';
import { Delivery } from '#db/entities/delivery.ts';
import { TriageAdvice } from '#db/entities/triage-advice.ts';
import { Workspace } from '#db/entities/workspace.ts';
import { forWorkspace } from '#db/orm.ts';
import { createAdviseTriage } from '#src/tickets/advice/advise-triage.ts';
import { ticketCrontab } from '#src/tickets/jobs.ts';
import { until } from '#tests/support/app.ts';
import { type SlackApp, startSlackApp } from '#tests/support/slack-app.ts';
import { categoryNamed, createToken, enqueue, foretold, pastTicket, saveCategory, saveSettings } from '#tests/support/tickets.ts';

let all: SlackApp;
let channel: string;
beforeAll(async () => {
  all = await startSlackApp();
  channel = all.slack.createChannel({ name: 'triage-admins' });
  await saveSettings(all.app, { adminChannel: channel });
  // As after anything a person does in Slack.
  await all.app.database.orm.em.fork().nativeUpdate(Workspace, { id: workspaceId() }, { slackTeamId: all.slack.teamId });
});
afterAll(() => all[Symbol.asyncDispose]());

const workspaceId = () => all.app.runtime.workspaceId as string;
const db = () => forWorkspace(all.app.database.orm, workspaceId());
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
const posts = () => all.slack.messages(channel);
const words = () => JSON.stringify(posts());
const idle = () =>
  until(
    () => all.app.database.orm.em.fork().getConnection().execute<unknown[]>('select 1 from graphile_worker.jobs where run_at <= now()'),
    (jobs) => jobs.length === 0,
    'an empty queue',
  );

const ADVICE = `{ triageAdvice { id week tickets decided right told { tickets right wrong abstained } betterThreshold { threshold } overlaps { categories { name } mistaken describedAlike } unused { name }
  clusters { words tickets { number } } drift { index moved { category { name } before now } }
  perCategory { category { name } tickets precision recall } demoted { name } } }`;
// biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever comes back
const advice = async (token?: string) => (await all.app.gql<{ triageAdvice: any }>(ADVICE, {}, token)).triageAdvice;

test('the bell rings on Monday at six', () => {
  expect(ticketCrontab).toContain('0 6 * * 1 advise-all ?fill=3d');
});

test('before the first Monday there is none; a week without tickets is no message', async () => {
  expect(await advice()).toBeNull();
  await enqueue(all.app, 'advise-all', {});
  await idle();
  await until(advice, (found) => found !== null);
  expect(await advice()).toMatchObject({ tickets: 0, overlaps: [], unused: [], clusters: [], drift: null, perCategory: [] });
  expect(posts()).toEqual([]);
  await db().nativeDelete(TriageAdvice, {});
});

test('four weeks of tickets are looked at; admins read it, and their channel is told once, also with two workers', async () => {
  const { app } = all;
  const [bug, question, hr] = await Promise.all(
    ['Bug', 'Question', 'People and HR'].map(async (name) => (await categoryNamed(app, name)).id),
  );
  let number = 100;
  const past = (times: number, fields: Parameters<typeof pastTicket>[2]) =>
    Promise.all(Array.from({ length: times }, () => pastTicket(app, ++number, { title: `Case ${number}`, ...fields })));
  const judged = (times: number, guess = '', actual = '') =>
    past(times, { prediction: foretold(guess, 0.9), categoryId: actual, categoryBy: 'PERSON' });
  await judged(20, bug, bug);
  await judged(4, bug, question);
  await judged(4, question, bug);
  await judged(4, question, question);
  // Older than the four weeks: another mix, and nothing to be judged by.
  await past(40, { createdAt: daysAgo(40), prediction: foretold(hr as string, 0.9), categoryId: hr, categoryBy: 'PERSON' });
  const secret = all.slack.createChannel({ name: 'secret' });
  await saveSettings(app, { restrictedChannels: [secret] });
  for (const place of ['north', 'south', 'garage', 'cellar', 'kitchen'])
    await past(1, {
      title: `Badge reader at the ${place} door blinks red`,
      body: 'The badge reader does not open the door',
      prediction: foretold(null, 0.2),
      state: 'NEEDS_HUMAN',
    });
  for (const place of ['Linz', 'Graz', 'Wien', 'Wels', 'Lech'])
    await past(1, {
      title: `Merger talks with ${place} Foundry`,
      body: 'The merger talks with the foundry',
      prediction: foretold(null, 0.2),
      state: 'NEEDS_HUMAN',
      // Asked there in a form: it has no message.
      channels: [secret],
    });
  await db().insert(AuditEvent, {
    id: 'aud_old',
    workspaceId: workspaceId(),
    at: daysAgo(9),
    actor: 'triage',
    action: 'category.demoted',
    subjectId: question,
  });
  await db().insert(AuditEvent, {
    id: 'aud_new',
    workspaceId: workspaceId(),
    at: daysAgo(2),
    actor: 'triage',
    action: 'category.demoted',
    subjectId: bug,
  });

  const job = createAdviseTriage({ orm: app.database.orm, clock: { now: () => new Date() } });
  await Promise.all([1, 2].map(() => job.run({ workspaceId: workspaceId() }, {} as never)));
  await enqueue(app, 'advise-triage', { workspaceId: workspaceId() });
  await idle();

  const found = await advice();
  expect(found).toMatchObject({
    tickets: 42,
    decided: 32,
    right: 24,
    told: { tickets: 32, right: 0.75, wrong: 0.25, abstained: 0 },
    betterThreshold: null,
    overlaps: [{ mistaken: 8, describedAlike: false }],
    clusters: [{ words: expect.arrayContaining(['badge', 'reader']), tickets: expect.any(Array) }],
    demoted: [{ name: 'Bug' }],
  });
  expect(found.overlaps[0].categories.map(({ name }: { name: string }) => name).sort()).toEqual(['Bug', 'Question']);
  expect(found.clusters).toHaveLength(1);
  expect(found.clusters[0].tickets).toHaveLength(5);
  expect(found.unused.map(({ name }: { name: string }) => name)).toEqual([]);
  expect(found.drift.index).toBeGreaterThan(0.2);
  expect(found.drift.moved[0]).toEqual({ category: { name: 'People and HR' }, before: 1, now: 0 });
  expect(found.perCategory[0]).toEqual({ category: { name: 'Bug' }, tickets: 24, precision: 20 / 24, recall: 20 / 24 });

  await until(posts, (messages) => messages.length === 1);
  for (const said of [
    'Bug and Question',
    '8 tickets mistaken',
    'badge',
    'T-173',
    'The mix has changed',
    'of 32 that people decided, 75 % were told right, 25 % wrong',
    'since this week',
  ])
    expect(words()).toContain(said);
  expect(words().toLowerCase()).not.toContain('merger');
  expect(posts()[0]?.thread_ts).toBeUndefined();
  expect(await db().count(TriageAdvice, {})).toBe(1);
  expect(await db().count(Delivery, { subjectId: found.id })).toBe(1);
  expect(all.slack.violations).toEqual([]);
});

test('a category that is older than the four weeks and got nothing is named', async () => {
  const { app } = all;
  await db().nativeDelete(TriageAdvice, {});
  const { category } = await saveCategory(app, { name: 'Telegrams', description: 'Telegrams and telex.', team: 'Post' });
  await app.database.orm.em
    .fork()
    .getConnection()
    .execute("update category set created_at = now() - interval '30 days' where id = ?", [category?.id]);
  await enqueue(app, 'advise-triage', { workspaceId: workspaceId() });
  expect((await until(advice, (found) => found !== null)).unused).toEqual([{ name: 'Telegrams' }]);
});

test('only admins read it', async () => {
  const reader = await createToken(all.app, 'PERSONAL', ['TICKETS_READ']);
  await expect(advice(reader)).rejects.toThrow('ADMIN');
});

test.each([
  ['Security', 'the admins’ channel'],
  ['Incident', 'the team’s channel, where no channel of admins is named,'],
])('a demotion of %s is told in %s the same night, once', async (demoted) => {
  const { app } = all;
  await idle();
  const team = all.slack.createChannel({ name: `team-${demoted.toLowerCase()}` });
  const toTeam = demoted === 'Incident';
  if (toTeam) await saveSettings(app, { adminChannel: null });
  // The week's advice may still be on its way: nobody waits for it.
  const demotions = () =>
    all.slack
      .messages(toTeam ? team : channel)
      .filter((message) => JSON.stringify(message).includes(`${demoted} only suggests from now on`));
  const { id, name, description, team: teamName } = await categoryNamed(app, demoted);
  await saveCategory(app, { id, name, description, team: teamName, channel: team, mode: 'AUTONOMOUS', targetPrecision: 0.8 });
  const other = (await categoryNamed(app, 'Bug')).id;
  for (let i = 0; i < 20; i++)
    await pastTicket(app, (toTeam ? 600 : 500) + i, {
      createdAt: new Date(),
      prediction: foretold(id, 0.9),
      categoryId: i % 2 ? id : other,
      categoryBy: 'PERSON',
    });
  for (let i = 0; i < 2; i++) {
    await enqueue(app, 'retrain-triage', { workspaceId: workspaceId() });
    await idle();
  }
  await until(demotions, (messages) => messages.length > 0);
  await idle();
  expect(demotions()).toHaveLength(1);
  expect((await categoryNamed(app, demoted)).mode).toBe('SUPERVISED');
  if (toTeam) await saveSettings(app, { adminChannel: channel });
});
