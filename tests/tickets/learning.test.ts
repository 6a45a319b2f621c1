import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AuditEvent } from '#db/entities/audit-event.ts';
import { TriageModel } from '#db/entities/triage-model.ts';
import { Workspace } from '#db/entities/workspace.ts';
import { forWorkspace } from '#db/orm.ts';
import { parseConfig } from '#src/config.ts';
import { newId } from '#src/core/ids.ts';
import { triageReport } from '#src/triage-report.ts';
import { type App, startApp, until } from '#tests/support/app.ts';
import {
  categories,
  categoryNamed,
  enqueue,
  foretold,
  pastTicket,
  predict,
  saveCategory,
  setCategory,
  triaged,
} from '#tests/support/tickets.ts';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const db = () => forWorkspace(app.database.orm, app.runtime.workspaceId as string);
const versions = async () => (await db().find(TriageModel, {}, { orderBy: { version: 'asc' } })).map(({ version }) => version);
const idle = (task: string) =>
  until(
    () =>
      app.database.orm.em.fork().getConnection().execute<unknown[]>('select 1 from graphile_worker.jobs where task_identifier = ?', [task]),
    (jobs) => jobs.length === 0,
  );
const retrain = async () => {
  await enqueue(app, 'retrain-triage', { workspaceId: app.runtime.workspaceId });
  await idle('retrain-triage');
};

let number = 1000;
type Report = {
  decided: number;
  curve: { threshold: number; right: number; wrong: number; abstained: number }[];
  confusion: { count: number; predicted: { name: string }; actual: { name: string } }[];
  perCategory: { tickets: number; precision: number | null; recall: number | null; category: { name: string } }[];
};

test('the report says what each threshold would have meant on a history', async () => {
  await using past = await startApp({}, { wanted: ['api'] });
  const [bug, question, hr] = await Promise.all(['Bug', 'Question', 'People and HR'].map((name) => categoryNamed(past, name)));
  const [b, q, h] = [bug?.id as string, question?.id as string, hr?.id as string];
  const history: [guess: ReturnType<typeof foretold>, actual: string][] = [
    [foretold(b, 0.9), b],
    [foretold(b, 0.8), b],
    [foretold(b, 0.6), q],
    [foretold(q, 0.7), q],
    // Abstained: the most likely one counts as its guess.
    [foretold(null, 0.3, [{ categoryId: h, probability: 0.3 }]), h],
  ];
  for (const [prediction, categoryId] of history) await pastTicket(past, ++number, { prediction, categoryId, categoryBy: 'PERSON' });
  // Not judged: nobody decided, nothing was foretold, or it was foretold afterwards.
  await pastTicket(past, ++number, { prediction: foretold(b, 0.9), categoryId: b, categoryBy: 'MODEL', touched: false });
  await pastTicket(past, ++number, { categoryId: b, categoryBy: 'PERSON' });
  await pastTicket(past, ++number, {
    prediction: { ...(foretold(b, 0.9) as object), late: true } as never,
    categoryId: b,
    categoryBy: 'PERSON',
  });
  const { triageReport: report } = await past.gql<{ triageReport: Report }>(
    '{ triageReport { decided curve { threshold right wrong abstained } confusion { count predicted { name } actual { name } } perCategory { tickets precision recall category { name } } } }',
  );
  expect(report.decided).toBe(5);
  const at = (threshold: number) => report.curve.find((point) => Math.abs(point.threshold - threshold) < 1e-9);
  expect(at(0)).toMatchObject({ right: 0.8, wrong: 0.2, abstained: 0 });
  expect(at(0.5)).toMatchObject({ right: 0.6, wrong: 0.2, abstained: 0.2 });
  expect(at(0.75)).toMatchObject({ right: 0.4, wrong: 0, abstained: 0.6 });
  for (const { right, wrong, abstained } of report.curve) expect(right + wrong + abstained).toBeCloseTo(1);
  expect(report.confusion).toHaveLength(4);
  expect(report.confusion[0]).toEqual({ count: 2, predicted: { name: 'Bug' }, actual: { name: 'Bug' } });
  expect(report.confusion).toContainEqual({ count: 1, predicted: { name: 'Bug' }, actual: { name: 'Question' } });
  const rows = Object.fromEntries(report.perCategory.map(({ category, ...row }) => [category.name, row]));
  expect(rows['Bug']).toEqual({ tickets: 2, precision: 2 / 3, recall: 1 });
  expect(rows['Question']).toEqual({ tickets: 2, precision: 1, recall: 0.5 });
  expect(rows['People and HR']).toEqual({ tickets: 1, precision: 1, recall: 1 });

  // And so says the terminal: npm run triage:report.
  const config = parseConfig({ DATABASE_URL: past.database.url });
  const drawn = stripVTControlCharacters(await triageReport([], config));
  expect(drawn).toMatch(/^5 tickets that people decided on/);
  expect(drawn).toMatch(/0\.50 {2}[█▓·]{40} {2} *60 % right, +20 % wrong, +20 % abstained/);
  expect(drawn).toMatch(/Bug +2 +67 % +100 %/);
  expect(drawn).toMatch(/most often mistaken\n {2}Bug for Question: 1$/);
  expect(JSON.parse(await triageReport(['--json', '--workspace', 'Default'], config))).toMatchObject({ decided: 5 });
  await expect(triageReport(['--workspace', 'Nobody'], config)).rejects.toThrow('There is no workspace "Nobody". There is: Default.');
  const other = newId('ws');
  await past.database.orm.em.fork().insert(Workspace, { id: other, name: 'Other', slackTeamId: null, createdAt: new Date() });
  expect(await triageReport(['--workspace', 'Other'], config)).toContain('Nobody has decided');

  // What was applied, worked with and left where it was is right; what turned out to be no ticket is wrong.
  for (let i = 0; i < 10; i++)
    await pastTicket(past, ++number, { prediction: foretold(h, 0.9), categoryId: h, categoryBy: 'MODEL', state: 'RESOLVED' });
  await pastTicket(past, ++number, { prediction: foretold(h, 0.9), categoryId: h, categoryBy: 'MODEL', state: 'NOT_A_TICKET' });
  const { triageReport: then } = await past.gql<{ triageReport: Report & { left: number } }>(
    '{ triageReport { decided left confusion { count predicted { name } actual { name } } perCategory { tickets precision recall category { name } } } }',
  );
  expect(then).toMatchObject({ decided: 16, left: 10 });
  expect(then.perCategory.find(({ category }) => category.name === 'People and HR')).toMatchObject({
    tickets: 11,
    precision: 11 / 12,
    recall: 1,
  });
  expect(then.confusion[0]).toEqual({ count: 11, predicted: { name: 'People and HR' }, actual: { name: 'People and HR' } });
  expect(stripVTControlCharacters(await triageReport([], config))).toMatch(
    /^16 tickets that people decided on, 10 of them applied and left where they were/,
  );
});

