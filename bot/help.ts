import { CHANGELOG_USAGE } from './commands/parse-changelog.ts';
import { USAGE } from './commands/parse-summarize.ts';
import { TRIAGE_USAGE } from './commands/parse-triage.ts';

/** Everything the bot can do, for people. */
export const HELP = [USAGE, TRIAGE_USAGE, CHANGELOG_USAGE, 'Admins of this workspace set me up with /aiops settings.'].join('\n\n');

/** For whoever greets it, or mentions it with nothing to work on. */
export const HINT = [
  'Send me a log (text or a file), forward me a message, or mention me in a thread, and I say what is going on.',
  'In a channel: /summarize last 2h, /triage or @aiops ticket … for a request, /changelog for what changed.',
  '/aiops help shows everything I can do.',
].join('\n');
