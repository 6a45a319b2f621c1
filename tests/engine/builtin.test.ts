import { expect, test } from 'vitest';
import { z } from 'zod';
import { createBuiltinEngine } from '#src/engine/builtin.ts';

const task = {
  name: 't',
  version: '1',
  instructions: '',
  prompt: () => '',
  schema: z.object({ text: z.string() }),
  offline: (text: string) => ({ text }),
};

test('the built-in engine answers from the task alone, sends nothing and costs nothing', async () => {
  const { output, receipt } = await createBuiltinEngine().run(task, 'hello');
  expect(output).toEqual({ text: 'hello' });
  expect(receipt).toMatchObject({
    engine: 'builtin',
    tokensIn: 0,
    tokensOut: 0,
    costUsd: 0,
    maskedCounts: {},
    sentHash: null,
    sentBytes: 0,
  });
});

test('a task whose offline answer breaks its own schema is a bug and flies', async () => {
  await expect(createBuiltinEngine().run({ ...task, offline: () => ({ text: 1 as unknown as string }) }, 'hello')).rejects.toThrow(
    z.ZodError,
  );
});

test('a cancelled run says so', async () => {
  await expect(createBuiltinEngine().run(task, 'hello', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' });
});
