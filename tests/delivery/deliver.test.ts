import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Delivery } from '#db/entities/delivery.ts';
import { forWorkspace } from '#db/orm.ts';
import { ensureDefaultWorkspace } from '#src/auth/workspaces.ts';
import { AppError, type Effect, type ErrorCode } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { Chat, Log } from '#src/core/ports.ts';
import type { Report } from '#src/core/report.ts';
import { createDeliverJob, type Showing } from '#src/delivery/deliver.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
let workspaceId: string;
let showing: Showing | null;
const said: string[] = [];
/** What the next call throws; null: all is well. */
let trouble: { on: string; code: ErrorCode; effect?: Effect /** It was done all the same. */; done?: boolean } | null = null;
beforeAll(async () => {
  database = await createTestDatabase();
  workspaceId = (await ensureDefaultWorkspace(database.orm)).id;
});
afterAll(() => database.drop());
beforeEach(() => {
  said.length = 0;
  trouble = null;
  showing = { root: report('root'), reply: report('first beat'), final: false };
});

const report = (headline: string): Report => ({ headline, tone: 'info', sections: [], charts: [], facts: [], actions: [] });
const say = (what: string, on: string): void => {
  said.push(what);
  if (trouble?.on !== on) return;
  const { code, effect } = trouble;
  trouble = null;
  throw new AppError(code, 'Trouble.', effect ? { effect } : {});
};
let posted = 0;
let landedIn: string | undefined;
let lookedSince: Date | undefined;
/** What stands in the channel, by delivery id. */
const standing = new Map<string, string>();
/** Before a call of ours goes out, and when it is on its way. */
const hooks: { before?: (() => Promise<void>) | undefined; underWay?: (() => Promise<void>) | undefined } = {};
const once = async (hook: 'before' | 'underWay'): Promise<void> => {
  const act = hooks[hook];
  hooks[hook] = undefined;
  await act?.();
};
/** Another driver of the port: it writes down what it is asked. */
const chat: Chat = {
  name: 'notebook',
  async post({ deliveryId, threadTs, report: { headline }, leaving }) {
    await once('before');
    await leaving();
    await once('underWay');
    if (trouble?.done) standing.set(deliveryId, `${++posted}.1`);
    say(`post ${headline}${threadTs ? ` under ${threadTs}` : ''}`, threadTs ? 'reply' : 'root');
    const ts = `${++posted}.1`;
    standing.set(deliveryId, ts);
    return { ts, ...(landedIn ? { channel: landedIn } : {}) };
  },
  async find({ deliveryId, since }) {
    lookedSince = since;
    say('look', 'look');
    const ts = standing.get(deliveryId);
    return ts ? { ts } : null;
  },
  async update({ report: { headline }, leaving }) {
    await once('before');
    await leaving();
    say(`update ${headline}`, 'update');
  },
  async remove({ ts }) {
    say(`remove ${ts}`, 'remove');
  },
  async whisper(_, sentence) {
    say(`whisper ${sentence}`, 'whisper');
  },
  fetch: () => Promise.reject(new Error('not here')),
};
const quiet: Log = { info() {}, warn() {}, error() {}, child: () => quiet };

const execute = <Row>(text: string): Promise<Row[]> => database.orm.em.fork().getConnection().execute<Row[]>(text);

const newDelivery = async (threadTs?: string, channel = 'C1', { quietMs = 0, subjectId = newId('log') } = {}) => {
  const delivery = {
    id: newId('dlv'),
    workspaceId,
    subjectId,
    replyTo: { kind: 'slack' as const, teamId: 'T1', channel, user: 'U1', threadTs },
    state: 'WAITING' as const,
    rootTs: null,
    messageTs: null,
    postingSince: null,
    shownHash: null,
    failure: null,
    createdAt: new Date(),
    updatedAt: new Date(),
  };
  await forWorkspace(database.orm, workspaceId).insert(Delivery, delivery);
  const job = createDeliverJob({
    orm: database.orm,
    chat,
    clock: { now: () => new Date() },
    renderers: { log: async () => showing },
    callTimeoutMs: 15_000,
    quietMs,
  });
  const payload = { deliveryId: delivery.id, workspaceId };
  return {
    run: () =>
      job.run(payload, {
        attempt: 1,
        requestId: 'req_1',
        lane: undefined,
        signal: new AbortController().signal,
        log: quiet,
        beat() {},
        later: async (at) => void said.push(`later ${at > new Date()}`),
      }),
    giveUp: () => job.giveUp?.(payload, { id: 'err_1', code: 'CHAT_DENIED', message: 'No way in.' }),
    /** What the asker will be told. */
    told: async () =>
      (
        await execute<{ sentence: string }>(
          `select payload->>'sentence' as sentence from graphile_worker._private_jobs where key like 'tell-asker:${delivery.id}:%'`,
        )
      ).map(({ sentence }) => sentence),
    row: () => forWorkspace(database.orm, workspaceId).findOneOrFail(Delivery, { id: delivery.id }),
    /** Whatever call is under way has done what it will ever do. */
    settle: () => execute(`update delivery set posting_since = posting_since - interval '20 seconds' where id = '${delivery.id}'`),
    jobs: () => execute<{ key: string }>(`select key from graphile_worker.jobs where key like 'deliver:${delivery.id}%'`),
  };
};

