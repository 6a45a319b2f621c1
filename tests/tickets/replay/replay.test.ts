import { afterAll, beforeAll, expect, test } from 'vitest';
import { EngineCall } from '#db/entities/engine-call.ts';
import { Ticket } from '#db/entities/ticket.ts';
import { TriageModel } from '#db/entities/triage-model.ts';
import { TriageReplay } from '#db/entities/triage-replay.ts';
import { forWorkspace } from '#db/orm.ts';
import { toResult } from '#src/tickets/replay/replay-result.ts';
import { type App, startApp, until } from '#tests/support/app.ts';
import { type SlackApp, startSlackApp } from '#tests/support/slack-app.ts';
import { categoryNamed, createToken, enqueue, foretold, pastTicket, saveSettings } from '#tests/support/tickets.ts';
import { engineNames } from '#tests/support/triage-engine.ts';

let all: SlackApp;
const ids = { bug: '', hr: '' };
beforeAll(async () => {
  all = await startSlackApp({ engine: 'openai', settings: { OPENAI_TIMEOUT_SECONDS: '2' } });
  ids.bug = (await categoryNamed(all.app, 'Bug')).id;
  ids.hr = (await categoryNamed(all.app, 'People and HR')).id;
});
afterAll(() => all[Symbol.asyncDispose]());

const db = (app: App = all.app) => forWorkspace(app.database.orm, app.runtime.workspaceId as string);
const words = ['zebra', 'yak', 'xerus', 'wombat', 'vole'];

/** Bugs speak of gizmos, HR of sprockets; told in made-up words, so that only history can teach it. */
const history = async (from: number, count: number, fields: Partial<Ticket> = {}, app = all.app) => {
  for (let i = from; i < from + count; i++) {
    const word = words[i % words.length];
    const text = i % 2 ? `The gizmo ${word} shows a grommet number ${i}` : `When is the ${word} party of the sprocket office ${i}`;
    await pastTicket(app, i, { title: text, body: text, categoryId: i % 2 ? ids.bug : ids.hr, categoryBy: 'PERSON', ...fields });
  }
};

type Shares = { tickets: number; right: number; wrong: number; abstained: number };
type Replay = {
  id: string;
  status: string;
  failure: { code: string; message: string } | null;
  result: {
    now: Shares;
    before: Shares;
    trainedOn: number | null;
    differences: { ticket: { number: number }; was: { id: string } | null; wouldBe: { id: string } | null; actual: { id: string } }[];
    engine: { answers: number; tokensIn: number; tokensOut: number; costUsd: number | null } | null;
  } | null;
};
const SHARES = '{ tickets right wrong abstained }';
const REPLAY = `id status failure { code message } result { now ${SHARES} before ${SHARES} trainedOn
  differences { ticket { number } was { id } wouldBe { id } actual { id } } engine { answers tokensIn tokensOut costUsd } }`;
const start = async (input: Record<string, unknown>, { app = all.app, token }: { app?: App; token?: string } = {}) =>
  (
    await app.gql<{ triageReplay: { replay: { id: string } | null; userErrors: { code: string; field: string | null }[] } }>(
      'mutation ($input: TriageReplayInput!) { triageReplay(input: $input) { replay { id } userErrors { code field } } }',
      { input },
      token,
    )
  ).triageReplay;
const replayed = async (input: Record<string, unknown>, app = all.app): Promise<Replay> => {
  const { replay } = await start(input, { app });
  const ask = () => app.gql<{ triageReplay: Replay }>(`query ($id: ID!) { triageReplay(id: $id) { ${REPLAY} } }`, { id: replay?.id });
  return (await until(ask, ({ triageReplay: { status } }) => status === 'SUCCEEDED' || status === 'FAILED')).triageReplay;
};
const everything = async () => JSON.stringify([await db().find(Ticket, {}), await db().count(TriageModel, {})]);

test('shares and differences are those of what was foretold in time', () => {
  const ticket = (id: string, prediction: ReturnType<typeof foretold>) => ({ id, categoryId: 'a', prediction });
  expect(
    toResult([
      { ticket: ticket('1', foretold('a', 0.9)), wouldBeId: 'b' },
      { ticket: ticket('2', foretold(null, 0.2)), wouldBeId: 'a' },
      { ticket: ticket('3', foretold('b', 0.9)), wouldBeId: 'b' },
      { ticket: ticket('4', { ...(foretold('a', 0.9) as object), late: true } as never), wouldBeId: null },
      { ticket: ticket('5', null), wouldBeId: 'a' },
    ]),
  ).toEqual({
    now: { tickets: 5, right: 0.4, wrong: 0.4, abstained: 0.2 },
    before: { tickets: 3, right: 1 / 3, wrong: 1 / 3, abstained: 1 / 3 },
    differences: [
      { ticketId: '1', actualId: 'a', wasId: 'a', wouldBeId: 'b' },
      { ticketId: '2', actualId: 'a', wasId: null, wouldBeId: 'a' },
    ],
  });
  expect(toResult([])).toMatchObject({ now: { tickets: 0, right: 0, wrong: 0, abstained: 0 }, differences: [] });
});

test('without anything decided it is empty', async () => {
  expect(await replayed({ model: 'NEW' })).toMatchObject({
    status: 'SUCCEEDED',
    result: { now: { tickets: 0 }, differences: [], trainedOn: 0 },
  });
});

