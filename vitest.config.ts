import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite would load graphql's ES build beside the CommonJS one that Node's own imports get: two realms, and graphql refuses.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/postgres-server.ts'],
    pool: 'forks',
    execArgv: ['--import', new URL('src/compile-cache.ts', import.meta.url).href],
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
