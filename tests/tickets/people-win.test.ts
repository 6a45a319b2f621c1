import { describe, expect, test } from 'vitest';
import { Category } from '#db/entities/category.ts';
import { forWorkspace } from '#db/orm.ts';
import { createModels } from '#src/tickets/prediction/models.ts';
import { type App, startApp, until } from '#tests/support/app.ts';
import {
  categoryNamed,
  createTicket,
  enqueue,
  findTicket,
  hurry,
  moveTicket,
  pastTicket,
  predict,
  saveCategory,
  saveSettings,
  setCategory,
  setPriority,
  ticketThat,
  triaged,
} from '#tests/support/tickets.ts';
import { app, useTickets, vpn } from './use-tickets.ts';

useTickets();

const db = () => forWorkspace(app.database.orm, app.runtime.workspaceId as string);

describe('law 12: people win', () => {
  test('a category and a priority that a person set are not overwritten by a later triage', async () => {
    const { id } = await triaged(app, { text: 'The build pipeline is red because the disk is full' });
    const hr = await categoryNamed(app, 'People and HR');
    expect((await setCategory(app, { id, categoryId: hr.id })).ticket).toMatchObject({
      state: 'ROUTED',
      categoryBy: 'PERSON',
      touched: true,
    });
    await setPriority(app, { id, priority: 'P1' });
    const before = await findTicket(app, id);
    await triageAgain(id);
    expect(await findTicket(app, id)).toEqual(before);
  });

  test('who sets the priority of a ticket that is still new leaves its category to be predicted', async () => {
    await using slow = await startApp({}, { wanted: ['api'] });
    const { ticket } = await createTicket(slow, { text: vpn });
    expect((await setPriority(slow, { id: ticket?.id, priority: 'P1' })).ticket).toMatchObject({ state: 'NEW', priority: 'P1' });
    await using _worker = await startWorkerOn(slow);
    const decided = await ticketThat(slow, ticket?.id as string);
    expect(decided).toMatchObject({ priority: 'P1', priorityBy: 'PERSON' });
    expect(decided.state).not.toBe('NEW');
  });

  test('a correction counts in the very next prediction of a like ticket, also in another process', async () => {
    const [made, like] = [
      'The coffee machine in the lobby blinks red and grinds no beans',
      'Coffee machine in the lobby is blinking red, no beans ground',
    ];
    const facilities = (await saveCategory(app, { name: 'Facilities', description: 'Buildings and rooms.', team: 'Facilities' })).category;
    const before = await predict(app, like);
    expect(before.category?.id).not.toBe(facilities?.id);
    const elsewhere = createModels({ orm: app.database.orm });
    const open = await db().find(Category, { retiredAt: null }, { orderBy: { id: 'asc' } });
    await elsewhere.current(app.runtime.workspaceId as string, open);

    const { id } = await triaged(app, { text: made });
    await setCategory(app, { id, categoryId: facilities?.id });
    const after = await predict(app, like);
    expect((after.category ?? after.alternatives[0]?.category)?.id).toBe(facilities?.id);
    expect(after.reason).toMatch(/T-\d+/);

    const { model } = await elsewhere.current(app.runtime.workspaceId as string, open);
    expect(model.counts[model.categories.indexOf(facilities?.id as string)]).toBe(1);
    // Whatever else happens to the ticket teaches nothing twice.
    await moveTicket(app, { id, move: 'TAKE' });
    await moveTicket(app, { id, move: 'RESOLVE' });
    const later = await elsewhere.current(app.runtime.workspaceId as string, open);
    expect(later.model).toBe(model);
  });

  test('a correction that is committed late, after younger ones were learned, is learned as well', async () => {
    const models = createModels({ orm: app.database.orm });
    const workspaceId = app.runtime.workspaceId as string;
    const open = await db().find(Category, { retiredAt: null }, { orderBy: { id: 'asc' } });
    const [young, old] = [new Date(), new Date(Date.now() - 5_000)];
    const bug = (await categoryNamed(app, 'Bug')).id;
    const count = async () => {
      const { model } = await models.current(workspaceId, open);
      return model.counts[model.categories.indexOf(bug)] ?? 0;
    };
    const start = await count();
    await pastTicket(app, 90_001, { title: 'Young', categoryId: bug, categoryBy: 'PERSON', updatedAt: young });
    expect(await count()).toBe(start + 1);
    await pastTicket(app, 90_002, { title: 'Old', categoryId: bug, categoryBy: 'PERSON', updatedAt: old });
    expect([await count(), await count()]).toEqual([start + 2, start + 2]);
  });

  test('people can be first: what they decide while triage waits stands, and the prediction made then is not judged', async () => {
    await saveSettings(app, { delaySeconds: 3600 });
    const { ticket } = await createTicket(app, { text: vpn });
    const id = ticket?.id as string;
    const hr = await categoryNamed(app, 'People and HR');
    await setCategory(app, { id, categoryId: hr.id });
    const decided = await reportOf(app);
    await saveSettings(app, { delaySeconds: 0 });
    await hurry(app);
    expect(await ticketThat(app, id)).toMatchObject({ category: { id: hr.id }, categoryBy: 'PERSON', state: 'ROUTED' });
    expect((await reportOf(app)).decided).toBe(decided.decided);
  });
});

type Report = {
  decided: number;
  curve: { threshold: number; right: number; wrong: number; abstained: number }[];
  confusion: { count: number; predicted: { name: string }; actual: { name: string } }[];
  perCategory: { tickets: number; precision: number | null; recall: number | null; category: { name: string } }[];
};
const reportOf = async (of: App): Promise<Report> =>
  (
    await of.gql<{ triageReport: Report }>(
      '{ triageReport { decided curve { threshold right wrong abstained } confusion { count predicted { name } actual { name } } perCategory { tickets precision recall category { name } } } }',
    )
  ).triageReport;

const triageAgain = async (id: string): Promise<void> => {
  await enqueue(app, 'triage-ticket', { ticketId: id, workspaceId: app.runtime.workspaceId });
  await until(
    () =>
      app.database.orm.em
        .fork()
        .getConnection()
        .execute<unknown[]>("select 1 from graphile_worker.jobs where task_identifier = 'triage-ticket' and run_at <= now()"),
    (jobs) => jobs.length === 0,
  );
};

/** A worker beside an API that was started without one. */
const startWorkerOn = async (of: App) => {
  const { parseConfig } = await import('#src/config.ts');
  const { startRuntime } = await import('#src/runtime.ts');
  return startRuntime(
    parseConfig({ DATABASE_URL: of.database.url, PORT: '0', LOG_LEVEL: 'silent', NODE_ENV: 'test', BCRYPT_COST: '4' }),
    ['worker'],
    { retryScale: 0.01 },
  );
};
