import type { CommandHandler } from '#bot/handler.ts';
import { summarize } from './summarize.ts';

/** Every slash command; each is also in manifest.yml (a test compares). */
export const commands: CommandHandler[] = [summarize];