test('with fewer than twenty decided tickets nothing is trained', async () => {
  const bug = await categoryNamed(app, 'Bug');
  for (let i = 0; i < 10; i++)
    await pastTicket(app, ++number, { title: `Crash ${i}`, body: 'It crashes', categoryId: bug.id, categoryBy: 'PERSON' });
  await retrain();
  expect(await versions()).toEqual([]);
});

test('the night trains on what people decided, keeps a version, and the next prediction goes by it; corrections count on top', async () => {
  const [bug, hr] = [await categoryNamed(app, 'Bug'), await categoryNamed(app, 'People and HR')];
  const words = ['zebra', 'yak', 'xerus', 'wombat', 'vole'];
  for (let i = 0; i < 40; i++) {
    const word = words[i % words.length];
    const text = i % 2 ? `The gizmo ${word} shows a grommet number ${i}` : `When is the ${word} party of the sprocket office ${i}`;
    await pastTicket(app, ++number, { title: text, body: text, categoryId: i % 2 ? bug.id : hr.id, categoryBy: 'PERSON' });
  }
  expect((await predict(app, 'gizmo')).modelVersion).toBeNull();
  await enqueue(app, 'retrain-all', {});
  await idle('retrain-all');
  await until(versions, (found) => found.length === 1);
  const [{ report, data } = {}] = await db().find(TriageModel, {});
  expect(report).toMatchObject({ tickets: 50, calibrationError: expect.any(Number), heldOut: expect.any(Number) });
  expect(data?.length).toBeGreaterThan(100);
  const gizmo = await predict(app, 'A gizmo with its grommet');
  expect(gizmo).toMatchObject({ modelVersion: 1, category: { id: bug.id } });
  expect((await predict(app, 'a sprocket office party')).category?.id).toBe(hr.id);

  const events = (await saveCategory(app, { name: 'Events', description: 'Parties and festivals, flamingo, bunting.', team: 'People' }))
    .category;
  // Younger than the model: known by its description, then by a correction.
  expect(
    (await predict(app, 'flamingo bunting')).alternatives
      .concat()
      .map(({ category }) => category.id)
      .concat((await predict(app, 'flamingo bunting')).category?.id ?? ''),
  ).toContain(events?.id);
  const { id } = await triaged(app, { text: 'Quince jelly for the winter gathering' });
  await setCategory(app, { id, categoryId: events?.id });
  const after = await predict(app, 'quince jelly, a gathering in winter');
  expect((after.category ?? after.alternatives[0]?.category)?.id).toBe(events?.id);
});

test('old versions are dropped, numbers go on', async () => {
  for (let i = 0; i < 6; i++) await retrain();
  expect(await versions()).toEqual([3, 4, 5, 6, 7]);
});

