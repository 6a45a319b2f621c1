import { afterAll, beforeAll, expect, test } from 'vitest';
import { EngineCall } from '#db/entities/engine-call.ts';
import { Ticket } from '#db/entities/ticket.ts';
import { TriageModel } from '#db/entities/triage-model.ts';
import { TriageReplay } from '#db/entities/triage-replay.ts';
import { onRecord } from '#db/on-record.ts';
import { forWorkspace } from '#db/orm.ts';
import { AppError, type ErrorCode } from '#src/core/errors.ts';
import { toResult } from '#src/tickets/replay/replay-result.ts';
import { type App, startApp, until } from '#tests/support/app.ts';
import { type SlackApp, startSlackApp } from '#tests/support/slack-app.ts';
import { categoryNamed, createToken, enqueue, foretold, pastTicket, saveSettings } from '#tests/support/tickets.ts';
import { answerTriage, engineNames } from '#tests/support/triage-engine.ts';

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
    note: string | null;
    differences: { ticket: { number: number }; was: { id: string } | null; wouldBe: { id: string } | null; actual: { id: string } }[];
    engine: { answers: number; tokensIn: number; tokensOut: number; costUsd: number | null } | null;
  } | null;
};
const SHARES = '{ tickets right wrong abstained }';
const REPLAY = `id status failure { code message } result { now ${SHARES} before ${SHARES} trainedOn note
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
    note: null,
    engine: null,
  });
  expect(result?.differences).toHaveLength(5);
  for (const difference of result?.differences ?? [])
    expect(difference).toMatchObject({ was: { id: ids.bug }, wouldBe: { id: ids.hr }, actual: { id: ids.hr } });
  expect(await everything()).toBe(before);
});

test('where fewer are decided than asked for, a new model keeps half to learn from and says so; no ticket speaks for an earlier one’s twin', async () => {
  const { result } = await replayed({ model: 'NEW', last: 200 });
  expect(result).toMatchObject({
    trainedOn: 25,
    now: { tickets: 25, right: 1 },
    note: '50 tickets are decided, fewer than the 200 asked for: the new model learned from the older half and was tried on the 25 newest.',
  });
  expect((await replayed({ model: 'NEW', last: 30 })).result?.note).toContain('fewer than twice the 30 asked for');
  expect((await replayed({ model: 'CURRENT', last: 200 })).result?.note).toBe('50 tickets are decided, fewer than the 200 asked for.');
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

type Estimate = {
  tickets: number;
  asked: number;
  model: string;
  tokensIn: number;
  tokensOut: number;
  costUsd: number;
  mostCostUsd: number;
};
const ESTIMATE = '{ tickets asked model tokensIn tokensOut costUsd mostCostUsd }';

test('what another model or another prompt would cost is told before anything is sent, and what it did cost afterwards', async () => {
  const { app, openai } = all;
  openai.mock.reset();
  const input = { model: 'CURRENT', last: 4, engineModel: 'gpt-5-nano', prompt: 'Whatever sings is a Bug.' };
  const reckon = async (about: object) =>
    (
      await app.gql<{ triageReplayEstimate: Estimate | null }>(
        `query ($input: TriageReplayInput!) { triageReplayEstimate(input: $input) ${ESTIMATE} }`,
        { input: about },
      )
    ).triageReplayEstimate;
  const before = openai.wire();
  const estimate = await reckon(input);
  expect(await reckon({ last: 4 })).toBeNull();
  expect(estimate).toMatchObject({ tickets: 4, asked: 4, model: 'gpt-5-nano' });
  const { tokensIn, tokensOut, costUsd, mostCostUsd } = estimate as Estimate;
  expect(tokensIn).toBeGreaterThan(4 * 300);
  expect(costUsd).toBeCloseTo((tokensIn * 0.05 + tokensOut * 0.4) / 1e6, 9);
  expect(mostCostUsd).toBeCloseTo(2 * costUsd, 9);
  expect((await start({ ...input, mostUsd: costUsd })).userErrors).toMatchObject([{ code: 'BAD_INPUT', field: 'mostUsd' }]);
  expect((await start({ ...input, engineModel: 'unheard-of', mostUsd: 1 })).userErrors).toMatchObject([{ field: 'mostUsd' }]);
  expect(openai.wire()).toBe(before);

  engineNames(openai, /gizmo|sprocket/, 'Bug');
  const { id, status, result } = await replayed({ ...input, mostUsd: 1 });
  expect(status).toBe('SUCCEEDED');
  const sent = openai.wire().slice(before.length);
  expect(sent).toContain('"model":"gpt-5-nano"');
  expect(sent).toContain('Whatever sings is a Bug.');
  expect(result?.engine?.costUsd).toBeGreaterThan(0);
  const { triageReplay } = await app.gql<{ triageReplay: { estimate: Estimate } & typeof input }>(
    `query ($id: ID!) { triageReplay(id: $id) { engineModel prompt estimate ${ESTIMATE} } }`,
    { id },
  );
  expect(triageReplay).toEqual({ engineModel: input.engineModel, prompt: input.prompt, estimate });
  const receipts = (await db().find(EngineCall, { subjectId: id })).map(({ receipt }) => receipt);
  expect(new Set(receipts.map((receipt) => receipt?.model))).toEqual(new Set(['gpt-5-nano']));
  expect(receipts[0]?.promptVersion).toMatch(/^2\+[0-9a-f]{8}$/);
});

test('a replay stops at what it may cost; what is tried can then be said for good', async () => {
  const { app, openai } = all;
  openai.mock.reset();
  // Each answer costs a hundred times what was reckoned.
  answerTriage(openai, /gizmo|sprocket/, ({ categories }) => ({ category: categories[0]?.code ?? '' }), 120_000);
  const { status, failure } = await replayed({ model: 'CURRENT', last: 10, engineModel: 'gpt-5-nano', mostUsd: 0.01 });
  expect([status, failure?.message]).toEqual(['FAILED', expect.stringMatching(/stopped at \$0\.01.*It has cost \$0\.0\d+/)]);
  await saveSettings(app, { enginePrompt: ' Whatever sings is a Bug. ' });
  const ticketId = await pastTicket(app, 900, { state: 'NEW', status: 'QUEUED', touched: false, body: 'The gizmo sings' });
  await enqueue(app, 'triage-ticket', { ticketId, workspaceId: app.runtime.workspaceId });
  await until(
    async () => openai.wire(),
    (wire) => /Whatever sings is a Bug[^"]*"[\s\S]*The gizmo sings/.test(wire),
    'the question',
  );
  expect((await saveSettings(app, { enginePrompt: 'x'.repeat(2001) })).userErrors).toMatchObject([{ field: 'enginePrompt' }]);
  await saveSettings(app, { enginePrompt: null });
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

test('law 4: a call is on record before it leaves, so one whose worker is killed in the middle is there, too; what was never sent is not', async () => {
  const deps = { orm: all.app.database.orm, clock: { now: () => new Date() } };
  const subject = { id: 'rpl_killed', workspaceId: all.app.runtime.workspaceId as string };
  const outcomes = async () =>
    (await db().find(EngineCall, { subjectId: subject.id }, { disableIdentityMap: true })).map(({ outcome }) => outcome);
  const seen: string[][] = [];
  const failing = (code: ErrorCode) => async () => {
    seen.push(await outcomes());
    throw new AppError(code, 'No.');
  };
  await expect(onRecord(deps, subject, failing('ENGINE_BUDGET'))).rejects.toThrow('No.');
  expect([seen.pop(), await outcomes()]).toEqual([['STARTED'], []]);
  await expect(onRecord(deps, subject, failing('ENGINE_REFUSED'))).rejects.toThrow('No.');
  expect([seen.pop(), await outcomes()]).toEqual([['STARTED'], ['ENGINE_REFUSED']]);
});

test('without a remote engine there is none to ask', async () => {
  await using builtin = await startApp();
  for (const input of [{ engine: true }, { prompt: 'x' }, { engineModel: 'gpt-5' }])
    expect((await start(input, { app: builtin })).userErrors).toMatchObject([{ code: 'BAD_INPUT', field: 'engine' }]);
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