test('a question in a thread is answered there; one without gets a root; the same report is not sent twice', async () => {
  const inThread = await newDelivery('7.7');
  await inThread.run();
  await inThread.run();
  expect(said).toEqual(['post first beat under 7.7']);
  said.length = 0;
  const alone = await newDelivery();
  await alone.run();
  showing = { root: report('root'), reply: report('second beat'), final: true };
  await alone.run();
  expect(said).toEqual(['post root', expect.stringMatching(/^post first beat under \d+\.1$/), 'update second beat']);
  expect((await alone.row()).state).toBe('DELIVERED');
});

test('law 3: after a post whose outcome is unknown the next try looks first, and what it finds is brought up to date', async () => {
  const { run, row } = await newDelivery('7.7');
  trouble = { on: 'reply', code: 'CHAT_UNAVAILABLE', done: true };
  await expect(run()).rejects.toMatchObject({ code: 'CHAT_UNAVAILABLE' });
  const { postingSince } = await row();
  showing = { root: report('root'), reply: report('second beat'), final: true };
  await run();
  expect(said).toEqual(['post first beat under 7.7', 'look', 'update second beat']);
  expect(lookedSince).toEqual(postingSince);
});

test('law 3: what is not found may still come, so nothing is posted before that call can do nothing more', async () => {
  const { run, settle } = await newDelivery('7.7');
  trouble = { on: 'reply', code: 'CHAT_UNAVAILABLE' };
  await expect(run()).rejects.toMatchObject({ code: 'CHAT_UNAVAILABLE' });
  await run();
  expect(said).toEqual(['post first beat under 7.7', 'look', 'later true']);
  await settle();
  await run();
  expect(said.slice(3)).toEqual(['look', 'post first beat under 7.7']);
});

test.each([
  ['over', ['look', 'post first beat under 7.7']],
  ['none', ['post first beat under 7.7']],
] as const)(
  'a failed post of which is known that its effect is "%s" keeps the answer waiting no longer than it must',
  async (effect, then) => {
    const { run, row } = await newDelivery('7.7');
    trouble = { on: 'reply', code: 'CHAT_UNAVAILABLE', effect };
    await expect(run()).rejects.toMatchObject({ code: 'CHAT_UNAVAILABLE' });
    lookedSince = undefined;
    await run();
    expect(said.slice(1)).toEqual(then);
    expect(lookedSince).toEqual(effect === 'over' ? (await row()).createdAt : undefined);
  },
);

test('law 3: "slow down" while looking leaves an unknown outcome unknown', async () => {
  const { run } = await newDelivery('7.7');
  trouble = { on: 'reply', code: 'CHAT_UNAVAILABLE', done: true };
  await expect(run()).rejects.toMatchObject({ code: 'CHAT_UNAVAILABLE' });
  trouble = { on: 'look', code: 'CHAT_RATE_LIMITED' };
  await expect(run()).rejects.toMatchObject({ code: 'CHAT_RATE_LIMITED' });
  await run();
  expect(said).toEqual(['post first beat under 7.7', 'look', 'look', 'update first beat']);
});

test('a clear "slow down" posted nothing: the next try need not look', async () => {
  const { run } = await newDelivery('7.7');
  trouble = { on: 'reply', code: 'CHAT_RATE_LIMITED' };
  await expect(run()).rejects.toMatchObject({ code: 'CHAT_RATE_LIMITED' });
  await run();
  expect(said).toEqual(['post first beat under 7.7', 'post first beat under 7.7']);
});

test('law 3: one that was asleep while another posted finds the claim taken when it wakes up, and posts nothing', async () => {
  const { run } = await newDelivery('7.7');
  hooks.before = run;
  await run();
  expect(said).toEqual(['post first beat under 7.7', 'later true']);
});

test('law 3: one that fell asleep with its post on its way takes it back when it wakes up and another has posted meanwhile', async () => {
  const { run, settle, row } = await newDelivery('7.7');
  hooks.underWay = async () => {
    await settle();
    await run();
  };
  await run();
  const { messageTs } = await row();
  expect(said).toEqual(['look', 'post first beat under 7.7', 'post first beat under 7.7']);
  const [job] = await execute<{ key: string }>(`select key from graphile_worker.jobs where task_identifier = 'take-back'`);
  expect(job?.key).toBe(`take-back:C1:${posted}.1`);
  expect(messageTs).not.toBe(`${posted}.1`);
});

test('an edit whose outcome is unknown is made anew at once, and once more when the first can no longer arrive with older news', async () => {
  const { run, settle, jobs } = await newDelivery('7.7');
  await run();
  showing = { root: report('root'), reply: report('second beat'), final: true };
  trouble = { on: 'update', code: 'CHAT_UNAVAILABLE' };
  await expect(run()).rejects.toMatchObject({ code: 'CHAT_UNAVAILABLE' });
  await run();
  expect((await jobs()).map(({ key }) => key.split(':')[2])).toEqual(['again']);
  await settle();
  await run();
  await run();
  expect(said.slice(1)).toEqual(['update second beat', 'update second beat', 'update second beat']);
});

