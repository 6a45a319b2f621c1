import { AppError } from '#src/core/errors.ts';
import type { Engine } from '#src/core/ports.ts';

/**
 * The engine that needs no network and costs nothing: it runs a task's own `offline` function. Tokens are 0 because none are bought.
 * An answer that its own schema rejects is a bug in the task and flies.
 */
export const createBuiltinEngine = (): Engine & { local: true } => ({
  name: 'builtin',
  model: 'built-in',
  local: true,
  async run(task, input, { signal } = {}) {
    if (signal?.aborted) throw new AppError('CANCELLED', 'The work was cancelled before the summary was written.');
    const started = performance.now();
    const output = task.schema.parse(task.offline(input));
    return {
      output,
      receipt: {
        engine: 'builtin',
        model: 'built-in',
        task: task.name,
        promptVersion: task.version,
        tokensIn: 0,
        tokensOut: 0,
        costUsd: 0,
        durationMs: Math.round(performance.now() - started),
        maskedCounts: {},
        sentHash: null,
        sentBytes: 0,
      },
    };
  },
});
