import { isAppError } from '#src/core/errors.ts';
import type { Engine } from '#src/core/ports.ts';

/** The same engine; what a workspace's budget does not reach for is answered by the built-in one, and the receipt says instead of which model. */
export const withFallback = (engine: Engine, builtin: Engine): Engine => ({
  ...engine,
  async run(task, input, options) {
    try {
      return await engine.run(task, input, options);
    } catch (error) {
      if (!isAppError(error) || error.code !== 'ENGINE_BUDGET') throw error;
      const { output, receipt } = await builtin.run(task, input, options);
      return { output, receipt: { ...receipt, insteadOf: engine.model } };
    }
  },
});
