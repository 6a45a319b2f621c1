import type { EventHandler } from '#bot/handler.ts';
import { appMention } from './app-mention.ts';
import { directMessage } from './direct-message.ts';

/** Every event we subscribe to; each is also in manifest.yml (a test compares). */
export const events: EventHandler[] = [appMention, directMessage];
