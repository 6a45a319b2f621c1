import { parseArgs } from 'node:util';
import { loadConfig } from './config.ts';
import { isAppError } from './core/errors.ts';
import { openDatabase } from './database.ts';
import { printStart } from './print-start.ts';
import { type Role, roles, startRuntime } from './runtime.ts';

const usage = `Usage: npm start -- [api] [bot] [worker]     all three when none is named
       npm run migrate                       brings the database up to date and ends
       npm run summarize -- FILE             one log, here in the terminal`;

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) return console.log(usage);
  if (positionals[0] === 'migrate') return migrateOnly();
  const unknown = positionals.find((word) => !(roles as readonly string[]).includes(word));
  if (unknown) return fail(`"${unknown}" is not something to start.\n${usage}`);
  const wanted = positionals.length > 0 ? (positionals as Role[]) : roles;
  const stopAsked = untilAskedToStop();
  const config = loadConfig();
  const runtime = await startRuntime(config, wanted);
  printStart(runtime, wanted, config, performance.now() / 1000);
  await stopAsked;
  await runtime[Symbol.asyncDispose]();
};

const migrateOnly = async (): Promise<void> => {
  await using stack = new AsyncDisposableStack();
  const { migrated } = await openDatabase(loadConfig(), stack, { share: true });
  console.log(migrated.length > 0 ? `Ran ${migrated.join(', ')}.` : 'The database is up to date.');
};

// The first signal stops cleanly; a second one, from somebody in a hurry, at once.
const untilAskedToStop = (): Promise<void> =>
  new Promise((resolve) => {
    let asked = false;
    const stop = (): void => {
      if (asked) process.exit(130);
      asked = true;
      resolve();
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
  });

const fail = (sentence: string): void => {
  console.error(sentence);
  process.exitCode = 1;
};

// Expected trouble is a sentence; anything else is a bug, and then the trace is what helps.
main().catch((error: unknown) =>
  fail(isAppError(error) || isUsage(error) ? (error as Error).message : String((error as Error)?.stack ?? error)),
);

const isUsage = (error: unknown): boolean => String((error as { code?: unknown })?.code ?? '').startsWith('ERR_PARSE_ARGS');
