import { CHANGELOG_USAGE } from './commands/parse-changelog.ts';
import { USAGE } from './commands/parse-summarize.ts';
import { TRIAGE_USAGE } from './commands/parse-triage.ts';

/** Everything the bot can do, for people. */
export const HELP = [USAGE, TRIAGE_USAGE, CHANGELOG_USAGE, 'Admins of this workspace set me up with /aiops settings.'].join('\n\n');