test('the first night forgets nothing of what people ask for everywhere', async () => {
  await using past = await startApp({}, { wanted: ['api', 'worker'] });
  const [bug, question] = [await categoryNamed(past, 'Bug'), await categoryNamed(past, 'Question')];
  for (let i = 0; i < 24; i++) {
    const text = i % 2 ? `The ledger shows item ${i} of branch ${i * 7} twice` : `Who looks after branch ${i * 7} and its ${i} ledgers?`;
    await pastTicket(past, ++number, { title: text, body: text, categoryId: i % 2 ? bug.id : question.id, categoryBy: 'PERSON' });
  }
  const ask = async (text: string) => {
    const { category, alternatives } = await predict(past, text);
    return (category ?? alternatives[0]?.category)?.name;
  };
  const asked = {
    'My salary did not arrive this month': 'People and HR',
    'Der Bildschirm an meinem Platz bleibt schwarz': 'Hardware and software',
    'La facture du fournisseur doit être payée': 'Purchasing and finance',
    'Olvidé la contraseña de mi cuenta': 'Access and accounts',
  };
  for (const when of ['on the first day', 'after a night']) {
    for (const [text, name] of Object.entries(asked)) expect([when, text, await ask(text)]).toEqual([when, text, name]);
    if (when === 'after a night') break;
    await enqueue(past, 'retrain-triage', { workspaceId: past.runtime.workspaceId });
    await until(
      () => forWorkspace(past.database.orm, past.runtime.workspaceId as string).count(TriageModel, {}),
      (count) => count === 1,
    );
  }
});

test('a model that is right less often than the one in use is not taken over, and the night says so', async () => {
  await using past = await startApp({}, { wanted: ['api', 'worker'] });
  const list = await categories(past);
  // What nobody can learn: the same words go here and there, and only who was asked then knew where.
  for (let i = 0; i < 40; i++) {
    const categoryId = list[(i * 7) % 5]?.id as string;
    const votes = { own: [{ categoryId, probability: 0.6 }], of: list.length, alike: [], engine: null };
    await pastTicket(past, ++number, {
      title: 'Thing',
      body: `The thing number ${(i * 13) % 17}`,
      categoryId,
      categoryBy: 'PERSON',
      prediction: { ...(foretold(categoryId, 0.6) as object), votes } as never,
    });
  }
  await enqueue(past, 'retrain-triage', { workspaceId: past.runtime.workspaceId });
  type Nights = { triageNights: { model: object | null; modelKept: { tickets: number; right: number; newRight: number } | null }[] };
  const { triageNights } = await until(
    () => past.gql<Nights>('{ triageNights { model { version } modelKept { tickets right newRight } } }'),
    ({ triageNights: nights }) => nights.length === 1,
  );
  expect(triageNights[0]).toMatchObject({ model: null, modelKept: { tickets: 40, right: 40 } });
  expect(triageNights[0]?.modelKept?.newRight).toBeLessThan(30);
  expect((await predict(past, 'The thing')).modelVersion).toBeNull();
});

test('an autonomous category that disappoints suggests only from then on, and that is on record; one that does not stays', async () => {
  const list = await categories(app);
  const [poor, good, few] = ['Security', 'Incident', 'Feature request'].map((name) => list.find((category) => category.name === name));
  const other = await categoryNamed(app, 'Question');
  const trust = (category: typeof poor) => {
    const { id, name, description, team } = category as NonNullable<typeof poor>;
    return saveCategory(app, { id, name, description, team, mode: 'AUTONOMOUS', targetPrecision: 0.8 });
  };
  for (const category of [poor, good, few]) await trust(category);
  const history = async (category: typeof poor, right: number, wrong: number) => {
    for (let i = 0; i < right + wrong; i++)
      await pastTicket(app, ++number, {
        createdAt: new Date(),
        prediction: foretold(category?.id as string, 0.9),
        // Nobody confirms what is right; people work with it.
        ...(i < right
          ? { categoryId: category?.id as string, categoryBy: 'MODEL', state: 'RESOLVED' }
          : { categoryId: other.id, categoryBy: 'PERSON' }),
      });
  };
  await history(poor, 14, 6);
  await history(good, 90, 10);
  await history(few, 2, 10);
  await retrain();
  const modes = Object.fromEntries((await categories(app)).map(({ name, mode }) => [name, mode]));
  expect(modes).toMatchObject({ Security: 'SUPERVISED', Incident: 'AUTONOMOUS', 'Feature request': 'AUTONOMOUS' });
  expect(await db().find(AuditEvent, { action: 'category.demoted' })).toMatchObject([{ subjectId: poor?.id, actor: 'triage' }]);

  // Trusted again, it is judged by what comes in from then on; and what nobody put anywhere says nothing about it.
  await trust(poor);
  for (let i = 0; i < 25; i++)
    await pastTicket(app, ++number, { createdAt: new Date(), prediction: foretold(poor?.id as string, 0.9), state: 'RESOLVED' });
  await retrain();
  expect((await categoryNamed(app, 'Security')).mode).toBe('AUTONOMOUS');
});
