import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Db, forWorkspace } from '#db/orm.ts';
import { ensureDefaultWorkspace } from '#src/auth/workspaces.ts';
import { isTurn, noteMessage, takeTurn } from '#src/delivery/channel-pace.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
let workspaceId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  workspaceId = (await ensureDefaultWorkspace(database.orm)).id;
});
afterAll(() => database.drop());

const db = (): Db => forWorkspace(database.orm, workspaceId);
const place = (channel: string) => ({ workspaceId, channel });

test('turns of a channel are more than a second apart, however many processes take them at once', async () => {
  const turns = await Promise.all(Array.from({ length: 20 }, async () => (await takeTurn(db(), place('C1'))).turn));
  const times = turns.map((turn) => turn.getTime()).sort((a, b) => a - b);
  for (const [index, time] of times.slice(1).entries()) expect(time - (times[index] as number)).toBeGreaterThan(1_000);
  expect(await isTurn(db(), place('C1'), times[0] ? new Date(times[0]) : new Date())).toBe(true);
  expect(await isTurn(db(), place('C1'), new Date(times[1] as number))).toBe(false);
});

test('a turn is not taken right behind a message, and other channels do not wait', async () => {
  await takeTurn(db(), place('C2'));
  await noteMessage(db(), place('C2'));
  const before = Date.now();
  expect(await isTurn(db(), place('C2'), new Date(0))).toBe(false);
  const { turn: next } = await takeTurn(db(), place('C2'));
  expect(next.getTime() - before).toBeGreaterThan(900);
  const { turn: other } = await takeTurn(db(), place('C3'));
  expect(await isTurn(db(), place('C3'), other)).toBe(true);
  expect(await isTurn(db(), place('C4'), new Date(0))).toBe(true);
});

test('nobody waits a turn for time that has passed', async () => {
  await takeTurn(db(), place('C5'));
  await db().getConnection().execute("update channel_pace set next_reply_at = now() - interval '1 hour' where channel = 'C5'");
  const { turn } = await takeTurn(db(), place('C5'));
  expect(Math.abs(turn.getTime() - Date.now())).toBeLessThan(60_000);
});

test('what somebody waits for goes before what nobody waits for, which keeps its distance', async () => {
  const first = await takeTurn(db(), place('C6'), { unhurried: true });
  const second = await takeTurn(db(), place('C6'), { unhurried: true });
  const waitedFor = await takeTurn(db(), place('C6'));
  expect([first.come, second.come, waitedFor.come]).toEqual([true, false, true]);
  // Its turn has come, but a reply is about to be said.
  expect(await isTurn(db(), place('C6'), first.turn, { unhurried: true })).toBe(false);
  expect(await isTurn(db(), place('C6'), waitedFor.turn)).toBe(true);
});
