import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// A long file that begins last leaves the other core idle. Where no run has measured them, these are known to be long.
const long =
  /tests\/(?:start|flows|monitoring\/(?:rules|under-load)|tickets\/(?:service|replay)|contracts|jobs\/worker|logs\/digest\/lanes|changelog\/command)/;

class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): number => Number(long.test(moduleId));
    return (await super.sort(files)).sort((one, other) => isLong(other) - isLong(one));
  }
}

export default defineConfig({
  // Vite would load graphql's ES build beside the CommonJS one that Node's own imports get: two realms, and graphql refuses.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/postgres-server.ts'],
    sequence: { sequencer: LongFilesFirst },
    pool: 'forks',
    execArgv: ['--import', new URL('src/compile-cache.js', import.meta.url).href],
    // Files share a worker and what it has loaded, which is most of the time of a short one: none may leave anything behind.
    isolate: false,
    maxWorkers: 3,
    // Above the minute that `until` waits, which then says what it has seen last.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
