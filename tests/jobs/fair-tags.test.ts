import { expect, test } from 'vitest';
import type { AppError } from '#src/core/errors.ts';
import { createAdmission } from '#src/jobs/admission.ts';
import type { Waiting } from '#src/jobs/count-waiting.ts';

/** Lets work in and works it off as the queue does: smallest priority first, then in the order it came. */
const createQueue = (limits = { queue: 1_000_000, channel: 1_000_000 }) => {
  const jobs: { workspace: string; place: string; priority: number }[] = [];
  const count = async (): Promise<Waiting> => {
    const waiting: Waiting = { count: jobs.length, firstTag: Math.min(...jobs.map(({ priority }) => priority)), workspaces: new Map() };
    if (jobs.length === 0) waiting.firstTag = 0;
    for (const { workspace, place, priority } of jobs) {
      const own = waiting.workspaces.get(workspace) ?? { count: 0, oldestSeconds: 42, lanes: new Map() };
      waiting.workspaces.set(workspace, own);
      const lane = own.lanes.get(place) ?? { count: 0, oldestSeconds: 7, lastTag: 0 };
      own.lanes.set(place, lane);
      own.count++;
      lane.count++;
      lane.lastTag = Math.max(lane.lastTag ?? 0, priority);
    }
    return waiting;
  };
  let time = 0;
  const admission = createAdmission(count, limits, () => time);
  const ask = async (workspace: string, place = '', times = 1): Promise<void> => {
    const asker = { workspaceId: workspace, id: '', actingFor: null };
    for (let n = 0; n < times; n++)
      jobs.push({ workspace, place, priority: (await admission.admit(asker, place === '' ? undefined : place)).priority });
  };
  return {
    ask,
    /** Asks until it is refused, and says how often it was not. */
    async fill(workspace: string, place: string): Promise<number> {
      for (let count = 0; ; count++)
        try {
          await ask(workspace, place);
        } catch {
          return count;
        }
    },
    /** A while passes: what waits is counted anew. */
    later: (milliseconds = 10_000) => void (time += milliseconds),
    /** Asks once: the seconds it is to wait, 0 when it is let in. */
    refusedFor: (workspace: string, place: string): Promise<number> =>
      ask(workspace, place).then(
        () => 0,
        (error: AppError) => (error.retryAfterMs ?? 0) / 1000,
      ),
    work(times = 1): string[] {
      return Array.from({ length: times }, () => {
        const next = jobs.reduce((best, job, at) => (job.priority < (jobs[best]?.priority ?? 0) ? at : best), 0);
        const [done] = jobs.splice(next, 1);
        return `${done?.workspace}${done?.place}`;
      });
    },
  };
};

test('with nothing waiting there is no order but that of time', async () => {
  const queue = createQueue();
  for (const workspace of ['a', 'b', 'a', 'c']) {
    await queue.ask(workspace);
    queue.later();
    expect(queue.work()).toEqual([workspace]);
    queue.later();
  }
});

test('a workspace with a thousand jobs waiting and one that comes with ten take turns', async () => {
  const queue = createQueue();
  await queue.ask('a', '', 1000);
  queue.later();
  expect(queue.work(100)).toEqual(Array(100).fill('a'));
  queue.later();
  await queue.ask('b', '', 10);
  const done = queue.work(22);
  expect(done.filter((name) => name === 'b')).toHaveLength(10);
  expect(done[0] === 'b' || done[1] === 'b').toBe(true);
});

test('channels share what their workspace gets: ten channels get no more than the one of another workspace', async () => {
  const queue = createQueue();
  for (let n = 0; n < 200; n++) await queue.ask('a', `#${n % 10}`);
  await queue.ask('b', '#1', 50);
  const done = queue.work(60);
  const ofB = done.filter((name) => name.startsWith('b')).length;
  expect(ofB).toBeGreaterThanOrEqual(25);
  expect(ofB).toBeLessThanOrEqual(35);
});

test('a quiet channel does not wait for the noisy one beside it', async () => {
  const queue = createQueue();
  await queue.ask('a', '#noisy', 500);
  queue.later();
  queue.work(50);
  queue.later();
  await queue.ask('a', '#quiet');
  expect(queue.work(3)).toContain('a#quiet');
});

