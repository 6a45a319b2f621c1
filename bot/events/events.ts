import type { EventHandler } from '#bot/handler.ts';
import { appMention } from './app-mention.ts';
import { message } from './message.ts';
import { reactionAdded } from './reaction-added.ts';
import { reactionRemoved } from './reaction-removed.ts';

/** Every event we subscribe to; each is also in manifest.yml (a test compares). */
export const events: EventHandler[] = [appMention, message, reactionAdded, reactionRemoved];