test('one that was asleep with older news while another showed newer ones finds so when it wakes up, and looks again', async () => {
  const { run } = await newDelivery('7.7');
  await run();
  showing = { root: report('root'), reply: report('older news'), final: false };
  hooks.before = async () => {
    showing = { root: report('root'), reply: report('newer news'), final: false };
    await run();
  };
  await run();
  await run();
  expect(said.slice(1)).toEqual(['update newer news', 'later true']);
});

test('an answer with a thread of its own leaves a second between its two messages, and lets nobody in between', async () => {
  const [one, other] = [await newDelivery(undefined, 'C3', { quietMs: 1_000 }), await newDelivery(undefined, 'C3', { quietMs: 1_000 })];
  await one.run();
  await other.run();
  expect(said).toEqual(['post root', 'later true', 'later true']);
  const [first, second] = [(await one.row()).turnAt, (await other.row()).turnAt];
  expect(second?.getTime()).toBeGreaterThan((first?.getTime() ?? 0) + 1_000);
});

test('what a newer version wants said is left to it', async () => {
  const { run, row } = await newDelivery('7.7', 'C1', { subjectId: 'new_1' });
  await run();
  expect(said).toEqual(['later true']);
  expect((await row()).state).toBe('WAITING');
});

test('a root that was posted is not posted again when the reply fails', async () => {
  const { run } = await newDelivery();
  trouble = { on: 'reply', code: 'CHAT_UNAVAILABLE' };
  await expect(run()).rejects.toMatchObject({ code: 'CHAT_UNAVAILABLE' });
  await run();
  expect(said.filter((what) => what.startsWith('post root'))).toHaveLength(1);
});

test('when nothing could be read there is one sentence for the asker and no message', async () => {
  showing = { root: report('root'), reply: report('failed'), final: true, whisper: 'That file is gone.' };
  const { run, row } = await newDelivery();
  await run();
  expect(said).toEqual(['whisper That file is gone.']);
  expect((await row()).state).toBe('DELIVERED');
});

test('law 10: giving up tells the asker an id and where the answer is kept, and nothing is tried after that', async () => {
  const { run, giveUp, row, told } = await newDelivery('7.7');
  await giveUp();
  await run();
  const { state, failure, subjectId } = await row();
  expect(said).toEqual([]);
  expect(await told()).toEqual([`No way in. (err_1) The answer is kept: ${subjectId}.`]);
  expect([state, failure]).toEqual(['FAILED', 'err_1 CHAT_DENIED']);
});

test('what nobody waits for takes its turn: right behind another message it comes back later, and goes out once', async () => {
  showing = { root: report('root'), reply: null, final: true, unhurried: true };
  const [first, second] = [await newDelivery(undefined, 'C2', { quietMs: 1_000 }), await newDelivery(undefined, 'C2', { quietMs: 1_000 })];
  await first.run();
  await second.run();
  await second.run();
  expect(said).toEqual(['post root', 'later true', 'later true']);
  const turns = (await second.row()).turnAt;
  // Early, it keeps the turn it has.
  await second.run();
  expect((await second.row()).turnAt).toEqual(turns);
});

test('what follows a message happens in the commit that notes it; when that fails, the message is not posted again', async () => {
  let trouble = true;
  const followed: string[] = [];
  showing = {
    root: report('root'),
    reply: report('reply'),
    final: true,
    async afterwards(_, { channel, threadTs }) {
      if (trouble) throw new Error('The database restarts.');
      followed.push(`${channel} ${threadTs}`);
    },
  };
  const { run, row } = await newDelivery('7.7');
  await expect(run()).rejects.toThrow('restarts');
  expect((await row()).state).toBe('WAITING');
  trouble = false;
  await run();
  expect([said, followed, (await row()).state]).toEqual([['post reply under 7.7'], ['C1 7.7'], 'DELIVERED']);
});

test('whoever knows what a final no means tells the asker in its own words, or nobody', async () => {
  showing = { root: report('root'), reply: null, final: true, refused: async (_, { message }) => `It rests: ${message}` };
  const [one, other] = [await newDelivery(), await newDelivery()];
  await one.giveUp();
  showing = { ...showing, refused: async () => null };
  await other.giveUp();
  expect([await one.told(), await other.told()]).toEqual([['It rests: No way in.'], []]);
});

test('a message to a person is edited in the conversation it landed in', async () => {
  landedIn = 'D9';
  showing = { root: report('root'), reply: null, final: false };
  const { run, row } = await newDelivery();
  await run();
  expect((await row()).replyTo.channel).toBe('D9');
  landedIn = undefined;
});

test('a subject that is gone is nothing to say', async () => {
  showing = null;
  const { run, row } = await newDelivery();
  await run();
  expect([said, (await row()).state]).toEqual([[], 'DELIVERED']);
});
