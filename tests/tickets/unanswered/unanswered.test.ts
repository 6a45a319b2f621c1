import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Delivery } from '#db/entities/delivery.ts';
import { Ticket } from '#db/entities/ticket.ts';
import { TriageSettings } from '#db/entities/triage-settings.ts';
import { Workspace } from '#db/entities/workspace.ts';
import { forWorkspace } from '#db/orm.ts';
import { ticketCrontab } from '#src/tickets/jobs.ts';
import { createTicketRenderer } from '#src/tickets/telling/render-ticket.ts';
import { businessDay } from '#src/tickets/unanswered/business-day.ts';
import { createUnansweredRenderer } from '#src/tickets/unanswered/render-unanswered.ts';
import { createTellOverdue } from '#src/tickets/unanswered/tell-overdue.ts';
import { createTellUnanswered } from '#src/tickets/unanswered/tell-unanswered.ts';
import { until } from '#tests/support/app.ts';
import { type SlackApp, startSlackApp } from '#tests/support/slack-app.ts';
import { categoryNamed, enqueue, foretold, pastTicket, saveCategory, saveSettings } from '#tests/support/tickets.ts';

describe('the business day', () => {
  const berlin = { timeZone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' };
  test.each([
    ['2026-11-23T07:59:00Z', null],
    ['2026-11-23T08:00:00Z', '2026-11-23'],
    ['2026-11-23T15:59:00Z', '2026-11-23'],
    ['2026-11-23T16:00:00Z', null],
    // Summer time there.
    ['2026-07-20T07:00:00Z', '2026-07-20'],
    // Sunday.
    ['2026-11-22T10:00:00Z', null],
  ])('at %s it is %s in Berlin', (at, day) => {
    expect(businessDay(new Date(at), berlin)).toBe(day);
  });

  test('is the day there, not in Greenwich; without working days there is none', () => {
    const auckland = { ...berlin, timeZone: 'Pacific/Auckland' };
    expect(businessDay(new Date('2026-11-22T20:00:00Z'), auckland)).toBe('2026-11-23');
    expect(businessDay(new Date('2026-11-23T10:00:00Z'), { ...berlin, days: [] })).toBeNull();
  });
});

let all: SlackApp;
const channels = { bugs: '', admins: '', hr: '' };
const ids = { bug: '', hr: '', question: '' };
beforeAll(async () => {
  all = await startSlackApp();
  const { app, slack } = all;
  for (const name of ['bugs', 'admins', 'hr'] as const) channels[name] = slack.createChannel({ name });
  const inChannel = async (name: string, channel: string) => {
    const { id, description, team } = await categoryNamed(app, name);
    await saveCategory(app, { id, name, description, team, channel });
    return id;
  };
  ids.bug = await inChannel('Bug', channels.bugs);
  ids.hr = await inChannel('People and HR', channels.hr);
  ids.question = (await categoryNamed(app, 'Question')).id;
  await app.database.orm.em.fork().nativeUpdate(Workspace, { id: workspaceId() }, { slackTeamId: slack.teamId });
  await saveSettings(app, { adminChannel: channels.admins });
});
afterAll(() => all[Symbol.asyncDispose]());
beforeEach(async () => {
  await db().nativeDelete(Ticket, {});
  await db().nativeDelete(Delivery, {});
  await db().nativeUpdate(TriageSettings, { workspaceId: workspaceId() }, { unansweredToldOn: null });
});

const workspaceId = () => all.app.runtime.workspaceId as string;
const db = () => forWorkspace(all.app.database.orm, workspaceId());
const at = (time: string) => new Date(`2026-11-${time}:00Z`);

/** Two workers ring at a time; then what each channel would be shown. */
const told = async (now: Date): Promise<Record<string, string[]>> => {
  const clock = { now: () => now };
  await db().nativeDelete(Delivery, {});
  const job = createTellUnanswered({ orm: all.app.database.orm, clock });
  await Promise.all([1, 2].map(() => job.run({ workspaceId: workspaceId() }, {} as never)));
  const render = createUnansweredRenderer({ orm: all.app.database.orm, clock });
  const shown: Record<string, string[]> = {};
  for (const { subjectId, replyTo } of await db().find(Delivery, {})) {
    expect(shown[replyTo.channel]).toBeUndefined();
    const showing = await render(workspaceId(), subjectId);
    expect(showing).toMatchObject({ reply: null, final: true });
    shown[replyTo.channel] = [
      showing?.root.headline ?? '',
      ...(showing?.root.sections[0]?.items.map(({ text }) => text) ?? []),
      ...(showing?.root.facts ?? []),
    ];
  }
  return shown;
};

// A Monday; business hours are 9 to 17 in Greenwich.
test('each channel is told what is past due or untouched for more than a business day, oldest first', async () => {
  const { app } = all;
  const late = { dueAt: at('20T12:00'), createdAt: at('19T12:00') };
  await pastTicket(app, 2, { title: 'Late', categoryId: ids.bug, priority: 'P2', ...late });
  await pastTicket(app, 3, { title: 'Older', categoryId: ids.bug, priority: 'P4', touched: false, createdAt: at('18T08:00') });
  await pastTicket(app, 4, { title: 'Whose?', state: 'NEEDS_HUMAN', touched: false, createdAt: at('20T08:59') });
  await pastTicket(app, 5, { title: 'Team without a channel', categoryId: ids.question, priority: 'P3', ...late });
  // What was said in a restricted channel stays there.
  await saveSettings(app, { restrictedChannels: ['C0SECRET'] });
  await pastTicket(app, 8, { title: 'Dismissal', categoryId: ids.bug, priority: 'P3', channels: ['C0SECRET'], openly: false, ...late });
  // Nothing of it was ever read, and whoever asked was told: nobody could answer it.
  await pastTicket(app, 9, {
    title: 'Ticket',
    body: '',
    status: 'FAILED',
    state: 'NEEDS_HUMAN',
    touched: false,
    createdAt: at('18T08:00'),
  });
  // In time, touched, taken, asleep, over: nothing to say.
  await pastTicket(app, 6, { title: 'In time', state: 'NEEDS_HUMAN', touched: false, createdAt: at('20T10:00'), dueAt: at('24T10:00') });
  await pastTicket(app, 7, { title: 'Touched', categoryId: ids.hr, touched: true, createdAt: at('01T10:00') });
  for (const [place, state] of (['TAKEN', 'SNOOZED', 'RESOLVED', 'MERGED', 'WITHDRAWN', 'NOT_A_TICKET'] as const).entries())
    await pastTicket(app, 10 + place, { title: state, categoryId: ids.hr, state, ...late });
  expect(await told(at('23T09:00'))).toEqual({
    [channels.bugs]: [
      '3 tickets wait for an answer',
      'T-3 · P4 · 5 days · Older',
      'T-2 · P2 · 3 days · past due · Late',
      'T-8 · P3 · 3 days · past due',
    ],
    [channels.admins]: ['2 tickets wait for an answer', 'T-5 · P3 · 3 days · past due · Team without a channel', 'T-4 · 3 days · Whose?'],
  });
  await saveSettings(app, { restrictedChannels: [] });
});

test('what waits for a tap is told to the team it seems to be for, who is on call there is called, and what nobody can say is for the admins', async () => {
  const { app, slack } = all;
  const late = { dueAt: at('20T12:00'), createdAt: at('19T12:00'), categoryId: null };
  await pastTicket(app, 2, { title: 'Seems a bug', state: 'SUGGESTED', priority: 'P3', prediction: foretold(ids.bug, 0.8), ...late });
  await pastTicket(app, 3, { title: 'Seems nothing', state: 'NEEDS_HUMAN', priority: 'P3', prediction: foretold(null, 0.2), ...late });
  expect(await told(at('23T09:00'))).toEqual({
    [channels.bugs]: ['One ticket waits for an answer', 'T-2 · P3 · 3 days · past due · Seems a bug'],
    [channels.admins]: ['One ticket waits for an answer', 'T-3 · P3 · 3 days · past due · Seems nothing'],
  });
  const { id, name, description, team } = await categoryNamed(app, 'Bug');
  await saveCategory(app, { id, name, description, team, channel: channels.bugs, onCall: 'S0ONCALL' });
  await pastTicket(app, 61, {
    state: 'SUGGESTED',
    priority: 'P1',
    prediction: foretold(ids.bug, 0.8),
    ...late,
    dueAt: new Date(Date.now() - 60_000),
  });
  const before = slack.messages(channels.bugs).length;
  await createTellOverdue({ orm: app.database.orm, clock: { now: () => new Date() } }).run({}, {} as never);
  const posts = await until(
    () => JSON.stringify(slack.messages(channels.bugs).slice(before)),
    (text) => text.includes('T-61 is past due · suggested P1 · nobody has it'),
  );
  expect(posts).toContain('<!subteam^S0ONCALL>');
  await saveCategory(app, { id, name, description, team, channel: channels.bugs });
});

test('on a closed day nobody is told, and it makes nothing older', async () => {
  const hours = { timeZone: 'UTC', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' };
  await saveSettings(all.app, { businessHours: { ...hours, closedDays: ['2026-11-23'] } });
  await pastTicket(all.app, 2, { title: 'Late', categoryId: ids.bug, priority: 'P2', dueAt: at('20T12:00'), createdAt: at('19T12:00') });
  // Friday noon; on Tuesday at ten that is less than a business day ago.
  await pastTicket(all.app, 3, { title: 'Of Friday', categoryId: ids.bug, priority: 'P4', touched: false, createdAt: at('20T12:00') });
  expect(await told(at('23T10:00'))).toEqual({});
  expect(await told(at('24T10:00'))).toEqual({
    [channels.bugs]: ['One ticket waits for an answer', 'T-2 · P2 · 4 days · past due · Late'],
  });
  await saveSettings(all.app, { businessHours: { ...hours, closedDays: [] } });
});

test('fifteen are shown, the rest is counted', async () => {
  for (let i = 1; i <= 20; i++)
    await pastTicket(all.app, i, {
      title: `Nr ${i}`,
      categoryId: ids.bug,
      dueAt: at('20T12:00'),
      createdAt: new Date(at('19T12:00').getTime() + i),
    });
  const { [channels.bugs]: shown } = await told(at('23T09:00'));
  expect(shown).toHaveLength(17);
  expect(shown?.[0]).toBe('20 tickets wait for an answer');
  expect(shown?.[1]).toContain('T-1 ·');
  expect(shown?.at(-1)).toBe('and 5 more');
});

test('once a day; later on the day when nobody worked in the morning; never outside business hours', async () => {
  await pastTicket(all.app, 1, { categoryId: ids.bug, dueAt: at('20T12:00'), createdAt: at('19T12:00') });
  expect(await told(at('22T12:00'))).toEqual({});
  expect(await told(at('23T08:45'))).toEqual({});
  expect(Object.keys(await told(at('23T14:30')))).toEqual([channels.bugs]);
  expect(await told(at('23T14:45'))).toEqual({});
  expect(Object.keys(await told(at('24T09:00')))).toEqual([channels.bugs]);
});

test('nothing to say is silence, and what is answered before it is posted is not posted', async () => {
  expect(await told(at('23T09:00'))).toEqual({});
  const id = await pastTicket(all.app, 1, { categoryId: ids.bug, dueAt: at('20T12:00'), createdAt: at('19T12:00') });
  await told(at('24T09:00'));
  const [delivery] = await db().find(Delivery, {});
  await db().nativeUpdate(Ticket, { id }, { state: 'RESOLVED' });
  const render = createUnansweredRenderer({ orm: all.app.database.orm, clock: { now: () => at('24T09:01') } });
  expect(await render(workspaceId(), delivery?.subjectId ?? '')).toBeNull();
});

test('the bell of the quarter leads to one message that stands alone', async () => {
  const { app, slack } = all;
  expect(ticketCrontab).toContain('*/15 * * * * tell-unanswered-all');
  await saveSettings(app, { businessHours: { timeZone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' } });
  await pastTicket(app, 1, {
    title: 'Long ago <!channel>',
    categoryId: ids.hr,
    priority: 'P1',
    dueAt: new Date(0),
    createdAt: new Date(0),
  });
  for (let i = 0; i < 3; i++) {
    await enqueue(app, 'tell-unanswered-all', {});
    await until(
      () => app.database.orm.em.fork().getConnection().execute<unknown[]>('select 1 from graphile_worker.jobs where run_at <= now()'),
      (jobs) => jobs.length === 0,
    );
  }
  const posts = await until(
    () => slack.messages(channels.hr),
    (messages) => messages.length > 0,
  );
  expect(posts).toHaveLength(1);
  expect(posts[0]?.thread_ts).toBeUndefined();
  expect(JSON.stringify(posts)).toContain('T-1 · P1');
  expect(JSON.stringify(posts)).not.toContain('<!channel>');
  expect(slack.violations).toEqual([]);
});

test('a critical ticket whose time runs out is told at once, also at night, and calls who is on call; once, and only while it is true', async () => {
  const { app, slack } = all;
  expect(ticketCrontab).toContain('*/5 * * * * tell-overdue');
  const { id, name, description, team } = await categoryNamed(app, 'Bug');
  await saveCategory(app, { id, name, description, team, channel: channels.bugs, onCall: 'S0ONCALL' });
  const justNow = new Date(Date.now() - 60_000);
  const ticket = await pastTicket(app, 41, { title: 'Secret words', categoryId: id, priority: 'P1', dueAt: justNow });
  await pastTicket(app, 42, { categoryId: id, priority: 'P3', dueAt: justNow });
  await pastTicket(app, 43, { categoryId: id, priority: 'P1', dueAt: justNow, state: 'SNOOZED' });
  await pastTicket(app, 45, { categoryId: id, priority: 'P1', dueAt: justNow, state: 'TAKEN' });
  await pastTicket(app, 44, { categoryId: id, priority: 'P1', dueAt: new Date(Date.now() + 60_000) });
  const longAgo = new Date(Date.now() - 8 * 3_600_000);
  await pastTicket(app, 46, { categoryId: id, priority: 'P1', dueAt: longAgo, createdAt: longAgo, updatedAt: longAgo });
  await pastTicket(app, 47, { categoryId: id, priority: 'P1', dueAt: longAgo, createdAt: longAgo, updatedAt: justNow });
  const before = slack.messages(channels.bugs).length;
  for (let i = 0; i < 2; i++) await createTellOverdue({ orm: app.database.orm, clock: { now: () => new Date() } }).run({}, {} as never);
  const posts = await until(
    () => slack.messages(channels.bugs).slice(before),
    (messages) => messages.length > 1,
  );
  expect(JSON.stringify(posts)).toContain('T-41 is past due · P1 · nobody has it');
  expect(JSON.stringify(posts)).toContain('<!subteam^S0ONCALL>');
  // It can be taken from there.
  expect(JSON.stringify(posts)).toContain('ticket_take');
  // T-47's time had run out long before it was looked at.
  expect(JSON.stringify(posts)).toContain('T-47 is past due');
  expect(await db().count(Delivery, { subjectId: { $like: '%:note:due:%' } })).toBe(2);
  // Answered before it is told, it is not told.
  const render = createTicketRenderer({ orm: app.database.orm, clock: { now: () => new Date() }, conversations: null as never });
  await db().nativeUpdate(Ticket, { id: ticket }, { state: 'RESOLVED' });
  const [{ subjectId }] = (await db().find(Delivery, { subjectId: { $like: `${ticket}:note:due:%` } })) as [Delivery];
  expect(await render(workspaceId(), subjectId)).toBeNull();
});
