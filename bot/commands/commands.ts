import type { CommandHandler } from '#bot/handler.ts';
import { aiops } from './aiops.ts';
import { changelog } from './changelog.ts';
import { summarize } from './summarize.ts';
import { triage } from './triage.ts';

/** Every slash command; each is also in manifest.yml (a test compares). */
export const commands: CommandHandler[] = [summarize, triage, changelog, aiops];
