// At installation, behind compile-cache.js, so that the very first start is as fast as any other: what a start and the programs of the terminal load
// is loaded once, so that Node keeps it compiled (a test compares), and the embedded PostgreSQL's files are made, for first starts to copy.
process.argv.push('--help');

// Each says how it is used, and ends.
await import('./main.ts');
await import('./summarize.ts');
await import('./changes.ts');

// What they load when it is wanted.
await Promise.all([
  import('./runtime.ts'),
  import('./runtime/open-back.ts'),
  import('./runtime/api-routes.ts'),
  import('./runtime/start-work.ts'),
  import('./doctor/run-doctor.ts'),
  import('./triage-report.ts'),
  import('./engine/openai.ts'),
  import('openai'),
  import('openai/helpers/zod'),
  import('#bot/api.ts'),
  import('#bot/app.ts'),
  import('#bot/chat.ts'),
  import('#bot/chat/conversations.ts'),
  import('#bot/slack-call.ts'),
]);

// Who is told to stop takes the PostgreSQL it has begun with it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));
const { makeReadyMade } = await import('#db/make-ready-made.ts');
// Where there is none that runs, a start says why, or has a DATABASE_URL.
await makeReadyMade().catch(() => {});