test('a new model is trained without the tickets it is tried on, and nothing changes', async () => {
  await history(1, 40);
  await history(41, 10, { prediction: foretold(ids.bug, 0.9) });
  const before = await everything();
  const { status, result } = await replayed({ model: 'NEW', last: 10 });
  expect(status).toBe('SUCCEEDED');
  expect(result).toMatchObject({
    now: { tickets: 10, right: 1, wrong: 0, abstained: 0 },
    before: { tickets: 10, right: 0.5, wrong: 0.5, abstained: 0 },
    trainedOn: 40,
    engine: null,
  });
  expect(result?.differences).toHaveLength(5);
  for (const difference of result?.differences ?? [])
    expect(difference).toMatchObject({ was: { id: ids.bug }, wouldBe: { id: ids.hr }, actual: { id: ids.hr } });
  expect(await everything()).toBe(before);
});

test('all there is held out: a new model knows descriptions only, and no ticket speaks for a later one’s twin', async () => {
  const { result } = await replayed({ model: 'NEW', last: 200 });
  expect(result).toMatchObject({ trainedOn: 0, now: { tickets: 50 } });
  // The first of its kind has nothing before it.
  const alone = await startApp();
  try {
    const bug = (await categoryNamed(alone, 'Bug')).id;
    const twin = {
      title: 'Quince jelly overflow',
      body: 'The quince jelly overflows the conveyor',
      categoryId: bug,
      categoryBy: 'PERSON' as const,
    };
    for (const number of [1, 2]) await pastTicket(alone, number, { ...twin, prediction: foretold(null, 0.2) });
    const { result: twins } = await replayed({ model: 'NEW', last: 2 }, alone);
    expect(twins?.differences.map(({ ticket }) => ticket.number)).toEqual([2]);
  } finally {
    await alone[Symbol.asyncDispose]();
  }
});

test('the current ladder can be tried too', async () => {
  expect((await replayed({ model: 'CURRENT', last: 10 })).result).toMatchObject({ now: { tickets: 10, right: 1 }, trainedOn: null });
});

test('the remote engine is asked only when one says so; tokens and cost are told, and every call is on record', async () => {
  const { app, openai } = all;
  const calls = () => db().count(EngineCall, {});
  expect(await calls()).toBe(0);
  const secret = 'C0SECRET';
  await saveSettings(app, { restrictedChannels: [secret] });
  await history(51, 1, { channels: [secret] });
  engineNames(openai, /gizmo|sprocket/, 'Bug');
  const { id, status, result } = await replayed({ model: 'CURRENT', last: 4, engine: true });
  expect(status).toBe('SUCCEEDED');
  // One of the four may not leave; where the answer would change something, it is asked twice.
  expect(result?.engine).toMatchObject({ answers: expect.any(Number), tokensIn: expect.any(Number), tokensOut: expect.any(Number) });
  expect(result?.engine?.answers).toBeGreaterThanOrEqual(3);
  expect(result?.engine?.tokensIn).toBeGreaterThan(0);
  expect(await db().count(EngineCall, { subjectId: id })).toBe(result?.engine?.answers);
  expect(openai.wire()).not.toContain('number 51');
  await saveSettings(app, { restrictedChannels: [] });
});

test('an engine that fails ends the replay with a sentence; one that was interrupted is not paid twice', async () => {
  all.openai.mock.reset();
  const failed = await replayed({ model: 'CURRENT', last: 10, engine: true });
  expect(failed).toMatchObject({ status: 'FAILED', result: null, failure: { code: 'CANCELLED' } });
  expect(failed.failure?.message).toContain('engine failed');
  const calls = await db().count(EngineCall, { subjectId: failed.id });
  expect(calls).toBeLessThanOrEqual(3);
  await db().nativeUpdate(TriageReplay, { id: failed.id }, { status: 'RUNNING', failure: null });
  await enqueue(all.app, 'replay-triage', { replayId: failed.id, workspaceId: all.app.runtime.workspaceId });
  await until(
    () => db().findOneOrFail(TriageReplay, { id: failed.id }),
    ({ status }) => status === 'FAILED',
  );
  expect(await db().count(EngineCall, { subjectId: failed.id })).toBe(calls);
});

test('without a remote engine there is none to ask', async () => {
  await using builtin = await startApp();
  expect(await replayed({ engine: true, last: 1 }, builtin)).toMatchObject({ status: 'FAILED', failure: { code: 'BAD_INPUT' } });
});

test('admins only, 1 to 200 tickets', async () => {
  const token = await createToken(all.app, 'PERSONAL', ['TICKETS_READ', 'TICKETS_WRITE']);
  expect((await start({ last: 1 }, { token })).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
  for (const last of [0, 201]) expect((await start({ last })).userErrors).toMatchObject([{ code: 'BAD_INPUT', field: 'last' }]);
});

test('at night what was tried three months ago is forgotten, in every workspace; newer ones stay', async () => {
  const day = 86_400_000;
  const row = (id: string, days: number) => ({
    id,
    workspaceId: all.app.runtime.workspaceId as string,
    model: 'NEW' as const,
    last: 1,
    engine: false,
    status: 'SUCCEEDED' as const,
    createdAt: new Date(Date.now() - days * day),
  });
  await db().insertMany(TriageReplay, [row('rpl_old', 91), row('rpl_new', 89)] as never);
  await enqueue(all.app, 'forget-replays', {});
  await until(
    () => db().count(TriageReplay, { id: 'rpl_old' }),
    (count) => count === 0,
  );
  expect(await db().count(TriageReplay, { id: 'rpl_new' })).toBe(1);
});
