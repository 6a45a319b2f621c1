import { expect, test } from 'vitest';
import { z } from 'zod';
import { type RemoteTransport, withMasking } from '#src/engine/masked-engine.ts';

const task = {
  name: 't',
  version: '1',
  instructions: 'Help ops@acme.io.',
  prompt: (text: string) => text,
  schema: z.object({ text: z.string().max(40) }),
  offline: (text: string) => ({ text }),
};

const echo = (answer: (prompt: string) => unknown): RemoteTransport & { seen: string[] } => {
  const seen: string[] = [];
  return {
    name: 'echo',
    model: 'echo-1',
    seen,
    async send(request) {
      const sent = JSON.stringify([request.instructions, request.prompt, request.schema]);
      seen.push(sent);
      return { value: answer(request.prompt), text: '', sent, tokensIn: 1, tokensOut: 1 };
    },
  };
};

test('a transport is only ever handed masked text', async () => {
  const transport = echo((prompt) => ({ text: prompt }));
  const { output, receipt } = await withMasking(transport, { prices: {}, maxPromptTokens: 1000 }).run(task, 'from ana@acme.io');
  expect(transport.seen.join()).not.toContain('acme.io');
  expect(output).toEqual({ text: 'from ana@acme.io' });
  expect(receipt).toMatchObject({ maskedCounts: { email: 2 }, costUsd: null });
});

test('nobody else can make what a transport takes', () => {
  const transport = echo(() => null);
  // @ts-expect-error: the same fields without the brand are not a masked request; the type checker guards this line
  const send = () => transport.send({ taskName: 't', instructions: 'raw', prompt: 'raw', schema: {}, isMasked: () => true }, {});
  expect(send).toBeTypeOf('function');
});

test('the answer is checked after the real values are back', async () => {
  const long = `${'a'.repeat(40)}@acme.io`;
  const engine = withMasking(
    echo((prompt) => ({ text: prompt })),
    { prices: {}, maxPromptTokens: 1000 },
  );
  await expect(engine.run(task, long)).rejects.toMatchObject({ code: 'ENGINE_BAD_ANSWER' });
});

test('a task is told how much room its prompt has', async () => {
  let room = 0;
  const asking = {
    ...task,
    prompt: (text: string, budget: { maxTokens: number }) => {
      room = budget.maxTokens;
      return text;
    },
  };
  await withMasking(
    echo(() => ({ text: '' })),
    { prices: {}, maxPromptTokens: 1000 },
  ).run(asking, 'x');
  expect(room).toBeGreaterThan(800);
  expect(room).toBeLessThan(1000);
});
