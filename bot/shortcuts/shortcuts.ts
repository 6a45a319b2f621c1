import type { ShortcutHandler } from '#bot/handler.ts';
import { addToChangelog } from './add-to-changelog.ts';
import { createTicketShortcut } from './create-ticket.ts';
import { summarizeAsLog } from './summarize-as-log.ts';

/** Every message shortcut; each is also in manifest.yml (a test compares). */
export const shortcuts: ShortcutHandler[] = [summarizeAsLog, createTicketShortcut, addToChangelog];
