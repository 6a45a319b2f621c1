import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureProcessToken } from '#src/auth/process-token.ts';
import { type App, startApp } from '#tests/support/app.ts';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const works = async (token: string): Promise<boolean> => {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ me { scopes } }' }),
  });
  return response.status === 200;
};

test('the bot of a process has the same token at every start, and none of an earlier JWT_SECRET works any more', async () => {
  const { orm } = app.database;
  const workspaceId = app.runtime.workspaceId as string;
  const first = await ensureProcessToken(orm, workspaceId, 'a'.repeat(40));
  expect(await ensureProcessToken(orm, workspaceId, 'a'.repeat(40))).toBe(first);
  const second = await ensureProcessToken(orm, workspaceId, 'b'.repeat(40));
  expect([await works(first), await works(second)]).toEqual([false, true]);
});
