// At installation, behind compile-cache.js: what a start and the programs of the terminal load is loaded once and nothing of it is used, so that Node
// keeps it compiled and the very first start is as fast as any other. (A test compares.)
process.argv.push('--help');

// Each says how it is used, and ends.
await import('./main.ts');
await import('./summarize.ts');
await import('./changes.ts');

// What they load when it is wanted.
await Promise.all([
  import('./runtime.ts'),
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