test('who came first within a lane goes first, also while new work comes in', async () => {
  const queue = createQueue();
  await queue.ask('a', '#1', 30);
  await queue.ask('b', '#1', 5);
  queue.later();
  queue.work(12);
  queue.later();
  await queue.ask('a', '#2', 3);
  const done = queue.work(25);
  // The three of the new channel are through long before the thirty of the old one, and none of the thirty is overtaken by its own.
  expect(done.lastIndexOf('a#2')).toBeLessThan(done.lastIndexOf('a#1'));
});

test('a full queue refuses whoever has their share of it, in words, and lets everybody else in', async () => {
  const queue = createQueue({ queue: 24, channel: 1_000 });
  await queue.ask('a', '', 16);
  await expect(queue.ask('a')).rejects.toMatchObject({ code: 'BUSY', message: expect.stringContaining('16 that came the same way') });
  queue.later();
  await expect(queue.ask('a')).rejects.toMatchObject({ retryAfterMs: 5_000, message: expect.stringContaining('try again in 5 s') });
  await queue.ask('a', '#quiet');
  await queue.ask('b', '', 2);
  await expect(queue.ask('a')).rejects.toMatchObject({ code: 'BUSY' });
});

test('whoever comes back when they were told finds room: each is given a turn of their own, as fast as work is done', async () => {
  const queue = createQueue({ queue: 60, channel: 1_000 });
  expect(await queue.fill('a', '')).toBe(40);
  queue.later();
  // What has waited longest has waited for 7 s, so a place becomes free every 7 / 40 s.
  const turns: number[] = [];
  for (let n = 0; n < 100; n++) turns.push(await queue.refusedFor('a', ''));
  expect([turns[0], turns.at(-1)]).toEqual([5, Math.ceil(5 + (99 * 7) / 40)]);
  const refusals: number[] = [];
  for (let from = 0; from < 30; from += WINDOW) {
    queue.work(Math.floor((WINDOW * 40) / 7));
    queue.later(WINDOW * 1_000);
    for (const turn of turns.filter((each) => each > from && each <= from + WINDOW))
      if ((await queue.refusedFor('a', '')) > 0) refusals.push(turn);
  }
  expect(refusals).toEqual([]);
});

const WINDOW = 6;

test('however many workspaces and channels ask for all they can get, what waits in all stays within the limit', async () => {
  const queue = createQueue({ queue: 600, channel: 1_000 });
  const held: number[] = [];
  for (let workspace = 0; workspace < 10; workspace++) {
    let count = 0;
    for (let place = 0; place < 5; place++) count += await queue.fill(`w${workspace}`, `#${place}`);
    held.push(count);
  }
  const all = held.reduce((sum, count) => sum + count, 0);
  expect(all).toBeGreaterThan(590);
  expect(all).toBeLessThanOrEqual(600);
  // Who comes when one has taken all it may finds a good part of what is left.
  expect(held[0]).toBeLessThanOrEqual(480);
  expect(held[1]).toBeGreaterThanOrEqual(90);
});

test('a script that asks for all it can get leaves room for its workspace’s channels, and in time has no more than they', async () => {
  const queue = createQueue({ queue: 240, channel: 1_000 });
  expect(await queue.fill('a', '')).toBe(160);
  expect(await queue.fill('a', '#1')).toBeGreaterThanOrEqual(25);
  expect(await queue.fill('a', '#2')).toBeGreaterThanOrEqual(3);
  for (let round = 0; round < 400; round++) {
    queue.work();
    queue.later();
    for (const place of ['', '#1', '#2']) await queue.fill('a', place);
  }
  const done = queue.work(60);
  for (const lane of ['a', 'a#1', 'a#2']) expect(done.filter((name) => name === lane).length).toBeGreaterThanOrEqual(18);
});

test('a channel with as many answers on their way as it may have hears so; the one beside it does not', async () => {
  const queue = createQueue({ queue: 1_000, channel: 3 });
  await queue.ask('a', '#1', 3);
  await expect(queue.ask('a', '#1')).rejects.toMatchObject({ code: 'BUSY', message: expect.stringContaining('3 answers') });
  await queue.ask('a', '#2');
  // Without a channel there is no such limit.
  await queue.ask('a', '', 10);
});
