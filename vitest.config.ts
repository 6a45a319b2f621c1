import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite would load graphql's ES build beside the CommonJS one that Node's own imports get: two realms, and graphql refuses.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/postgres-server.ts'],
    pool: 'forks',
    execArgv: ['--import', new URL('src/compile-cache.ts', import.meta.url).href],
    // Files share a worker and what it has loaded, which is most of the time of a short one: none may leave anything behind.
    isolate: false,
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
